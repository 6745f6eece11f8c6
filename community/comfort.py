"""What a reader wishes of the pages: how they look, and what is left out or asks first.

Written as one line of slugs, the same in a visitor's cookie and with a member's account:
``v=1&size=large&out=scan.birth&country=IE``.  Whatever makes no sense in it is left aside.
"""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from operator import itemgetter
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.utils.html import format_html_join

LOOKS = {
    "size": ("large", "larger"),
    "page": ("day", "night"),
    "face": ("plain",),
    "motion": ("still",),
    "leave": ("hidden",),
    "photos": ("described", "shown"),  # in words only, or open; covered where nothing is wished
}
ATTRIBUTES = {"theme": "page", "size": "size", "face": "face", "motion": "motion"}
# What a reader can wish of one note, from the most careful on.
OUT, ASK, SHOW = "out", "ask", "show"
WISHES = (OUT, ASK, SHOW)
SLUG = re.compile(r"[a-z][a-z-]{0,23}")
COUNTRY = re.compile(r"[A-Z]{2}")
MOST_NOTES = 40
LONGEST = 1000  # characters; every wish there is takes half of it
KEPT_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Comfort:
    """One reader's wishes; ``Comfort()`` is somebody's who has none."""

    size: str = ""
    page: str = ""
    face: str = ""
    motion: str = ""
    leave: str = ""
    photos: str = ""
    country: str = ""  # two letters (ISO 3166)
    out: frozenset = frozenset()  # slugs of notes
    ask: frozenset = frozenset()
    show: frozenset = frozenset()

    @classmethod
    def read(cls, text):
        """The wishes that ``text`` holds, whoever wrote it: none, if it is not one of ours."""
        if len(text) > LONGEST or not text.isascii() or not text.startswith("v=1"):
            return cls()
        said = dict(parse_qsl(text, max_num_fields=None))
        looks = {name: said[name] for name, known in LOOKS.items() if said.get(name) in known}
        country = said.get("country", "")
        notes, taken = {}, set()
        for wish in WISHES:
            slugs = said.get(wish, "").split(".")[:MOST_NOTES]
            notes[wish] = frozenset(filter(SLUG.fullmatch, slugs)) - taken
            taken |= notes[wish]
        return cls(**looks, **notes, country=country if COUNTRY.fullmatch(country) else "")

    def __str__(self):
        said = {"v": 1} | {name: getattr(self, name) for name in (*LOOKS, "country")}
        said |= {wish: ".".join(sorted(getattr(self, wish))) for wish in WISHES}
        return urlencode({name: value for name, value in said.items() if value})

    def looks(self):
        """How pages look, as attributes of their root."""
        said = {name: getattr(self, field) for name, field in ATTRIBUTES.items()}
        return format_html_join("", ' data-{}="{}"', filter(itemgetter(1), said.items()))

    def but(self, **wishes):
        """The same, with these instead."""
        return replace(self, **wishes)

    def wish(self, note):
        """What is wished of ``note``, or "" for what it does by itself."""
        return next((wish for wish in WISHES if note in getattr(self, wish)), "")


def on_this_device(request):
    """What the browser keeps, or None; nobody is asked."""
    text = request.COOKIES.get(settings.COMFORT_COOKIE_NAME)
    return None if text is None else Comfort.read(text)


def keep_on_this_device(response, comfort):
    response.set_cookie(
        settings.COMFORT_COOKIE_NAME,
        str(comfort),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_on_this_device(response):
    response.delete_cookie(settings.COMFORT_COOKIE_NAME, samesite="Lax")
