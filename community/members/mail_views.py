"""A member's say over what we write to them, and when."""

from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import kept

from .mail_forms import MailForm, QuietForm, TimeForm
from .models import Email, Member

LONE_BUTTONS = {"pause", "start-again"}


def for_members(view):
    """Who was signed out finds what they chose after signing in; after a lone button, its place."""

    @wraps(view)
    def wrapped(request):
        if request.user.is_authenticated:
            return view(request)
        sent_to, its_place = request.resolver_match.url_name, reverse("members:email") + "#quiet"
        if request.method == "POST" and sent_to in LONE_BUTTONS:
            return kept.nothing_was_done(request, its_place)
        then = its_place if sent_to == "quiet" else None
        return kept.sign_in_first(request, then=then, said=kept.CHOICES)

    return wrapped


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choices(request):
    """Which kinds of mail somebody gets."""
    data = request.POST if request.method == "POST" else kept.words(request)
    form = MailForm(data, member=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        kept.forget(request)
        messages.success(request, _("Kept. From now on we write to you about these only."))
        return redirect("members:email")
    return _email_page(request, form=form)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request):
    """No mail until a day; what is about a day before it never goes."""
    if request.method != "POST":
        return redirect("members:email")
    form = QuietForm(request.POST, today=_today(request))
    if form.is_valid():
        _change(request, mail_quiet_until=form.cleaned_data["until"])
        kept.forget(request)
        messages.success(request, _("It will be quiet until then. Letters wait in My space."))
        return redirect("members:email")
    return _email_page(request, quiet_form=form)


@for_members
@require_POST
def pause(request):
    if request.user.mail_paused_at is None:
        _change(request, mail_paused_at=timezone.now())
    kept.forget(request, reverse("members:quiet"))  # the longer of the two
    messages.success(request, _("Paused, until you start it again."))
    return redirect("members:email")


@for_members
@require_POST
def start_again(request):
    """After either of the two."""
    _change(request, mail_paused_at=None, mail_quiet_until=None)
    messages.success(request, _("We may write to you again. What was held back comes by day."))
    return redirect("members:email")


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def clock(request):
    """By which clock day and night are told."""
    member = Member.objects.get(pk=request.user.pk)
    returned = kept.words(request)
    form = TimeForm(request.POST if request.method == "POST" else returned, instance=member)
    if request.method == "POST" and form.is_valid():
        _change(request, time_zone=form.cleaned_data["time_zone"])
        kept.forget(request)
        messages.success(request, _("Kept."))
        return redirect("members:time")
    here = request.user.local(timezone.now())
    context = {"form": form, "here": here, "was_signed_out": returned is not None}
    return render(request, "members/time.html", context)


@transaction.atomic
def _change(request, **values):
    Member.objects.filter(pk=request.user.pk).update(**values)
    Email.objects.look_again(request.user)


def _today(request):
    return request.user.local(timezone.now()).date()


def _email_page(request, form=None, quiet_form=None):
    member = request.user
    day = kept.words(request, reverse("members:quiet"))
    context = {
        "form": form or MailForm(member=member),
        "quiet_form": quiet_form or QuietForm(day, today=_today(request)),
        "ticks_are_back": kept.words(request, reverse("members:email")) is not None,
        "day_is_back": day is not None,
        "is_left_alone": member.is_left_alone(timezone.now()),
        "member": member,
    }
    return render(request, "members/email.html", context)
