"""Which mail a member wants, when, and by which clock."""

from datetime import timedelta
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm

from .models import MailChoice, Member
from .stopping import ONLY_IF_ASKED_FOR, Kind

A_YEAR = timedelta(days=366)
# Where people live; the tz database names other things besides.
PARTS_OF_THE_WORLD = {
    "Africa": _("Africa"),
    "America": _("The Americas"),
    "Antarctica": _("Antarctica"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}


class MailForm(KindForm, forms.Form):
    all_optional = True
    kinds = forms.MultipleChoiceField(
        label=_("Write to me"),
        choices=Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "No mail says what it is about, and none comes between ten at night and eight in the "
            "morning where you are. Mail that keeps your account safe always comes."
        ),
    )

    def __init__(self, *args, member, **options):
        super().__init__(*args, **options)
        self.choices = MailChoice.objects.filter(member=member)
        self.member = member
        chosen = dict(self.choices.values_list("kind", "stopped_at"))
        stopped = {kind for kind, stopped_at in chosen.items() if stopped_at}
        stopped |= ONLY_IF_ASKED_FOR - chosen.keys()
        self.initial["kinds"] = [kind for kind in Kind.values if kind not in stopped]

    def save(self):
        for kind in Kind:
            choice = MailChoice.of(self.member, kind)
            this = self.choices.filter(pk=choice.pk)
            this.resume() if kind in self.cleaned_data["kinds"] else this.stop()


class QuietForm(KindForm, forms.Form):
    until = forms.DateField(
        label=_("Quiet until"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("The first day on which we may write again."),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day like 2026-12-24."),
        },
    )

    def __init__(self, *args, today, **options):
        super().__init__(*args, **options)
        self.today = today

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not self.today < until <= self.today + A_YEAR:
            raise forms.ValidationError(_("Choose a day from tomorrow on, within a year."))
        return until


def clocks():
    """By part of the world, as the tz database of this machine has them."""
    parts = {part: [] for part in PARTS_OF_THE_WORLD}
    for name in sorted(available_timezones()):
        part, _slash, place = name.partition("/")
        if place and part in parts:
            parts[part].append((name, place.replace("_", " ").replace("/", ", ")))
    yield "", gettext("The same as this site’s: %(zone)s") % {"zone": settings.TIME_ZONE}
    yield from ((PARTS_OF_THE_WORLD[part], names) for part, names in parts.items())


class TimeForm(KindForm, forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("The nearest place on your clock"),
        choices=lazy(lambda: [*clocks()], list)(),
        required=False,
        help_text=_("You choose it; we never guess where you are. Nobody else sees it."),
    )
    all_optional = True

    class Meta:
        model = Member
        fields = ["time_zone"]
