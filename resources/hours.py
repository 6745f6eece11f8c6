"""From hours as a place writes them to hours a machine can ask: only where they are plain."""

import re
from datetime import time

from resources import timezones

NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAY = "|".join(NAMES)
DAYS = rf"(?:Every day|(?:{DAY})(?: to (?:{DAY})|(?:, (?:{DAY}))*(?: and (?:{DAY}))?))"
SPAN = r"\d{2}:\d{2}-\d{2}:\d{2}"
LINE = re.compile(rf"(?P<days>{DAYS})(?: also)? (?P<spans>{SPAN}(?: and {SPAN})*)")


def read(text, areas):
    """What ``text`` says plainly, as (byday, opens_at, closes_at, zone); else nothing at all.

    One word that is not understood and the whole is left to people: half of the hours would say
    that a place is closed, or open, when it is not.
    """
    zone = timezones.OF_COUNTRY.get(areas[0]) if len(areas) == 1 else None
    lines = [LINE.fullmatch(part.strip()) for part in text.split(";")]
    if not zone or not all(lines):
        return []
    found = [
        (_days(line["days"]), *_times(span), zone)
        for line in lines
        for span in line["spans"].split(" and ")
    ]
    return found if all(opens is not None for _days_of, opens, *_rest in found) else []


def _days(words):
    if words == "Every day":
        return ",".join(CODES)
    named = [NAMES.index(name) for name in re.findall(DAY, words)]
    if " to " in words:
        first, last = named
        named = [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    return ",".join(CODES[day] for day in sorted(named))


def _times(span):
    """The two times; 24:00 is the midnight that ends the day (ISO 8601)."""
    times = []
    for said in span.split("-"):
        hour, minute = map(int, said.split(":"))
        if (hour, minute) == (24, 0):
            hour = 0
        if hour > 23 or minute > 59:
            return None, None
        times.append(time(hour, minute))
    return times
