"""Proposing a change: a moderator marks a passage, the author decides."""

import html

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from community.moderation.models import Case, Decision, Suggestion, TransitionNotAllowed, Version
from community.moderation.states import Action, State
from stories.models import Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
BODY = "There was a man with a broom.\n\nHe was _called Desmond Applegarth_, he said.\n\nHe waved."
NAME = "Desmond Applegarth"


def change(story, passage=NAME, instead="", why="He may not want to be named.", field="body"):
    start = story.sent.words[field].index(passage)
    return {"field": field, "start": start, "passage": passage, "why": why, "instead": instead}


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def story(moderator):
    """Waiting, and in front of ``moderator``."""
    story = factories.pending(body=BODY, own_note="a name")
    factories.claim(story, by=moderator)
    return story


def suggest(story, *changes, by=None):
    changes = changes or (change(story),)
    said = {"by": by or factories.moderator(), "version": story.sent, "message": "A change?"}
    Case.objects.about(story).update(claimed_by=None)
    return story.suggest(**said, changes=list(changes))


def stored(story):
    return Story.objects.get(pk=story.pk)


def test_nothing_changes_until_the_author_says_so(story):
    suggest(story)
    now = stored(story)
    assert (now.state, now.shown_id, now.body) == (State.SUGGESTED, None, BODY)
    assert now.sent.words["body"] == BODY
    assert Case.objects.awaiting_author().get().pk == now.open_case().pk


def test_accepting_publishes_it_with_the_change_and_without_another_wait(story):
    suggest(story, change(story), change(story, "He waved.", "He lifted his hand."))
    stored(story).accept()
    now = stored(story)
    assert now.state == State.PUBLISHED
    words = "There was a man with a broom.\n\nHe was _called_, he said.\n\nHe lifted his hand."
    assert now.as_shown().body == words == now.body
    assert not now.has_unsent_changes() and not Case.objects.open().exists()
    assert Decision.objects.first().action == Action.ACCEPT


def test_what_was_published_before_stays_up_while_a_change_is_proposed(moderator):
    story = factories.published(body="Before.")
    story.body = BODY
    story.save()
    story.submit()
    suggest(story)
    assert stored(story).as_shown().body == "Before."
    stored(story).accept()
    assert "called_," in stored(story).as_shown().body


def test_words_changed_elsewhere_on_the_desk_are_kept_and_not_published(story):
    suggest(story)
    Story.objects.filter(pk=story.pk).update(body=BODY + "\n\nAnd more.", revision=7)
    stored(story).accept()
    now = stored(story)
    assert "And more." in now.body and NAME not in now.body
    assert "And more." not in now.as_shown().body and now.has_unsent_changes()
    assert now.revision == 8, "a desk that is open elsewhere has to hear of it"


@pytest.mark.parametrize("body", ["Other words.", BODY + f"\n\n{NAME}.", ""])
def test_accepting_after_those_words_were_changed_is_refused_and_nothing_is_lost(story, body):
    suggest(story)
    Story.objects.filter(pk=story.pk).update(body=body)
    with pytest.raises(TransitionNotAllowed) as refusal:
        stored(story).accept()
    assert "Send yours to be read." in refusal.value.messages[0]
    now = stored(story)
    assert (now.state, now.body, now.shown_id) == (State.SUGGESTED, body, None)
    assert now.versions.count() == 1


def test_standing_by_the_words_puts_them_back_in_line_with_the_reason(story):
    suggest(story)
    stored(story).stand_by(why="He says he may be named.")
    now = stored(story)
    assert (now.state, now.sent.words["body"]) == (State.PENDING, BODY)
    case = Case.objects.waiting().get()
    assert case.asked_at is None and case.version_id == now.sent_id
    assert now.messages.filter(from_author=True).get().text == "He says he may be named."
    now.publish(by=factories.moderator(), version=now.sent)
    assert NAME in stored(story).as_shown().body


def test_standing_by_twice_is_once(story):
    suggest(story)
    stored(story).stand_by()
    with pytest.raises(TransitionNotAllowed):
        stored(story).stand_by()
    assert Decision.objects.filter(action=Action.STAND_BY).count() == 1


def test_what_was_asked_before_is_not_asked_again(story):
    suggest(story)
    stored(story).stand_by()
    again = stored(story)
    suggest(again, change(again, "He waved."))
    assert [each.passage for each in stored(story).suggestions()] == ["He waved."]
    stored(story).accept()
    assert NAME in stored(story).as_shown().body


def test_a_change_of_the_title_and_of_the_authors_own_note_is_taken_up_too(story):
    suggest(
        story,
        change(story, "The lane", "A lane", field="title"),
        change(story, "name", "first name", field="own_note"),
    )
    stored(story).accept()
    now = stored(story)
    assert now.title == now.as_shown().title == "A lane behind the hospital"
    assert now.own_note == now.as_shown().own_note == "a first name"


def test_a_change_about_nothing_is_none(story):
    with pytest.raises(ValidationError):
        story.suggest(by=factories.moderator(), version=story.sent, message="A change?", changes=[])


def test_erasing_a_story_takes_what_was_proposed_along(story):
    suggest(story)
    stored(story).delete()
    assert not Suggestion.objects.exists() and not Version.objects.exists()


# ---- on the review page


def review(story):
    return reverse("admin:stories_story_change", args=[story.pk])


def press(story, moderator, **fields):
    said = {"outcome": "suggest", "version": story.sent.number, "message_suggest": "A change?"}
    return browser_of(moderator).post(review(story), said | fields)


def test_a_passage_copied_from_the_page_is_found_where_it_stands(story, moderator):
    copied = {"change-passage_1": "He was called Desmond\n  Applegarth", "change-why_1": "A name."}
    instead = {"change-instead_1": "He was a porter"}
    assert press(story, moderator, **copied, **instead).status_code == 302
    each = stored(story).suggestions()[0]
    assert each.passage == "He was _called Desmond Applegarth"
    assert (each.why, each.instead) == ("A name.", "He was a porter")
    assert each.afterwards() == "He was a porter, he said."


def test_several_passages_and_whole_paragraphs_are_asked_about_at_once(story, moderator):
    page = browser_of(moderator).get(review(story)).text
    assert "3. He waved." in page
    start = BODY.index("He waved.")
    fields = {"change-passage_1": NAME, "change-why_1": "A name."}
    fields |= {"change-passage_3": "with a broom", "change-why_3": "It shows who."}
    fields |= {"change-paragraphs": [f"body-{start}"], "change-why_paragraphs": "The ward."}
    assert press(story, moderator, **fields).status_code == 302
    asked = [(each.passage, each.why) for each in stored(story).suggestions()]
    assert asked == [
        (NAME, "A name."),
        ("with a broom", "It shows who."),
        ("He waved.", "The ward."),
    ]


UNCLEAR = [
    ({}, "Copy the passage this is about, or tick a paragraph."),
    ({"passage_1": NAME}, "Say why, so that the author can decide."),
    ({"why_1": "A name."}, "Copy the passage from the text, just as it stands there."),
    ({"passage_1": "Nobody wrote this", "why_1": "x"}, "Copy the passage from the text"),
    ({"passage_1": "He", "why_1": "x"}, "These words stand in more than one place."),
    ({"passage_1": NAME, "why_1": "x" * 1001}, "Make this shorter: 1000 characters fit."),
    (
        {"passage_1": NAME, "why_1": "x", "passage_2": "Applegarth, he", "why_2": "y"},
        "Two of these passages share words. Make them one.",
    ),
    ({"passage_1": "a name", "why_1": "x"}, "Nothing would be left."),
    ({"passage_1": "a name", "why_1": "x", "instead_1": "n" * 81}, "too long for its place"),
    ({"paragraphs": ["body-1"], "why_paragraphs": "x"}, "Choose one of those on the page."),
    ({"paragraphs": ["body-0"]}, "Say why, so that the author can decide."),
    ({"why_paragraphs": "x"}, "Tick the paragraph this is about."),
]


@pytest.mark.parametrize(("fields", "sentence"), UNCLEAR)
def test_what_is_unclear_gets_a_sentence_and_keeps_every_word(story, moderator, fields, sentence):
    response = press(story, moderator, **{f"change-{name}": said for name, said in fields.items()})
    assert response.status_code == 422
    text = html.unescape(response.text)
    assert sentence in text
    assert all(said in text for said in fields.values() if isinstance(said, str))
    assert stored(story).state == State.PENDING and not Suggestion.objects.exists()


def test_hostile_passages_stay_words(moderator):
    hostile = "<img src=x onerror=alert(1)>{{ 7*70700707 }}"
    story = factories.pending(body=f"One.\n\n{hostile}\n\nThree.")
    factories.claim(story, by=moderator)
    fields = {"change-passage_1": hostile, "change-why_1": hostile, "change-instead_1": hostile}
    assert press(story, moderator, **fields).status_code == 302
    pages = browser_of(moderator).get(review(story)).text
    pages += browser_of(story.author).get(f"/write/{story.pk}/sent/").text
    assert "<img" not in pages and "494904949" not in pages and "&lt;img src=x" in pages


def test_who_does_not_hold_the_case_proposes_nothing(story):
    fields = {"change-passage_1": NAME, "change-why_1": "A name."}
    press(story, factories.moderator(), **fields)
    assert stored(story).state == State.PENDING


# ---- on the author's pages


def test_the_author_sees_the_passage_in_its_place_the_reason_and_what_it_would_say(story):
    suggest(story, change(story, instead="Desmond"))
    text = browser_of(story.author).get(f"/write/{story.pk}/sent/").text
    assert "A change for you to look at" in text and "He may not want to be named." in text
    assert "<em>called <mark id=" in text and f">{NAME}</mark>" in text
    assert "<em>called Desmond</em>" in text
    assert "the passage)</small>" in text
    for words in ("Change it so and publish it", "Write it another way", "Keep it as it is"):
        assert words in text


def test_the_author_accepts_by_one_press_and_a_second_does_nothing(story):
    suggest(story)
    author = browser_of(story.author)
    for _press in range(2):
        assert author.post(f"/write/{story.pk}/accept/").status_code == 302
    assert stored(story).state == State.PUBLISHED
    assert Decision.objects.filter(action=Action.ACCEPT).count() == 1


def test_keeping_it_takes_a_press_and_perhaps_a_sentence(story):
    suggest(story)
    author, address = browser_of(story.author), f"/write/{story.pk}/keep/"
    assert author.get(address).status_code == 200 and stored(story).state == State.SUGGESTED
    assert author.post(address, {"why": "x" * 2001}).status_code == 422
    assert author.post(address, {"why": "It is his name."}).status_code == 302
    assert author.post(address, {"why": "It is his name."}).status_code == 302
    assert stored(story).state == State.PENDING
    assert stored(story).messages.filter(from_author=True).count() == 1


def test_a_sentence_sent_while_signed_out_is_there_after_signing_in(story):
    suggest(story)
    client, address = browser_of(), f"/write/{story.pk}/keep/"
    assert client.post(address, {"why": "It is his name."}).status_code == 302
    client.force_login(story.author)
    assert "It is his name." in client.get(address).text
    assert stored(story).state == State.SUGGESTED


def test_nobody_else_answers_for_the_author(story, moderator):
    suggest(story)
    for person in (None, factories.member(), moderator):
        client = browser_of(person)
        client.post(f"/write/{story.pk}/accept/")
        client.post(f"/write/{story.pk}/keep/", {"why": ""})
        assert NAME not in client.get(f"/write/{story.pk}/sent/", follow=True).text
    assert stored(story).state == State.SUGGESTED


def test_the_desk_keeps_working_and_sending_other_words_answers_it(story):
    suggest(story)
    author = browser_of(story.author)
    words = {"title": story.title, "body": "He was called Desmond.", "revision": 0, "go": "leave"}
    assert author.post(f"/write/{story.pk}/", words).status_code == 302
    now = stored(story)
    assert now.state == State.SUGGESTED and now.body == "He was called Desmond."
    now.submit(answer="Only his first name.")
    assert stored(story).state == State.PENDING and stored(story).suggestions() == []
