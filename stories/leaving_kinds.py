"""What can stay of somebody who leaves: stories, letters they sent, names on the wall."""

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.members.leaving import Kind, nobody
from community.members.models import Consent
from community.moderation.left_behind import leave_behind
from community.moderation.states import State
from stories.linking import Link
from stories.models import Letter, Remembrance, Story
from stories.vocabulary import Byline, Signature, Visibility


class Stories(Kind):
    name = "stories"
    model = "stories.Story"
    question = _("Your stories")
    choices = [
        ("down", _("Take them down")),
        ("up", _("Leave those up that readers can read, with no name and without photographs")),
    ]

    def staying(self, member):
        return Story.objects.filter(author=member).published()

    def close(self, member, chosen):
        """Nobody reads them meanwhile, or nobody reads whose they are; no letter reaches them."""
        leaves, closed = self.leaves(chosen), {}
        for story in Story.objects.filter(author=member).exclude(visibility=Visibility.ME):
            consent = Consent.objects.given().filter(member=member, about=f"story {story.pk}")
            closed[story.pk] = {
                "rung": story.visibility,
                "wording": consent.values_list("wording", flat=True).first() or "",
                **{name: getattr(story, name) for name in ("byline", "wants_letters")},
            }
            if leaves and story.is_open():
                Story.objects.filter(pk=story.pk).update(byline=Byline.NO_NAME, wants_letters=False)
                story.photographs_changed()
            else:
                story.open_to(Visibility.ME, wording="")
        return closed

    def hide(self, member):
        self.close(member, {})

    def open_again(self, member, closed):
        """What a moderator took down meanwhile, stays down."""
        for story in Story.objects.filter(author=member, pk__in=closed or {}):
            was = closed[story.pk]
            row = Story.objects.filter(pk=story.pk)
            row.update(byline=was["byline"], wants_letters=was["wants_letters"])
            story.photographs_changed()
            if story.visibility == Visibility.ME:
                row.update(visibility=was["rung"])
                if was["wording"]:
                    about = f"story {story.pk}"
                    Consent.give(member, was["rung"], wording=was["wording"], about=about)

    def leave(self, story):
        for photo in story.photographs.all():
            photo.delete()
        story.photographs_changed()
        Link.objects.filter(Q(first=story) | Q(second=story)).delete()
        story.acknowledgements.all().delete()
        story.refresh_from_db()
        leave_behind(story, nobody(), byline=Byline.NO_NAME, other_name="")
        asks_nobody = {"wants_letters": False, "asks_readers": False, "letters_turn_at": None}
        Story.objects.filter(pk=story.pk).update(**asks_nobody)


class Signed(Kind):
    """What ends with a name, and can do without."""

    def hide(self, member):
        kind = apps.get_model(self.model)
        for thing in kind.objects.filter(author=member).exclude(shown=None):
            thing.withdraw()
        for thing in kind.objects.filter(author=member, state=State.PENDING):
            thing.take_back()

    def leave(self, thing):
        leave_behind(thing, nobody(), signed=Signature.NO_NAME)


class Letters(Signed):
    name = "letters"
    model = "stories.Letter"
    question = _("Letters you sent")
    choices = [
        ("back", _("Take them back")),
        ("stay", _("Leave those that reached somebody, with no name")),
    ]

    def staying(self, member):
        there = Q(is_for_anyone=True) | Q(delivered_at__isnull=False)
        return Letter.objects.filter(there, author=member).published()


class Names(Signed):
    name = "names"
    model = "stories.Remembrance"
    question = _("Names you left on the wall")
    choices = [
        ("down", _("Take them down")),
        ("stay", _("Leave them there, signed by nobody")),
    ]

    def staying(self, member):
        return Remembrance.objects.filter(author=member).published()


KINDS = [Stories(), Letters(), Names()]
