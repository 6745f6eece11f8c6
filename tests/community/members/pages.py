"""The addresses of a member's own pages, and of what is pressed there."""

OWN = [
    "members:space",
    "members:dates",
    "members:date",
    "members:erase-date",
    "members:email",
    "members:quiet",
    "members:pause",
    "members:start-again",
    "members:time",
    "members:download",
    "members:fetch-download",
    "members:leave-for-good",
    "members:account",
    "members:agreement",
    "members:code-again",
    "members:devices",
]
