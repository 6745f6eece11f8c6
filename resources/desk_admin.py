"""What is due, and looking at one place, in the Django admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resources import due, helplines
from resources.models import Kind, LinkCheck, Service, Suggestion
from resources.verification_forms import LookForm

MAY_LOOK = "resources.add_verification"
LATEST = 30


class EditorsDesk:
    """Mix into the admin of places."""

    def desk_urls(self):
        view = self.admin_site.admin_view
        return [
            path("due/", view(self.due), name="directory_due"),
            path("<int:pk>/look/", view(self.look), name="directory_look"),
        ]

    def desk_page(self, request, template, *, status=200, **context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            **context,
        }
        return TemplateResponse(request, f"admin/resources/{template}", context, status=status)

    def due(self, request):
        self._must(request)
        return self.desk_page(
            request,
            "due.html",
            title=_("What is due"),
            places=due.for_editor(request.user),
            number=due.how_many(),
            links=LinkCheck.objects.to_look_at().select_related("service")[: due.MOST],
            suggestions=Suggestion.objects.waiting()[: due.MOST],
        )

    def look(self, request, pk):
        self._must(request)
        place = Service.objects.filter(pk=min(pk, 2**62)).select_related("organization").first()
        if place is None:
            raise Http404
        form = self._look_form(request, place)
        if request.method != "POST":
            return self._look_page(request, place, form)
        if request.POST.get("as_of") != as_of(place):
            messages.info(request, _("It has changed since you opened this page. Look again."))
            form.data = form.data.copy() | {"as_of": as_of(place)}
            return self._look_page(request, place, form, status=409)
        if not form.is_valid():
            return self._look_page(request, place, form, status=422)
        return self._looked(request, place, form)

    def _looked(self, request, place, form):
        today = timezone.localdate()
        try:
            with transaction.atomic():
                place.confirm(by=request.user, on=today, **form.said())
                transaction.on_commit(helplines.write, robust=True)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self._look_page(request, place, form, status=422)
        said = _("Kept: what you saw is confirmed from today.")
        if place.kind == Kind.CRISIS_LINE and place.waits_for_a_second:
            said = _("Kept. It is a crisis line: its number is shown once a second person looked.")
        messages.success(request, said)
        return redirect("admin:directory_due")

    def _look_form(self, request, place):
        contacts = [
            (phone.contact, f"{phone.words} ({phone.dial})") for phone in place.phones.all()
        ]
        if place.email:
            contacts.append((place.contact_of_email, place.email))
        first = {"source_url": place.source_url, "as_of": as_of(place)}
        return LookForm(request.POST or None, initial=first, contacts=contacts)

    def _look_page(self, request, place, form, status=200):
        looks = list(place.verifications.all()[:LATEST])
        return self.desk_page(
            request,
            "look.html",
            status=status,
            title=place.name,
            place=place,
            form=form,
            looks=looks,
            yours=next((look for look in looks if look.by_id == request.user.pk), None),
            changes=place.changes.all()[:LATEST],
            links=place.link_checks.all(),
            edit=reverse("admin:resources_service_change", args=[place.pk]),
        )

    def _must(self, request, permission=MAY_LOOK):
        if not request.user.has_perm(permission):
            raise PermissionDenied


def as_of(place):
    return place.modified_at.isoformat()
