"""What a moderator knows something by, and finds it by: its title, or the line it begins with."""

from django.db import models

FIRST_LINE = 80
LONGEST = 200
# More words than these are not looked for: a title has few.
WORDS_AT_ONCE = 8
# All that a search asks for, so that it reads an index and nobody's words.
BY_TITLE = ["content_type", "folded_title", "object_id", "id"]


def title_in(words):
    """Its title, its name, or the line it begins with."""
    text = words.get("body") or words.get("description", "")
    first_line = text.strip().split("\n")[0][:FIRST_LINE]
    return words.get("title") or words.get("name") or first_line


def folded(text):
    """As it is searched: without capitals, and with one space between words."""
    return " ".join(text.casefold().split())[:LONGEST]


class TitledQuerySet(models.QuerySet):
    """Of what holds ``words``, and in ``folded_title`` their title, folded."""

    def titled(self, search):
        """Those whose title has every word of ``search`` in it, whole or begun."""
        found = self
        for word in folded(search).split()[:WORDS_AT_ONCE]:
            begun = models.Q(folded_title__startswith=word)
            found = found.filter(begun | models.Q(folded_title__contains=f" {word}"))
        return found
