"""A few stories, letters and names that are nobody’s, for somebody who is trying the site.

Their writers are accounts nobody can sign in to.  They are published by the site's own verbs, so
what a visitor sees of them is what they will see of real ones.
"""

import json
from pathlib import Path

from django.db import transaction

from community.members.models import Member
from community.moderation.states import Action
from community.moderation.two_people import confirm, propose
from stories.models import Byline, Letter, Remembrance, Story, Visibility
from stories.vocabulary import Signature

DATA = Path(__file__).parent / "data"
NOBODY = "example.invalid"  # reserved: no mail can ever go there (RFC 2606)
READER, SECOND = "Bramble, an example", "Tamarisk, an example"
UNNAMED = "Somebody who left no name"
COPIED = ("title", "body", "losses", "role", "themes", "circumstances", "language", "notes")
COPIED += ("own_note", "asks_first", "wants_letters")


def _account(name):
    address = "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
    email = f"{address.encode('ascii', 'ignore').decode()}@{NOBODY}"
    member = Member.objects.filter(email=email).first()
    return member or Member.objects.create_user(email, name, is_active=False)


def texts(name="examples"):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def load():
    """Publish the examples, newest last.  Returns how many; none if they are already there."""
    if Story.objects.filter(is_example=True).exists():
        return 0
    reader = _account(READER)
    examples = texts()
    for example in reversed(examples):
        story = Story(
            author=_account(example["pen_name"]),
            byline=Byline.NO_NAME if example["unnamed"] else Byline.PEN_NAME,
            is_example=True,
            **{name: example[name] for name in COPIED},
        )
        story.full_clean()
        story.save()
        story.send(Visibility.SEARCH, wording="example")
        story.publish(by=reader, version=story.sent)
        for letter in example["letters"]:
            words = {"body": letter["body"], "language": story.language, "may_be_shown": True}
            given = _give(letter["from"], reader, story=story, to=story.author, **words)
            Letter.objects.filter(pk=given.pk).update(put_up_at=given.published_at)
    for letter in texts("letters"):
        words = {name: letter[name] for name in ("body", "language", "asks_first")}
        _give(letter["from"], reader, is_for_anyone=True, **words)
    for words in texts("names"):
        _put_on_the_wall(words.pop("from"), reader, **words)
    return len(examples)


def _give(name, reader, **words):
    """A letter that ``reader`` has read, signed or not, from an account made for it."""
    named = name not in ("", UNNAMED)
    letter = Letter(
        author=_account(name if named else UNNAMED),
        signed=Signature.PEN_NAME if named else Signature.NO_NAME,
        is_example=True,
        **words,
    )
    letter.clean_fields(exclude=["story", "to", "answers"])
    Letter.objects.begin(letter)
    letter.send()
    if letter.needs_second_reader():
        proposed = propose(letter.open_case(), Action.PUBLISH, by=reader, version=letter.sent)
        confirm(proposed, by=_account(SECOND))
        letter.refresh_from_db()
    else:
        letter.publish(by=reader, version=letter.sent)
    return letter


def _put_on_the_wall(signed, reader, **words):
    entry = Remembrance(
        author=_account(signed or UNNAMED),
        signed=Signature.PEN_NAME if signed else Signature.NO_NAME,
        is_example=True,
        **words,
    )
    entry.full_clean()
    Remembrance.objects.begin(entry)
    entry.send(wording="example")
    entry.publish(by=reader, version=entry.sent)


@transaction.atomic
def remove():
    """Take every example and its made-up writer away.  Returns how many stories went."""
    for kind in (Letter, Remembrance):
        for each in kind.objects.filter(is_example=True):
            each.delete()
    stories = list(Story.objects.filter(is_example=True))
    for story in stories:
        story.delete()
    Member.objects.filter(email__endswith=f"@{NOBODY}").delete()
    return len(stories)
