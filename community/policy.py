"""What browsers tell us of the security policy: something on a page tried what it forbids.

A report is counted, not kept: the day, what was forbidden, the host it came from, and which kind
of page.  Nothing says who was there, or which story it was.
"""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_REPORT = 16_000  # bytes
KINDS_A_DAY = 200  # a stranger can send us any number of made-up ones
KEPT_FOR = timedelta(days=30)
DIRECTIVE = re.compile(r"[a-z-]{1,40}")
NOT_AN_ADDRESS = {"inline", "eval", "wasm-eval", "data", "blob", "self"}


class PolicyReportQuerySet(models.QuerySet):
    @transaction.atomic
    def count_one(self, directive, blocked, page):
        """Whether it was counted; of new kinds only so many are, each day."""
        kind = {"day": timezone.localdate(), "directive": directive}
        kind |= {"blocked": blocked, "page": page}
        if self.filter(**kind).update(times=F("times") + 1):
            return True
        if self.filter(day=kind["day"]).count() >= KINDS_A_DAY:
            return False
        _row, is_new = self.get_or_create(**kind)
        return is_new or self.count_one(directive, blocked, page)


class PolicyReport(models.Model):
    day = models.DateField(_("day"))
    directive = models.CharField(_("what was forbidden"), max_length=40)
    blocked = models.CharField(_("where it was from"), max_length=100, blank=True)
    page = models.CharField(_("kind of page"), max_length=100, blank=True)
    times = models.PositiveIntegerField(_("times"), default=1, db_default=1)

    objects = PolicyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of the security policy")
        verbose_name_plural = _("reports of the security policy")
        ordering = ["-day", "-times", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["day", "directive", "blocked", "page"],
                name="community_policyreport_one_of_a_kind",
            ),
        ]

    def __str__(self):
        return f"{self.day}: {self.directive}"


def read(sent):
    """(directive, blocked, page) of each report in ``sent``, bytes in either of the two forms that
    browsers use (CSP level 3, § 5.3 and § 5.4).  Raises ValueError for anything else.
    """
    if len(sent) > LONGEST_REPORT:
        raise ValueError("too long")
    told = json.loads(sent)
    if isinstance(told, dict) and isinstance(told.get("csp-report"), dict):
        report = told["csp-report"]
        names = ("effective-directive", "blocked-uri", "document-uri")
        found = [[report.get(name) for name in names]]
        found[0][0] = found[0][0] or report.get("violated-directive")
    elif isinstance(told, list) and all(isinstance(each, dict) for each in told):
        bodies = [each.get("body") for each in told if each.get("type") == "csp-violation"]
        names = ("effectiveDirective", "blockedURL", "documentURL")
        found = [[body.get(name) for name in names] for body in bodies if isinstance(body, dict)]
    else:
        raise ValueError("no report")
    return [_without_anybody(*each) for each in found[:20]]


def _without_anybody(directive, blocked, page):
    told = (directive, blocked, page)
    directive, blocked, page = (each if isinstance(each, str) else "" for each in told)
    named = DIRECTIVE.match(directive)
    if not named:
        raise ValueError("no directive")
    return named[0], _origin(blocked), _kind_of(page)


def _origin(address):
    if address in NOT_AN_ADDRESS:
        return address
    parts = urlsplit(address)
    if parts.hostname == urlsplit(settings.SITE_URL).hostname:
        return "self"
    host = re.sub(r"[^a-z0-9.:-]", "", parts.hostname or "")
    return f"{re.sub('[^a-z+-]', '', parts.scheme)}://{host}"[:100] if parts.scheme else ""


def _kind_of(address):
    """The name of a route, which is the same for every story."""
    try:
        return resolve(urlsplit(address).path).view_name[:100]
    except Resolver404:
        return ""


def forget():
    """Returns how many went."""
    return PolicyReport.objects.filter(day__lt=timezone.localdate() - KEPT_FOR).delete()[0]
