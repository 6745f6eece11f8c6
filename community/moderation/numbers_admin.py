"""The page of numbers, for leads, in the Django admin."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.moderation import figures, numbers
from community.moderation.lists import ReadOnly
from community.moderation.transparency import Numbers


@admin.register(Numbers)
class NumbersAdmin(ReadOnly, admin.ModelAdmin):
    """One page, though the admin lists it as if there were many."""

    def get_urls(self):
        page = self.admin_site.admin_view(require_safe(self.changelist_view))
        return [path("", page, name="moderation_numbers_changelist")]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        years = numbers.years()
        asked = request.GET.get("year", "")
        year = next((each for each in years if str(each) == asked), None)
        period = numbers.Period.beginning(year) if year else numbers.Period.until_now()
        now = numbers.waiting_now()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Numbers"),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "years": years,
            "year": year,
            "from": date_format(period.edges[0], "F Y"),
            "to": date_format(period.edges[-2], "F Y"),
            "now": now,
            "waited": timezone.now() - now["since"] if now["since"] else None,
            "figures": [
                figures.open_now(numbers.open_now()),
                *figures.figures(numbers.of(period), period, figures.Exactly()),
            ],
            "exposure": figures.exposure(numbers.exposure(period), period),
        }
        return TemplateResponse(request, "admin/moderation/numbers.html", context)
