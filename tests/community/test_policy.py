"""What browsers report of the security policy: counted, about nobody, and never a flood."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community import policy
from community.models import PolicyReport
from tests import factories
from tests.factories import browser_of, moderator

pytestmark = pytest.mark.django_db
OLD, NEW = "application/csp-report", "application/reports+json"


def old(directive="script-src", blocked="inline", page="http://localhost:8000/"):
    names = {"effective-directive": directive, "blocked-uri": blocked, "document-uri": page}
    return {"csp-report": names}


def new(directive="script-src", blocked="inline", page="http://localhost:8000/"):
    body = {"effectiveDirective": directive, "blockedURL": blocked, "documentURL": page}
    return [{"type": "csp-violation", "body": body, "user_agent": "Mozilla"}]


def send(client, report, kind=OLD):
    sent = report if isinstance(report, (str, bytes)) else json.dumps(report)
    return client.post("/policy-report/", sent, content_type=kind)


@pytest.mark.parametrize("report, kind", [(old(), OLD), (new(), NEW)])
def test_both_forms_are_counted(client, report, kind):
    assert [send(client, report, kind).status_code for _ in range(3)] == [204] * 3
    counted = PolicyReport.objects.get()
    assert (counted.directive, counted.blocked, counted.page) == ("script-src", "inline", "home")
    assert counted.times == 3


def test_neither_story_nor_address_nor_browser_is_kept(client):
    story = factories.published()
    page = f"http://localhost:8000{story.get_absolute_url()}?q=wren"
    send(client, new("img-src", "https://elsewhere.example/wren.png?who=marnie", page), NEW)
    kept = PolicyReport.objects.get()
    assert (kept.blocked, kept.page) == ("https://elsewhere.example", "stories:detail")


@pytest.mark.parametrize(
    "sent", [b"", b"{", b"[]x", b"\xff", b"7", b"null", b'{"csp-report": 1}', b"{}"]
    + [json.dumps(old(directive)).encode() for directive in (None, 7, "", "<script>", [])]
    + [json.dumps(old(blocked="x" * 20_000)).encode(), b"[" * 15_000, b'{"csp-report": []}'],
)  # fmt: skip
def test_a36_whatever_is_no_report_is_refused(client, sent):
    assert send(client, sent).status_code == 400
    assert not PolicyReport.objects.exists()


@pytest.mark.parametrize("blocked", ["http://[", "://", "é", "\x00", "x" * 500, None, {"a": 1}])
@pytest.mark.parametrize("page", ["http://localhost/%00", "http://[::1", "x" * 500, None])
def test_odd_addresses_are_counted_or_refused(client, blocked, page):
    assert send(client, old(blocked=blocked, page=page)).status_code in (204, 400)


def test_a_flood_ends_with_429_and_with_a_bounded_number_of_rows(client, monkeypatch):
    monkeypatch.setattr(policy, "KINDS_A_DAY", 5)
    answers = [send(client, old(f"a-{chr(97 + n)}")).status_code for n in range(21)]
    assert answers[-1] == 429
    assert PolicyReport.objects.count() == 5


def test_they_age_out(client):
    send(client, old())
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        assert policy.forget() == 1


def test_administrators_read_them_and_nobody_else(client):
    send(client, old())
    page = "/admin/community/policyreport/"
    owner = factories.member(is_staff=True, is_superuser=True)
    assert "script-src" in browser_of(owner).get(page).text
    assert browser_of(moderator(group="lead-moderators")).get(page).status_code == 404


def test_pages_say_where_to_report(client):
    page = client.get("/")
    assert "report-to policy" in page["Content-Security-Policy"]
    assert page["Reporting-Endpoints"] == 'policy="/policy-report/"'
