"""What a browser sees of the pages that show stories."""

import re

from django.conf import settings
from django.test import Client

from community.comfort import Comfort
from stories import pictures
from stories.models import Link
from tests import factories
from tests.stories import photographing

LIST = "/stories/"
ANY = "/stories/any/"
# What is done about one letter, by the person who has it or who sent it.
LETTERS_OF_ONE = [
    "stories:read-letter",
    "stories:open-letter",
    "stories:show-letter",
    "stories:hide-letter",
    "stories:block-sender",
    "stories:answer-letter",
    "stories:sent-letter",
    "stories:change-letter",
    "stories:take-back-letter",
    "stories:keep-private",
    "stories:accept-letter",
    "stories:stand-by-letter",
    "stories:erase-letter",
]
PRESSES = [f"stories:comfort-{what}" for what in ("keep", "look", "country", "forget")]
# What is done about one name, by whoever left it.
NAMES_OF_ONE = [
    "stories:sent-name",
    "stories:change-name",
    "stories:take-back-name",
    "stories:take-down-name",
    "stories:accept-name",
    "stories:stand-by-name",
    "stories:erase-name",
]
# Each with something of somebody’s behind it.
OF_ONE = {
    **dict.fromkeys(LETTERS_OF_ONE, lambda: {"pk": factories.delivered(factories.wanting()).pk}),
    **dict.fromkeys(NAMES_OF_ONE, lambda: {"pk": factories.remembered().pk}),
}
LETTERBOX = [
    "stories:write-name",
    "stories:letterbox",
    "stories:letters-when",
    "stories:bring-letters",
    "stories:blocked",
    "stories:unblock",
    "stories:write-to",
    "stories:write-for-anyone",
    "stories:letters-sent",
    "stories:my-stories",
    "stories:links",
]
COMFORT_COOKIE = settings.COMFORT_COOKIE_NAME
# What is done about one link, or an invitation, and what stands in its address.
SAMPLES_OF_LINKS = {
    "stories:invite": lambda: {"pk": factories.published().pk},
    "stories:invited": lambda: {"token": an_invitation().get_invitation_url().split("/")[-2]},
    "stories:link": lambda: {"pk": factories.linked().pk},
    "stories:end-link": lambda: {"pk": factories.linked().pk},
}
# What somebody does after reading, and what they are asked.
AFTER_READING = [
    "stories:kept",
    "stories:keep-this",
    "stories:take-out",
    "stories:after-reading",
    "stories:asking",
    "stories:stop-asking",
    "stories:not-this-one",
    "stories:not-now",
]
# What is done about photographs, by the author of their story.
PHOTOS = ["stories:photos", "stories:send-photos"]
PHOTOS_OF_ONE = [
    "stories:photo",
    "stories:photo-earlier",
    "stories:photo-later",
    "stories:photo-take-back",
    "stories:photo-take-down",
    "stories:photo-accept",
    "stories:photo-stand-by",
    "stories:photo-erase",
]


def a_photograph():
    photo = photographing.published()
    return {"pk": photo.story_id, "photo": photo.pk}


def a_picture():
    photo = photographing.published()
    token = pictures.token(photo, photographing.nobody())
    return {"pk": photo.pk, "token": token, "side": 480, "kind": "webp"}


TALE = re.compile(r'<h2><a href="/stories/(\w+)/">')


def an_invitation():
    return Link.objects.invite(factories.published())


def without_tokens(text):
    """A page as it reads, whoever's form it is."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", text)


def press(person, letter, what, **fields):
    """What ``person`` does with a letter they have."""
    return factories.browser_of(person).post(f"/me/letters/{letter.pk}/{what}/", fields)


def many(number, writer, moderator, **fields):
    return [factories.published(writer, moderator, **fields) for _ in range(number)]


def listed(client, query=""):
    """The ids on a page of the list, in their order."""
    response = client.get(LIST + query)
    assert response.status_code == 200
    return TALE.findall(response.text)


def everywhere(client, story):
    """All that a reader gets to see of it, headers included."""
    said = []
    for address in (LIST, LIST + "?loss=stillbirth", "/", story.get_absolute_url(), ANY):
        response = client.get(address)
        said += [response.text, *map(str, response.headers.items())]
    return "\n".join(said)


def visitor(wishes=None, **options):
    """The browser of somebody without an account, with what they wish to read."""
    client = Client(**options)
    if wishes is not None:
        client.cookies[COMFORT_COOKIE] = wishes
    return client


def member_with(wishes):
    person = factories.member()
    person.wish(Comfort.read(wishes))
    return factories.browser_of(person)
