"""Erasing a member: every word goes, from every table, and what is text-free stays."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.db.models import CharField, JSONField, TextField
from django.utils import timezone

from community.members.models import Consent, Email, KeptDate, Member, Note, Session
from community.moderation.models import (
    Appeal,
    Case,
    Decision,
    Message,
    Version,
)
from community.moderation.reports import Report, forget
from stories import photo_files
from stories.models import (
    Acknowledgement,
    Asking,
    Block,
    KeptStory,
    Letter,
    Link,
    Offer,
    Photo,
    Reader,
    Remembrance,
    Story,
)
from tests import factories
from tests.community.members.planted import MARK, NO_WORDS, PLANTED, found
from tests.community.members.planting import EMAIL
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


def erase(email=EMAIL, **options):
    out = io.StringIO()
    call_command("erase_member", email, stdout=out, **options)
    return out.getvalue()


def test_the_mark_is_planted_wherever_words_can_stand():
    words = (Appeal, Asking, Block, Consent, Email, KeptDate, Letter, Member, Message, Offer)
    for model in (*words, Photo, Remembrance, Story, Version):
        for field in model._meta.concrete_fields:
            holds_words = isinstance(field, (CharField, TextField, JSONField))
            if holds_words and not (field.choices or field.primary_key or field.name in NO_WORDS):
                assert f"{model._meta.db_table}.{field.column}" in PLANTED


def test_no_word_of_theirs_is_left_anywhere(leaving):
    assert found() == PLANTED
    erase(yes=True)
    assert found() == set()


def test_the_files_of_their_photographs_go_too(leaving, django_capture_on_commit_callbacks):
    assert len([*photo_files.listed()]) == 6
    with django_capture_on_commit_callbacks(execute=True):
        erase(yes=True)
    assert [*photo_files.listed()] == []


def test_what_is_somebody_elses_stays(leaving):
    other = factories.published(factories.member("Wren", email="wren@example.com"))
    send_mail("Yours", "Yours", None, ["wren@example.com"])
    signed_in = browser_of(other.author)
    kept = [model.objects.filter(object_id=other.pk).count() for model in (Version, Message)]
    erase(yes=True)
    assert Story.objects.get(author=other.author) == other
    assert not Letter.objects.exists() and not Block.objects.exists()
    assert not Link.objects.exists()
    assert not KeptDate.objects.exists() and not Note.objects.exists()
    assert not Photo.objects.exists() and not Remembrance.objects.exists()
    for model in (Acknowledgement, Asking, KeptStory, Offer, Reader):
        assert not model.objects.exists(), "of theirs was all there was"
    assert [m.objects.filter(object_id=other.pk).count() for m in (Version, Message)] == kept
    assert Email.objects.filter(to="wren@example.com").exists()
    assert signed_in.get("/me/").status_code == 200


def test_decisions_about_them_stay_as_they_were(leaving):
    before = list(Decision.objects.values())
    assert before
    erase(yes=True)
    assert list(Decision.objects.values()) == before
    call_command("verify_log", stdout=io.StringIO())
    assert not Case.objects.open().exists()


def test_they_are_signed_out_and_cannot_come_back(leaving):
    browser = browser_of(leaving)
    assert browser.get("/me/").status_code == 200
    erase(yes=True)
    assert browser.get("/me/").status_code == 302
    assert Session.objects.count() == 0


def test_what_a_moderator_decided_and_said_stays_under_their_name_of_that_day():
    moderator = factories.moderator("Rowan Hale")
    story = factories.pending()
    factories.decline(story, by=moderator, message="Not as it is.", note="Do you agree?")
    erase(moderator.email, yes=True)
    assert Decision.objects.by_moderators().get().proposed_by_name == "Rowan Hale"
    assert Message.objects.get().by_name == "Rowan Hale"
    story.refresh_from_db()
    assert story.last_word().text == "Not as it is."


def test_what_they_told_us_of_others_goes_and_what_others_saw_of_theirs_goes_in_time(leaving):
    theirs, others = leaving.story_set.published().first(), factories.published()
    told = {"reason": "cruel", "words": MARK, "email": EMAIL}
    Report.objects.tell(others, **told, by=leaving)
    Report.objects.tell(theirs, reason="cruel", words="Look.", email="", by=None)
    erase(yes=True)
    assert found() == {"moderation_seen.words"}
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        forget()
    assert found() == set()


# ---- the command


def test_it_says_what_went_in_counts(leaving):
    emails = Email.objects.filter(to__icontains=EMAIL).count()
    lines = {line.strip() for line in erase(yes=True).splitlines()}
    assert {"1 member", "3 stories", f"{emails} emails", "2 sessions", "2 log entries"} <= lines


@pytest.mark.parametrize("typed", ["", "quillwort", "Quill", "yes", EMAIL])
def test_without_the_pen_name_nothing_is_erased(leaving, typed, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda: typed)
    with pytest.raises(CommandError, match="Nothing was erased"):
        erase()
    assert found() == PLANTED


def test_the_pen_name_is_enough(leaving, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda: f" {leaving.pen_name} ")
    erase(f"  {EMAIL.upper()} ")
    assert found() == set()


def test_nobody_to_ask_erases_nothing(leaving, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="No pen name"):
        erase()
    assert Member.objects.filter(pk=leaving.pk).exists()


@pytest.mark.parametrize("email", ["nobody@example.com", "", "\x7f", "Quillwort"])
def test_an_address_nobody_has_is_told(leaving, email):
    with pytest.raises(CommandError, match="no account with this address"):
        erase(email, yes=True)
    assert found() == PLANTED
