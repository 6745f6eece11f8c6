"""What moderators leave out, write down for themselves, and whom they turn to."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.members.archive import erase
from community.moderation import care
from community.moderation.care import Debrief
from community.moderation.models import Care, Decision
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist")
CARE = reverse("admin:care")
LEAVE_OUT = reverse("admin:leave-out")
NOBODY = "that nobody here can read just now"


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def leave_out(browser, *topics, until=None):
    return browser.post(LEAVE_OUT, {"topics_0": topics, "until": until or in_days(7)})


def listed(browser, asked=""):
    return re.findall(r'class="t sh-link"><bdi>([^<]*)</bdi>', browser.get(QUEUE + asked).text)


# ---- leaving out


def test_what_is_left_out_is_offered_to_others_and_not_to_them(browser):
    factories.pending(title="Still", losses=["stillbirth"])
    factories.pending(title="Danger", losses=["stillbirth"], body="I want to die.")
    factories.pending(title="Birth", losses=["ectopic"], notes=["birth"])
    factories.pending(title="Other", losses=["ectopic"])
    factories.told(factories.published(title="Told", losses=["stillbirth"]))
    assert "Some are left out" not in browser.get(QUEUE).text
    browser.post(
        LEAVE_OUT, {"topics_0": ["stillbirth"], "topics_1": ["birth"], "until": in_days(7)}
    )
    page = browser.get(QUEUE).text
    assert listed(browser) == ["Other"] and "Stories (1)" in page and "Reports (0)" in page
    assert (
        "Some are left out for now, as you asked." in page
        and f'href="{CARE}?back=tab%3Dstory"' in page
    )
    assert len(listed(browser_of(factories.moderator()))) == 4


def test_what_is_left_out_comes_back_by_itself(browser):
    factories.pending(title="Still", losses=["stillbirth"])
    leave_out(browser, "stillbirth", until=in_days(2))
    tonight = timezone.localtime().replace(hour=23, minute=59)
    with time_machine.travel(tonight + timedelta(days=2), tick=False):
        assert Care.objects.get().topics_left_out() == ["stillbirth"]
    with time_machine.travel(tonight + timedelta(days=2, minutes=2), tick=False):
        assert Care.objects.get().topics_left_out() == []


def test_a_week_is_offered_and_any_day_within_a_year_taken(browser):
    assert f'value="{in_days(7)}"' in browser.get(CARE).text
    for days, status in ((0, 302), (366, 302), (-1, 422), (367, 422)):
        assert leave_out(browser, "ectopic", until=in_days(days)).status_code == status
    for day in ("soon", "\x00", "9" * 5000, "2026-02-30"):
        assert leave_out(browser, "ectopic", until=day).status_code == 422


def test_what_was_ticked_stays_ticked_when_the_day_makes_no_sense(browser):
    page = leave_out(browser, "molar", until="soon").text
    assert re.search(r'value="molar"[^>]*checked', page) and "Write the day like" in page
    assert not Care.objects.exists()
    assert leave_out(browser, "no-such-loss").status_code == 422


def test_everything_can_be_shown_again_with_one_press(browser):
    factories.pending(title="Still", losses=["stillbirth"])
    leave_out(browser, "stillbirth")
    assert "Show me everything again" in browser.get(CARE).text
    browser.post(reverse("admin:leave-out-nothing"))
    assert listed(browser) == ["Still"] and "Show me everything" not in browser.get(CARE).text


def test_a_slug_is_not_mistaken_for_part_of_another(browser):
    factories.pending(title="Missed", losses=["missed-miscarriage"])
    factories.pending(title="Late", losses=["late-miscarriage"])
    leave_out(browser, "miscarriage")
    assert len(listed(browser)) == 2


# ---- what leads are told of it


def test_leads_hear_only_that_somebody_has_to_be_asked(browser):
    lead = factories.moderator(group="lead-moderators")
    factories.pending(losses=["stillbirth"])
    factories.pending(losses=["ectopic"], title="Read by all")
    leads = browser_of(lead)
    leave_out(browser, "stillbirth")
    assert NOBODY not in leads.get(QUEUE).text
    leave_out(leads, "stillbirth", "molar")
    page = leads.get(QUEUE).text
    assert "One waits that nobody here can read just now." in page
    assert "Bramble" not in page
    assert NOBODY not in browser.get(QUEUE).text
    factories.moderator()
    assert NOBODY not in leads.get(QUEUE).text


def test_two_who_leave_out_different_things_may_leave_one_unread(browser):
    lead = browser_of(factories.moderator(group="lead-moderators"))
    factories.pending(losses=["stillbirth"], notes=["birth"])
    factories.pending(losses=["stillbirth"])
    leave_out(browser, "stillbirth")
    lead.post(LEAVE_OUT, {"topics_1": ["birth"], "until": in_days(7)})
    assert "One waits that nobody" in lead.get(QUEUE).text


def test_what_the_only_other_moderator_wrote_counts_as_well(moderator, browser):
    lead = factories.moderator(group="lead-moderators")
    factories.pending(lead, losses=["stillbirth"])
    leave_out(browser, "stillbirth")
    leave_out(browser_of(lead), "molar")
    assert "One waits that nobody" in browser_of(lead).get(QUEUE).text


# ---- a buddy


def test_a_buddy_is_another_moderator(moderator, browser):
    odile = factories.moderator("Odile")
    for nobody in (moderator.pk, factories.member().pk, "x"):
        assert browser.post(reverse("admin:buddy"), {"buddy": nobody}).status_code == 422
    browser.post(reverse("admin:buddy"), {"buddy": odile.pk})
    assert Care.objects.get(moderator=moderator).buddy == odile
    assert "Bramble" not in browser_of(odile).get(CARE).text.split("sh-care")[0].split("</h1>")[1]
    browser.post(reverse("admin:buddy"), {"buddy": ""})
    assert Care.objects.get(moderator=moderator).buddy is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Care.objects.update(buddy=moderator)


# ---- for nobody but oneself


def test_what_one_writes_down_is_shown_to_nobody_else(browser):
    browser.post(reverse("admin:debrief"), {"text": "It stays with me."})
    browser.post(reverse("admin:debrief"), {"text": "It stays with me."})
    assert browser.get(CARE).text.count("It stays with me.") == 1
    kept = Debrief.objects.get()
    owner = factories.member(is_staff=True, is_superuser=True)
    for other in map(browser_of, (factories.moderator(group="lead-moderators"), owner)):
        for address in (CARE, QUEUE, reverse("admin:pace"), "/admin/"):
            assert "It stays with me." not in other.get(address).text
        delete = reverse("admin:debrief-delete", args=[kept.pk])
        assert other.post(delete).status_code == 404
    assert Debrief.objects.exists()
    assert "stays" not in str(kept) and "stays" not in repr(kept)


def test_it_goes_when_its_writer_says_so_or_after_a_month(browser, moderator):
    for text in ("One", "Two"):
        browser.post(reverse("admin:debrief"), {"text": text})
    browser.post(reverse("admin:debrief-delete", args=[Debrief.objects.get(text="One").pk]))
    assert [kept.text for kept in Debrief.objects.all()] == ["Two"]
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert care.forget() == 0
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        assert not Debrief.objects.of(moderator).exists()
        assert care.forget() == 1


def test_it_leaves_no_trace_in_the_log_and_no_way_in_the_admin(browser):
    browser.post(reverse("admin:debrief"), {"text": "Unsaid"})
    assert not Decision.objects.exists()
    assert not apps.get_model("admin", "LogEntry").objects.exists()
    for model in (Debrief, Care):
        assert model not in admin.site._registry
        name = model._meta.model_name
        assert not Permission.objects.filter(content_type__model=name).exists()


def test_a_moderator_who_leaves_takes_it_along(browser, moderator):
    browser.post(reverse("admin:debrief"), {"text": "Mine"})
    leave_out(browser, "molar")
    erase(moderator)
    assert not Debrief.objects.exists() and not Care.objects.exists()


def test_an_empty_page_of_it_is_all_right(browser):
    response = browser.post(reverse("admin:debrief"), {"text": " \x00 "})
    assert response.status_code == 422 and "Both are all right." in response.text
    long = browser.post(reverse("admin:debrief"), {"text": "long " * 2_100})
    assert long.status_code == 422 and "long long" in long.text


# ---- who may come in


@pytest.mark.parametrize("name", ["care", "leave-out", "leave-out-nothing", "buddy", "debrief"])
def test_it_is_for_moderators_only(name):
    address = reverse(f"admin:{name}")
    for person, status in ((None, 302), (factories.member(), 404)):
        assert browser_of(person).post(address).status_code == status
    editor = browser_of(factories.moderator(group="directory-editors"))
    assert editor.post(address).status_code == 404
    assert not Care.objects.exists()
