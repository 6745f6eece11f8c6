"""How the log is chained: each row carries a MAC over itself and over the row before it.

Whoever changes, moves, adds or takes out a row in the database would need LOG_KEY to make the
rows after it fit again.  No words of anybody's go in, so that erasing them breaks nothing.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

from django.conf import settings


def mac_of(decision, previous):
    """What ``decision.mac`` has to be, after a row whose mac is ``previous``."""
    return _mac({**_entry(decision), "previous": previous})


def seal_of(number, mac):
    """Says that the log ends with row ``number``, which carries ``mac``."""
    return _mac({"ends_with": number, "mac": mac})


def is_same(one, other):
    return hmac.compare_digest(one.encode(), other.encode())


def _entry(decision):
    """Every column but the row's key and its mac.

    What is empty is left out, so that a column added later, empty in the rows that were there,
    leaves their macs as they are.
    """
    columns = [field.attname for field in decision._meta.concrete_fields if not field.primary_key]
    values = {name: getattr(decision, name) for name in columns if name != "mac"}
    return {name: value for name, value in values.items() if value not in (None, "")}


def _mac(values):
    text = json.dumps(values, default=_plain, sort_keys=True, separators=(",", ":"))
    return hmac.new(settings.LOG_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _plain(value):
    if isinstance(value, datetime):
        # As far as every database and Django's own serializers keep it.
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    raise TypeError(f"The log has no place for {type(value).__name__}.")
