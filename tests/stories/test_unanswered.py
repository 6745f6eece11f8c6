"""No story left unanswered: who is asked about what, when, and that nobody else learns of it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from stories.models import Asking, Block, Letter, Letterbox, Offer, Story
from stories.unanswered import make_offers, waiting
from tests import factories
from tests.factories import browser_of
from tests.stories.asked import ASKED, asking, since, space

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return since(factories.wanting())


@pytest.fixture
def willing():
    return asking()


def is_asked(member):
    """Looked for now, whatever was found for them a moment ago."""
    Asking.objects.update(looked_at=None, rests_until=None)
    make_offers()
    return ASKED in space(member)


def test_a_story_without_a_letter_is_put_before_who_shares_it(story, willing):
    assert make_offers() == 1 and make_offers() == 0
    page = space(willing)
    assert f"Somebody wrote about stillbirth {ASKED}" in page
    assert f'href="/stories/{story.pk}/"' in page and "/write-a-letter/" in page
    assert story.author.pen_name not in page and story.title not in page


def test_nobody_is_asked_who_did_not_say_so(story):
    member = factories.member()
    factories.published(member)  # about the same; nothing is inferred from it
    assert make_offers() == 0
    assert ASKED not in space(member)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"losses": ["molar"]}, False),
        ({"languages": ["cy"]}, False),
        ({"losses": ["molar", "stillbirth"], "languages": ["cy", "en"]}, True),
    ],
)
def test_only_what_they_ticked_is_put_before_them(story, chosen, found):
    assert is_asked(asking(**chosen)) is found


@pytest.mark.parametrize("losses", [[], ["other"]])
def test_a_loss_its_writer_would_rather_not_say_is_for_who_ticked_that(losses):
    since(factories.wanting(losses=losses))
    assert not is_asked(asking())
    member = asking(losses=["other"])
    assert is_asked(member) and "Somebody wrote about a loss" in space(member)


# ---- which stories wait


def fresh(story):
    since(story, hours=23)


def wants_none(story):
    Story.objects.filter(pk=story.pk).update(wants_letters=False)


def writer_wants_none(story):
    Letterbox.objects.create(member=story.author, when="off")


def example(story):
    Story.objects.filter(pk=story.pk).update(is_example=True)


def taken_down(story):
    Story.objects.get(pk=story.pk).withdraw()


def covered(story):
    Story.objects.get(pk=story.pk).cover(by=factories.moderator(), message="…", rule="names")


def sanctioned(story):
    factories.sanction(story.author, "read-only")


def closed_account(story):
    story.author.is_active = False
    story.author.save()


def letter_on_its_way(story):
    factories.sent_letter(story)


def letter_returned(story):
    letter = factories.sent_letter(story)
    letter.return_to_author(by=factories.moderator(), version=letter.sent, message="Who?")


def letter_delivered(story):
    factories.delivered(story)


def letter_taken_back_later(story):
    factories.delivered(story).call_back()


NOT_WAITING = [fresh, wants_none, writer_wants_none, example, taken_down, covered, sanctioned]
NOT_WAITING += [closed_account, letter_on_its_way, letter_returned, letter_delivered]
NOT_WAITING += [letter_taken_back_later]


@pytest.mark.parametrize("happens", NOT_WAITING)
def test_what_does_not_wait_is_put_before_nobody_and_is_gone_from_who_has_it(
    happens, story, willing
):
    make_offers()
    assert ASKED in space(willing)
    happens(story)
    assert ASKED not in space(willing)
    make_offers()
    assert not Offer.objects.open().exists() and not waiting().exists()
    assert not is_asked(asking())


def letter_declined(story):
    factories.decline(factories.sent_letter(story))


def draft_of_somebody_else(story):
    factories.letter(story)


@pytest.mark.parametrize("happens", [letter_declined, draft_of_somebody_else])
def test_what_never_was_on_its_way_counts_as_no_letter(happens, story, willing):
    happens(story)
    assert is_asked(willing)


# ---- whom it is not put before


def their_own(story, member):
    Story.objects.filter(pk=story.pk).update(author=member)


def leaves_it_out(story, member):
    story.labels.create(facet="note", slug="birth")
    member.wishes = "v=1&out=birth"
    member.save()


def letters_paused(story, member):
    factories.sanction(member, "letters-off")


def has_begun_a_letter(story, member):
    factories.letter(story, member)


@pytest.mark.parametrize(
    "happens",
    [
        their_own,
        leaves_it_out,
        letters_paused,
        has_begun_a_letter,
    ],
)
def test_nobody_is_asked_about_what_they_could_not_answer(happens, story, willing):
    make_offers()
    assert ASKED in space(willing)
    happens(story, willing)
    assert ASKED not in space(willing)
    Offer.objects.all().delete()
    assert not is_asked(willing)


def test_whom_its_writer_blocked_is_not_asked(story, willing):
    Block.objects.create(by=story.author, blocked=willing)
    assert not is_asked(willing)


# ---- one at a time, and on to the next


def test_two_are_not_asked_about_the_same_and_nobody_about_two(story, willing):
    second = asking()
    make_offers()
    assert [ASKED in space(each) for each in (willing, second)] == [True, False]
    since(factories.wanting())
    Asking.objects.update(looked_at=None)
    make_offers()
    assert Offer.objects.open().count() == 2
    assert {offer.member for offer in Offer.objects.all()} == {willing, second}


def test_the_one_that_has_waited_longest_comes_first(story, willing):
    longest = since(factories.wanting(), days=9)
    make_offers()
    assert Offer.objects.get().story == longest


def test_not_this_one_goes_on_to_somebody_else_and_another_comes(story, willing):
    make_offers()
    offer = Offer.objects.get()
    answer = browser_of(willing).post(f"/me/letters/asked/{offer.pk}/not-this-one/")
    assert answer.url == "/me/" and ASKED not in space(willing)
    assert not is_asked(willing), "never again about this one"
    second, another = asking(), since(factories.wanting(losses=["stillbirth", "molar"]))
    Asking.objects.update(looked_at=None)  # an hour later
    make_offers()
    open_ones = {(offer.member, offer.story) for offer in Offer.objects.open()}
    assert open_ones == {(willing, another), (second, story)}


def test_not_now_is_a_week_without(story, willing):
    make_offers()
    browser_of(willing).post(f"/me/letters/asked/{Offer.objects.get().pk}/not-now/")
    since(factories.wanting())
    for days, asked in ((1, 0), (6, 0), (8, 1)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert make_offers() == asked, days


def test_left_for_two_days_it_goes_on_to_somebody_else(story, willing):
    make_offers()
    second = asking()
    for hours, asked in ((47, willing), (49, second)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            make_offers()
            assert Offer.objects.open().get().member == asked, hours
            assert (ASKED in space(willing)) is (asked == willing)


def test_nobody_answers_for_another(story, willing):
    make_offers()
    address = f"/me/letters/asked/{Offer.objects.get().pk}/not-this-one/"
    browser_of(factories.member()).post(address)
    assert browser_of().post(address).status_code == 302
    assert browser_of(willing).get(address).status_code == 405
    assert Offer.objects.open().exists()


def test_its_writer_never_learns_who_was_asked(story, willing):
    make_offers()
    before = Letter.objects.count()
    browser_of(willing).post(
        f"/stories/{story.pk}/write-a-letter/",
        {"body": "I was there too.", "may_be_shown": "no", "signed": "pen-name"}
        | {"language": "en", "revision": "0", "go": "send"},
    )
    assert Letter.objects.count() == before + 1
    letter = Letter.objects.get(author=willing)
    assert letter.is_waiting() and ASKED not in space(willing)
    letter.publish(by=factories.moderator(), version=letter.sent)
    page = browser_of(story.author).get(f"/me/letters/{letter.pk}/").text
    assert "asked" not in page.partition("<main")[2].partition("<footer")[0]
    make_offers()
    assert not Offer.objects.exists(), "nothing is left of it once the letter has come"
