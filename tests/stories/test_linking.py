"""The same loss in two voices: what readers see of it, and when it goes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.archive import erase
from community.members.models import Consent
from community.moderation.sanctions import Stopped
from stories import linking
from stories.linking import MOST, NotLinked
from stories.models import Byline, Link, Story, Visibility
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
LINE = "The same loss, in another voice"


@pytest.fixture
def ann():
    return factories.published(factories.member("Ann Alder"), title="The blue bowl")


@pytest.fixture
def ben():
    unnamed = {"title": "Driving home", "byline": Byline.NO_NAME}
    return factories.published(factories.member("Ben Bramble"), **unnamed)


@pytest.fixture
def link(ann, ben):
    return factories.linked(ann, ben)


def page(story, person=None):
    return browser_of(person).get(story.get_absolute_url()).text


def points(story, other, person=None):
    text = page(story, person)
    assert (LINE in text) == (f'<dd><a href="/stories/{other.pk}/">' in text)
    return LINE in text


def test_each_page_points_at_the_other_and_never_says_a_name_that_is_not_on_it(link, ann, ben):
    assert points(ann, ben) and points(ben, ann)
    assert "Driving home</bdi></a></dd>" in page(ann)
    assert "by <bdi>Ann Alder</bdi></dd>" in page(ben)
    assert "Ben Bramble" not in page(ann) + page(ben)


def test_nothing_is_shown_until_both_have_agreed(ann, ben):
    invitation = Link.objects.invite(ann)
    assert not points(ann, ben)
    invitation.take_up(ben)
    assert not points(ann, ben) and not points(ben, ann)
    invitation.refresh_from_db()
    invitation.agree(ann.author)
    assert points(ann, ben)
    given = Consent.objects.given().filter(purpose="linked", about=f"link {invitation.pk}")
    assert {consent.member for consent in given} == {ann.author, ben.author}


@pytest.mark.parametrize("which", ["ann", "ben"])
def test_either_ends_it_at_once(link, ann, ben, which):
    link.end({"ann": ann, "ben": ben}[which].author)
    assert not points(ann, ben) and not points(ben, ann)
    assert not Consent.objects.given().filter(purpose="linked").exists()
    link.end({"ann": ben, "ben": ann}[which].author)  # who was told puts it away
    assert not Link.objects.exists()


def taken_down(story):
    story.withdraw()


def removed(story):
    story.remove(by=factories.moderator(), message="Because.", rule="names")


def covered(story):
    story.cover(by=factories.moderator(), message="Because.", rule="names")


def erased(story):
    story.delete()


def stepped_down(story):
    story.open_to(Visibility.MODERATORS, wording="2026-11")


@pytest.mark.parametrize("happens", [taken_down, removed, covered, erased, stepped_down])
@pytest.mark.parametrize("whose", ["ann", "ben"])
def test_it_goes_with_either_story(link, ann, ben, happens, whose):
    gone, stays = {"ann": (ann, ben), "ben": (ben, ann)}[whose]
    happens(gone)
    for person in (None, factories.member(), stays.author):
        assert LINE not in page(stays, person)
    if happens is covered:
        assert LINE not in page(gone, factories.member())


def test_what_is_for_members_is_named_to_no_visitor(link, ann, ben):
    Story.objects.filter(pk=ben.pk).update(visibility=Visibility.MEMBERS)
    assert not points(ann, ben)
    assert points(ann, ben, factories.member())


def test_what_a_reader_asked_to_leave_out_is_not_named_to_them(client, ann, settings):
    ben = factories.published(notes=["birth"])
    factories.linked(ann, ben)
    assert LINE in client.get(ann.get_absolute_url()).text
    client.cookies[settings.COMFORT_COOKIE_NAME] = "v=1&out=birth"
    assert LINE not in client.get(ann.get_absolute_url()).text
    assert LINE in client.get(ben.get_absolute_url()).text


def test_a_story_that_comes_back_is_linked_again(link, ann, ben):
    taken_down(ben)
    ben.submit()
    ben.publish(by=factories.moderator(), version=ben.sent)
    assert points(ann, ben)


def changes_name(story, **fields):
    """As the page about the name does, and a moderator after it."""
    if fields["byline"] == Byline.NO_NAME:
        fields["unnamed_since"] = timezone.now()
    Story.objects.filter(pk=story.pk).update(**fields)
    story.refresh_from_db()
    if fields["byline"] != Byline.NO_NAME:
        story.submit()
        story.publish(by=factories.moderator(), version=story.sent)


@pytest.mark.parametrize(
    ("whose", "fields"),
    [
        ("ann", {"byline": Byline.NO_NAME}),
        ("ann", {"byline": Byline.OTHER_NAME, "other_name": "Robin"}),
        ("ben", {"byline": Byline.PEN_NAME}),
    ],
)
def test_with_another_name_both_are_asked_again(link, ann, ben, whose, fields):
    changes_name({"ann": ann, "ben": ben}[whose], **fields)
    assert not points(ann, ben) and not points(ben, ann)
    link.agree(ann.author)
    assert not points(ann, ben), "the other has not said so yet"
    link.agree(ben.author)
    assert points(ann, ben) and points(ben, ann)


def test_a_name_that_went_and_came_back_is_asked_about_too(link, ann, ben):
    changes_name(ann, byline=Byline.NO_NAME)
    changes_name(ann, byline=Byline.PEN_NAME, title="The bowl")
    assert page(ann).count("by <bdi>Ann Alder</bdi>") and not points(ben, ann)
    link.agree(ben.author)
    link.agree(ann.author)
    assert points(ben, ann)


def test_words_that_change_under_the_same_name_change_nothing(link, ann, ben):
    Story.objects.filter(pk=ann.pk).update(title="The bowl")
    ann.refresh_from_db()
    ann.submit()
    ann.publish(by=factories.moderator(), version=ann.sent)
    assert "The bowl</bdi></a>" in page(ben)


def test_a08_a_link_takes_two_members(ann):
    invitation = Link.objects.invite(ann)
    another = factories.published(ann.author, byline=Byline.NO_NAME)
    with pytest.raises(NotLinked):
        invitation.take_up(another)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.update(second=another, second_author=ann.author)


def test_nobody_agrees_alone(ann):
    Link.objects.invite(ann)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.update(first_agreed_at=timezone.now())


def test_two_stories_are_linked_once_whoever_invites(link, ann, ben):
    again = Link.objects.invite(ben)
    with pytest.raises(NotLinked):
        again.take_up(ann)
    link.end(ann.author)
    again.take_up(ann)


def test_an_invitation_is_one_however_often_it_is_pressed(ann):
    assert Link.objects.invite(ann) == Link.objects.invite(ann)


def test_an_invitation_is_for_one_person(ann, ben):
    invitation = Link.objects.invite(ann)
    invitation.take_up(ben)
    with pytest.raises(NotLinked):
        invitation.take_up(factories.published())


def test_an_invitation_ends_after_two_weeks(ann, ben):
    invitation = Link.objects.invite(ann)
    Link.objects.update(made_at=timezone.now() - timedelta(days=14))
    with pytest.raises(NotLinked):
        invitation.take_up(ben)
    assert Link.objects.invite(ann) != invitation
    Link.objects.update(made_at=timezone.now() - timedelta(days=14))
    linking.forget()
    assert not Link.objects.exists()


def test_that_it_ended_is_forgotten_in_time(link, ann):
    link.end(ann.author)
    linking.forget()
    assert Link.objects.exists()
    Link.objects.update(ended_at=timezone.now() - timedelta(days=60))
    linking.forget()
    assert not Link.objects.exists()


def test_who_may_not_change_what_others_see_links_nothing_and_ends_everything(link, ann, ben):
    factories.sanction(ann.author, "read-only")
    for press in (lambda: Link.objects.invite(ann), lambda: link.agree(ann.author)):
        with pytest.raises(Stopped):
            press()
    link.end(ann.author)
    assert not points(ann, ben)


def test_a_loss_has_a_few_voices_and_no_list_of_people(ann):
    for _ in range(MOST):
        factories.linked(ann)
    with pytest.raises(NotLinked):
        factories.linked(ann)
    assert page(ann).count(LINE) == MOST


def test_whoever_leaves_takes_their_side_with_them(link, ann, ben):
    erase(ben.author)
    assert not Link.objects.exists() and LINE not in page(ann)


def test_links_cost_one_question_however_many(ann):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            page(ann)
        return len(queries)

    alone = asked()
    assert alone == 3
    for _ in range(MOST):
        factories.linked(ann)
    assert asked() == alone
