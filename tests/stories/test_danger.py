"""When words suggest that their writer is in danger: nothing is blocked, somebody is near."""

import pytest
from django.urls import reverse

from community.moderation.models import Case
from community.moderation.queue import Queue
from stories.models import Story
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
DANGER = "I don’t want to be here any more."
ASKED = "Would you like to talk to someone tonight?"


@pytest.mark.parametrize("go", ["next", "leave", "preview"])
def test_saving_succeeds_and_the_next_page_begins_with_somebody_to_talk_to(go):
    story = factories.draft()
    browser = browser_of(story.author)
    sent = {"title": "Tonight", "body": DANGER, "revision": story.revision, "go": go}
    page = browser.post(reverse("stories:desk", args=[story.pk]), sent, follow=True).text
    assert Story.objects.get(pk=story.pk).body == DANGER
    assert ASKED in page and "tel:116123" in page
    assert page.index(ASKED) < page.index("<h1")


def test_other_words_are_not_met_with_it():
    story = factories.draft(body="They told me it was better not to see her.")
    browser = browser_of(story.author)
    for name in ("about", "check", "sent"):
        assert ASKED not in browser.get(reverse(f"stories:{name}", args=[story.pk])).text


def test_it_is_sent_like_any_other_and_read_first():
    earlier = factories.pending()
    story = factories.pending(body=DANGER)
    case = story.open_case()
    assert (case.is_urgent, case.noticed[0]) == (True, "danger")
    assert not earlier.open_case().is_urgent
    rows = Queue(factories.moderator(), [Story], {}).rows()
    assert [case.object_id for case, _ in rows] == [story.pk, earlier.pk]


def test_words_sent_again_are_looked_at_again_and_softer_ones_make_nobody_safe():
    story = factories.pending(body=DANGER)
    story.body = "I rang somebody."
    story.save()
    story.submit()
    assert (Case.objects.get().is_urgent, Case.objects.get().noticed) == (True, [])


def test_a_moderator_sees_what_was_noticed_beside_the_text():
    story = factories.pending(body=f"{DANGER}\n\nWrite to me at wren@example.org.")
    moderator = factories.moderator()
    browser = browser_of(moderator)
    queue = browser.get(reverse("admin:moderation_case_changelist")).text
    assert "The writer may not be safe" in queue and "Contact details" in queue
    assert DANGER not in queue
    factories.claim(story, by=moderator)
    page = browser.get(reverse("admin:stories_story_change", args=[story.pk])).text
    assert "wren@example.org" in page[page.index("sh-noticed") :]
