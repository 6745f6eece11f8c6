"""Taking the directory away as a file and bringing it back, in the Django admin."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from resources import directory_file, exchange
from resources.models import Service
from resources.verification_forms import ImportForm

MAY_IMPORT = "resources.change_service"
SALT = "resources.exchange"
LARGEST = 2_000_000  # bytes; what was previewed comes back with the page, packed
MOST_REASONS = 100


class ExchangeDesk:
    """Mix into the admin of places."""

    def exchange_urls(self):
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.bring_in), name="directory_import"),
            path("export/", view(require_safe(self.take_away)), name="directory_export"),
        ]

    def take_away(self, request):
        self._must(request, MAY_IMPORT)
        text = exchange.as_csv(Service.objects.published())
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        name = f"directory-{timezone.localdate():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def bring_in(self, request):
        self._must(request, MAY_IMPORT)
        if request.method != "POST":
            return self._import_page(request, ImportForm())
        if "previewed" in request.POST:
            return self._confirmed(request)
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._import_page(request, form, status=422)
        file = form.cleaned_data["file"]
        try:
            if file.size > LARGEST:
                raise directory_file.Refused([_("The file is larger than two megabytes.")])
            return self._preview(request, directory_file.decoded(file.read()))
        except directory_file.Refused as refused:
            return self._refused(request, refused)

    def _confirmed(self, request):
        """Done only if it would still do what was shown, and nothing else."""
        try:
            text, shown = signing.loads(request.POST["previewed"], salt=SALT, max_age=86_400)
            found = exchange.plan(text)
        except signing.BadSignature:
            messages.info(request, _("This page was open a long while. Choose the file again."))
            return self._import_page(request, ImportForm(), status=409)
        except directory_file.Refused as refused:
            return self._refused(request, refused)
        if found.in_short != shown:
            said = _("The directory has changed since. Nothing was done; look at it again.")
            messages.info(request, said)
            return self._preview(request, text, status=409)
        exchange.carry_out(found, by=request.user)
        number = len(found.added) + len(found.changed)
        said = ngettext("%d place was written.", "%d places were written.", number) % number
        messages.success(request, said)
        return redirect("admin:directory_due")

    def _preview(self, request, text, status=200):
        found = exchange.plan(text)
        packed = signing.dumps([text, found.in_short], salt=SALT, compress=True)
        return self._import_page(request, ImportForm(), status=status, plan=found, previewed=packed)

    def _refused(self, request, refused):
        reasons, number = refused.reasons[:MOST_REASONS], len(refused.reasons)
        return self._import_page(
            request, ImportForm(), status=422, reasons=reasons, more=number - len(reasons)
        )

    def _import_page(self, request, form, status=200, **context):
        said = {"title": _("Bring in a file"), "form": form}
        return self.desk_page(request, "import.html", status=status, **said, **context)
