"""Taking in another directory in the Django admin: looked at first, then done as it was seen."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.environment import LICENCES
from community.forms import KindForm
from resources import countries
from resources.directory_file import Refused
from resources.hsds import documents, taking_in
from resources.hsds.fetching import read as read_address
from resources.models import Kind

MAY_TAKE_IN = "resources.change_service"
SALT = "resources.hsds"
LARGEST = 20_000_000  # bytes of a file
MOST = 300  # places; more are the command’s
MOST_PACKED = 1_000_000  # characters; what was looked at comes back with the page
MOST_REASONS = 100
TOO_MANY = gettext_lazy(
    "There are too many places in this for a page. Ask whoever runs the site to take it in by the "
    "command."
)
CHANGED_SINCE = gettext_lazy("The directory has changed since. Nothing was done; look at it again.")


def country_choices():
    return [
        ("", _("They say it themselves")),
        (countries.ANY_COUNTRY, countries.country_name(countries.ANY_COUNTRY)),
        *countries.by_name(),
    ]


class TakeInForm(KindForm, forms.Form):
    address = forms.URLField(
        label=gettext_lazy("The address of their API"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={
            "invalid": gettext_lazy("Write the whole address, beginning with https://.")
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file of theirs"),
        required=False,
        help_text=gettext_lazy("JSON, one object on each line, or a zip of HSDS tables."),
    )
    publisher_name = forms.CharField(
        label=gettext_lazy("Whose directory it is"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say whose directory it is.")},
    )
    publisher_url = forms.URLField(
        label=gettext_lazy("Where their site is"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Needed with a file. With an API, its address will do."),
        error_messages={
            "invalid": gettext_lazy("Write the whole address, beginning with https://.")
        },
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("On what terms they give it"),
        choices=[("", gettext_lazy("Choose")), *((name, name) for name in LICENCES)],
        error_messages={"required": gettext_lazy("Find out the terms first, and choose them.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of places they are, where they don’t say"),
        choices=[("", gettext_lazy("They say it themselves")), *Kind.choices],
        required=False,
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Their country, where they don’t say"),
        choices=country_choices,
        required=False,
    )

    def clean(self):
        said = super().clean()
        if bool(said.get("address")) == bool(said.get("file")) and "address" not in self.errors:
            self.add_error("address", _("Give an address or a file: one of the two."))
        if said.get("file") and not said.get("publisher_url"):
            self.add_error("publisher_url", _("Say where their site is."))
        return said


class HsdsDesk:
    """Mix into the admin of places."""

    def hsds_urls(self):
        return [path("hsds/", self.admin_site.admin_view(self.take_in), name="directory_hsds")]

    def take_in(self, request):
        self._must(request, MAY_TAKE_IN)
        if request.method != "POST":
            return self._take_in_page(request, TakeInForm())
        if "seen" in request.POST:
            return self._agreed(request)
        form = TakeInForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._take_in_page(request, form, status=422)
        try:
            return self._look(request, form, *self._read(form.cleaned_data))
        except (Refused, ValidationError) as refused:
            return self._refused_page(request, form, refused)

    def _read(self, said):
        """The services, how they are to be read, and notes about all of them.  Raises Refused."""
        how = {
            name: said[name]
            for name in ("publisher_name", "publisher_url", "licence", "kind", "country")
        }
        notes = []
        if file := said["file"]:
            if file.size > LARGEST:
                raise Refused([_("The file is larger than twenty megabytes.")])
            services = documents.in_bytes(file.read())
        else:
            address = said["address"].rstrip("/")
            services, notes = documents.at_api(address, read_address)
            how |= {"publisher_url": how["publisher_url"] or address, "api_url": address}
        if len(services) > MOST:
            raise Refused([TOO_MANY])
        return services, how, notes

    def _look(self, request, form, services, how, notes, status=200):
        outcome = taking_in.look(services, how)
        packed = signing.dumps([services, how, outcome.digest], salt=SALT, compress=True)
        if len(packed) > MOST_PACKED:
            raise Refused([TOO_MANY])
        return self._take_in_page(
            request, form, status=status, outcome=outcome, notes=notes, seen=packed
        )

    def _agreed(self, request):
        """Done only if it would still do what was seen, and nothing else."""
        try:
            services, how, digest = signing.loads(request.POST["seen"], salt=SALT, max_age=86_400)
        except signing.BadSignature:
            messages.info(request, _("This page was open a long while. Choose again."))
            return self._take_in_page(request, TakeInForm(), status=409)
        try:
            if taking_in.look(services, how).digest != digest:
                messages.info(request, CHANGED_SINCE)
                return self._look(request, TakeInForm(), services, how, [], status=409)
            taken = taking_in.of_services(services, **how)
            outcome = taken.merge(take=request.POST.getlist("take"), by=request.user)
        except (Refused, ValidationError) as refused:
            return self._refused_page(request, TakeInForm(), refused)
        number = len(outcome.added) + len(outcome.changed)
        said = ngettext("%d place was taken in.", "%d places were taken in.", number) % number
        messages.success(request, said)
        return redirect(f"{reverse('admin:resources_service_changelist')}?status__exact=inactive")

    def _refused_page(self, request, form, refused):
        reasons = getattr(refused, "reasons", None) or refused.messages
        more = max(0, len(reasons) - MOST_REASONS)
        return self._take_in_page(
            request, form, status=422, reasons=reasons[:MOST_REASONS], more=more
        )

    def _take_in_page(self, request, form, status=200, **context):
        said = {"title": _("Take in another directory"), "form": form}
        return self.desk_page(request, "take_in.html", status=status, **said, **context)
