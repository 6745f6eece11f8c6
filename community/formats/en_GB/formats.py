"""Times as clocks beside a bed show them; Django's own for this language has a.m. and p.m."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
