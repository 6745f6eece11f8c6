"""Who finds a story where: by person, rung, name and wishes, over every place (``places.py``)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from stories.linking import MOST
from stories.models import Asking, Byline, KeptStory, Letter, Link, Offer, Story
from stories.unanswered import make_offers
from tests import factories
from tests.factories import browser_of
from tests.stories.asked import asking, since
from tests.stories.places import (
    EVERYONE,
    GATE,
    LETTER,
    LISTS,
    ME,
    MEMBERS,
    MODERATORS,
    OTHER_NAME,
    OUT_BIRTH,
    PAGES,
    PARTS,
    PEOPLE,
    RUNGS,
    SEARCH,
    SIGNED_IN,
    browsers,
    flat,
    sees,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wishes", ["", OUT_BIRTH], ids=["as usual", "a note left out"])
def test_a_list_holds_what_its_reader_may_see_and_nothing_else(people, stories, wishes):
    for seen in browsers(people, wishes=wishes):
        for place, (found, belongs) in LISTS.items():
            there = found(seen)
            left_out = "birth" if wishes and place != "sitemaps" else None  # no person reads those
            allowed = {
                story.pk
                for rung, each in stories.items()
                for story in each
                if belongs(seen.who, rung) and left_out not in story.notes
            }
            # At home stands one of them, chosen for the week.
            is_right = bool(there) and there <= allowed if place == "home" else there == allowed
            assert is_right, (place, seen.who)


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_about_a_story_is_there_for_who_may_read_it(method, people, stories):
    for seen in browsers(people, method):
        for rung, each in stories.items():
            for place, is_there in PAGES.items():
                if place == "write a letter" and seen.who not in SIGNED_IN:
                    continue  # whoever is not signed in is asked to, whatever is there
                for story in each[: 3 if method == "get" else 1]:
                    told = is_there(seen, story)
                    assert told == sees(seen.who, rung), (place, seen.who, rung, story.byline)


def test_what_is_covered_is_there_for_members_only_and_where_nobody_else_comes(people, stories):
    """One of each rung is; those beside it stand where they stood."""
    covered = {each[0].pk for each in stories.values()}
    Story.objects.filter(pk__in=covered).update(covered_at=timezone.now())
    for seen in browsers({who: people[who] for who in ("visitor", "member")}):
        for place, (found, belongs) in LISTS.items():
            # Where everybody gets the same, members too find none of it.
            shows_covered = belongs is sees and seen.who in SIGNED_IN
            allowed = {
                story.pk
                for rung, each in stories.items()
                for story in each
                if belongs(seen.who, rung) and (shows_covered or story.pk not in covered)
            }
            there = found(seen)
            is_right = bool(there) and there <= allowed if place == "home" else there == allowed
            assert is_right, (place, seen.who)
        for rung, (story, *_) in stories.items():
            for place, is_there in PAGES.items():
                if place == "write a letter" and seen.who not in SIGNED_IN:
                    continue
                allowed = seen.who in SIGNED_IN and sees(seen.who, rung)
                assert is_there(seen, story) == allowed, (place, seen.who, rung)


@pytest.mark.parametrize("wishes", ["", OUT_BIRTH], ids=["as usual", "a note left out"])
def test_any_story_is_one_its_reader_may_see(people, stories, wishes):
    for seen in browsers(people, wishes=wishes):
        allowed = {
            story.pk
            for rung, each in stories.items()
            for story in each
            if sees(seen.who, rung) and not (wishes and "birth" in story.notes)
        }
        assert {seen.is_sent_to() for _ in range(9)} <= allowed


def test_what_was_kept_is_there_while_its_reader_may_see_it(people, stories):
    """Whatever they leave out elsewhere: they chose it by hand (decision 87)."""
    every = flat(stories)
    for seen in browsers({who: people[who] for who in ("member", "moderator")}, wishes=OUT_BIRTH):
        member = people[seen.who]
        KeptStory.objects.bulk_create(KeptStory(member=member, story=story) for story in every)
        allowed = {story.pk for rung in RUNGS for story in stories[rung] if sees(seen.who, rung)}
        assert seen.on("/me/kept/") == allowed
        assert seen.open("/me/kept/").text.count("isn’t here any more") == len(every) - len(allowed)


def test_a_letter_under_a_story_is_where_the_story_is(people, stories):
    for who, person in people.items():
        there = {
            *Letter.objects.visible_to(person or AnonymousUser()).values_list("story", flat=True)
        }
        for rung, each in stories.items():
            for story in each:
                # What came to its author stays theirs.
                assert (story.pk in there) == (sees(who, rung) or who == "author")


def test_whoever_keeps_a_story_from_readers_is_led_to_where_it_stands(people, stories):
    author = browser_of(people["author"])
    for rung, said in ((ME, "Only you can read it"), (MODERATORS, "Only moderators can read it")):
        story = stories[rung][0]
        response = author.get(story.get_absolute_url())
        assert response["Location"] == reverse("stories:sent", args=[story.pk])
        assert said in author.get(response["Location"]).text


# ---- letters under a story, other voices beside it, and what somebody is asked to answer


@pytest.mark.parametrize("wishes", ["", OUT_BIRTH], ids=["as usual", "a note left out"])
def test_letters_under_a_story_wait_behind_a_link_where_it_is_left_out(people, stories, wishes):
    for seen in browsers(people, wishes=wishes):
        for rung in (MEMBERS, EVERYONE, SEARCH):
            for story in stories[rung][:2]:
                if not sees(seen.who, rung):
                    continue
                page = story.get_absolute_url()
                is_left_out = bool(wishes and story.notes)
                assert (LETTER in seen.open(page).text) != is_left_out
                letters = seen.open(f"{page}letters/").text
                assert LETTER in letters and (GATE in letters) == is_left_out


@pytest.fixture
def voices(stories):
    """Stories of somebody else’s that everybody reads, each linked with as many as can be."""
    other, now = factories.member(), timezone.now()
    every = flat(stories)
    groups = [every[at : at + MOST] for at in range(0, len(every), MOST)]
    known = {"author": other, "published_at": now, "byline": Byline.NO_NAME, "title": "Another"}
    told = [Story(visibility=EVERYONE, body="There was a lane.", **known) for _ in groups]
    Story.objects.all().create_published(told)
    agreed = {"first_agreed_at": now, "second_agreed_at": now, "second_author": other}
    Link.objects.bulk_create(
        Link(first=one, second=voice, first_author=one.author, first_name=one.name, **agreed)
        for voice, group in zip(told, groups, strict=True)
        for one in group
    )
    return told


@pytest.mark.parametrize("wishes", ["", OUT_BIRTH], ids=["as usual", "a note left out"])
def test_another_voice_stands_beside_a_story_for_who_may_read_it(people, stories, voices, wishes):
    for seen in browsers(people, wishes=wishes):
        assert seen.beside(voices) == {
            story.pk
            for rung in RUNGS
            for story in stories[rung]
            if sees(seen.who, rung) and not (wishes and story.notes)
        }


@pytest.mark.parametrize("wishes", ["", OUT_BIRTH], ids=["as usual", "a note left out"])
def test_nobody_is_asked_about_a_story_that_they_may_not_see(people, stories, wishes):
    later = timezone.now() + timedelta(days=1)
    Letter.objects.all().delete()
    Story.objects.update(published_at=timezone.now() - timedelta(days=2))
    signed_in = {who: people[who] for who in PEOPLE if who in SIGNED_IN}
    for seen in browsers(signed_in, wishes=wishes):
        member = Asking.objects.create(member=people[seen.who], losses=["stillbirth"]).member
        for rung, each in stories.items():
            for story in each[:2]:
                offer = Offer(member=member, story=story, loss="stillbirth", ends_at=later)
                offer.save()
                asked = sees(seen.who, rung) and not (wishes and story.notes)
                assert (story.pk in seen.on("/me/")) == (asked and seen.who != "author")
                offer.delete()


def test_whatever_goes_without_a_name_has_none_in_any_place(people, stories, voices, writer):
    """With the stories under a name gone, no name of theirs is left anywhere."""
    sender = Letter.objects.first().author
    Letter.objects.all().delete()
    Story.objects.filter(author=writer).exclude(byline=Byline.NO_NAME).delete()
    story = Story.objects.get(author=writer, visibility=SEARCH)
    put_up = {"signed": "no-name", "may_be_shown": True, "put_up_at": timezone.now()}
    known = {"author": sender, "to": writer, "story": story, "published_at": timezone.now()}
    Letter.objects.all().create_published([Letter(body=LETTER, **known, **put_up)])
    factories.remembered(writer)
    KeptStory.objects.create(member=people["member"], story=story)
    addresses = ["/", "/stories/", "/feeds/stories/", "/remembrance/", "/me/kept/"]
    addresses += [f"/sitemap-stories-{story.pk[0]}.xml", f"/report/story/{story.pk}/"]
    addresses += [voice.get_absolute_url() for voice in voices]
    addresses += [f"{story.get_absolute_url()}{part}" for part in PARTS]
    for seen in browsers({who: people[who] for who in ("visitor", "member")}):
        texts = {address: seen.open(address, follow=True).text for address in addresses}
        assert all(LETTER in texts[f"{story.get_absolute_url()}{part}"] for part in PARTS[:2])
        for address, text in texts.items():
            for name in (writer.pen_name, OTHER_NAME, sender.pen_name):
                assert name not in text, (address, seen.who)


def test_no_mail_says_which_story_or_whose(moderator, writer, people, run_jobs):
    """Whatever happens to a story, its letters, and whoever is asked about it."""
    mail.outbox.clear()
    named, waiting = (
        factories.wanting(writer, by=moderator, byline=byline, title="The blue bowl")
        for byline in (Byline.PEN_NAME, Byline.NO_NAME)
    )
    came = factories.delivered(named, people["member"], by=moderator)
    factories.delivered(author=writer, answers=came, by=moderator)
    asking(people["member"], by_mail=True)
    since(waiting)
    assert make_offers() == 1
    factories.declined(writer, moderator, title="The blue bowl")
    named.remove(by=moderator, message="Because.", rule="names")
    run_jobs()
    assert {message.to[0] for message in mail.outbox} >= {writer.email, people["member"].email}
    for message in mail.outbox:
        said = str(message.message()) + message.body
        for telling in (named.pk, waiting.pk, came.pk, "blue bowl", "letter", "story"):
            assert telling not in said, message.subject
        assert writer.pen_name not in said and people["member"].pen_name not in said
