"""Agreeing that two pages point at each other."""

import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm


class LinkForm(KindForm, forms.Form):
    """``seen`` tells whether the pages still carry what the asking page showed."""

    agreed = forms.BooleanField(
        label=_(
            "I agree that the two pages point at each other. I know that it can tell people who "
            "wrote mine, and that I can end it at any time."
        ),
        error_messages={"required": _("Tick this if you agree. Without it nothing is linked.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data=None, *, own, other):
        self.shown = looks(own, other)
        super().__init__(data, initial={"seen": self.shown})

    def clean_seen(self):
        if self.cleaned_data["seen"] != self.shown:
            self.data = self.data.copy()
            self.data["seen"] = self.shown
            raise forms.ValidationError(
                _("One of the two pages has changed while this one was open. Look again.")
            )
        return self.shown


def looks(*stories):
    told = [(story.pk, story.title, story.name) for story in stories]
    return hashlib.sha256(repr(told).encode()).hexdigest()
