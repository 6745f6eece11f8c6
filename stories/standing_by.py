"""Answering a change that a moderator has proposed: keeping the words as they are, or taking it up.

A story is accepted from its desk, like a note.
"""

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from community import kept
from community.forms import KindForm, WordsField
from community.moderation.states import Action
from stories.desk import for_the_author, telling_refusals
from stories.letter_desk import for_members, own


class StandByForm(KindForm, forms.Form):
    why = WordsField(
        label=_("Anything you’d like to tell the moderator"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def keep_as_it_is(request, contribution, here):
    """The page that asks, and the press; a second press finds it done."""
    if not contribution.allows(Action.STAND_BY):
        return redirect(contribution.get_desk_url())
    returned = kept.words(request)
    form = StandByForm(request.POST if request.method == "POST" else returned)
    if request.method == "POST" and form.is_valid():
        kept.forget(request)
        with telling_refusals(request):
            contribution.stand_by(why=form.cleaned_data["why"].strip())
        return redirect(contribution.get_desk_url())
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "contribution": contribution,
        "here": here,
        "was_signed_out": returned is not None,
    }
    return render(request, "stories/stand_by.html", context, status=status)


@for_the_author
@require_http_methods(["GET", "HEAD", "POST"])
def stand_by(request, story):
    return keep_as_it_is(request, story, "write")


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def stand_by_letter(request, pk):
    return keep_as_it_is(request, own(request, pk), "letters")


@for_members
@require_POST
def accept_letter(request, pk):
    letter = own(request, pk)
    if letter.allows(Action.ACCEPT):
        with telling_refusals(request):
            letter.accept()
    return redirect(letter.get_desk_url())
