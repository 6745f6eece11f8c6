"""A photograph that its author erased, before the moderator of the case that still needs it."""

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.moderation.models import Case, Decision
from community.moderation.states import Look
from stories.photo_holding import HeldPhoto
from stories.pictures import Pictures, handed_out, is_good


class HeldPhotos:
    """Mix into the admin of photographs."""

    def held_urls(self):
        page = require_http_methods(["GET", "HEAD", "POST"])(self.held)
        picture = require_safe(self.held_picture)
        protect = self.admin_site.admin_view
        at_picture = "held/<int:pk>/<str:token>/<int:side>.<str:kind>"
        return [
            path("held/<int:pk>/", protect(page), name="held"),
            path(at_picture, protect(picture), name="held_picture"),
        ]

    def held(self, request, pk):
        """Covered, as any is before a moderator, until they ask for it, on record."""
        held = self._held(request, pk)
        if request.method == "POST":
            Decision.objects.look(held.case, Look.UNVEIL, by=request.user)
            return redirect("admin:held", held.pk)
        unveiled = self._was_unveiled(request.user, held.case)
        seen = held.case.seen.first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("A photograph that was erased"),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "case_address": reverse("admin:report", args=[held.case_id]),
            "description": seen.words.get("description", "") if seen else "",
            "pictures": Pictures(held, request.user, "admin:held_picture") if unveiled else None,
        }
        return TemplateResponse(request, "admin/moderation/held_photograph.html", context)

    def held_picture(self, request, pk, token, side, kind):
        held = self._held(request, pk)
        is_theirs = held.has(side, kind) and is_good(token, held, [request.user])
        if not (is_theirs and self._was_unveiled(request.user, held.case)):
            raise Http404
        return handed_out(held, side, kind)

    def _held(self, request, pk):
        """Whoever has the case in front of them, and nobody else."""
        self.must_be_moderator(request)
        cases = Case.objects.open_to(request.user).held_by(request.user)
        found = HeldPhoto.objects.needed().select_related("case").filter(pk=min(pk, 2**62))
        held = found.filter(case__in=cases.values("pk")).first()
        if held is None:
            raise Http404
        return held

    def _was_unveiled(self, moderator, case):
        return self.is_unveiled(Decision.objects.filter(**case.address()), by=moderator)
