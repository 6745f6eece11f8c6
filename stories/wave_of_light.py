"""15 October, from seven to eight in the evening: the Wave of Light, as it goes round the world.

Where a reader is, nobody guesses.  The page says where it is seven in the evening now: for
twenty-six hours there is always somewhere, from Kiritimati to Niue.
"""

from datetime import UTC
from zoneinfo import ZoneInfo

from django.utils.translation import pgettext_lazy

MONTH, DAY, HOUR = 10, 15, 19
# The days on which that hour is somewhere, by the clock in Greenwich.
DAYS = (DAY, DAY + 1)

# Some places for each hour there is, from east to west, so that no evening goes unnamed.
PLACES = [
    ("Pacific/Kiritimati", pgettext_lazy("where it is evening", "Kiritimati")),
    ("Pacific/Chatham", pgettext_lazy("where it is evening", "the Chatham Islands")),
    ("Pacific/Auckland", pgettext_lazy("where it is evening", "Aotearoa New Zealand")),
    ("Pacific/Tongatapu", pgettext_lazy("where it is evening", "Tonga")),
    ("Pacific/Fiji", pgettext_lazy("where it is evening", "Fiji")),
    ("Australia/Sydney", pgettext_lazy("where it is evening", "Sydney")),
    ("Pacific/Guadalcanal", pgettext_lazy("where it is evening", "the Solomon Islands")),
    ("Australia/Adelaide", pgettext_lazy("where it is evening", "Adelaide")),
    ("Australia/Brisbane", pgettext_lazy("where it is evening", "Brisbane")),
    ("Australia/Darwin", pgettext_lazy("where it is evening", "Darwin")),
    ("Asia/Tokyo", pgettext_lazy("where it is evening", "Tokyo")),
    ("Australia/Eucla", pgettext_lazy("where it is evening", "Eucla")),
    ("Australia/Perth", pgettext_lazy("where it is evening", "Perth")),
    ("Asia/Manila", pgettext_lazy("where it is evening", "Manila")),
    ("Asia/Bangkok", pgettext_lazy("where it is evening", "Bangkok")),
    ("Asia/Yangon", pgettext_lazy("where it is evening", "Yangon")),
    ("Asia/Dhaka", pgettext_lazy("where it is evening", "Dhaka")),
    ("Asia/Kathmandu", pgettext_lazy("where it is evening", "Kathmandu")),
    ("Asia/Kolkata", pgettext_lazy("where it is evening", "Delhi")),
    ("Asia/Karachi", pgettext_lazy("where it is evening", "Karachi")),
    ("Asia/Kabul", pgettext_lazy("where it is evening", "Kabul")),
    ("Asia/Dubai", pgettext_lazy("where it is evening", "Dubai")),
    ("Asia/Tehran", pgettext_lazy("where it is evening", "Tehran")),
    ("Africa/Nairobi", pgettext_lazy("where it is evening", "Nairobi")),
    ("Europe/Istanbul", pgettext_lazy("where it is evening", "Istanbul")),
    ("Africa/Johannesburg", pgettext_lazy("where it is evening", "Johannesburg")),
    ("Europe/Paris", pgettext_lazy("where it is evening", "Paris")),
    ("Europe/London", pgettext_lazy("where it is evening", "London")),
    ("Europe/Dublin", pgettext_lazy("where it is evening", "Dublin")),
    ("Africa/Lagos", pgettext_lazy("where it is evening", "Lagos")),
    ("Africa/Abidjan", pgettext_lazy("where it is evening", "Abidjan")),
    ("Atlantic/Cape_Verde", pgettext_lazy("where it is evening", "Cape Verde")),
    ("Atlantic/South_Georgia", pgettext_lazy("where it is evening", "South Georgia")),
    ("America/St_Johns", pgettext_lazy("where it is evening", "Newfoundland")),
    ("America/Sao_Paulo", pgettext_lazy("where it is evening", "São Paulo")),
    ("America/Halifax", pgettext_lazy("where it is evening", "Halifax, Nova Scotia")),
    ("America/New_York", pgettext_lazy("where it is evening", "New York")),
    ("America/Toronto", pgettext_lazy("where it is evening", "Toronto")),
    ("America/Chicago", pgettext_lazy("where it is evening", "Chicago")),
    ("America/Denver", pgettext_lazy("where it is evening", "Denver")),
    ("America/Mexico_City", pgettext_lazy("where it is evening", "Mexico City")),
    ("America/Los_Angeles", pgettext_lazy("where it is evening", "Los Angeles")),
    ("America/Vancouver", pgettext_lazy("where it is evening", "Vancouver")),
    ("America/Anchorage", pgettext_lazy("where it is evening", "Anchorage")),
    ("Pacific/Gambier", pgettext_lazy("where it is evening", "the Gambier Islands")),
    ("Pacific/Marquesas", pgettext_lazy("where it is evening", "the Marquesas")),
    ("Pacific/Honolulu", pgettext_lazy("where it is evening", "Honolulu")),
    ("Pacific/Niue", pgettext_lazy("where it is evening", "Niue")),
]


def lit_in(now):
    """The places where it is between seven and eight in the evening on 15 October, at ``now``."""
    here = now.astimezone(UTC)
    if here.month != MONTH or here.day not in DAYS:
        return []
    return [place for zone, place in PLACES if is_the_hour(now.astimezone(ZoneInfo(zone)))]


def is_the_hour(local):
    return (local.month, local.day, local.hour) == (MONTH, DAY, HOUR)
