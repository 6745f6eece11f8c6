"""Plants a mark in every place where the words of a member, or about them, can stand."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import send_mail
from django.utils import timezone

from community.members.models import Consent, Email, KeptDate, Member, Note
from community.moderation.models import Appeal, Case, MemberNote, Shield
from community.moderation.sanctions import case_about
from community.moderation.states import Action
from community.moderation.two_people import propose, send_back
from stories.after_reading import as_reader
from stories.models import (
    Acknowledgement,
    Asking,
    Block,
    Byline,
    KeptStory,
    Offer,
    Reader,
    Story,
)
from tests import factories
from tests.community.members.planted import MARK
from tests.factories import browser_of
from tests.stories import photographing

EMAIL = f"{MARK}@example.com"


def stories_of(member, moderator):
    typed = ["title", "body", "own_note", "other_name", "role", "own_loss", "baby"]
    words = dict.fromkeys(typed, MARK)
    words |= {name: [MARK] for name in ("losses", "themes", "circumstances", "notes")}
    factories.draft(member, **words)
    for answered in (False, True):
        story = factories.published(member, by=moderator, byline=Byline.OTHER_NAME, **words)
        Story.objects.filter(pk=story.pk).update(title=f"{MARK}, changed")
        story.refresh_from_db()
        story.submit(answer=MARK)
        if answered:
            proposed = {"own_note": MARK}
            said = {"message": f"{MARK}?", "passage": MARK}
            story.offer(by=moderator, version=story.sent, proposed=proposed, **said)
        else:
            said = dict.fromkeys(["message", "passage", "note"], MARK) | {"details": {"x": MARK}}
            said["rule"] = "names"
            case = story.open_case()
            sent_back = propose(case, Action.DECLINE, by=moderator, version=story.sent, **said)
            send_back(sent_back, by=factories.moderator(), answer=MARK)
    photographing.published(story, by=moderator, description=MARK)
    Appeal.objects.create(case=Case.objects.filter(author=member).first(), by=member, words=MARK)


def signs_in_with(member):
    address = EmailAddress.objects.create(user=member, email=EMAIL, verified=True, primary=True)
    EmailAddress.objects.create(user=member, email=f"new-{EMAIL}")
    EmailConfirmation.objects.create(email_address=address, key=MARK)
    passkey = {"name": MARK, "credential": {}}
    Authenticator.objects.create(user=member, type="webauthn", data=passkey)
    return address


def said_about(member, moderator):
    """What moderators wrote about them, to them and to each other."""
    factories.sanction(member, "note", letter=MARK)
    MemberNote.objects.create(member=member, by=moderator, by_name="Rowan Hale", text=MARK)
    words = {"message": MARK, "note": MARK, "rule": "safe", "details": {"days": 7}}
    propose(case_about(member), Action.SUSPEND, by=moderator, member=member, **words)
    Shield.objects.put_up(contribution=member.story_set.first(), by=moderator, reason=MARK)


def letters_of(member, moderator):
    """One to somebody, who wants no more of them, and one left for anyone."""
    letter = factories.delivered(factories.wanting(), member, by=moderator, body=MARK)
    Block.objects.create(by=letter.to, blocked=member, letter=letter, name=member.pen_name)
    described = {"notes": [MARK], "own_note": MARK}
    factories.delivered(author=member, by=moderator, body=MARK, **described)


def linked_with(member, moderator):
    own = member.story_set.published().first()
    factories.linked(own, factories.published(by=moderator))


def read_by(member, moderator):
    """What they kept, told a writer, chose to be asked about, and were asked."""
    story = factories.wanting(by=moderator)
    KeptStory.objects.create(member=member, story=story)
    Reader.of(member)
    Acknowledgement.give(as_reader(member), Story.objects.filter(pk=story.pk))
    Asking.objects.create(member=member, losses=[MARK], languages=[MARK])
    Offer.objects.create(member=member, story=story, loss=MARK, ends_at=timezone.now())


def noted_in_the_admin(*things):
    for thing in things:
        kind = ContentType.objects.get_for_model(thing)
        LogEntry.objects.create(
            user=factories.moderator(),
            content_type=kind,
            object_id=thing.pk,
            object_repr=str(thing),
            action_flag=CHANGE,
        )


def plant():
    """A member with the mark wherever they, or somebody about them, can have left it."""
    member = factories.member(MARK.title(), email=EMAIL, password=f"{MARK} in a jar")
    Member.objects.filter(pk=member.pk).update(password=f"argon2${MARK}", pen_name_key=MARK)
    member.refresh_from_db()
    address = signs_in_with(member)
    rowan = factories.moderator("Rowan Hale")
    stories_of(member, rowan)
    letters_of(member, rowan)
    linked_with(member, rowan)
    factories.remembered(member, by=rowan, name=MARK, body=MARK)
    said_about(member, rowan)
    read_by(member, rowan)
    Consent.give(member, MARK, wording=MARK, about=MARK)
    KeptDate.objects.create(member=member, words=MARK, day=14, month=3)
    Note.objects.create(member=member, on=timezone.localdate())
    for to in (EMAIL, f"NEW-{EMAIL}"):
        send_mail(MARK, MARK, f"{MARK} <a@example.com>", [to])
    Email.objects.filter(subject=MARK).update(headers={"X-A": MARK})
    browser = browser_of(member)
    session = browser.session
    session["typed"] = MARK
    session.save()
    coming_in = browser_of().session
    coming_in["account_login"] = {"email": EMAIL}
    coming_in.save()
    noted_in_the_admin(member, address)
    return member
