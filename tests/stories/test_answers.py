"""One answer each way, and no name that anybody left off."""

import pytest

from stories.models import Byline, Letter
from tests import factories
from tests.factories import browser_of
from tests.stories.pages import press

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return factories.member("Marnie")


@pytest.fixture
def story(writer):
    return factories.wanting(writer)


@pytest.fixture
def sender():
    return factories.member("T. Fenwick")


def test_each_answers_once_and_then_it_ends(story, writer, sender):
    letter = factories.delivered(story, sender)
    typed = {"body": "Thank you for the lamp.", "language": "en", "revision": "0", "go": "send"}
    press(writer, letter, "answer", **typed)
    answer = Letter.objects.get(answers=letter)
    answer.publish(by=factories.moderator(), version=answer.sent)
    assert (answer.to, answer.name) == (sender, "Marnie")
    assert "From <bdi>Marnie</bdi>," in browser_of(sender).get("/me/letters/").text
    press(sender, answer, "answer", **typed)
    last = Letter.objects.get(answers=answer)
    last.publish(by=factories.moderator(), version=last.sent)
    assert (last.to, last.name) == (writer, "T. Fenwick")
    assert press(writer, last, "answer", **typed).status_code == 404
    press(writer, letter, "answer", **{**typed, "body": "And another."})
    assert Letter.objects.count() == 3


def test_a08_an_answer_by_the_writer_of_an_unnamed_story_has_no_name(writer, sender):
    unnamed = factories.wanting(writer, byline=Byline.NO_NAME)
    letter = factories.delivered(unnamed, sender)
    answer = letter.begin_answer(writer)
    Letter.objects.begin(answer)
    answer.body = "Thank you."
    answer.save()
    answer.send()
    answer.publish(by=factories.moderator(), version=answer.sent)
    browser = browser_of(sender)
    seen = [browser.get(a).text for a in ("/me/", "/me/letters/", f"/me/letters/sent/{letter.pk}/")]
    browser.post(f"/me/letters/{answer.pk}/open/")
    seen += [browser.get(f"/me/letters/{answer.pk}/").text]
    seen += [browser.get(f"/me/letters/{answer.pk}/{to}/").text for to in ("answer", "block")]
    seen += [browser.get(f"/stories/{unnamed.pk}/write-a-letter/", follow=True).text]
    assert "From the person you wrote to" in seen[1]
    assert all("Marnie" not in text for text in seen)


def test_a08_a_name_taken_off_a_story_is_off_its_letters_at_once(story, writer, sender):
    letter = factories.put_up(story, author=sender)
    answer = letter.begin_answer(writer)
    answer.body = "Thank you."
    Letter.objects.begin(answer)
    answer.send()
    answer.publish(by=factories.moderator(), version=answer.sent)
    browser_of(writer).post(f"/write/{story.pk}/name/", {"byline": "no-name", "other_name": ""})
    for address in (
        "/me/letters/",
        f"/me/letters/sent/{letter.pk}/",
        f"/stories/{story.pk}/letters/",
        story.get_absolute_url(),
    ):
        assert "Marnie" not in browser_of(sender).get(address).text, address


def test_a_sender_without_a_name_has_none_anywhere(story, writer, sender):
    letter = factories.put_up(story, author=sender, signed="no-name")
    press(writer, letter, "open")
    press(writer, letter, "block")
    for address in ("letters/", f"letters/{letter.pk}/", "letters/blocked/"):
        text = browser_of(writer).get(f"/me/{address}").text
        assert "T. Fenwick" not in text and "no name" in text
    assert "T. Fenwick" not in browser_of().get(story.get_absolute_url()).text
