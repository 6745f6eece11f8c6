from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from .models import MailChoice


class Space(LoginRequiredMixin, TemplateView):
    """My space: plain lists of what is mine here."""

    template_name = "members/space.html"


class Account(LoginRequiredMixin, TemplateView):
    template_name = "members/account.html"


@csrf_exempt  # the link itself is the authority, and a mail program presses it without a page
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request, token):
    """The page a mail leads to: opening it does nothing, one press stops that kind."""
    choice = get_object_or_404(MailChoice.objects.with_token(token))
    if request.method == "POST":
        MailChoice.objects.filter(pk=choice.pk).stop()
        choice.refresh_from_db()
    return render(request, "members/stop_mail.html", {"choice": choice})
