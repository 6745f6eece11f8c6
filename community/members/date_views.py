"""The dates somebody keeps: their own list, and nobody else's."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import kept

from .date_forms import KeptDateForm
from .dates import KeptDate
from .models import Email, MailChoice
from .stopping import Kind


def for_members(view):
    """Who was signed out finds what they typed after signing in."""

    @wraps(view)
    def wrapped(request, **kwargs):
        if request.user.is_authenticated:
            return view(request, **kwargs)
        is_there = "pk" not in kwargs or KeptDate.objects.filter(**kwargs).exists()
        return kept.sign_in_first(request, is_there=is_there)

    return wrapped


def own(request, pk):
    return get_object_or_404(KeptDate, pk=pk, member=request.user)


def form_of(request, date):
    data = request.POST if request.method == "POST" else kept.words(request)
    return KeptDateForm(data, instance=date)


def came_back(request, form):
    """Whether the page shows what was typed before somebody was signed out."""
    return request.method != "POST" and form.is_bound


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request):
    form = form_of(request, KeptDate(member=request.user))
    if request.method == "POST" and form.is_valid():
        try:
            KeptDate.objects.keep(form.save(commit=False))
        except ValidationError as no_room:
            form.add_error(None, no_room)
        else:
            return _back(request, _("Kept. Only you can see it."))
    stopped = MailChoice.objects.filter(member=request.user, kind=Kind.NOTE)
    context = {
        "form": form,
        "dates": KeptDate.objects.filter(member=request.user),
        "notes_are_stopped": stopped.exclude(stopped_at=None).exists(),
        "zone": request.user.zone,
        "was_signed_out": came_back(request, form),
    }
    return render(request, "members/dates.html", context)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def date(request, pk):
    kept_date = own(request, pk)
    form = form_of(request, kept_date)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _back(request, _("Kept, as you changed it."))
    context = {"form": form, "pk": pk, "zone": request.user.zone}
    context["was_signed_out"] = came_back(request, form)
    return render(request, "members/date.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def erase_date(request, pk):
    if not request.user.is_authenticated:
        return kept.nothing_was_done(request, reverse("members:erase-date", args=[pk]))
    kept_date = own(request, pk)
    if request.method == "POST":
        kept_date.delete()
        return _back(request, _("It is erased."))
    return render(request, "members/date_erase.html", {"date": kept_date})


def _back(request, words):
    kept.forget(request)
    Email.objects.look_again(request.user)  # it may have been held back for that day
    messages.success(request, words)
    return redirect("members:dates")
