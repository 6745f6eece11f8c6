"""Ten thousand letters to one story: every page and note asks the same few questions as for ten,
and fetches no more rows than it shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.models import Member
from community.moderation.states import State
from stories import notes
from stories.finding import random_id
from stories.models import Letter, Letterbox
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
MANY, FEW = 10_000, 30
SECOND = timedelta(seconds=1)


def people(number):
    """Accounts nobody can sign in to: one person writes one letter to one story."""
    names = [f"q{random_id()}{n}" for n in range(number)]
    return Member.objects.bulk_create(
        Member(email=f"{name}@example.org", pen_name=name, pen_name_key=name, password="!")
        for name in names
    )


def letters_to(story, number):
    """All with the words of one.  Every tenth is kept for the weekly note, the others stand under
    the story."""
    version, now, ids = factories.delivered(story).shown, timezone.now(), set()
    while len(ids) < number:
        ids.add(random_id())
    about = {"story": story, "to": story.author, "may_be_shown": True, "state": State.PUBLISHED}
    about |= {"sent": version, "shown": version}
    Letter.objects.bulk_create(
        Letter(
            pk=pk,
            author=sender,
            published_at=now,
            delivered_at=now - n * SECOND if n % 10 else None,
            put_up_at=now - n * SECOND if n % 10 else None,
            **about,
        )
        for n, (pk, sender) in enumerate(zip(ids, people(number), strict=True))
    )


def asked(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"] for query in queries]


def send_notes(box):
    Letterbox.objects.filter(pk=box.pk).update(noted_at=None)
    assert notes.send_weekly() == 1


@pytest.fixture
def story():
    return factories.wanting()


@pytest.fixture
def box(story):
    return Letterbox.objects.create(member=story.author, when=Letterbox.When.WEEKLY)


def test_ten_thousand_letters_to_one_story_cost_what_ten_do(story, box):
    writer, visitor = browser_of(story.author), browser_of()
    last = "?after={}".format
    acts = {
        "story": lambda: visitor.get(story.get_absolute_url()),
        "letters": lambda: visitor.get(f"/stories/{story.pk}/letters/"),
        "deep": lambda: visitor.get(f"/stories/{story.pk}/letters/" + last(deepest(story))),
        "box": lambda: writer.get("/me/letters/"),
        "space": lambda: writer.get("/me/"),
        "note": lambda: send_notes(box),
    }
    letters_to(story, FEW)
    few = {name: asked(act) for name, act in acts.items()}
    letters_to(story, MANY)
    many = {name: asked(act) for name, act in acts.items()}
    assert [name for name in acts if len(many[name]) > len(few[name])] == []
    for name, sqls in many.items():
        for sql in sqls:
            assert '"stories_letter"."body"' not in sql or "LIMIT" in sql, (name, sql)
    assert not Letter.objects.kept_for(story.author).exists()


def deepest(story):
    """A letter with a page of others below it."""
    return Letter.objects.put_up().filter(story=story).order_by("put_up_at", "pk")[15].pk


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="another planner, another plan")
def test_the_lists_are_walked_by_their_indexes(story):
    letters_to(story, MANY)
    for _ in range(3):
        letters_to(factories.wanting(), MANY // 5)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    up = Letter.objects.put_up().filter(story=story).order_by("-put_up_at", "-pk")
    came = Letter.objects.come_to(story.author).order_by("-delivered_at", "-pk")
    kept = Letter.objects.kept_for(factories.wanting().author)
    plans = {
        "stories_letter_put_up": up.for_reading()[:13],
        "stories_letter_box": came.for_reading()[:13],
        "stories_letter_kept": kept.values("pk"),
    }
    for index, rows in plans.items():
        assert index in rows.explain(), index
