"""Whoever told us about something that was left up may ask again, with their private link."""

import html

import pytest

from community.moderation.models import Appeal, Case
from community.moderation.reports import Report
from community.moderation.rethinking import decide, outcomes
from community.moderation.states import Action
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "It still names her, in the last line."


@pytest.fixture
def report():
    """Answered: it was left up."""
    report = factories.told(words="It names her.")
    Report.objects.settle(report.case, Action.KEEP, by=factories.moderator())
    report.refresh_from_db()
    return report


def again(report):
    return f"{report.get_absolute_url()}think-again/"


def test_a_visitor_asks_again_once_and_reads_the_answer_on_the_same_page(client, report):
    assert again(report) in client.get(report.get_absolute_url()).text
    assert client.get(again(report))["Cache-Control"] == "private, no-store"
    for words in (WORDS, "Other words."):
        assert client.post(again(report), {"words": words})["Location"] == report.get_absolute_url()
    appeal = Appeal.objects.get()
    assert (appeal.words, appeal.report, appeal.by) == (WORDS, report, None)
    assert "Their answer will stand here" in client.get(report.get_absolute_url()).text
    decide(appeal, Action.UPHOLD, by=factories.moderator(), message="Her name is not in it.")
    page = client.get(report.get_absolute_url()).text
    assert "Her name is not in it." in page and again(report) not in page


def test_before_it_is_answered_and_after_it_came_down_there_is_nothing_to_ask(client):
    waiting, down = factories.told(), factories.told()
    down.case.contribution.remove(by=factories.moderator(), message="Because.", rule="names")
    assert client.post(again(waiting), {"words": WORDS}).status_code == 302
    late = client.post(again(down), {"words": WORDS})
    assert late.status_code == 410 and WORDS in html.unescape(late.text)
    assert not Appeal.objects.exists()


def test_what_is_not_ready_is_kept_and_a_flood_is_told_to_wait(client, report):
    empty = client.post(again(report), {"words": " "})
    assert empty.status_code == 422 and 'role="alert"' in empty.text
    for _ in range(7):
        Appeal.objects.all().delete()
        Case.objects.filter(kind=Case.Kind.APPEAL).delete()
        last = client.post(again(report), {"words": WORDS})
    assert last.status_code == 429 and WORDS in html.unescape(last.text)


def test_a_link_that_is_none_of_ours_leads_nowhere(client, report):
    assert client.get("/report/told/x.y/think-again/").status_code == 404
    assert client.get(again(report).replace("told/", "told/x")).status_code == 404


def test_each_who_told_us_of_the_same_may_ask_once(client):
    story, moderator, teller = factories.published(), factories.moderator(), factories.member()
    reports = [factories.told(story), factories.told(story), factories.told(story, by=teller)]
    reports.append(factories.told(story, by=teller, words="And again."))
    assert Case.objects.all().claim(reports[0].case.pk, by=moderator)
    Report.objects.settle(reports[0].case, Action.KEEP, by=moderator)
    for report in reports:
        report.refresh_from_db()
        for words in ("It names my sister.", "It does."):
            client.post(again(report), {"words": words})
    asked = Appeal.objects.values_list("report", flat=True).order_by("report")
    assert list(asked) == [report.pk for report in reports[:3]]
    assert not Appeal.objects.filter(words="It does.").exists()
    assert Case.objects.waiting().filter(kind=Case.Kind.APPEAL).count() == 3
    answer = {"message": "I see it so too.", "rule": "names", "letter": "It names somebody."}
    decide(Appeal.objects.first(), Action.REVERSE, by=factories.moderator(), **answer)
    assert "I see it so too." in client.get(reports[0].get_absolute_url()).text
    assert "I see it so too." not in client.get(reports[1].get_absolute_url()).text
    second = Appeal.objects.get(report=reports[1])
    assert outcomes(second) == [Action.CLOSE]


def test_until_it_is_answered_nothing_that_anybody_else_said_stands_there(client):
    """An author's answer to a moderator belongs to no decision either."""
    story = factories.pending()
    story.return_to_author(by=factories.moderator(), version=story.sent, message="May he be named?")
    story.submit(answer="He says that he may be named.")
    report = factories.told()
    first = Report.objects.settle(report.case, "keep", by=factories.moderator())
    Appeal.objects.ask(first, report=Report.objects.get(pk=report.pk), words="It names her.")
    page = client.get(report.get_absolute_url()).text
    assert "may be named" not in page and "has read all of it" not in page
    assert "Their answer will stand here." in page


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (None, "They took it down.</p>"),
        (Action.UPHOLD, "They took it down.</p>"),
        (Action.REVERSE, "They took it down. Somebody else read all of it later"),
        (Action.COVER, "and let it be read again, by members only.</p>"),
        (Action.CHANGE, "They took it down.</p>"),
    ],
)
def test_what_its_author_asks_is_theirs_and_only_what_became_of_it_is_told(client, outcome, says):
    report = factories.told()
    story = report.case.contribution
    first = story.remove(by=factories.moderator(), message="Because.", rule="names")
    appeal = Appeal.objects.ask(first, by=story.author, words="It is mine to say.")
    if outcome:
        decide(appeal, outcome, by=factories.moderator(), message="We were wrong.", rule="names")
    page = client.get(report.get_absolute_url()).text
    assert says in page
    assert "sked to think again" not in page and "nothing left to decide" not in page
    late = client.post(again(report), {"words": WORDS})
    assert late.status_code == 410 and WORDS in html.unescape(late.text)


def receipts(client, *reports):
    return [client.get(report.get_absolute_url()).text for report in reports]


@pytest.mark.parametrize(
    ("outcome", "says"),
    [(Action.REVERSE, "It was taken down later."), (Action.CHANGE, "only members can read it.")],
)
def test_what_was_left_up_and_came_down_later_is_said_to_everybody_who_told_us(
    client, outcome, says
):
    story = factories.published()
    reports = [factories.told(story), factories.told(story)]
    Report.objects.settle(reports[0].case, Action.KEEP, by=factories.moderator())
    for each in reports:
        each.refresh_from_db()
        assert "and left it as it is." in receipts(client, each)[0]
    appeal = Appeal.objects.ask(reports[0].decision, report=reports[0], words=WORDS)
    answer = {"message": "I see it so too.", "rule": "names", "letter": "It names somebody."}
    decide(appeal, outcome, by=factories.moderator(), **answer)
    for page in receipts(client, *reports):
        assert "and left it as it was." in page and says in page


def test_what_its_author_took_down_is_not_said_to_be_there(client, report):
    report.case.contribution.withdraw()
    page = client.get(report.get_absolute_url()).text
    assert "It isn’t up any more." in page and "as it is" not in page


def test_what_was_let_be_read_again_is_told_as_it_is_now(client):
    report = factories.told()
    story = report.case.contribution
    first = story.remove(by=factories.moderator(), message="Because.", rule="names")
    appeal = Appeal.objects.ask(first, by=story.author, words="It is mine to say.")
    decide(appeal, Action.COVER, by=factories.moderator(), message="We were wrong.", rule="names")
    story.refresh_from_db()
    story.uncover(by=factories.moderator(), message="It can be read as before.")
    assert "let it be read again.</p>" in client.get(report.get_absolute_url()).text
    story.withdraw()
    assert "They took it down.</p>" in client.get(report.get_absolute_url()).text


def test_what_had_come_down_by_itself_meanwhile_is_not_said_to_be_back(client):
    report = factories.told()
    story = report.case.contribution
    first = story.remove(by=factories.moderator(), message="Because.", rule="names")
    appeal = Appeal.objects.ask(first, by=story.author, words="It is mine to say.")
    type(story).objects.filter(pk=story.pk).update(state="withdrawn")
    decide(appeal, Action.REVERSE, by=factories.moderator(), message="We were wrong.")
    assert "They took it down.</p>" in client.get(report.get_absolute_url()).text
