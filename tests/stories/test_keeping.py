"""Keeping a story: a list that one member sees, and nobody else learns of."""

import pytest

from stories.models import KeptStory, Story, Visibility
from tests import factories
from tests.factories import browser_of
from tests.stories.pages import without_tokens

pytestmark = pytest.mark.django_db
GONE = "This one isn’t here any more. Its writer may have taken it down."


@pytest.fixture
def story():
    return factories.published(title="The kettle")


@pytest.fixture
def reader():
    return factories.member()


def keep(person, story):
    return browser_of(person).post(f"/me/kept/{story.pk}/keep/")


def listed(person):
    return browser_of(person).get("/me/kept/").text


def test_a_member_keeps_a_story_once_and_takes_it_out_again(story, reader):
    for _ in range(2):
        assert keep(reader, story).url == f"{story.get_absolute_url()}#ack"
    (row,) = KeptStory.objects.all()
    assert "The kettle" in listed(reader)
    page = browser_of(reader).get(story.get_absolute_url()).text
    assert "Don’t keep it any more" in page
    take_out = f"/me/kept/{row.pk}/take-out/"
    answer = browser_of(reader).post(take_out, {"from-story": "1"})
    assert answer.url == f"{story.get_absolute_url()}#ack"
    assert browser_of(reader).post(take_out).url == "/me/kept/"
    assert not KeptStory.objects.exists() and "Nothing yet." in listed(reader)


def test_my_space_lists_the_latest_that_are_still_here(story, reader):
    for n in range(6):
        keep(reader, factories.published(title=f"Kept {n}"))
    keep(reader, story)
    story.withdraw()
    kept = browser_of(reader).get("/me/").text.split('id="kept"')[1].split("</section>")[0]
    assert [n for n in range(6) if f"Kept {n}" in kept] == [1, 2, 3, 4, 5]
    assert "The kettle" not in kept and 'href="/me/kept/"' in kept
    assert "Kept 5" not in browser_of(factories.member()).get("/me/").text


def test_a_visitor_is_told_what_keeping_needs_and_that_the_address_works_too(story, client):
    page = client.get(f"{story.get_absolute_url()}keep/").text
    assert "you need an account" in page
    assert f"http://localhost:8000{story.get_absolute_url()}" in page
    assert f"?next={story.get_absolute_url()}keep/" in page
    answer = client.post(f"/me/kept/{story.pk}/keep/")
    assert answer.url == f"/accounts/login/?next={story.get_absolute_url()}keep/"
    assert not KeptStory.objects.exists()


def test_after_signing_in_the_button_is_there(story, reader):
    assert (
        "Keep this story</button>"
        in browser_of(reader).get(f"{story.get_absolute_url()}keep/").text
    )


def test_nobody_takes_out_or_sees_what_another_kept(story, reader):
    keep(reader, story)
    row = KeptStory.objects.get()
    other = factories.member()
    assert "The kettle" not in listed(other)
    browser_of(other).post(f"/me/kept/{row.pk}/take-out/")
    assert KeptStory.objects.exists()
    assert browser_of().get("/me/kept/").status_code == 302
    assert browser_of().post(f"/me/kept/{row.pk}/take-out/").status_code == 302
    assert browser_of(reader).get(f"/me/kept/{row.pk}/take-out/").status_code == 405


def test_a08_that_it_was_kept_shows_to_nobody(story, reader, moderator):
    browsers = [browser_of(p) for p in (story.author, moderator, factories.member(), None)]
    places = [story.get_absolute_url(), f"/write/{story.pk}/sent/", "/stories/", "/me/kept/"]

    def seen():
        pages = [browser.get(place) for browser in browsers for place in places]
        return [(page.status_code, without_tokens(page.text)) for page in pages]

    before, etag = seen(), browser_of().get(places[0])["ETag"]
    keep(reader, story)
    assert seen() == before
    assert browser_of().get(places[0])["ETag"] == etag


def withdrawn(story):
    story.withdraw()


def removed(story):
    story.remove(by=factories.moderator(), message="Because.", rule="names")


def erased(story):
    story.delete()


def covered(story):
    story.cover(by=factories.moderator(), message="Because.", rule="names")


def writer_left(story):
    story.author.delete()


@pytest.mark.parametrize("happens", [withdrawn, removed, erased, covered, writer_left])
def test_what_is_not_here_any_more_leaves_a_sentence_and_nothing_of_itself(happens, story, reader):
    keep(reader, story)
    happens(Story.objects.get(pk=story.pk))
    page = listed(reader)
    assert GONE in page
    assert "kettle" not in page and story.pk not in page and story.author.pen_name not in page
    row = KeptStory.objects.get()
    browser_of(reader).post(f"/me/kept/{row.pk}/take-out/")
    assert not KeptStory.objects.exists()


def test_what_comes_back_is_there_again_with_the_name_it_has_then(story, reader, moderator):
    keep(reader, story)
    story.withdraw()
    story.byline = "no-name"
    story.save()
    story.submit()
    story.publish(by=moderator, version=story.sent)
    page = listed(reader)
    assert "The kettle" in page and story.author.pen_name not in page


def test_what_was_kept_stays_on_the_list_whatever_its_reader_leaves_out(story, reader):
    told = factories.published(title="The ward", notes=["abuse"])
    keep(reader, told)
    reader.wishes = "v=1&out=abuse"
    reader.save()
    assert "The ward" in listed(reader)
    assert 'class="gate"' in browser_of(reader).get(told.get_absolute_url()).text


def test_only_what_is_there_is_kept_and_not_ones_own(story, reader):
    pending = factories.pending()
    assert keep(reader, pending).status_code == 404
    assert browser_of(reader).post("/me/kept/zzzzzz/keep/").status_code == 404
    keep(story.author, story)
    assert not KeptStory.objects.exists()


def test_a_story_for_members_is_kept_by_members(reader, client):
    story = factories.published(visibility=Visibility.MEMBERS)
    assert client.get(f"{story.get_absolute_url()}keep/").status_code == 404
    keep(reader, story)
    assert KeptStory.objects.filter(member=reader).exists()


def test_the_list_is_in_pages_and_costs_the_same_however_long(
    reader, moderator, django_assert_max_num_queries
):
    writer = factories.member()
    stories = [factories.published(writer, moderator) for _ in range(4)]
    KeptStory.objects.bulk_create(KeptStory(member=reader, story=each) for each in stories)
    KeptStory.objects.bulk_create(KeptStory(member=reader) for _ in range(50))
    browser = browser_of(reader)
    with django_assert_max_num_queries(3):
        page = browser.get("/me/kept/")
    assert page.text.count(GONE) == 50 and "Kept before" in page.text
    earlier = page.context["earlier"]
    assert "The lane behind the hospital" in browser.get(f"/me/kept/{earlier}").text


@pytest.mark.parametrize("after", ["", "0", "-1", "²", "9" * 30, "x", "\x00"])
def test_a_page_that_never_was_is_an_ordinary_one(reader, after):
    assert browser_of(reader).get("/me/kept/", {"after": after}).status_code == 200
