"""Whether the addresses we give still answer: asked politely, once a week, by a machine.

It asks robots.txt first (RFC 9309), one address of a site at a time, and says who it is.  What
comes back is written down; nothing is hidden because of it.
"""

import http.client
import ssl
from datetime import timedelta
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task

from resources.fetching import NotPublic, ask
from resources.models import LinkCheck, Service

NAME = "SmallHours-LinkCheck"
EVERY = timedelta(days=7)
A_ROUND = 6  # places a minute: fifty thousand take less than a week
SECONDS = 10
MOST_HOPS = 5
ROBOTS_BYTES = 512_000  # RFC 9309, section 2.5
ROBOTS_KEPT = 86_400  # seconds; section 2.4
A_TURN = 120  # seconds for which a site is ours to ask
Outcome = LinkCheck.Outcome
FAILED = {
    Outcome.MOVED, Outcome.GONE, Outcome.BROKEN, Outcome.LOOP, Outcome.SLOW, Outcome.UNSAFE,
    Outcome.UNREACHED,
}  # fmt: skip
REFUSES = {401, 403, 405, 406, 418, 429, 451}


def agent():
    return f"{NAME}/1 (+{settings.SITE_URL}/resources/; {settings.CONTACT_EMAIL})"


def due():
    """Places whose addresses nobody asked for a week."""
    lately = LinkCheck.objects.filter(service=OuterRef("pk"), checked_at__gt=timezone.now() - EVERY)
    return Service.objects.published().filter(~Exists(lately)).order_by("pk")


def ask_due():
    """Once a minute: hand the next few places to the worker."""
    if not settings.LINKS_ARE_CHECKED:
        return
    for pk in due().values_list("pk", flat=True)[:A_ROUND]:
        if cache.add(f"link-check-{pk}", True, 3600):
            check.enqueue(pk)


@task()
def check(pk):
    """Ask every address of one place.  Run twice, it asks once: the second finds it asked."""
    for service in due().filter(pk=pk):
        check_place(service)


def check_place(service):
    addresses = dict.fromkeys([service.url, service.source_url])
    service.link_checks.exclude(url__in=addresses).delete()
    return [write_down(service, url, *ask_politely(url)) for url in addresses]


def write_down(service, url, outcome, status, moved_to):
    now = timezone.now()
    row = service.link_checks.filter(url=url).first() or LinkCheck(service=service, url=url)
    row.outcome, row.status, row.moved_to, row.checked_at = outcome, status, moved_to[:500], now
    if outcome in FAILED:
        row.failed_at, row.first_failed_at = now, row.first_failed_at or now
    elif outcome == Outcome.FINE:
        row.failed_at = row.first_failed_at = None
    row.save()
    return row


def ask_politely(url):
    """(outcome, HTTP status or None, where it moved to): one site is asked by one of us only."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return Outcome.UNREACHED, None, ""
    if not cache.add(f"link-host-{host}", True, A_TURN):
        return Outcome.NOT_ASKED, None, ""
    try:
        return follow(url)
    finally:
        cache.delete(f"link-host-{host}")


def follow(url):
    first, seen = url, set()
    for _hop in range(MOST_HOPS + 1):
        if url in seen:
            break
        seen.add(url)
        try:
            if not may_ask(url):
                return Outcome.NOT_ASKED, None, ""
            answer = ask(url, agent=agent(), seconds=SECONDS)
        except Exception as trouble:
            return _trouble(trouble), None, ""
        if not (300 <= answer.status < 400 and answer.location):
            return _outcome(answer.status, first, url)
        url = urljoin(url, answer.location)
    return Outcome.LOOP, None, ""


def _outcome(status, first, url):
    if status in REFUSES:
        return Outcome.REFUSED, status, ""
    if status in (404, 410):
        return Outcome.GONE, status, ""
    if status >= 400:
        return Outcome.BROKEN, status, ""
    if _site(first) != _site(url):
        return Outcome.MOVED, status, url
    return Outcome.FINE, status, ""


def _trouble(trouble):
    if isinstance(trouble, TimeoutError):
        return Outcome.SLOW
    if isinstance(trouble, ssl.SSLError):
        return Outcome.UNSAFE
    if isinstance(trouble, (OSError, NotPublic, ValueError, http.client.HTTPException)):
        return Outcome.UNREACHED
    raise trouble


def _site(url):
    return (urlsplit(url).hostname or "").removeprefix("www.")


def may_ask(url):
    """What robots.txt says to us.  None there is leave; one that is broken is none."""
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    key = f"robots-{site}"
    said = cache.get(key)
    if said is None:
        said = _robots(site)
        cache.set(key, said, ROBOTS_KEPT)
    rules = RobotFileParser()
    rules.parse(said.splitlines())
    return rules.can_fetch(NAME, url)


def _robots(site):
    url = f"{site}/robots.txt"
    for _hop in range(MOST_HOPS + 1):
        answer = ask(url, agent=agent(), seconds=SECONDS, largest=ROBOTS_BYTES)
        if not (300 <= answer.status < 400 and answer.location):
            break
        url = urljoin(url, answer.location)
    if answer.status >= 500:
        return "User-agent: *\nDisallow: /"
    return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
