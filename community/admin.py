"""The admin's own doors.  Ours stand in for Django's, so that each way in and out is one way."""

from functools import wraps

from allauth.account.views import logout as sign_out
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache


class Site(admin.AdminSite):
    index_title = _("Moderation")

    def admin_view(self, view, cacheable=False):
        """Who is signed in and has no business at a page finds nothing, not even a closed door."""
        protected = super().admin_view(view, cacheable)

        @wraps(protected)
        def page(request, *args, **kwargs):
            self._hide_from_others(request)
            try:
                return protected(request, *args, **kwargs)
            except PermissionDenied:
                # Who may do nothing here for a time is told so.
                if self.get_app_list(request):
                    raise Http404 from None
                raise

        return page

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        self._hide_from_others(request)
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or redirect("admin:index").url)

    def logout(self, request, extra_context=None):
        return sign_out(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def password_change_done(self, request, extra_context=None):
        return redirect("account_change_password")

    def _hide_from_others(self, request):
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
