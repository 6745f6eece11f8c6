"""What people told us of, in the Django admin: entered by an editor, or not taken."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from resources.models import Suggestion

MAY_DECIDE = "resources.change_suggestion"


class SuggestionDesk:
    """Mix into the admin of places."""

    def suggestion_urls(self):
        view = self.admin_site.admin_view(self.suggestion)
        return [path("suggested/<int:pk>/", view, name="directory_suggestion")]

    def suggestion(self, request, pk):
        self._must(request, MAY_DECIDE)
        suggestion = Suggestion.objects.filter(pk=min(pk, 2**62)).first()
        if suggestion is None:
            raise Http404
        if request.method == "POST":
            if suggestion.settle(Suggestion.Outcome.DECLINED, by=request.user):
                messages.success(request, _("It isn’t taken, and stays here for half a year."))
            else:
                messages.info(request, _("Somebody else was here first. Nothing was done."))
            return redirect("admin:directory_due")
        known = {"name": suggestion.name, "url": suggestion.url, "source_url": suggestion.url}
        enter = reverse("admin:resources_service_add")
        return self.desk_page(
            request,
            "suggestion.html",
            title=suggestion.name,
            suggestion=suggestion,
            enter=f"{enter}?{urlencode(known | {'suggestion': suggestion.pk})}",
        )

    def entered(self, request, service):
        """The form was opened from a suggestion: that is what became of it."""
        said = request.GET.get("suggestion", "")
        if said.isascii() and said.isdigit():
            for suggestion in Suggestion.objects.waiting().filter(pk=min(int(said), 2**62)):
                suggestion.settle(Suggestion.Outcome.TAKEN, by=request.user, service=service)
