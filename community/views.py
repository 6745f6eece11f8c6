"""Pages that belong to no app: home, what we promise, the way out, and what goes wrong."""

import logging
import sys

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sitemaps import views as sitemap_views
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import TemplateView

from community import readiness, resend, sitemaps
from community.comfort import Comfort, on_this_device
from community.context_processors import site

logger = logging.getLogger(__name__)


def not_here(request, **kwargs):
    raise Http404


class Page(TemplateView):
    """A page of our own words."""


@csrf_exempt
@require_http_methods(["GET", "POST"])
def leave(request):
    """Sign out and be somewhere else.

    The one address that acts on GET: a plain link has to do it, from every page, kept copies
    included, without scripts; and being signed out harms nobody.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        try:
            logout(request)
        except DatabaseError:
            # The row can't be deleted now; the browser can still be made to forget its key.
            request.session = type(request.session)()
    response = HttpResponseRedirect(settings.LEAVE_URL, status=303)
    for name in {settings.CSRF_COOKIE_NAME, "messages"} & request.COOKIES.keys():
        response.delete_cookie(name, samesite=settings.CSRF_COOKIE_SAMESITE)
    response["Clear-Site-Data"] = '"cache"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def healthz(request):
    """This process answers.  Nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request):
    """What this process needs to serve people, part by part; 503 names what fails."""
    failing = readiness.failing()
    report = {"ready": not failing, "failing": failing}
    return JsonResponse(
        report, status=503 if failing else 200, headers={"Cache-Control": "no-store"}
    )


@require_safe
def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request):
    return sitemap_views.index(request, sitemaps.sections(), sitemap_url_name="sitemap-part")


@require_safe
def sitemap(request, section):
    response = sitemap_views.sitemap(request, sitemaps.sections(), section)
    # The newest day in it does not tell whether something was taken down since; the ETag does.
    del response["Last-Modified"]
    return response


def bad_request(request, exception=None):
    return _static_page(request, "400.html", 400)


def only_a_press(request, allow):
    """For what does something, opened as if it were a page.  ``allow``: the methods it takes."""
    response = _static_page(request, "405.html", 405)
    response["Allow"] = allow
    return response


def permission_denied(request, exception=None):
    """What was typed on a page that has closed meanwhile stands below, to be copied."""
    return render(request, "403.html", {"words": words_of(request)}, status=403)


def page_not_found(request, exception=None):
    """The same page for what never was and for what the asker may not see.

    What was typed on a page that has gone meanwhile stands below, to be copied.
    """
    return render(request, "404.html", {"words": words_of(request)}, status=404)


def words_of(request):
    return [field for field in resend.what_was_typed(request) if field.are_words]


def server_error(request):
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return unavailable(request)
    return _static_page(request, "500.html", 500)


def unavailable(request):
    return _static_page(request, "503.html", 503)


def form_expired(request, reason=""):
    """A form whose token no longer counts: the words again, and a fresh token."""
    words = resend.what_was_typed(request) if resend.may_be_offered(request) else None
    context = {"words": words, "shown": any(field.are_shown for field in words or [])}
    return render(request, "form_expired.html", context, status=403)


def _static_page(request, template, status):
    """A page that asks nothing of the database, the session or whoever is looking; of the request
    it takes the cookie that says how pages look, and nothing else."""
    context = site(None) | {"comfort": on_this_device(request) or Comfort()}
    return HttpResponse(render_to_string(template, context), status=status)
