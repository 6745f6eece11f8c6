"""A first name and a surname that stand together.

A given name that we know, then a word with a capital that isn't one: a full name.  What ends in
given names alone (“we called her Ada Rose”) is not.  In a language whose ordinary words we know,
two capitals inside a sentence are enough: lists of names know some people's better than others'.
"""

PARTICLES = frozenset(
    "de del la las los le du des da dos di van von der den ten bin ibn al el y e".split()
)
HYPHENS = ("-", "‐", "‑")
LONGEST_NAME = 8  # words


def full_names(text, words, *, given, ordinary, guess):
    """(start, end) of each; ``words`` are those of ``text``, in order."""
    at = 0
    while at < len(words):
        run = _run(text, words, at, ordinary)
        if _is_full_name(text, run, given, guess):
            yield run[0].start, run[-1].end
        at += max(1, len(run))


def _run(text, words, at, ordinary):
    """Names from word ``at`` on that only spaces part, with what may stand between them."""
    run, kept = [], 0
    for word in words[at : at + LONGEST_NAME]:
        apart = run and (word.apart or word.begins)
        if apart and not _is_initial(run[-1]):
            break
        if run and (word.key in PARTICLES or (word.capital and _is_initial(word))):
            run.append(word)
        elif word.capital and word.key not in ordinary:
            run.append(word)
            kept = len(run)
        else:
            break
        if _is_somebodys(text, word):
            break
    return run[:kept]


def _is_initial(word):
    return len(word.key) == 1


def _is_somebodys(text, word):
    """Sarah’s Tom are two people."""
    return text[word.end - 2 : word.end] in ("'s", "’s")


def _is_shouted(text, word):
    return not _is_initial(word) and text[word.start : word.end].isupper()


def _is_joined(text, word):
    """The Luc of Jean-Luc is no surname."""
    return text[max(0, word.start - 1) : word.start] in HYPHENS


def _is_full_name(text, run, given, guess):
    if run and run[0].begins and run[0].key not in given:
        run = run[1:]
    names = [
        word
        for word in run
        if not _is_initial(word) and word.key not in PARTICLES and not _is_joined(text, word)
    ]
    if len(names) < 2 or _is_shouted(text, names[0]):
        return False
    if all(word.key in given for word in names[1:]):
        return False
    return guess or names[0].key in given
