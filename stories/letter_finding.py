"""Which letters somebody finds, and where."""

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from community.moderation.models import ModeratedQuerySet
from community.moderation.states import SENT
from stories.drafts import Beginning
from stories.finding import NO_WISHES, ByChance, Walked
from stories.labels import Facet, LetterNote, left_out
from stories.letterbox import Block, asks_for_letters
from stories.vocabulary import TO_READERS, Visibility


class LetterQuerySet(Walked, ByChance, ModeratedQuerySet):
    def for_anyone(self):
        return self.published().uncovered().filter(is_for_anyone=True)

    def gentle(self, comfort=NO_WISHES):
        """For anyone, without those that ask this reader first, or any."""
        asking = LetterNote.objects.filter(letter=OuterRef("pk"))
        asking = asking.filter(slug__in=[Facet.ASKS, *sorted(comfort.ask)])
        return self.filter(~Exists(asking))

    def suiting(self, comfort):
        """For anyone, without what this reader asked to leave out (``request.comfort``)."""
        return self.filter(*(~why for why in left_out(comfort, LetterNote.objects.all(), "letter")))

    def put_up(self):
        """Under a story that is up: who sent it allowed it, and who got it chose it."""
        allowed = self.uncovered().filter(may_be_shown=True, put_up_at__isnull=False)
        allowed = allowed.filter(shown__isnull=False, story__shown__isnull=False)
        return allowed.filter(story__visibility__in=TO_READERS)

    def written_by(self, member):
        return self.filter(author=member).for_reading()

    def come_to(self, member):
        """What is in the letterbox of ``member``."""
        return self.published().filter(to=member, delivered_at__isnull=False)

    def kept_for(self, member):
        """What a moderator has read and ``member`` has not let in yet.

        No block changes it: what vanished with a block would tell whose it is.
        """
        return self.published().filter(to=member, delivered_at=None, is_withheld=False)

    @transaction.atomic
    def let_in(self, member):
        """Into their letterbox what was kept, but from whom they blocked.  Returns how many."""
        blocks = Exists(Block.objects.filter(by=OuterRef("to"), blocked=OuterRef("author")))
        stopped, others = (
            self.kept_for(member).filter(why).values("pk") for why in (blocks, ~blocks)
        )
        self.filter(pk__in=stopped).update(is_withheld=True)
        return self.filter(pk__in=others).update(delivered_at=timezone.now())

    def visible_to(self, member):
        """What ``member``, or a visitor, finds here: no one else's letter, and none on its way."""
        up = Q(pk__in=self.model.objects.put_up().values("pk"))
        public = self.published().uncovered().filter(Q(is_for_anyone=True) | up)
        if not member.is_authenticated:
            open_to_all = public.exclude(story__visibility=Visibility.MEMBERS)
            return open_to_all.filter(story__covered_at=None)
        return public | self.come_to(member)

    def for_reading(self):
        """With what says whom it is from and to."""
        stories = ["story", "answers__story", "answers__answers__story"]
        related = [f"{story}__{what}" for story in stories for what in ("shown", "author")]
        return super().for_reading().select_related("answers__author", *related)

    @staticmethod
    def nowhere():
        """Whom it is to can no longer be reached, or their story asks for no letters any more."""
        story_is_closed = (
            Q(story=None)
            | Q(story__shown=None)
            | ~Q(story__visibility__in=TO_READERS)
            | ~asks_for_letters("story__")
        )
        return Q(is_for_anyone=False) & (Q(to=None) | Q(answers=None) & story_is_closed)

    def homeless(self):
        """On their way, to nobody."""
        return self.filter(self.nowhere(), state__in=SENT)


class LetterManager(Beginning, models.Manager.from_queryset(LetterQuerySet)):
    pass
