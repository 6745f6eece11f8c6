"""What tests begin with.  Each makes one thing as a person would have, by the site's own verbs."""

from itertools import count

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from community.members.models import KeptDate, Member
from community.moderation.models import Case
from community.moderation.reports import Report
from community.moderation.sanctions import Sanction, case_about, end_after
from community.moderation.states import Action
from community.moderation.two_people import confirm, propose
from stories.models import Byline, Letter, Link, Remembrance, Story, Visibility

numbers = count(1)
NAMES = ["Alder", "Bramble", "Clover", "Damson", "Elder", "Fern", "Gorse", "Hazel", "Iris", "Juno"]


def member(pen_name=None, **fields):
    n = next(numbers)
    pen_name = pen_name or f"{NAMES[n % 10]} {chr(97 + n % 26)}{chr(97 + n // 26 % 26)}"
    fields.setdefault("email", f"writer{n}@example.org")
    return Member.objects.create_user(pen_name=pen_name, **fields)


def date(of=None, **fields):
    """A date that somebody keeps, in silence."""
    when = {"day": 14, "month": 3, "is_quiet": False} | fields
    return KeptDate.objects.create(member=of or member(), **when)


def moderator(pen_name=None, group="moderators"):
    person = member(pen_name, is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    return person


def draft(author=None, **fields):
    """A story that lacks nothing, not sent."""
    words = {
        "title": "The lane behind the hospital",
        "body": "There is a lane behind the hospital.\n\nThe laundry vans turn round there.",
        "losses": ["stillbirth"],
        "role": "father",
        "themes": ["hospital"],
        "byline": Byline.PEN_NAME,
        "visibility": Visibility.EVERYONE,
    }
    return Story.objects.create(author=author or member(), **words | fields)


def pending(author=None, **fields):
    story = draft(author, **fields)
    story.submit()
    return story


def published(author=None, by=None, **fields):
    story = pending(author, **fields)
    story.publish(by=by or moderator(), version=story.sent)
    return story


def read_only(story, by=None):
    """A moderator has read it and nobody else will, as its author asked then."""
    rung = story.visibility
    Story.objects.filter(pk=story.pk).update(visibility=Visibility.MODERATORS)
    story.read(by=by or moderator(), version=story.sent)
    Story.objects.filter(pk=story.pk).update(visibility=rung)
    story.refresh_from_db()


def decline(story, by=None, message="Because.", **said):
    """Two moderators agree not to publish it."""
    case, version = story.open_case(), story.sent
    proposer = by or moderator()
    said = {"version": version, "message": message, "rule": "names"} | said
    decision = confirm(propose(case, Action.DECLINE, by=proposer, **said), by=moderator())
    story.refresh_from_db()
    return decision


def declined(author=None, by=None, **fields):
    story = pending(author, **fields)
    decline(story, by)
    return story


def letter(to=None, author=None, **fields):
    """A letter that lacks nothing, not sent: to the writer of ``to``, or for anyone."""
    words = {"body": "Hello,\n\nI read every word.", **fields}
    place = {"story": to, "to": to.author} if to else {"is_for_anyone": True}
    if "answers" in words:
        place = {"to": words["answers"].author}
    letter = Letter(author=author or member(), **place, **words)
    return Letter.objects.begin(letter)


def sent_letter(to=None, author=None, **fields):
    made = letter(to, author, **fields)
    made.send()
    return made


def delivered(to=None, author=None, by=None, **fields):
    """Read by a moderator, who let it go."""
    made = sent_letter(to, author, **fields)
    made.publish(by=by or moderator(), version=made.sent)
    return made


def wanting(author=None, **fields):
    """A published story whose writer is glad of letters."""
    return published(author, **{"wants_letters": True, **fields})


def put_up(story=None, **fields):
    """A letter that stands under the story it is to."""
    made = delivered(story or wanting(), **{"may_be_shown": True, **fields})
    Letter.objects.filter(pk=made.pk).update(put_up_at=timezone.now())
    made.refresh_from_db()
    return made


def linked(first=None, second=None):
    """Two stories whose pages point at each other, as both writers agreed."""
    first, second = first or published(), second or published()
    link = Link.objects.invite(first)
    link.take_up(second)
    link.agree(first.author)
    link.refresh_from_db()
    return link


def remembrance(author=None, **fields):
    """A name for the wall that lacks nothing, not sent."""
    words = {"name": "Wren", "day": 9, "month": 3, "body": "There is a lane behind the house."}
    return Remembrance.objects.create(author=author or member(), **words | fields)


def sent_remembrance(author=None, **fields):
    made = remembrance(author, **fields)
    made.send()
    return made


def remembered(author=None, by=None, **fields):
    """It stands on the wall."""
    made = sent_remembrance(author, **fields)
    made.publish(by=by or moderator(), version=made.sent)
    return made


# How one of each kind is made: a draft, and one that readers see.
MADE = {"story": (draft, published), "name": (remembrance, remembered)}


def told(story=None, reason="cruel", **fields):
    """As if somebody had told a moderator about ``story``, as readers see it."""
    fields = {"words": "", "email": "", "by": None} | fields
    return Report.objects.tell(story or published(), reason=reason, **fields)


def claim(story, by):
    """As if ``by`` had opened it from the queue."""
    case = story.open_case()
    assert Case.objects.all().claim(case.pk, by=by)
    return case


def browser_of(person=None):
    """A browser in which ``person`` is signed in, or nobody."""
    client = Client()
    if person:
        client.force_login(person)
    return client


def sanction(member, kind="suspended", by=None, days=7, **fields):
    """As if a lead had decided it; for a suspension, as if another moderator had agreed."""
    rule, letter = fields.get("rule", "compare"), fields.get("letter", "You wrote about hers.")
    by = by or moderator(group="lead-moderators")
    if kind == "suspended":
        said = {"rule": rule, "message": letter, "details": {"days": days}, "member": member}
        proposal = propose(case_about(member), Action.SUSPEND, by=by, **said)
        return confirm(proposal, by=moderator()).sanction
    ends_at = None if kind == "note" else end_after(days)
    return Sanction.objects.give(member, kind, by=by, ends_at=ends_at, rule=rule, letter=letter)


def over(sanction):
    """Its last day has come."""
    Sanction.objects.filter(pk=sanction.pk).update(ends_at=timezone.now())
