"""Taking away a copy of everything one has here."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .models import Download

FILE_NAME = "copy-{day:%Y-%m-%d}.zip"  # it says nothing of where it is from


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def download(request):
    """Where the copy is; a press asks for one."""
    if request.method == "POST":
        return ask(request)
    last = Download.objects.filter(member=request.user).first()
    return render(request, "members/download.html", {"download": last})


@reauthentication_required
def ask(request):
    Download.objects.ask(request.user)
    return redirect("members:download")


@login_required
@require_POST
@reauthentication_required
def fetch(request):
    last = Download.objects.filter(member=request.user).first()
    file = last and last.fetch()
    if not file:
        messages.info(request, _("That copy has gone. Ask for another; it takes a minute."))
        return redirect("members:download")
    name = FILE_NAME.format(day=timezone.localdate())
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
