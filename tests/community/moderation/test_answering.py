"""Looking again at what we were told, in the admin, and what becomes of it."""

import html

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from community.moderation.models import Case, Decision, Message
from community.moderation.reports import Report
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:moderation_case_changelist") + "?tab=reports"


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def browser(moderator):
    return browser_of(moderator)


@pytest.fixture
def story():
    return factories.published()


@pytest.fixture
def report(story, moderator):
    """About ``story``, in front of ``moderator``."""
    report = factories.told(story, words="He names the midwife.", email="v@example.org")
    assert Case.objects.all().claim(report.case.pk, by=moderator)
    return report


def page(report):
    return reverse("admin:report", args=[report.case_id])


def answer(browser, report, outcome, **more):
    up = browser.get(page(report)).context["up"]
    return browser.post(page(report), {"outcome": outcome, "up": up, "rule": "names", **more})


def receipt(client, report):
    return html.unescape(client.get(report.get_absolute_url()).text)


def test_the_queue_counts_cases_and_puts_worry_first(browser):
    old = factories.told(factories.published(title="An older one"), "selling")
    for _ in range(3):
        factories.told(old.case.contribution, "cruel")
    factories.told(factories.published(title="A worry"), "worried")
    text = html.unescape(browser.get(QUEUE).text)
    assert "Reports (2)" in text and "Four people told us" in text
    assert text.index("A worry") < text.index("An older one")
    assert "I’m worried about the person who wrote this" in text


def test_the_queue_of_reports_asks_the_same_of_the_database_however_many(
    browser, django_assert_num_queries
):
    factories.told()
    browser.get(QUEUE)
    with django_assert_num_queries(17):
        browser.get(QUEUE)
    for _ in range(9):
        story = factories.published()
        factories.told(story)
        factories.told(story, words="Again.")
    with django_assert_num_queries(17):
        browser.get(QUEUE)


def test_opening_claims_it_and_shows_what_was_seen_and_said(browser, moderator):
    report = factories.told(words="He names the midwife.")
    closed = browser.get(page(report)).text
    assert "midwife" not in closed and "laundry" not in closed and "Open it and read" in closed
    opened = browser.post(reverse("admin:claim", args=[report.case_id]))
    assert opened["Location"] == page(report)
    text = browser.get(page(report)).text
    assert "He names the midwife." in text and "laundry vans" in text and "A visitor" in text


def test_what_was_seen_stays_beside_what_readers_see_now(browser, story, report):
    story.body = "Changed since."
    story.save()
    story.submit()
    story.publish(by=factories.moderator(), version=story.sent)
    text = browser.get(page(report)).text
    assert text.index("Changed since.") < text.index("laundry vans")


def test_nothing_is_answered_that_changed_since_the_page_was_opened(browser, story, report):
    up = browser.get(page(report)).context["up"]
    story.body = "Changed since."
    story.save()
    story.submit()
    story.publish(by=factories.moderator(), version=story.sent)
    browser.post(page(report), {"outcome": "keep", "up": up})
    assert Case.objects.reported().open().exists()


def test_leaving_it_up_answers_everybody_at_once_and_moves_nothing(
    browser, client, story, report, run_jobs, mailoutbox
):
    second = factories.told(story, "selling", email="w@example.org", by=factories.member())
    was = story.state, story.shown_id
    response = answer(browser, report, "keep")
    assert response["Location"] == QUEUE
    story.refresh_from_db()
    assert (story.state, story.shown_id) == was
    for each in (report, second):
        assert "They read it again, and left it as it is." in receipt(client, each)
        each.refresh_from_db()
        assert each.email == ""
    decision = Decision.objects.get(action="keep")
    assert (decision.by_name, decision.case_id, decision.waited) == (
        "Bramble Thorne",
        report.case_id,
        None,
    )
    run_jobs()
    told = [mail for mail in mailoutbox if mail.to != [story.author.email]]
    assert sorted(mail.to[0] for mail in told) == ["v@example.org", "w@example.org"]
    assert {mail.subject for mail in told} == {"There is something for you"}
    assert story.pk not in "".join(mail.body for mail in told)
    assert len(mailoutbox) == 3  # the author heard of being published, and of nothing since
    assert not Message.objects.exists()


def test_taking_it_down_tells_the_author_why_and_everybody_that_it_is_down(
    browser, client, story, report
):
    response = answer(browser, report, "remove", message="I have taken this down: names.")
    assert response.status_code == 302
    assert client.get(story.get_absolute_url()).status_code == 404
    assert "They took it down." in receipt(client, report)
    assert Message.objects.get().text == "I have taken this down: names."
    assert not Case.objects.open().exists()


def test_taking_it_down_from_its_own_page_answers_them_too(client, story, report):
    story.remove(by=factories.moderator(), message="Because.", rule="names")
    assert "They took it down." in receipt(client, report)
    assert not Case.objects.open().exists()


def test_taking_it_down_needs_words_for_the_author(browser, story, report):
    response = answer(browser, report, "remove")
    assert response.status_code == 422
    story.refresh_from_db()
    assert story.shown_id and Case.objects.reported().open().exists()


def test_of_what_its_author_took_down_only_closing_is_left(browser, client, story, report):
    story.withdraw()
    assert [a.value for a in browser.get(page(report)).context["form"].actions] == ["close"]
    assert answer(browser, report, "keep").status_code == 409
    assert Case.objects.reported().open().exists()
    answer(browser, report, "close")
    assert "It had already come down by then." in receipt(client, report)


def test_a_report_and_a_waiting_change_are_two_cases(browser, story, report, moderator):
    story.body += "\n\nMore."
    story.save()
    story.submit()
    assert Case.objects.open().count() == 2
    assert story.open_case().kind == Case.Kind.READING
    answer(browser, report, "keep")
    assert Case.objects.open().get() == story.open_case()
    factories.claim(story, by=moderator)
    story.publish(by=moderator, version=story.sent)
    assert not Case.objects.open().exists()


def test_publishing_a_change_leaves_the_report_open(story, report):
    story.body += "\n\nMore."
    story.save()
    story.submit()
    story.publish(by=factories.moderator(), version=story.sent)
    assert Case.objects.open().get() == report.case
    report.refresh_from_db()
    assert report.decision is None


def test_who_told_us_is_shown_to_nobody(browser, client, story, moderator):
    teller = factories.member("Iris Vale")
    report = factories.told(story, by=teller, email="iris@example.org", words="It is cruel.")
    Case.objects.all().claim(report.case_id, by=moderator)
    author = browser_of(story.author)
    pages = [browser.get(page(report)), browser.get(QUEUE), browser.get("/admin/")]
    answer(browser, report, "remove", message="It is down.")
    pages += [browser.get(page(report)), author.get("/me/"), author.get(f"/write/{story.pk}/")]
    pages += [client.get(report.get_absolute_url())]
    pages += [browser.get(reverse("admin:moderation_decision_changelist"))]
    for each in pages:
        assert each.status_code == 200
        for secret in ("Iris Vale", "iris@example.org", teller.email, report.key):
            if secret != report.key or "report/told" not in each.request["PATH_INFO"]:
                assert secret not in each.text, each.request["PATH_INFO"]
    for each in pages[4:6]:
        assert "It is cruel." not in each.text
    assert "A member" in pages[0].text


def test_nobody_sees_what_was_told_about_their_own_story(story):
    author = story.author
    author.is_staff = True
    author.save()
    author.groups.set(factories.moderator().groups.all())
    report = factories.told(story)
    own = browser_of(author)
    assert "Reports (0)" in own.get(QUEUE).text
    assert own.get(page(report)).status_code == 404
    own.post(reverse("admin:claim", args=[report.case_id]))
    assert own.post(page(report), {"outcome": "keep", "up": "1"}).status_code == 404
    with pytest.raises(ValidationError):
        Report.objects.settle(report.case, "keep", by=author)


def test_only_moderators_reach_it(client, report):
    assert client.get(page(report)).status_code == 302
    assert browser_of(factories.member()).get(page(report)).status_code == 404
    editor = factories.moderator(group="directory-editors")
    assert browser_of(editor).get(page(report)).status_code == 404
    assert browser_of(editor).post(page(report), {"outcome": "keep"}).status_code == 404


def test_who_does_not_hold_it_answers_nothing(report):
    other = browser_of(factories.moderator())
    assert "midwife" not in other.get(page(report)).text
    other.post(page(report), {"outcome": "keep", "up": "1"})
    assert Case.objects.reported().open().exists()


@pytest.mark.parametrize("typed", [{}, {"outcome": "publish"}, {"outcome": "\x00"}, {"up": "²"}])
def test_odd_presses_do_nothing(browser, report, typed):
    assert browser.post(page(report), {"up": "1", **typed}).status_code in (409, 422)
    assert Case.objects.reported().open().exists()


def test_a_second_press_finds_it_answered(browser, report):
    answer(browser, report, "keep")
    assert browser.post(page(report), {"outcome": "keep", "up": "1"}).status_code == 409
    assert Decision.objects.filter(action="keep").count() == 1
    assert "has been answered" in html.unescape(browser.get(page(report)).text)


def test_a_case_that_never_was_is_not_here(browser):
    assert browser.get("/admin/moderation/case/99999999999999999999/report/").status_code == 404


def test_a_place_is_left_or_put_right(browser, client, moderator, a_place):
    report = factories.told(a_place, "wrong")
    Case.objects.all().claim(report.case_id, by=moderator)
    text = browser.get(page(report)).text
    assert a_place.name in html.unescape(text) and "Take it down now" not in text
    answer(browser, report, "correct")
    assert "They put it right." in receipt(client, report)


def test_a_member_who_says_it_twice_is_one_person(browser, story):
    teller = factories.member()
    for words in ("Once.", "Twice."):
        factories.told(story, by=teller, words=words)
    assert "One person told us" in browser.get(QUEUE).text
