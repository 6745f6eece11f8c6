"""Letters that came with a decision, for whoever they were written to and nobody else; and asking
us to think again.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import kept
from community.moderation.appeal_forms import AskForm
from community.moderation.appeals import Appeal
from community.moderation.decision_letters import Letter, letters_to
from community.moderation.waiting import usual_wait_in_words

LETTERS_ON_A_PAGE = 50


def for_whom_it_is(view):
    """Members only, each their own.  Who was signed out finds their words after signing in."""

    @wraps(view)
    def wrapped(request, key):
        if not request.user.is_authenticated:
            return kept.sign_in_first(request)
        message = get_object_or_404(letters_to(request.user), key=key)
        return view(request, Letter(message))

    return wrapped


@login_required
@require_safe
def letters(request):
    """Every one, newest first."""
    page = Paginator(letters_to(request.user), LETTERS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "letters": [Letter(message) for message in page]}
    return render(request, "moderation/decisions.html", context)


@for_whom_it_is
@require_safe
def letter(request, letter):
    context = {"letter": letter, "wait": usual_wait_in_words()}
    return render(request, "moderation/decision.html", context)


@for_whom_it_is
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, letter):
    returned = kept.words(request)
    form = AskForm(request.POST if request.method == "POST" else returned)
    context = {"form": form, "back": letter.get_absolute_url()}
    context["was_signed_out"] = returned is not None
    if letter.appeal:
        kept.forget(request)
        return redirect(letter)
    if not letter.may_be_asked_about():
        return render(request, "moderation/ask_too_late.html", context, status=410)
    if request.method != "POST":
        return render(request, "moderation/ask.html", context)
    if not form.is_valid():
        return render(request, "moderation/ask.html", context, status=422)
    try:
        Appeal.objects.ask(letter.decision, by=request.user, words=form.cleaned_data["words"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return render(request, "moderation/ask.html", context, status=409)
    kept.forget(request)
    return redirect(letter)


@for_whom_it_is
@require_POST
def take_back(request, letter):
    """A second press finds it taken back."""
    if letter.appeal and not letter.appeal.take_back():
        messages.info(request, _("Somebody had already decided. Their letter is here."))
    return redirect(letter)
