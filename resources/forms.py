"""What somebody looks for in the directory."""

import hashlib
from functools import cached_property

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from resources import countries, terms
from resources.counting import counted
from resources.models import Service

MANY = 2_000  # places: to count more takes a second
LARGE = "directory-is-large"  # remembered: a narrow count does not show it
A_MINUTE, A_DAY = 60, 86_400  # seconds
NOT_ASKED = {terms.ANY_LOSS, terms.ANYONE, "infertility-ivf"}

# What the values of each name ask of the directory; a tick has nothing more to say.
QUESTIONS = {
    "country": lambda places, codes: places.open_to(*codes),
    "loss": lambda places, codes: places.for_loss(*codes),
    "who": lambda places, codes: places.for_people(*codes),
    "language": lambda places, codes: places.in_language(*codes),
    "now": lambda places, _ticked: places.open_now(),
    "text": lambda places, _ticked: places.in_writing(),
    "free": lambda places, _ticked: places.free(),
}


def _asked(labels):
    return {code: label for code, label in labels.items() if code not in NOT_ASKED}


LISTS = {
    "country": (
        _("Country"),
        _("Anywhere"),
        {countries.ANY_COUNTRY: pgettext_lazy("filter", "Open to any country")}
        | countries.COUNTRIES,
    ),
    "loss": (_("Kind of loss"), terms.LOSS[terms.ANY_LOSS], _asked(terms.LOSS)),
    "who": (_("Who it is for"), terms.AUDIENCE[terms.ANYONE], _asked(terms.AUDIENCE)),
    "language": (_("In what language"), _("Any language"), terms.LANGUAGES),
}
TICKS = {
    "now": _("Open now"),
    "text": _("Can be reached by text or email"),
    "free": _("Free"),
}


class Choice:
    """One value that can be ticked, and how many places it leaves."""

    def __init__(self, code, label, number, is_chosen):
        self.code, self.label, self.number, self.is_chosen = code, label, number, is_chosen


class Filter:
    """What was asked for by the names and values of an address.

    Unknown values count as nothing chosen: an old or mistyped address still finds places.
    """

    def __init__(self, data):
        known = {name: labels for name, (_label, _all, labels) in LISTS.items()}
        known |= {name: {"on": label} for name, label in TICKS.items()}
        asked = {name: set(data.getlist(name)) for name in known}
        # {name: values in the order of their list}; also what an address is made from.
        self.chosen = {
            name: [code for code in labels if code in asked[name]]
            for name, labels in known.items()
            if asked[name] & set(labels)
        }

    @cached_property
    def counts(self):
        """Of this second; where there are thousands of places, of this minute."""
        asked = hashlib.sha256(repr(sorted(self.chosen.items())).encode()).hexdigest()
        key = f"directory-counts-{asked}"
        found = cache.get(key)
        if found is None:
            found = counted(QUESTIONS, self.chosen)
            if any(number > MANY for counts in found.values() for number in counts.values()):
                cache.set(LARGE, True, A_DAY)
            if cache.get(LARGE):
                cache.set(key, found, A_MINUTE)
        return found

    @property
    def countries(self):
        return [code for code in self.chosen.get("country", []) if code != countries.ANY_COUNTRY]

    @property
    def lists(self):
        """Each list as (name, label, what is chosen in words, choices)."""
        for name, (label, everything, labels) in LISTS.items():
            choices = list(self._choices(name, labels))
            said = [choice for choice in choices if choice.is_chosen]
            yield name, label, said, everything, choices

    @property
    def ticks(self):
        for name, label in TICKS.items():
            number = self.counts[name].get("on", 0)
            yield name, Choice("on", label, number, name in self.chosen)

    def _choices(self, name, labels):
        found, chosen = self.counts[name], self.chosen.get(name, [])
        if name == "country":
            anywhere, *others = labels.items()
            there = [code for code, _label in others if code in found or code in chosen]
            labels = dict([anywhere, *countries.by_name(there)])
        for code, label in labels.items():
            if code in found or code in chosen:
                yield Choice(code, label, found.get(code, 0), code in chosen)

    def places(self):
        places = Service.objects.published()
        for name, values in self.chosen.items():
            places = QUESTIONS[name](places, values)
        return places.in_order_for(*self.countries)
