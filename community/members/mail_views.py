"""A member's say over what we write to them, and when."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .mail_forms import MailForm, QuietForm, TimeForm
from .models import Email, Member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choices(request):
    """Which kinds of mail somebody gets."""
    form = MailForm(request.POST if request.method == "POST" else None, member=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept. From now on we write to you about these only."))
        return redirect("members:email")
    return _email_page(request, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request):
    """No mail until a day; what is about a day before it never goes."""
    if request.method != "POST":
        return redirect("members:email")
    form = QuietForm(request.POST, today=_today(request))
    if form.is_valid():
        _change(request, mail_quiet_until=form.cleaned_data["until"])
        messages.success(request, _("It will be quiet until then. Letters wait in My space."))
        return redirect("members:email")
    return _email_page(request, quiet_form=form)


@login_required
@require_POST
def pause(request):
    if request.user.mail_paused_at is None:
        _change(request, mail_paused_at=timezone.now())
    messages.success(request, _("Paused, until you start it again."))
    return redirect("members:email")


@login_required
@require_POST
def start_again(request):
    """After either of the two."""
    _change(request, mail_paused_at=None, mail_quiet_until=None)
    messages.success(request, _("We may write to you again. What was held back comes by day."))
    return redirect("members:email")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clock(request):
    """By which clock day and night are told."""
    member = Member.objects.get(pk=request.user.pk)
    form = TimeForm(request.POST if request.method == "POST" else None, instance=member)
    if request.method == "POST" and form.is_valid():
        _change(request, time_zone=form.cleaned_data["time_zone"])
        messages.success(request, _("Kept."))
        return redirect("members:time")
    here = request.user.local(timezone.now())
    return render(request, "members/time.html", {"form": form, "here": here})


@transaction.atomic
def _change(request, **values):
    Member.objects.filter(pk=request.user.pk).update(**values)
    Email.objects.look_again(request.user)


def _today(request):
    return request.user.local(timezone.now()).date()


def _email_page(request, form=None, quiet_form=None):
    member = request.user
    context = {
        "form": form or MailForm(member=member),
        "quiet_form": quiet_form or QuietForm(today=_today(request)),
        "is_left_alone": member.is_left_alone(timezone.now()),
        "member": member,
    }
    return render(request, "members/email.html", context)
