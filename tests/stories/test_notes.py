"""What happens to letters by itself, and when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from community.moderation.models import Case
from community.moderation.states import State
from stories import notes
from stories.models import Block, Letter, Letterbox, Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 3, 2, 12, tzinfo=LONDON)


@pytest.fixture
def weekly(settings):
    """The box of somebody who asked for their letters together, on a Monday noon."""
    settings.QUIET_HOURS = (22, 8)
    return Letterbox.objects.create(
        member=factories.member("Marnie"), when="weekly", noted_at=MONDAY
    )


def test_letters_of_a_week_come_together_with_one_note(weekly, run_jobs):
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        story = factories.wanting(weekly.member)
        for _ in range(3):
            factories.delivered(story)
        run_jobs()
    mail.outbox.clear()
    for hours, came in ((6 * 24, 0), (7 * 24 - 1, 0), (7 * 24, 3), (7 * 24 + 1, 3)):
        with time_machine.travel(MONDAY + timedelta(hours=hours), tick=False):
            call_command("send_notes", verbosity=0)
            assert Letter.objects.come_to(weekly.member).count() == came, hours
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        run_jobs()
        (note,) = mail.outbox
    assert note.subject == "Your weekly note"
    assert note.body.startswith("Sign in when you’re ready.")
    assert "etter" not in note.body and "Marnie" not in note.body


def test_a_week_in_which_nothing_came_has_no_note(weekly, run_jobs):
    with time_machine.travel(MONDAY + timedelta(days=30), tick=False):
        assert notes.send_weekly() == 0


def test_what_a_block_stops_lets_nobody_elses_letter_wait_longer(weekly):
    story, blocked = factories.wanting(weekly.member), factories.member()
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        factories.delivered(story, author=blocked)
        Block.objects.create(by=weekly.member, blocked=blocked)
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        assert notes.send_weekly() == 0
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        factories.delivered(story)
        assert notes.send_weekly() == 1


def test_no_note_goes_at_night(weekly):
    with time_machine.travel(MONDAY, tick=False):
        factories.delivered(factories.wanting(weekly.member))
    for hour, sent in ((22, 0), (3, 0), (7, 0), (8, 1)):
        day = MONDAY + timedelta(days=8 if hour < 12 else 7)
        with time_machine.travel(day.replace(hour=hour), tick=False):
            assert notes.send_weekly() == sent, hour


def test_the_next_note_waits_a_week_again(weekly):
    story = factories.wanting(weekly.member)
    sent = []
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False) as clock:
        for _ in range(30):
            factories.delivered(story)
            sent.append(notes.send_weekly())
            clock.shift(timedelta(days=1))
    assert sum(sent) == 4


def test_notes_cost_the_same_however_much_has_gathered(weekly, django_assert_max_num_queries):
    story, moderator = factories.wanting(weekly.member), factories.moderator()
    for _ in range(12):
        factories.delivered(story, by=moderator)
    with (
        time_machine.travel(MONDAY + timedelta(days=7), tick=False),
        django_assert_max_num_queries(18),
    ):
        assert notes.send_weekly() == 1


# ---- what comes back


def closed_by_its_writer(story):
    story.withdraw()


def taken_down(story):
    story.remove(by=factories.moderator(), message="Because.", rule="names")


def erased(story):
    story.delete()


def no_letters_any_more(story):
    Story.objects.filter(pk=story.pk).update(wants_letters=False)


def writer_wants_none(story):
    Letterbox.objects.create(member=story.author, when="off")


def writer_left(story):
    story.author.delete()


@pytest.mark.parametrize(
    "happens",
    [
        closed_by_its_writer,
        taken_down,
        erased,
        no_letters_any_more,
        writer_wants_none,
        writer_left,
    ],
)
def test_a_letter_to_nobody_goes_back_to_its_sender_with_every_word(happens, run_jobs):
    story, sender = factories.wanting(), factories.member()
    letter = factories.sent_letter(story, sender)
    arrived = factories.sent_letter(factories.wanting())
    happens(story)
    run_jobs()
    mail.outbox.clear()
    assert notes.return_letters() == 1 and notes.return_letters() == 0
    letter.refresh_from_db()
    assert letter.state == State.DRAFT and letter.came_back_at
    page = browser_of(sender).get(f"/me/letters/sent/{letter.pk}/").text
    assert "It came back to you" in page and "I read every word." in page
    assert not Case.objects.open().about(letter).exists()
    arrived.refresh_from_db()
    assert arrived.state == State.PENDING
    run_jobs()
    assert [message.to for message in mail.outbox] == [[sender.email]]


def test_a_moderators_yes_to_a_letter_to_nobody_does_nothing():
    story = factories.wanting()
    letter = factories.sent_letter(story)
    story.withdraw()
    with pytest.raises(Exception, match="goes back to its sender"):
        letter.publish(by=factories.moderator(), version=letter.sent)
    letter.refresh_from_db()
    assert letter.state == State.PENDING and letter.shown_id is None


def test_what_arrived_stays_with_its_reader_when_the_story_comes_down():
    letter = factories.delivered(factories.wanting())
    letter.story.withdraw()
    assert notes.return_letters() == 0
    assert letter in Letter.objects.come_to(letter.to)


def test_the_worker_does_both_by_itself(settings):
    assert {"stories.notes.send_weekly", "stories.notes.return_letters"} <= {*settings.TIDYINGS}
    assert timezone.localtime(MONDAY).hour == 12
