"""What the queue can be narrowed to: a plain form, kept in the address."""

from datetime import timedelta
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.care import about_any

WAITING = [
    ("1", _("Over a day")),
    ("2", _("Over two days")),
    ("7", _("Over a week")),
]


class Narrowing(forms.Form):
    """What is not among the choices is left out, as if it had not been asked."""

    about = forms.ChoiceField(label=_("What it is about"), required=False)
    lang = forms.ChoiceField(label=_("Language"), required=False)
    waiting = forms.ChoiceField(label=_("Waiting"), required=False)

    def __init__(self, asked, kinds):
        chosen = {name: asked.get(name, "") for name in self.base_fields}
        super().__init__(chosen, auto_id="narrow-%s")
        self.fields["about"].choices = [("", _("Anything")), *merged(kinds, "topic_choices")]
        languages = {tag: label for kind in kinds for tag, label in kind.language_choices()}
        self.fields["lang"].choices = [("", _("Any")), *languages.items()]
        self.fields["waiting"].choices = [("", _("However long")), *WAITING]
        known = {name: field.valid_value(chosen[name]) for name, field in self.fields.items()}
        self.data = {name: value for name, value in chosen.items() if value and known[name]}

    def __bool__(self):
        return bool(self.data)

    def condition(self):
        wanted = Q()
        if "about" in self.data:
            wanted &= about_any([self.data["about"]])
        if "lang" in self.data:
            wanted &= Q(language=self.data["lang"])
        if "waiting" in self.data:
            days = timedelta(days=int(self.data["waiting"]))
            wanted &= Q(waiting_since__lt=timezone.now() - days)
        return wanted

    def address(self, **more):
        """The query of an address with the same chosen."""
        return "?" + urlencode(more | self.data)


def merged(kinds, hook):
    """The grouped choices of every kind, each heading and each slug once."""
    groups = {}
    for kind in kinds:
        for heading, choices in getattr(kind, hook)():
            groups.setdefault(str(heading), {}).update(choices)
    return [(heading, list(choices.items())) for heading, choices in groups.items()]
