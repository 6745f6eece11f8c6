"""The admin's own doors.  Ours stand in for Django's, so that each way in and out is one way."""

from functools import wraps

from allauth.account.views import logout as sign_out
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from community import kept, resend

SENT_AGAIN = "sent-again"
# A page that can show what was typed on it names itself in a field, and is asked for it by another.
PAGE, AS_TYPED = "here", "as-typed"


class Site(admin.AdminSite):
    index_title = _("Moderation")

    def has_permission(self, request):
        """Staff, and with a second factor shown in this session, where the site asks for one."""
        return super().has_permission(request) and not request.way_to_second_factor()

    def get_urls(self):
        return [path("kept/", self.admin_view(self.kept), name="kept"), *super().get_urls()]

    def admin_view(self, view, cacheable=False):
        """Who is signed in and has no business at a page finds nothing, not even a closed door.
        Who was signed out while they wrote finds their words after signing in.
        """
        protected = super().admin_view(view, cacheable)

        @wraps(protected)
        def page(request, *args, **kwargs):
            self._hide_from_others(request)
            if request.method == "POST" and not self.has_permission(request):
                return self._sign_in_first(request)
            if way := self._second_factor_first(request):
                return redirect(way)
            if SENT_AGAIN in request.POST:
                kept.forget(request, request.POST[SENT_AGAIN])
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
        if way := self._second_factor_first(request):
            return redirect(way)
        return redirect_to_login(request.GET.get("next") or redirect("admin:index").url)

    def logout(self, request, extra_context=None):
        return sign_out(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def password_change_done(self, request, extra_context=None):
        return redirect("account_change_password")

    def kept(self, request):
        """What somebody sent while they were signed out, each to be sent again or put away."""
        if request.method == "POST":
            kept.forget(request, request.POST.get("away", ""))
            return redirect("admin:kept" if self._kept(request) else "admin:index")
        context = {
            **self.each_context(request),
            "title": _("What you had typed"),
            "is_nav_sidebar_enabled": False,
            "pages": [
                self._kept_page(request, at, sent) for at, sent in self._kept(request).items()
            ],
        }
        return TemplateResponse(request, "admin/kept.html", context)

    def index(self, request, extra_context=None):
        shown = {"kept": self._kept(request), "trying": not settings.STAFF_SECOND_FACTOR}
        return super().index(request, shown | (extra_context or {}))

    def _kept_page(self, request, at, sent):
        """Each field with its label, or "" where it is not shown: a page names what was typed on
        it through its desk (``typed_on``); of any other, words are shown.
        """
        its_page = self._page_in(sent)
        asked = [desk.typed_on for desk in self._registry.values() if hasattr(desk, "typed_on")]
        answers = (typed_on(request, its_page or at, sent) for typed_on in asked)
        known = next(filter(None, answers), {"labels": {}})
        fields = [
            (field, known["labels"].get(field.name, field.are_words and _("Your words")))
            for field in resend.fields_of(sent)
        ]
        return {"at": at, "page": its_page, "fields": fields, **known}

    @staticmethod
    def _page_in(sent):
        page = sent.get(PAGE, "")
        return page if page.startswith(reverse("admin:index")) else ""

    @staticmethod
    def _kept(request):
        return kept.pages(request, under=reverse("admin:index"))

    @staticmethod
    def _sign_in_first(request):
        words = any(field.are_words for field in resend.what_was_typed(request))
        if words:
            return kept.sign_in_first(request, then=reverse("admin:kept"))
        return kept.nothing_was_done(request, reverse("admin:index"))

    def _hide_from_others(self, request):
        if request.user.is_authenticated and not super().has_permission(request):
            raise Http404

    def _second_factor_first(self, request):
        """Where somebody who looks after the site has to go before they come in here, if so."""
        return request.way_to_second_factor() if super().has_permission(request) else ""
