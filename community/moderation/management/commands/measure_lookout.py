from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.moderation.measuring import CORPUS, tables

DOCUMENT = settings.BASE_DIR / "docs" / "look-out-for.md"

ABOUT = """\
# What “look out for” looks for, and how well

<!-- Made by `manage.py measure_lookout --write`: the numbers and these words. A test compares. -->

When a story or a letter waits to be read, a word list marks the passages that a moderator may \
want to look at: that the writer may not be safe now, a way to die, a full name, a hospital or \
somebody’s title, a link, contact details, another language than its writer chose.

**It changes the order of the queue and shows passages beside the text, and nothing else.** \
It never refuses, hides, delays or answers anything, and no decision rests on it. Every word \
is still read by a person, marked or not: a text without a mark is not a safe text.

## How it works

`look(text, language)` in `community/moderation/lookout.py`. No model, no training, no network: \
phrases in `community/moderation/languages/`, one file for each language, which a native speaker \
can read and mend (its README says how); the same text always gets the same marks, and each can \
be traced to a line. [Decision 50](decisions/0050-a-word-list-not-a-model.md) says why. Every \
list reads every text, because people write in two languages.

- **Danger** is present and first person: “I want to die”, not “I wanted to die that day in 1981”. \
What somebody else said, what is long ago and figures of speech are excused by phrases of their \
own. Fear of a person at home counts too.
- **A way to die** is marked whoever it was, and whenever.
- **A full name** is a given name and a word with a capital, or two such words inside a sentence. \
Given names alone (“we called her Ada Rose”) are not.
- **A place** is a hospital, clinic or ward with a name, or a person with a title. Towns are not.
- **Links and contact details** are found without a list; “ring me on” with one.
- **Another language** is told, paragraph by paragraph, by the smallest words of English, Spanish, \
French, German, Italian, Portuguese, Polish and Welsh, or by the script.

Danger and ways to die are looked for in English, Spanish and French. In any other language only \
what needs no list is found: those texts have no warning of danger at all.

## How it was measured

All passages are made up, by one writer, in the voice of stories such as these; more than a third \
hold nothing, and were chosen to mislead. They are in `tests/community/moderation/corpus/`. \
A passage counts as found when at least one mark of the kind is in it.

- **Tuning:** in sight while the lists were written, which were changed until it came out well. \
Those numbers say that the lists do what was meant. They say nothing about texts to come.
- **Held out:** written before the lists, and counted when they were finished; nothing was changed \
to fit what it missed. (Once after the first count the excuses were made narrower, because some \
could have hidden danger, and Mary, Marie and Jesús became names again; which passages were \
missed was not looked at.) \
But one writer made passages and lists in one sitting, and will have \
remembered the first while making the second. Read these numbers as what the lists can do at \
their best, not as a promise: real writing will be missed more often, and marked wrongly too. \
Most kinds have fewer than ten passages in a language, and one \
more or less moves their numbers by ten points or more.

*There*: passages that have the kind. *Found*: those of them that were marked. *Wrongly*: passages \
marked that don’t have it. Precision: of those marked, how many were right. Recall: of those \
there, how many were found.
"""

MISSES = """\
## What it misses

- Danger without its usual words: “I have put everything in order”, a poem, a joke, a silence, a \
misspelling that nobody foresaw, a sentence broken over two full stops.
- Speech: whether “I don’t want to be here” is the writer’s or somebody else’s is guessed from \
“she said” beside it. Both mistakes happen; when unsure, it marks.
- Then and now: “I can’t go on” inside a story about 1981 is marked.
- Urgent illness, children at risk and threats to others: it has no words for those.
- Names: surnames that are given names too (“Sarah James”), single unusual names, names in small \
letters, a name that opens a sentence and that no list knows. Book titles and brands are taken for \
names. The lists of given names are mostly those of Britain, Spain and France.
- Places without a word such as hospital, clinic or ward; a hospital known by one word.
- Numbers written as words, addresses spelt out in ways of their own, pictures of text.
- Single sentences in another language inside a paragraph; languages that share their small words.
"""


def document():
    measured = "\n\n".join(tables())
    return f"{ABOUT}\n{measured}\n\n{MISSES}"


class Command(BaseCommand):
    help = "Says how good the guesses of “look out for” are, on passages written to measure them."

    def add_arguments(self, parser):
        parser.add_argument(
            "--write", action="store_true", help="writes docs/look-out-for.md instead"
        )

    def handle(self, *, write, **options):
        if not CORPUS.exists():
            raise CommandError(f"The passages to measure by are not here: {CORPUS}")
        if write:
            DOCUMENT.write_text(document(), "utf-8")
            self.stdout.write(f"Written: {DOCUMENT.name}")
        else:
            self.stdout.write("\n\n".join(tables()))
