"""Addresses that programs look for: where to tell us of a weakness, where a password is changed,
where a browser reports what the security policy stopped.
"""

from datetime import datetime, timedelta
from datetime import time as hour

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest
from django.http.request import RawPostDataException
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from community import policy
from community.models import PolicyReport

# So long it may be believed after it was fetched (RFC 9116 § 2.5.5: less than a year).
GOOD_FOR = timedelta(days=90)
REPORTS = {"policy": "20/m/ip"}


@require_safe
def security(request):
    """RFC 9116."""
    until = timezone.localdate() + GOOD_FOR
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {timezone.make_aware(datetime.combine(until, hour.min)).isoformat()}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE.partition('-')[0]}",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def change_password(request):
    """Where password managers look (W3C, “A Well-Known URL for Changing Passwords”)."""
    return redirect("account_change_password")


@csrf_exempt  # a browser sends it by itself, with no form
@require_POST
def policy_report(request):
    if not ratelimit.consume(request, app="community", action="policy", config=REPORTS):
        return HttpResponse(status=429)
    try:
        reports = policy.read(request.body)
    except (ValueError, RecursionError, RawPostDataException):  # or ten thousand deep, or a form
        return HttpResponseBadRequest()
    for report in reports:
        PolicyReport.objects.count_one(*report)
    return HttpResponse(status=204)
