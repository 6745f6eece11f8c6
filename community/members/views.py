from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from .models import MailChoice, Session


class Space(LoginRequiredMixin, TemplateView):
    """My space: plain lists of what is mine here."""

    template_name = "members/space.html"


class Account(LoginRequiredMixin, TemplateView):
    template_name = "members/account.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request):
    """Where they are signed in: each can be ended, or all but this one."""
    theirs = Session.objects.of(request.user).order_by("-expire_date")
    elsewhere = [each for each in theirs if each.session_key != request.session.session_key]
    here = next((each for each in theirs if each not in elsewhere), None)
    if request.method != "POST":
        context = {"here": here, "elsewhere": elsewhere}
        return render(request, "members/devices.html", context)
    mark = request.POST.get("end", "")
    ended = [each for each in elsewhere if mark == "all" or each.is_marked(mark)]
    Session.objects.filter(pk__in=[each.pk for each in ended]).delete()
    said = _("Signed out there.") if ended else _("Nothing was signed in there any more.")
    messages.info(request, said)
    return redirect("members:devices")


@csrf_exempt  # the link itself is the authority, and a mail program presses it without a page
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request, token):
    """The page a mail leads to: opening it does nothing, one press stops that kind."""
    choice = get_object_or_404(MailChoice.objects.with_token(token))
    if request.method == "POST":
        MailChoice.objects.filter(pk=choice.pk).stop()
        choice.refresh_from_db()
    return render(request, "members/stop_mail.html", {"choice": choice})
