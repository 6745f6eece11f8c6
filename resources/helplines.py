"""The crisis lines as /help-now/ reads them: from a small file, never from the database.

``write`` is called when something in the directory was committed; every process notices the
new file by its stamp.  Without a readable file the shipped directory answers.
"""

import functools
import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings

from resources import directory_file, numbers, terms
from resources.countries import ANY_COUNTRY
from resources.models import Service
from resources.models.assurance import Assured, stands
from resources.models.choices import Cost, Kind
from resources.models.directory import ALWAYS_OPEN

FORMAT = 2
_kept = {}


@dataclass
class Confirmed:
    """A number, and the day its verification counts from."""

    number: numbers.Number
    stands_from: date | None


@dataclass
class Helpline(Assured):
    slug: str
    name: str
    description: str
    url: str
    hours: str
    cost: str
    assurance: str
    assured_on: date
    stands_from: date | None
    countries: list = field(default_factory=list)
    languages: list = field(default_factory=list)
    numbers: list = field(default_factory=list)  # of Confirmed

    kind = Kind.CRISIS_LINE

    @property
    def shown_numbers(self):
        """Asked each time: a number lapses without anybody writing this file again."""
        return [said.number for said in self.numbers if stands(self.kind, said.stands_from)]

    @property
    def hides_numbers(self):
        return len(self.shown_numbers) < len(self.numbers)

    @property
    def is_always_open(self):
        return bool(ALWAYS_OPEN.fullmatch(self.hours))

    @property
    def get_cost_display(self):
        return Cost(self.cost).label

    @property
    def language_names(self):
        return [(code, terms.LANGUAGES.get(code, code)) for code in self.languages]

    @property
    def spoken(self):
        return [number for number in self.shown_numbers if number.type == numbers.VOICE]

    @property
    def written(self):
        return [number for number in self.shown_numbers if number.type != numbers.VOICE]

    @property
    def is_short(self):
        """A short code is the whole country's, and the easiest to dial with shaking hands."""
        return any(len(number.dial) <= numbers.LONGEST_SHORT_CODE for number in self.spoken)


def of_country(code):
    """The lines of one country, or with ``INT`` the ways to find one anywhere; best first.

    A line whose verification lapsed is not among a country’s: the ways to find one anywhere take
    its place on the page.  Those stay, and say how old they are: nothing could take theirs.
    """
    lines = [
        line
        for line in read()
        if code in line.countries and (code == ANY_COUNTRY or not line.is_out_of_date)
    ]
    return sorted(
        lines,
        key=lambda line: (
            line.is_out_of_date,
            not line.is_short,
            not line.is_always_open,
            line.name,
        ),
    )


def countries():
    """The countries that have a line, or had one until it lapsed."""
    return {code for line in read() for code in line.countries} - {ANY_COUNTRY}


def lapsed(code):
    """How many lines of a country are not shown, because nobody confirmed them lately."""
    return sum(code in line.countries and line.is_out_of_date for line in read())


def path():
    return Path(settings.DATA_DIR) / "help-now.json"


def read():
    """Every crisis line we may show, as a list of Helpline."""
    file = path()
    try:
        stat = file.stat()
        stamp = (str(file), stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if _kept.get("stamp") != stamp:
            _kept["lines"] = _parsed(file.read_bytes())
            _kept["stamp"] = stamp
        return _kept["lines"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _shipped()


def write():
    """Put what the directory says now beside the database.

    Looked at again after each writing, so that of two editors saving at once the later one's
    words are what stays.
    """
    for _attempt in range(5):
        lines = [asdict(line) for line in _current()]
        text = json.dumps({"format": FORMAT, "lines": lines}, default=str)
        if _written() == text:
            return
        _replace(text)


def _written():
    try:
        return path().read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _replace(text):
    """The old file stays until the new one is whole."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".help-now-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _parsed(data):
    said = json.loads(data)
    if said["format"] != FORMAT or not said["lines"]:
        raise ValueError("Nothing to show in the snapshot.")
    return [
        Helpline(
            **line
            | {
                "assured_on": date.fromisoformat(line["assured_on"]),
                "stands_from": _day(line["stands_from"]),
                "numbers": [
                    Confirmed(numbers.Number(**said["number"]), _day(said["stands_from"]))
                    for said in line["numbers"]
                ],
            }
        )
        for line in said["lines"]
    ]


def _day(said):
    return date.fromisoformat(said) if said else None


@functools.cache
def _shipped():
    return [
        _helpline(
            place,
            place.assured_on,
            place.areas,
            place.languages,
            [Confirmed(n, place.seen_on) for n in place.phones],
        )
        for place in directory_file.read()
        if place.kind == Kind.CRISIS_LINE
    ]


def _current():
    lines = Service.objects.crisis_lines().order_by("slug")
    for service in lines.prefetch_related("phones", "service_areas", "languages"):
        yield _helpline(
            service,
            service.stands_from,
            [area.code for area in service.service_areas.all()],
            [language.code for language in service.languages.all()],
            [Confirmed(_number(phone), phone.stands_from) for phone in service.phones.all()],
        )


def _helpline(place, stands_from, countries, languages, confirmed):
    same = ("slug", "name", "description", "url", "hours", "cost", "assurance", "assured_on")
    return Helpline(
        **{name: getattr(place, name) for name in same},
        stands_from=stands_from,
        countries=countries,
        languages=languages,
        numbers=[number for number in confirmed if number.stands_from],
    )


def _number(phone):
    names = ("type", "number", "dial", "keyword", "description")
    return numbers.Number(**{name: getattr(phone, name) for name in names})
