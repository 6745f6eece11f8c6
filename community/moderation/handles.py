"""Names on other sites: "insta: tansy_k", "discord rosa", "find me on Facebook".

A letter with one of these does not go, so they are few and sure: where a word follows that could
be the next of a sentence, it has to look like no word, or be a given name and end there.  Each
pattern is bounded, so that no text is slow to read.
"""

import re

from community.moderation.wordlists import everywhere, fold

_SHORT = r"(?:insta|ig|snap|discord|kik|tik ?tok)"
_THERE = (
    r"(?:instagram|insta|ig|facebook|fb|messenger|whats ?app|telegram|snap(?:chat)?|signal|tik ?tok"
    r"|twitter|discord|skype|viber|reddit|threads|linkedin|kik|wechat|bluesky|mastodon)"
)
_ELSEWHERE = (
    rf"(?:{_THERE}|(?:you ?tube|pinterest|substack|mumsnet|netmums|peanut|ravelry|strava|twitch)\b"
    r"|my (?:blog|profile|channel|website|web page)\b)"
)
_MAIL = r"(?:g ?mail|google ?mail|hotmail|outlook|yahoo|icloud|proton(?: ?mail)?)"
_ENDS = r"(?=\s{0,2}(?:\Z|[\n.,;!?)]))"
_BEGINS = r"(?:\A|[\n.,;:!?(]\s{0,2}|\b(?:my|or|and|also|mi|mon|y|et|ou) )"
# What no word looks like: tansy_k, tansy.99, tansy77.
_NO_WORD = r"(?=[\w.]*(?:\d|_|\.\w))[\w.]{3,40}"
_NO_WORD_BEGINS = r"[^\W\d_](?=[\w.]*(?:\d|_))[\w.]{2,40}"
# What "insta: …" and "I’m on Facebook as …" are followed by where nobody gives a name.
_A_WORD = (
    r"(?:well|usual|always|ever|before|normal|such|mum|mummy|mother|dad|father|me|myself|it|that"
    r"|this|one|anyone|everyone|everybody|someone|nobody|nothing|none|silence|silent|same|gone"
    r"|deleted|off|muted|babies|bumps|prams|scans|photos|pictures|pregnant|never|again|still|happy"
    r"|quiet|closed|private|stories|news|everywhere|yes)\b"
)
# Asked to go there, whatever the name: "find me on Instagram".
ASKED = (
    r"\b(?:find|add|message|msg|reach|contact|follow|dm|pm|look(?: for)?|search(?: for)?|write to"
    r"|talk to|friend|hit|text) me(?: up)? (?:on|at|via|through|over|in) (?:my )?"
    rf"{_ELSEWHERE}\b"
)
# Told of instead: "he could find me on Facebook".
TOLD = (
    r"\b(?:he|she|they|it|who|people|strangers|friends|women|men|(?:some|any|every|no)(?:body|one)"
    r"|family|others|colleagues)(?:['’](?:d|ll))?"
    r"(?: (?:will|would|could|can|might|may|did|ever|never|still|even|always|(?:used |tried )?to))"
    r"{0,3} \Z"
)
HANDLES = [
    rf"\b(?:b[uú]scame|s[ií]gueme|agr[eé]game|escr[ií]beme|encu[eé]ntrame) (?:en|por|al)"
    rf" {_THERE}\b",
    rf"\b(?:ajoute|trouve|suis|contacte|[eé]cris)[ -]moi (?:sur|via|par) {_THERE}\b",
    rf"\bsame name (?:over )?on {_THERE}\b",
    # "DM me": asked, not told of.
    r"(?:\A|[\n.,;:!?(]\s{0,2}|\b(?:please|just|or|you can|you could|feel free to) )"
    r"(?:[dp]m me|hmu)\b",
    r"\bmy (?:dms?|inbox) (?:is|are) (?:always )?open\b",
    # "insta: tansy_knits", "my Snapchat is tansy.99": a word that is no word.
    rf"\b{_THERE}(?: (?:name|handle|user ?name|account))?\s?(?:[:=]|\bis\b|\bes\b|\best\b)\s?"
    rf"@?{_NO_WORD}",
    rf"{_BEGINS}{_THERE}\s?[-–—]?\s?@?{_NO_WORD_BEGINS}{_ENDS}",
    rf"\b{_THERE} (?:name|handle|user ?name|account) (?:is|:|=) ?@?[\w.]{{3,40}}",
    # "tansy_k on Instagram", "I’m on Instagram as tansyknits".
    rf"(?<![\w.])[^\W\d_]{{2,30}}_[\w.]{{1,30}} on {_THERE}\b",
    rf"\b(?:I['’]?m|I am|me) (?:also )?on {_THERE} (?:as|under) @?(?!{_A_WORD})"
    rf"[\w.]{{3,40}}{_ENDS}",
    # "insta: tansyknits", and nothing more.
    rf"(?<!\bon ){_BEGINS}{_SHORT}\s?[:=]\s?@?(?!{_A_WORD})[\w.]{{4,40}}{_ENDS}",
    # "gmail rosa.q", "hotmail: rosa77".
    rf"{_BEGINS}{_MAIL}\s?[-–—:=]?\s?{_NO_WORD_BEGINS}{_ENDS}",
    # "u/rosaquill", as Reddit has them; "u/s" is a scan.
    r"(?<![\w/])/?u/(?!sound\b|scan)[\w-]{3,30}(?![\w/])",
    # "rosa#1234", as Discord has them.
    r"(?<![\w&])[^\W\d_][\w.]{1,31}#\d{4}(?!\w)",
    # "IG rosalind", and nothing more.
    rf"(?:\A|[\n.,;:!?(]\s{{0,2}}|\bmy )ig\s(?!{_A_WORD})[\w.]{{3,30}}{_ENDS}",
]
# "discord rosa", "insta: rosa", "my Facebook is Rosa", and nothing more, with a given name, or with
# one run together with more: "discord rosaknits", "gmail rosaq".
NAMED = [
    rf"{_BEGINS}(?:{_THERE}|{_MAIL})\s?[-–—]?\s?@?(?P<name>[^\W\d_]{{2,30}}){_ENDS}",
    rf"(?<!\bon )\b(?:{_THERE}|{_MAIL})\s?[:=]\s?@?(?P<name>[^\W\d_]{{2,30}}){_ENDS}",
    rf"\b(?:my|mi|mon) {_THERE}(?:['’]s| is| es| est|, c['’]est| c['’]est)"
    rf" (?P<name>[^\W\d_]{{2,20}}){_ENDS}",
]
# Given names that are words first.
WORDS_FIRST = frozenset(
    "amber angel charity clement dawn faith frank grace hope ivy joy june august april mark may"
    " mercy patience pearl rose ruby summer will".split()
)
SHORTEST_BEGINNING = 4
_ASKED, _TOLD = (re.compile(each, re.IGNORECASE) for each in (ASKED, TOLD))
_HANDLES = re.compile("|".join(HANDLES), re.IGNORECASE)
_NAMED = [re.compile(each, re.IGNORECASE) for each in NAMED]


def handles(text):
    """(start, end) of each."""
    for found in _ASKED.finditer(text):
        if not _TOLD.search(text[max(0, found.start() - 60) : found.start()]):
            yield found.span()
    yield from (found.span() for found in _HANDLES.finditer(text))
    names = everywhere("given names") - WORDS_FIRST
    for pattern in _NAMED:
        for found in pattern.finditer(text):
            word = fold(found["name"])
            if word in names or _begins_with_one(word, names):
                yield found.span()


def _begins_with_one(word, names):
    """Short names begin many words that are none."""
    return any(word[:length] in names for length in range(SHORTEST_BEGINNING, len(word)))
