"""Who is worried about a writer, who joins them, and who may take it back."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from community.moderation.handovers import give_to_second, hand_over
from community.moderation.models import Case, Decision, Proposal
from community.moderation.safety import worry_about
from community.moderation.states import Action, Look, State
from community.moderation.two_people import confirm, propose, send_back
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
DANGER = "I don't want to be here any more."


@pytest.fixture
def first():
    return factories.moderator("Rowan Hale")


@pytest.fixture
def second():
    return factories.moderator("Sorrel Ash")


def page(story):
    return reverse("admin:stories_story_change", args=[story.pk])


def press(browser, story, outcome):
    return browser.post(page(story), {"version": story.sent.number, "outcome": outcome})


def test_what_a_word_list_missed_a_person_puts_first(first, second):
    story = factories.pending()
    case = factories.claim(story, by=first)
    for _ in range(2):
        browser_of(first).post(reverse("admin:worry", args=[case.pk]))
    assert Case.objects.get().is_urgent
    assert Decision.objects.filter(action=Look.SAFETY).count() == 1
    assert "The writer may not be safe" in browser_of(first).get(page(story)).text


def calm(person, case, **more):
    sent = {"calm-why": "It was a line from a song.", "message_return": "Half a letter", **more}
    return browser_of(person).post(reverse("admin:calm", args=[case.pk]), sent)


def test_who_was_worried_takes_it_back_with_a_reason_and_both_stay_on_record(first, second):
    story = factories.pending()
    case = factories.claim(story, by=first)
    browser_of(first).post(reverse("admin:worry", args=[case.pk]))
    empty = calm(first, case, **{"calm-why": " "})
    assert empty.status_code == 422 and "Say in a few words why" in empty.text
    after = calm(first, case)
    assert "It was a line from a song." in after.text and "Half a letter" in after.text
    assert "The writer may not be safe" not in after.text
    hours = re.findall(r"<li><b>[^<]+</b>, <bdi>([^<]+)</bdi>, ([^<]+)", after.text)
    assert hours == [
        ("Rowan Hale", "is worried about whoever wrote this"),
        ("Rowan Hale", "is not worried any more"),
    ]
    case.refresh_from_db()
    assert not case.is_urgent and case.is_held_by(first)
    looks = Decision.objects.filter(action__in=[Look.SAFETY, Look.CALM]).values_list("action")
    assert [action for (action,) in looks] == [Look.CALM, Look.SAFETY]


def test_nobody_takes_back_what_rests_on_more_than_their_own_worry(first, second):
    by_words = factories.claim(factories.pending(body=DANGER), by=first)
    assert "Nothing was done" in calm(first, by_words).text
    story = factories.pending()
    case = factories.claim(story, by=first)
    worry_about(case, by=second)
    assert "Nothing was done" in calm(first, case).text
    Case.objects.filter(pk=case.pk).update(worried_by=first)
    story.body = DANGER
    story.save()
    story.submit()
    assert "Nothing was done" in calm(first, case).text
    told = factories.told().case
    assert Case.objects.all().claim(told.pk, by=first)
    worry_about(told, by=first)
    factories.told(told.contribution, reason="worried")
    assert "Nothing was done" in calm(first, told).text
    assert not Decision.objects.filter(action=Look.CALM).exists()
    assert Case.objects.filter(is_urgent=True).count() == 3


def open_to_them(case, by):
    Case.objects.filter(pk=case.pk).update(claimed_by=by, claimed_at=timezone.now())
    return browser_of(by)


def sends_it_back(case, *, first, second):
    said = {"by": first, "version": case.version, "message": "It can stand."}
    proposal = propose(case, Action.PUBLISH, **said)
    send_back(proposal, by=second, answer="No. She is not safe.")


def writes_in_the_log(case, *, first, second):
    sent = {"step": "urgent", "text": "I read a goodbye in it."}
    open_to_them(case, second).post(reverse("admin:safety", args=[case.pk]), sent)


def proposes(case, *, first, second):
    open_to_them(case, second)
    proposal = propose(case, Action.PUBLISH, by=second, version=case.version, message="Yes.")
    send_back(proposal, by=second)


def is_worried_too(case, *, first, second):
    browser = open_to_them(case, second)
    assert "Another moderator is." in browser.get(page(case.contribution)).text
    after = browser.post(reverse("admin:worry", args=[case.pk]))
    assert "I’m worried about whoever wrote this" not in after.text
    assert "I’m not worried any more" not in after.text


def hands_it_on_with_a_note(case, *, first, second):
    open_to_them(case, second)
    assert hand_over(case, by=second, text="I read a goodbye in it too.")


def gives_it_to_another(case, *, first, second):
    open_to_them(case, second)
    assert give_to_second(case, by=second)


def asks_the_author(case, *, first, second):
    open_to_them(case, second)
    story = case.contribution
    story.return_to_author(by=second, version=case.version, message="Is somebody with you?")
    story.submit(answer="Yes, my sister.")


PARTS = [sends_it_back, writes_in_the_log, proposes, is_worried_too]
PARTS += [hands_it_on_with_a_note, gives_it_to_another, asks_the_author]


def test_handing_it_on_without_a_word_leaves_the_worry_to_the_first(first, second):
    case = factories.claim(factories.pending(), by=first)
    worry_about(case, by=first)
    open_to_them(case, second)
    assert hand_over(case, by=second)
    open_to_them(case, first)
    assert "Taken back." in calm(first, case).text


@pytest.mark.parametrize("had_a_part", PARTS)
def test_nobody_takes_back_alone_what_another_had_a_part_in(had_a_part, first, second):
    story = factories.pending()
    case = factories.claim(story, by=first)
    worry_about(case, by=first)
    had_a_part(case, first=first, second=second)
    browser = open_to_them(case, first)
    assert "I’m not worried any more" not in browser.get(page(story)).text
    assert "Nothing was done" in calm(first, case).text
    press(browser, story, "publish")
    story.refresh_from_db()
    assert story.state == State.PENDING and Case.objects.get().is_urgent


def test_nobody_is_asked_to_worry_about_who_wrote_a_place(first, second, a_place):
    told = factories.told(a_place).case
    browser = open_to_them(told, first)
    report = reverse("admin:report", args=[told.pk])
    assert "I’m worried about whoever wrote this" not in browser.get(report).text
    browser.post(reverse("admin:worry", args=[told.pk]))
    assert not Case.objects.get(pk=told.pk).is_urgent


def test_alone_a_worry_is_not_said_to_take_two(first):
    story = factories.pending()
    factories.claim(story, by=first)
    assert "It goes first, and takes two." not in browser_of(first).get(page(story)).text
    factories.moderator()
    assert "It goes first, and takes two." in browser_of(first).get(page(story)).text


# ---- a letter to who wrote something that is up


def answer(person, case, outcome, **fields):
    sent = {"outcome": outcome, "up": str(case.contribution.shown.number), **fields}
    return browser_of(person).post(reverse("admin:report", args=[case.pk]), sent)


def last_word(story):
    return type(story).objects.get(pk=story.pk).last_word()


def test_leaving_up_what_an_unsafe_writer_wrote_can_carry_a_letter(
    first, second, run_jobs, mailoutbox
):
    case = factories.told(story := factories.published(), reason="worried").case
    assert Case.objects.all().claim(case.pk, by=first)
    browser, address = browser_of(first), reverse("admin:report", args=[case.pk])
    page = html.unescape(browser.get(address).text)
    assert "There is a letter for it under “Leave it as it is”." in page
    assert "wondered how you are" in page and "asking them something" not in page
    own = "I read the last lines twice. Is somebody with you?"
    assert answer(first, case, "keep", message_keep="Hello.\n\n…").status_code == 422
    answer(first, case, "keep", message_keep=own)
    run_jobs()
    mailoutbox.clear()
    proposal = Proposal.objects.get()
    assert Case.objects.all().claim(case.pk, by=second)
    assert own in html.unescape(browser_of(second).get(address).text)
    sent = {"press": "confirm", "second-message": own}
    browser_of(second).post(reverse("admin:second", args=[proposal.pk]), sent)
    run_jobs()
    letter = last_word(story)
    assert (letter.text, letter.by_name) == (own, "Rowan Hale")
    assert [mail.to for mail in mailoutbox] == [[story.author.email]]
    read = html.unescape(browser_of(story.author).get(letter.get_absolute_url()).text)
    assert own in read and "told us" not in read


@pytest.mark.parametrize("how", ["as it began", "emptied", "no box"])
def test_a_letter_nobody_wrote_is_not_sent(how, first, second):
    case = factories.told(story := factories.published(), reason="worried").case
    assert Case.objects.all().claim(case.pk, by=first)
    page = browser_of(first).get(reverse("admin:report", args=[case.pk]))
    began = page.context["form"].initial["message_keep"]
    sent = {"as it began": {"message_keep": began.replace("\n", "\r\n")}}
    sent["emptied"] = {"message_keep": " "}
    answer(first, case, "keep", **sent.get(how, {}))
    assert confirm(Proposal.objects.get(), by=second).action == Action.KEEP
    assert last_word(story) is None
