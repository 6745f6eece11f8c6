"""Finding a passage in members' words as somebody copied it, and trying other words in its place.

What is copied from a page has lost what typing it took: the underscores around leaning words, the
``>`` of a quotation, the ends of lines.  It is looked for without them.
"""

import re

# An underscore that leans words, not one inside a word.
LEANS = re.compile(r"(?<!\w)_|_(?!\w)")
OPENS, ENDS = re.compile(r"(?<!\w)_$"), re.compile(r"_(?!\w)")
UNREAD = re.compile(rf"{LEANS.pattern}|^[^\S\n]*>|^(?:[^\S\n]*\*){{3,}}[^\S\n]*$", re.MULTILINE)
TYPED_PLAINLY = str.maketrans("‘’‛ʼ“”„‟", "''''\"\"\"\"")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
CLOSES = tuple(",.;:!?…)]”»،。؟")


class NotFound(LookupError):
    """The passage stands nowhere in these words."""


class FoundTwice(LookupError):
    """The passage stands in more than one place."""


def stands(passage, fields):
    """Whether somebody wrote ``passage``, at one place or more; no passage stands anywhere."""
    try:
        find(passage, fields)
    except FoundTwice:
        return True
    except NotFound:
        return not passage.strip()
    return True


def find(passage, fields):
    """(field, start, end) of the only place in {field: text} where ``passage`` stands."""
    wanted = _as_read(passage)[0].strip()
    found = []
    for name, text in fields.items():
        read, places = _as_read(text)
        at = read.find(wanted) if wanted else -1
        while at >= 0 and len(found) < 2:
            found.append((name, places[at], places[at + len(wanted) - 1] + 1))
            at = read.find(wanted, at + 1)
    if not found:
        raise NotFound(passage)
    if len(found) > 1:
        raise FoundTwice(passage)
    return found[0]


def _as_read(text):
    """The words as they look on a page, on one line, and where each character of them was typed."""
    gone = {at for unread in UNREAD.finditer(text) for at in range(*unread.span())}
    read, places = [], []
    for at, character in enumerate(text):
        if at in gone:
            continue
        character = " " if character.isspace() else character
        if character != " " or read[-1:] != [" "]:
            read.append(character)
            places.append(at)
    return "".join(read).translate(TYPED_PLAINLY), places


def paragraphs(text):
    """(start, end) of each, without the blank lines between them."""
    at, found = len(text) - len(text.lstrip()), []
    while at < len(text):
        blank = BLANK_LINE.search(text, at)
        end = blank.start() if blank else len(text)
        if trimmed := text[at:end].rstrip():
            found.append((at, at + len(trimmed)))
        at = blank.end() if blank else len(text)
    return found


def replaced(text, start, end, instead=""):
    """``text`` with other words where the passage stood, or none; all else stays as it was.

    Left out, it takes along the space, the line or the paragraph that would stand there empty.
    Words beside it that leaned go on leaning, and no others begin to.
    """
    before, after = _leaning_as_before(text, start, end)
    if instead:
        return before + instead + after
    if before.endswith("_") and after.startswith("_"):
        before, after = before[:-1], after[1:]
    if OPENS.search(before):
        after = after.lstrip()
    if ENDS.match(after):
        before = before.rstrip()
    line, rest = before.rpartition("\n")[2], after.partition("\n")[0]
    if not line.strip(" \t>") and not rest.strip():
        return _joined(before.removesuffix(line), after[len(rest) :])
    if line.endswith((" ", "\t")) or not line:
        after = after.lstrip(" \t")
        before = before.rstrip(" \t") if after.startswith(CLOSES) or not rest.strip() else before
    return before + after


def _leaning_as_before(text, start, end):
    """What stands before and after, with the underscore that the passage took from either."""
    before, after = text[:start], text[end:]
    begins = max((blank.end() for blank in BLANK_LINE.finditer(before)), default=0)
    blank = BLANK_LINE.search(text, end)
    ends = blank.start() if blank else len(text)
    leans = [found.start() for found in LEANS.finditer(text)]
    opened = sum(begins <= at < start for at in leans) % 2
    closes = sum(end <= at < ends for at in leans) % 2
    if opened and not closes:
        words = before.rstrip()
        gap = before[len(words) :]
        return (words[:-1] if words.endswith("_") else words + "_") + gap, after
    if closes and not opened:
        words = after.lstrip()
        gap = after[: len(after) - len(words)]
        return before, gap + (words[1:] if words.startswith("_") else "_" + words)
    return before, after


def _joined(before, after):
    """Around lines that are gone: a paragraph's border stays one."""
    between = BLANK_LINE.search(before[len(before.rstrip()) :]) or BLANK_LINE.match(after)
    before, after = before.rstrip(), after.lstrip("\n") if after.strip() else ""
    return before + ("\n\n" if between else "\n") * bool(before and after) + after
