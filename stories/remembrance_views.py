"""The names wall, as everybody reads it: by the day of the year, a page at a time."""

import re
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.generic import TemplateView

from stories import wave_of_light
from stories.finding import ALPHABET
from stories.remembrance import ANY_MONTH, Remembrance

PAGE_LENGTH = 40
ONE_MORE = PAGE_LENGTH + 1  # to know whether there is another page
PLACE = re.compile(rf"(\d{{3,4}})(?:-([{ALPHABET}]{{6}}))?", re.ASCII)


class Wall(TemplateView):
    """A page is named by where it begins or ends (``from=1128``, ``after=1128-k7f3qx``), so one far
    down costs what the first does, and what is taken back meanwhile shifts nothing.
    """

    template_name = "stories/names.html"

    def get_context_data(self, **kwargs):
        self.request.may_be_indexed = False
        rows, earlier, later = self.page()
        today = timezone.localdate()
        return super().get_context_data(
            months=by_month([each.as_shown() for each in rows]),
            earlier=earlier and f"?before={in_an_address(rows[0])}" if rows else "",
            later=later and f"?after={in_an_address(rows[-1])}",
            is_first=not earlier and not self.request.GET,
            today=f"?from={today.month * 100 + today.day}",
            today_in_words=date_format(today, "j F"),
            beginnings=beginnings(),
            lit_in=wave_of_light.lit_in(timezone.now()) if settings.WAVE_OF_LIGHT else [],
            **kwargs,
        )

    def page(self):
        """The entries of this page, and whether there are others before and after them."""
        names = Remembrance.objects.visible_to(self.request.user).for_reading().round_the_year()
        if before := self.place("before"):
            rows = list(names.before(*before).reverse()[:ONE_MORE])
            if rows:
                return rows[:PAGE_LENGTH][::-1], len(rows) == ONE_MORE, True
        after, begins = self.place("after"), self.place("from")
        rows = names.after(*after) if after else names.from_place(*begins) if begins else names
        rows = list(rows[:ONE_MORE])
        first = place_of(rows[0]) if rows else after or begins
        earlier = bool(after or begins) and names.before(*first).exists()
        return rows[:PAGE_LENGTH], earlier, len(rows) == ONE_MORE

    def place(self, name):
        """(day of the year, id or "") that an address names; None if it could be no place."""
        found = PLACE.fullmatch(self.request.GET.get(name, ""))
        return (int(found[1]), found[2] or "") if found else None


def place_of(entry):
    return entry.stands_at, entry.pk


def in_an_address(entry):
    return f"{entry.stands_at}-{entry.pk}"


def by_month(entries):
    """[(month in words, its entries)], as they follow each other on the page."""
    return [
        (in_words(month), list(some)) for month, some in groupby(entries, lambda each: each.month)
    ]


def in_words(month):
    return MONTHS[month] if month else gettext("Without a day")


def beginnings():
    """[(month in words, the address where it begins)], and where those without a day stand."""
    wall = reverse("stories:names")
    places = [(month, month * 100) for month in MONTHS]
    return [(in_words(month), f"{wall}?from={place}") for month, place in places] + [
        (in_words(None), f"{wall}?from={ANY_MONTH}")
    ]
