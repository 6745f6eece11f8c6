"""Leaving for good: said beforehand, stopped for seven days, and then nothing left."""

import io
import logging
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from community.members import archive
from community.members.leaving import Leaving
from community.members.models import Consent, Download, Member
from community.moderation.models import Decision
from stories.models import Byline, Letter, Photo, Remembrance, Story
from stories.pictures import token
from tests import factories
from tests.community.members.coming_in import PASSWORD, is_in, link_in, sign_in
from tests.community.members.planted import MARK, found
from tests.factories import browser_of
from tests.stories import photographing

pytestmark = pytest.mark.django_db
PAGE = "/me/delete/"
GOES = {"stories": "down", "letters": "back", "names": "down"}
STAYS = {"stories": "up", "letters": "stay", "names": "stay"}


@pytest.fixture
def author(marnie):
    """With something of every kind that may stay, and a draft."""
    by = marnie.reader = factories.moderator()
    marnie.story = factories.wanting(marnie, by=by, byline=Byline.PEN_NAME)
    marnie.draft = factories.draft(marnie, title="Never sent")
    marnie.letter = factories.delivered(factories.wanting(by=by), marnie, by=by)
    marnie.name = factories.remembered(marnie, by=by, signed="pen-name")
    return marnie


@pytest.fixture
def press(author):
    """As a person does it: the list, the password, the press.  Returns the last page."""
    browser = browser_of(author)

    def press(chosen, when):
        sent = chosen | {"when": when}
        assert browser.get(PAGE, chosen).status_code == 200
        asked = browser.post(PAGE, sent)
        return browser.post(asked["Location"], {"password": PASSWORD})

    press.browser = browser
    return press


def read(story):
    return browser_of().get(f"/stories/{story.pk}/")


def seven_days_on():
    return time_machine.travel(timezone.now() + timedelta(days=7, minutes=1))


def test_the_questions_are_only_about_what_there_is(author):
    page = browser_of(author).get(PAGE).text
    assert "Your stories" in page and "Letters you sent" in page and "Names you left" in page
    nothing = browser_of(factories.member()).get(PAGE).text
    assert "Your stories" not in nothing and "Delete it in seven days" in nothing


def test_a_question_that_was_left_out_is_asked_again(author):
    page = browser_of(author).get(PAGE, {"stories": "up"})
    assert "Choose one of these." in page.text and "Delete it now" not in page.text
    for wrong in ({"stories": "sideways"}, {}):
        answer = browser_of(author).get(PAGE, GOES | wrong if wrong else {"stories": ""})
        assert "Delete it now" not in answer.text


def test_the_list_says_what_goes_and_what_stays(author):
    page = browser_of(author).get(PAGE, GOES | {"stories": "up"}).text
    goes, stays = page.split("What stays")
    assert "Your stories: one" in goes and "Letters you wrote: one" in goes
    assert author.story.title in stays and author.draft.title not in stays
    assert author.draft.title in goes and author.story.title not in goes
    assert "Your stories: two" in browser_of(author).get(PAGE, GOES).text


def test_a11_a_stolen_session_deletes_nothing(author):
    for when in ("now", "later"):
        answer = browser_of(author).post(PAGE, GOES | {"when": when})
        assert "reauthenticate" in answer["Location"]
    assert Member.objects.filter(pk=author.pk, is_active=True).exists()
    assert not Leaving.objects.exists()


def test_a_press_without_answers_does_nothing(author, press):
    assert press({"stories": "down"}, "now").status_code == 422
    assert press.browser.post(PAGE, GOES | {"when": "whenever"}).status_code == 422
    assert Member.objects.filter(pk=author.pk).exists()


# ---- seven days


def test_for_seven_days_the_account_is_closed_and_nobody_reads_it(author, press, client):
    page = press(GOES, "later")
    assert "Your account is closed" in page.text
    assert not is_in(press.browser)
    assert read(author.story).status_code == 404
    sign_in(client)
    assert not is_in(client)


def test_the_mail_says_the_day_and_a_press_behind_its_link_stops_it(author, press, post, client):
    before = Story.objects.filter(pk=author.story.pk).values().get()
    agreed = set(Consent.objects.given().filter(member=author).values_list("purpose", "about"))
    press(GOES, "later")
    letter = post()
    assert letter.subject == "Your request"
    assert letter.body.startswith("It will be done on ")
    assert link_in(letter).startswith("/me/delete/stop/")
    assert "Keep my account" in client.get(link_in(letter)).text
    assert read(author.story).status_code == 404, "opening the link stopped it"
    client.post(link_in(letter))
    assert Story.objects.filter(pk=author.story.pk).values().get() == before
    assert agreed == set(
        Consent.objects.given().filter(member=author).values_list("purpose", "about")
    )
    assert author.story.title in read(author.story).text
    sign_in(client)
    assert is_in(client)
    with seven_days_on():
        assert archive.erase_due() == 0
    assert client.get(link_in(letter)).status_code == 404


def test_a07_a_link_that_is_not_ours_stops_nothing(author, press, client):
    press(GOES, "later")
    token = Leaving.objects.get().get_absolute_url().split("/")[-2]
    for wrong in (token[:-1], token + "a", "a.b", "é", token.split(".")[0]):
        assert client.post(f"/me/delete/stop/{wrong}/").status_code == 404
    assert Leaving.objects.exists()


def test_a_story_left_up_has_no_name_at_once_and_its_own_again_if_they_stay(author, press):
    assert "Marnie" in read(author.story).text
    press(STAYS, "later")
    page = read(author.story).text
    assert author.story.title in page and "Marnie" not in page
    archive.open_again(Leaving.objects.get())
    assert "Marnie" in read(author.story).text


def test_what_a_moderator_took_down_meanwhile_stays_down(author, press):
    press(STAYS, "later")
    story = Story.objects.get(pk=author.story.pk)
    story.remove(by=author.reader, message="It names a doctor.", rule="names")
    archive.open_again(Leaving.objects.get())
    assert read(author.story).status_code == 404


def test_after_seven_days_it_is_erased_once(author, press):
    press(GOES, "later")
    assert archive.erase_due() == 0
    with seven_days_on():
        assert archive.erase_due() == 1
        assert archive.erase_due() == 0
    assert not Member.objects.filter(pk=author.pk).exists()
    assert not Letter.objects.filter(pk=author.letter.pk).exists()


def test_pressed_twice_it_is_one(author):
    first = archive.close(author, GOES)
    assert archive.close(author, GOES) == first
    assert first.closed["stories"], "the second press must not forget how it was"


# ---- now, and what stays


def test_now_is_now_and_no_mail_is_written(author, press, run_jobs):
    run_jobs()
    mail.outbox.clear()
    assert "It is done" in press(GOES, "now").text
    run_jobs()
    assert mail.outbox == []
    assert not Member.objects.filter(pk=author.pk).exists()
    assert not is_in(press.browser)


def test_what_stays_says_of_nobody_that_it_was_theirs(author, press):
    words = read(author.story).text
    assert "Marnie" in words
    press(STAYS, "now")
    story, letter = Story.objects.get(pk=author.story.pk), Letter.objects.get(pk=author.letter.pk)
    name = Remembrance.objects.get(pk=author.name.pk)
    page = read(story)
    assert page.status_code == 200 and story.title in page.text and "Marnie" not in page.text
    assert "Marnie" not in browser_of(letter.to).get(f"/me/letters/{letter.pk}/").text
    assert "Marnie" not in browser_of().get("/remembrance/").text
    owners = {story.author_id, letter.author_id, name.author_id}
    assert len(owners) == 3, "by whose they are it shows that one person left them"
    assert not Story.objects.filter(pk=author.draft.pk).exists()
    for thing in (story, letter, name):
        assert not thing.author.is_active and not thing.author.has_usable_password()
        assert thing.shown == thing.sent and thing.versions.count() == 1


def test_a_story_left_up_keeps_nothing_that_readers_never_saw(author, press):
    story = author.story
    photographing.published(story, description="The blue kettle")
    Story.objects.filter(pk=story.pk).update(title="Half changed", other_name=MARK)
    story.refresh_from_db()
    story.submit(answer=f"{MARK} said to a moderator")
    press(STAYS, "now")
    story = Story.objects.get(pk=story.pk)
    assert story.title == story.as_shown().title != "Half changed"
    assert not Photo.objects.exists() and story.photo_notes == []
    assert MARK not in str([*story.versions.values(), *story.messages.values(), vars(story)])
    assert not story.takes_letters()
    factories.told(story)


def test_a_story_left_up_stands_without_its_photographs_from_the_first_day(author, press, post):
    photo = photographing.published(author.story)
    given = [photo.pk, token(photo, photographing.nobody()), 480, "jpg"]
    address = reverse("stories:picture", args=given)
    assert photo.description in read(photo.story).text
    press(STAYS, "later")
    page = read(photo.story)
    assert page.status_code == 200 and photo.description not in page.text
    assert "photograph" not in page.text and browser_of().get(address).status_code == 404
    browser_of().post(link_in(post()))
    assert photo.description in read(photo.story).text
    assert "a photograph (covered)" in read(photo.story).text


def test_decisions_stay_and_the_log_is_whole(author, press):
    before = list(Decision.objects.order_by("number").values())
    press(STAYS, "now")
    assert list(Decision.objects.order_by("number").values())[: len(before)] == before
    call_command("verify_log", stdout=io.StringIO())


# ---- nothing left


def kept_in_cache():
    """Whatever the cache holds, keys and values, of either kind."""
    if hasattr(cache, "_cache") and hasattr(cache._cache, "items"):
        return str(list(cache._cache.items()))
    client = cache._cache.get_client(write=True)
    keys = client.keys(f"*{settings.CACHES['default']['KEY_PREFIX']}*")
    return str([(key, client.get(key)) for key in keys if client.type(key) == b"string"])


def stored():
    """Every file there is, whole."""
    folders = [""]
    while folders:
        folder = folders.pop()
        inside, files = default_storage.listdir(folder)
        folders += [f"{folder}/{name}".lstrip("/") for name in inside]
        for name in files:
            with default_storage.open(f"{folder}/{name}".lstrip("/")) as file:
                yield name, file.read()


def test_p04_a_mark_in_every_field_is_found_nowhere_once_they_have_left(
    leaving, run_jobs, caplog, django_capture_on_commit_callbacks
):
    """Database, files, mail, cache, jobs, sessions and what was logged."""
    caplog.set_level(logging.DEBUG)
    EmailAddress.objects.filter(user=leaving).update(verified=True)
    with django_capture_on_commit_callbacks(execute=True):
        Download.objects.ask(leaving)
        run_jobs()
        browser_of(leaving).get("/me/")
        begun = archive.close(leaving, GOES)
        run_jobs()
        mail.outbox.clear()
        assert "members_leaving.key" not in found() and begun.ends_at
        with seven_days_on():
            assert archive.erase_due() == 1
            run_jobs()
    # Planted there by the test: the address that mail comes from is the site's own.
    assert found() - {"members_email.sender"} == set()
    assert mail.outbox == []
    assert MARK not in kept_in_cache().lower()
    assert not [name for name, data in stored() if MARK.encode() in data.lower()]
    assert not any(name.endswith(".zip") for name, _data in stored())
    assert not re.search(MARK, caplog.text, re.IGNORECASE)
