from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm

from .leaving import kinds


class LeavingForm(KindForm, forms.Form):
    """What happens to each kind of thing that could stay."""

    def __init__(self, *args, member, **options):
        super().__init__(*args, **options)
        self.member = member
        for kind in kinds():
            if kind.staying(member).exists():
                self.fields[kind.name] = forms.ChoiceField(
                    label=kind.question,
                    choices=kind.choices,
                    widget=forms.RadioSelect,
                    error_messages={
                        "required": _("Choose one of these."),
                        "invalid_choice": _("Choose one of those on the page."),
                    },
                )

    def chosen(self):
        """What nobody was asked about goes."""
        return {kind.name: kind.choices[0][0] for kind in kinds()} | self.cleaned_data
