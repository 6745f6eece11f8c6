"""Climbing and descending: consent, what waits, what was told, and what it does to letters."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from community.members.models import Consent
from community.moderation.models import Case, Decision, TransitionNotAllowed
from community.moderation.reports import Report
from community.moderation.states import Action, State
from stories.models import Letter, Story, Visibility
from stories.notes import return_letters
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
ME, MODERATORS, MEMBERS, EVERYONE, SEARCH = Visibility.values


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def choose(story, rung, **fields):
    """What its author does on the page about readers."""
    address = reverse("stories:readers", args=[story.pk])
    return browser_of(story.author).post(address, {"visibility": rung, **fields})


def review(story, moderator, **form):
    address = reverse("admin:stories_story_change", args=[story.pk])
    browser = browser_of(moderator)
    return browser.post(address, form) if form else browser.get(address)


def given(story):
    held = Consent.objects.given().filter(member=story.author, about=f"story {story.pk}")
    return {*held.values_list("purpose", flat=True)}


def test_down_and_up_again_shows_the_same_words_without_another_reading(client):
    story = factories.published()
    decisions, at = Decision.objects.count(), story.published_at
    for rung in (SEARCH, ME, MODERATORS, ME):
        assert choose(story, rung, agreed="on").status_code == 302
        assert given(story) == ({rung} - {ME})
    assert client.get(story.get_absolute_url()).status_code == 404
    assert "Only me." in browser_of(story.author).get("/me/").text
    choose(story, EVERYONE, agreed="on")
    assert "laundry vans" in client.get(story.get_absolute_url()).text
    assert Decision.objects.count() == decisions and again(story).published_at == at


def test_going_down_needs_no_tick_and_going_up_does():
    story = factories.published(visibility=SEARCH)
    for rung in (EVERYONE, MEMBERS, MODERATORS, ME):
        assert choose(story, rung).status_code == 302
        assert again(story).visibility == rung
    for rung in (MODERATORS, SEARCH):
        response = choose(story, rung)
        assert response.status_code == 422 and "Tick this if you agree" in response.text
        assert again(story).visibility == ME


def test_words_changed_while_nobody_reads_it_wait_for_a_moderator(client):
    story = factories.published()
    choose(story, ME)
    Story.objects.filter(pk=story.pk).update(body="Changed in the dark.")
    choose(story, EVERYONE, agreed="on")
    page = client.get(story.get_absolute_url()).text
    assert "laundry vans" in page and "in the dark" not in page


def test_only_me_takes_back_what_waits():
    story = factories.pending()
    choose(story, ME)
    now = again(story)
    assert (now.state, now.visibility, given(story)) == (State.DRAFT, ME, set())
    assert not Case.objects.open().exists()


def test_nothing_is_sent_to_be_read_by_nobody():
    story = factories.draft()
    browser, address = browser_of(story.author), reverse("stories:check", args=[story.pk])
    assert 'value="me"' not in browser.get(address).text
    assert browser.post(address, {"visibility": ME, "agreed": "on"}).status_code == 422
    assert again(story).state == State.DRAFT


# ---- moderators only


@pytest.fixture
def for_moderators():
    story = factories.draft()
    story.send(MODERATORS, wording="x")
    return story


def test_it_is_read_its_author_hears_of_it_and_no_reader_sees_it(for_moderators, client):
    story, moderator = for_moderators, factories.moderator()
    case = factories.claim(story, moderator)
    page = review(story, moderator).text
    assert "as its author asks: Moderators only" in page and "Tell them it was read" in page
    assert 'value="publish"' not in page and 'value="decline"' not in page
    version = str(story.sent.number)
    told = {"outcome": "read", "message_read": "I read all of it.", "version": version}
    assert review(story, moderator, **told).status_code == 302
    now = again(story)
    assert (now.state, now.shown, Case.objects.get(pk=case.pk).closed_at is None) == (
        State.READ,
        None,
        False,
    )
    author = browser_of(story.author)
    page = author.get(reverse("stories:sent", args=[story.pk])).text
    assert "A moderator has read it" in page and "I read all of it." in page
    assert client.get(story.get_absolute_url()).status_code == 404
    assert "A moderator has read it. No reader sees it." in author.get("/me/").text


def test_who_wants_readers_after_that_sends_it_to_be_read_for_them(for_moderators, client):
    story = for_moderators
    story.read(by=factories.moderator(), version=story.sent)
    response = choose(story, EVERYONE, agreed="on")
    assert response["Location"] == reverse("stories:check", args=[story.pk])
    assert client.get(story.get_absolute_url()).status_code == 404
    now = again(story)
    now.send(EVERYONE, wording="x")
    assert now.state == State.PENDING and Case.objects.open().count() == 1
    now.publish(by=factories.moderator(), version=now.sent)
    assert client.get(story.get_absolute_url()).status_code == 200


def test_what_is_meant_for_readers_is_not_just_read(for_moderators):
    """Its author changed their mind while a moderator had the page open."""
    story, moderator = again(for_moderators), factories.moderator()
    for_moderators.open_to(EVERYONE, wording="x")
    with pytest.raises(TransitionNotAllowed):
        story.read(by=moderator, version=story.sent)
    assert again(story).state == State.PENDING


def test_what_is_for_moderators_only_is_not_published_from_an_old_page(for_moderators):
    story, moderator = for_moderators, factories.moderator()
    factories.claim(story, moderator)
    ticks = {"looked_for": ["names", "harm", "notes"], "version": story.sent.number}
    review(story, moderator, outcome="publish", message_publish="Yes.", **ticks)
    assert again(story).state == State.PENDING


def test_a_moderator_opens_what_is_for_moderators_and_not_what_is_nobodys():
    story, moderator = factories.published(), factories.moderator()
    for rung, opened in ((EVERYONE, True), (MODERATORS, True), (ME, False)):
        story.open_to(rung, wording="x")
        page = review(story, moderator).text
        assert ("laundry vans" in page) == opened, rung
        assert ("Cover it now" in page) == (rung == EVERYONE), rung
    read = review(story, moderator, look="words").status_code
    assert read == 302 and not Decision.objects.filter(action="reread").exists()


def test_no_list_of_moderators_tells_the_title_of_what_is_nobodys():
    story, moderator = factories.published(title="Unheard of"), factories.moderator()
    browser, found = browser_of(moderator), {}
    for rung in (MODERATORS, ME):
        story.open_to(rung, wording="x")
        lists = [reverse("admin:stories_story_changelist") + more for more in ("", "?q=Unheard")]
        pages = [browser.get(address).text for address in lists]
        record = reverse("admin:moderation_record_change", args=[story.author_id])
        pages.append(browser.post(record, {"do": "open"}, follow=True).text)
        found[rung] = ["Unheard of" in page for page in pages]
    assert found == {MODERATORS: [True] * 3, ME: [False] * 3}


def test_ending_the_care_for_somebody_unsafe_takes_two_here_as_well(for_moderators):
    factories.moderator()
    case = for_moderators.open_case()
    Case.objects.filter(pk=case.pk).update(is_urgent=True)
    with pytest.raises(ValidationError):
        for_moderators.read(by=factories.moderator(), version=for_moderators.sent)


# ---- what was told, and letters


def test_what_was_told_about_it_is_answered_though_its_author_stepped_down():
    story, moderator = factories.published(), factories.moderator()
    report = factories.told(story)
    choose(story, ME)
    Case.objects.all().claim(report.case.pk, by=moderator)
    page = browser_of(moderator).get(reverse("admin:report", args=[report.case.pk])).text
    assert "keeps it from readers" in page and "Take it down" in page
    again(story).remove(by=moderator, message="It names the ward.", rule="names")
    choose(story, EVERYONE, agreed="on")
    assert again(story).state == State.REMOVED
    assert not Story.objects.published().exists() and not Report.objects.unanswered().exists()


def test_going_down_without_a_tick_records_the_words_that_were_agreed_to():
    story = factories.published(visibility=SEARCH)
    story.open_to(SEARCH, wording="earlier")
    choose(story, EVERYONE)
    assert Consent.objects.given().get(member=story.author, purpose=EVERYONE).wording == "earlier"
    choose(story, MEMBERS, agreed="on")
    assert Consent.objects.given().get(member=story.author, purpose=MEMBERS).wording != "earlier"


def test_letters_on_their_way_go_back_when_nobody_reads_the_story_any_more():
    story = factories.wanting()
    letter = factories.sent_letter(story)
    story.open_to(MEMBERS, wording="x")
    assert return_letters() == 0
    story.open_to(MODERATORS, wording="x")
    with pytest.raises(ValidationError):
        letter.publish(by=factories.moderator(), version=letter.sent)
    assert return_letters() == 1
    page = browser_of(letter.author).get(again(letter).get_desk_url()).text
    assert "It came back to you" in page and story.author.pen_name not in page


def test_a_letter_that_is_shown_goes_with_the_story_and_comes_back_with_it(client):
    letter = factories.put_up(body="For the one in the lane.")
    story = letter.story
    story.open_to(ME, wording="x")
    assert not Letter.objects.put_up().exists()
    report = reverse("moderation:report", args=["letter", letter.pk])
    assert client.get(report).status_code == 404
    story.open_to(EVERYONE, wording="x")
    assert "For the one in the lane." in client.get(story.get_absolute_url()).text


def test_the_queue_says_for_whom_it_is():
    moderator = factories.moderator()
    factories.pending(visibility=MEMBERS)
    factories.pending(visibility=MODERATORS)
    page = browser_of(moderator).get(reverse("admin:moderation_case_changelist")).text
    assert "Members only" in page and "Moderators only" in page
    assert not Decision.objects.filter(action=Action.READ).exists()
