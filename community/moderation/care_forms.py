"""What moderators choose for themselves, and leads for everybody."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from community.moderation import moderators
from community.moderation.care import in_a_week
from community.moderation.narrowing import merged

A_YEAR = timedelta(days=366)


class LeaveOutForm(KindForm, forms.Form):
    """A field of ticks for each heading, as many as there are."""

    all_optional = True
    until = forms.DateField(
        label=_("Until the end of"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day like 2026-12-24."),
        },
    )

    def __init__(self, *args, care, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = care.topics_left_out()
        self.fields["until"].initial = care.left_out_until if chosen else in_a_week()
        until = self.fields.pop("until")
        for number, (heading, choices) in enumerate(merged(kinds, "topic_choices")):
            self.fields[f"topics_{number}"] = forms.MultipleChoiceField(
                label=heading,
                choices=choices,
                required=False,
                initial=chosen,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("Choose one of those on the page.")},
            )
        self.fields["until"] = until

    def clean_until(self):
        until, today = self.cleaned_data["until"], timezone.localdate()
        if not today <= until <= today + A_YEAR:
            raise ValidationError(_("Choose a day from today on, within a year."))
        return until

    def topics(self):
        return [
            topic
            for name in self.fields
            if name.startswith("topics_")
            for topic in self.cleaned_data[name]
        ]


class BuddyForm(KindForm, forms.Form):
    buddy = forms.ModelChoiceField(
        None, label=_("Your buddy"), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args, care, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["buddy"].queryset = moderators.others(care.moderator).order_by("pen_name")
        self.fields["buddy"].initial = care.buddy_id


class DebriefForm(KindForm, forms.Form):
    text = WordsField(
        label=_("For nobody but you"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write something, or leave it. Both are all right.")},
    )


class PaceForm(KindForm, forms.Form):
    """How many are enough for a day: for everybody, and for one person where it differs."""

    all_optional = True

    def __init__(self, *args, people, for_everybody, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["everybody"] = a_day(_("For everybody"), for_everybody)
        for person in people:
            own = person.care.a_day if hasattr(person, "care") else None
            self.fields[f"person_{person.pk}"] = a_day(person.pen_name, own)

    def chosen(self):
        """Each person with the number of their own, or None."""
        return [(person, self.cleaned_data[f"person_{person.pk}"]) for person in self.people]


def a_day(label, number):
    in_bounds = _("Write a number from 1 to 500, or nothing.")
    return forms.IntegerField(
        label=label,
        initial=number,
        required=False,
        min_value=1,
        max_value=500,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], in_bounds),
    )
