"""What a member's own copy says of what they wrote and kept (``members.download_parts``)."""

from django.utils.translation import gettext_lazy as _

from community.members.download_parts import INNER, OTHERS, Part
from stories.models import KeptStory, Letter, Photo

A_COPY = _("It is made from what is in here.")
WHERE_IT_IS = {
    "id": _("Its letters and numbers"),
    "state": _("Where it is"),
    "published_at": _("Published"),
    "covered_at": _("Covered"),
    "begun_at": _("Begun"),
    "saved_at": _("Last saved"),
    "language": _("Language"),
}
BEHIND_IT = {
    "author": INNER,
    "sent": _("It stands among the words as you sent them."),
    "shown": _("It stands among the words as you sent them."),
    "revision": INNER,
    "is_example": INNER,
}
DESCRIBED = {
    "notes": _("It describes"),
    "own_note": _("In your own words"),
    "asks_first": _("Readers are asked first"),
}


def came_to(member):
    """With the words a moderator read, and the name that they were signed with."""
    return [letter.as_read() for letter in Letter.objects.come_to(member).for_reading()]


def kept(member):
    return KeptStory.objects.filter(member=member).order_by("pk")


def photographs(member):
    return Photo.objects.filter(author=member).order_by("pk")


def as_stored(photo):
    """The largest there is of it, in the format that every machine opens."""
    if photo.is_processed():
        name = photo.file_names()[-1]
        largest = next(
            (each for each in reversed(photo.file_names()) if each.endswith("jpg")), name
        )
        yield f"photographs/{photo.story_id}-{photo.pk}.{largest.rpartition('.')[2]}", largest


def inner(*names):
    return dict.fromkeys(names, INNER)


PARTS = [
    Part(
        "stories.Story",
        _("Your stories"),
        ("author",),
        {
            **WHERE_IT_IS,
            "title": _("Title"),
            "body": _("Story"),
            "losses": _("Kind of loss"),
            "role": _("Who is writing"),
            "themes": _("What it is about"),
            "circumstances": _("Circumstances"),
            **DESCRIBED,
            "byline": _("The name it goes under"),
            "other_name": _("Another name"),
            "own_loss": _("What you call the loss"),
            "baby": _("What you call the baby"),
            "visibility": _("Who can read it"),
            "wants_letters": _("Letters"),
            "asks_readers": _("Readers can say that they read it"),
            "unnamed_since": _("Without a name since"),
        },
        BEHIND_IT | {"photo_notes": A_COPY, "letters_turn_at": INNER},
    ),
    Part(
        "stories.Photo",
        _("Your photographs"),
        ("author",),
        {
            **{name: label for name, label in WHERE_IT_IS.items() if name != "language"},
            "story": _("In which story"),
            "description": _("Description"),
            "kind": _("What it shows"),
            "refusal": _("Why it can’t be used"),
        },
        BEHIND_IT | inner("after", "beside", "number", "aside", "key", "sizes", "is_wanted"),
        rows=photographs,
        files=as_stored,
    ),
    Part(
        "stories.Letter",
        _("Letters you wrote"),
        ("author",),
        {
            **WHERE_IT_IS,
            "story": _("To the writer of"),
            "answers": _("In answer to"),
            "is_for_anyone": _("For anyone"),
            "body": _("Letter"),
            "signed": _("Signed"),
            "may_be_shown": _("May be shown"),
            "came_back_at": _("Came back to you"),
            **DESCRIBED,
        },
        BEHIND_IT
        | {
            "to": OTHERS,
            **dict.fromkeys(
                ["delivered_at", "opened_at", "put_up_at", "is_withheld"],
                _("It says what its reader did, which is theirs."),
            ),
        },
    ),
    Part(
        "stories.Letter",
        _("Letters to you"),
        ("to",),
        {
            "id": _("Its letters and numbers"),
            "story": _("About"),
            "body": _("Letter"),
            "name": _("From"),
            "delivered_at": _("Came"),
            "opened_at": _("Opened"),
            "put_up_at": _("Shown by you"),
        },
        {"to": _("What is kept for you until you ask is not here yet: let it in first.")},
        rows=came_to,
    ),
    Part(
        "stories.Remembrance",
        _("Names you left"),
        ("author",),
        {
            **WHERE_IT_IS,
            "name": _("Name"),
            "day": _("Day"),
            "month": _("Month"),
            "year": _("Year"),
            "body": _("A line"),
            "signed": _("Signed"),
        },
        BEHIND_IT | {"stands_at": A_COPY},
    ),
    Part(
        "stories.KeptStory",
        _("Stories you kept"),
        ("member",),
        {"story": _("Which")},
        inner("id", "member"),
        rows=kept,
    ),
    Part(
        "stories.Link",
        _("Stories of yours and somebody else’s that point at each other"),
        ("first_author", "second_author", "ended_by"),
        {
            "first": _("The one"),
            "second": _("The other"),
            "first_name": _("The name on the one"),
            "second_name": _("The name on the other"),
            "made_at": _("Begun"),
            "first_agreed_at": _("Agreed, the one"),
            "second_agreed_at": _("Agreed, the other"),
            "ended_at": _("Ended"),
        },
        {
            **dict.fromkeys(["first_author", "second_author", "ended_by"], OTHERS),
            "key": _("It is the invitation."),
            "id": INNER,
        },
    ),
    Part(
        "stories.Letterbox",
        _("When letters reach you"),
        ("member",),
        {"when": _("When"), "noted_at": _("Since")},
        inner("id", "member"),
    ),
    Part(
        "stories.Block",
        _("From whom you want no letters"),
        ("by",),
        {"name": _("The name they signed with"), "letter": _("Letter"), "made_at": _("Since")},
        {"blocked": OTHERS, **inner("id", "by")},
    ),
    Part(
        "stories.Asking",
        _("What you are asked to write about"),
        ("member",),
        {
            "losses": _("Kinds of loss"),
            "languages": _("Languages"),
            "rests_until": _("Not before"),
            "mailed_at": _("Last written to"),
        },
        inner("id", "member", "looked_at"),
    ),
    Part(
        "stories.Offer",
        _("Stories you were asked about"),
        ("member",),
        {"story": _("Which"), "loss": _("Kind of loss"), "ends_at": _("Until")},
        inner("id", "member", "closed_at"),
    ),
    Part(
        "stories.Reader",
        _("What stands under the stories you read"),
        ("member",),
        {"is_asked": _("“I read this” is shown")},
        inner("id", "member"),
    ),
]

LEFT_OUT = {
    "stories.Block.blocked": _("Who wants no letters from somebody is for them to know."),
}
