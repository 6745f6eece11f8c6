"""Promises that hold for every page (PRODUCT.md keeps the list; docs/architecture.md explains)."""

import logging
import re
from dataclasses import asdict

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.cache import cc_delim_re, patch_vary_headers

from community import views

logger = logging.getLogger(__name__)

# Somebody's own pages, and those that carry a token, whoever asks.  ``/write/`` itself only
# says what to expect.
FOR_ONE = re.compile(r"^/(me|accounts|admin|report|write/[^/]+|stories/[^/]+/read)(/|$)")
UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError)


def promises(get_response):
    """What the browser and every cache on the way may keep, and what a page may ask of the device.

    A page found by a visitor may be kept by anyone but is asked for again each time (``no-cache``
    with an ETag, RFC 9111 § 5.2.2.4), so that what was taken down is gone at once.  Everything
    else is kept by nobody.
    """

    def middleware(request):
        response = get_response(request)
        if is_for_one(request, response):
            if "no-store" not in response.get("Cache-Control", ""):
                response["Cache-Control"] = "private, no-store"
        else:
            response.setdefault("Cache-Control", "public, no-cache")
        if not has_cookie_of_ours(request, response):
            forget_cookie_in_vary(response)
        if response.status_code == 429:
            response.setdefault("Retry-After", "60")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.get("Content-Type", "").startswith("text/html"):
            response["Reporting-Endpoints"] = 'policy="/policy-report/"'
        response.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        )
        return response

    return middleware


def findable(get_response):
    """What is somebody's own is kept out of search engines; a view says so of anything else.

    The header and the page (``base.html``) say the same, from ``request.may_be_indexed``.
    """

    def middleware(request):
        request.may_be_indexed = not FOR_ONE.match(request.path_info)
        response = get_response(request)
        if not request.may_be_indexed:
            response["X-Robots-Tag"] = "noindex"
        return response

    return middleware


def is_for_one(request, response):
    """Whether a response is one person's, or says only that something went wrong or elsewhere.

    A token cookie counts too: a page with a token in it, made for someone who already has the
    cookie, sets none.
    """
    return bool(
        has_cookie_of_ours(request, response)
        or response.status_code not in (200, 304)
        or request.method not in ("GET", "HEAD")
        or FOR_ONE.match(request.path_info)
    )


def has_cookie_of_ours(request, response):
    ours = {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.COMFORT_COOKIE_NAME,
        "messages",
    }
    return bool(response.cookies or ours & request.COOKIES.keys())


def forget_cookie_in_vary(response):
    """Without a cookie in or out the page cannot depend on one."""
    names = cc_delim_re.split(response.get("Vary", ""))
    del response["Vary"]
    if kept := [name for name in names if name and name.lower() != "cookie"]:
        patch_vary_headers(response, kept)


class Policy(CSPMiddleware):
    """Our own missing page has the policy with DEBUG on too, when Django exempts its own."""

    def process_response(self, request, response):
        if response.status_code == 404 and HEADER not in response:
            parts = self.get_policy_parts(request=request, response=response)
            response[HEADER] = build_policy(**asdict(parts))
        return super().process_response(request, response)


class KindFailures:
    """Our own pages for what cannot be read, is not here, or is no page, and for a database that is
    down: with DEBUG on too, where Django would show its own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not could_be_read(request):
            return views.bad_request(request)
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and request.resolver_match is None:
            return views.page_not_found(request)
        if response.status_code == 405 and not response.content:
            return views.only_a_press(request, response["Allow"])
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, Http404):
            return views.page_not_found(request)
        if isinstance(exception, PermissionDenied):
            return views.permission_denied(request)
        if isinstance(exception, UNREADABLE):
            return views.bad_request(request)
        if isinstance(exception, (OperationalError, InterfaceError)):
            logger.error("The database did not answer.", exc_info=exception)
            return views.unavailable(request)
        return None


def could_be_read(request):
    """Whether the address and the form in it are neither too much nor garbled.

    Asked here, because with DEBUG on Django's answer to a flood of fields is to count them again.
    """
    try:
        _ = request.GET, request.POST
    except UNREADABLE:
        return False
    return True
