"""No story is left unanswered: which have had no letter, and who is asked whether they would write.

The worker puts one story at a time before one member at a time.  Whose it is learns of none of it.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from community.members.mail import something_for_you
from community.members.stopping import Kind as Mail
from community.moderation.sanctions import Doing, Sanction, in_the_way
from community.moderation.states import SENT
from stories.finding import NO_WISHES
from stories.labels import Facet, Label
from stories.letterbox import Block, Letterbox, asks_for_letters
from stories.letters import Letter
from stories.models import Story
from stories.offers import LASTS, Asking, Offer
from stories.vocabulary import Loss

# Before anybody is asked, readers may find it by themselves.
A_DAY = timedelta(days=1)
# Of whatever there is, so many a minute: the worker has other things to do.
AT_ONCE = 20


def waiting():
    """Stories whose writer would be glad of a letter, and after a day has none, nor one on its way.

    Neither the examples nor those of whom something is kept back for a time.
    """
    came = Q(shown__isnull=False) | Q(delivered_at__isnull=False) | Q(state__in=SENT)
    letters = Letter.objects.filter(came, story=OuterRef("pk"))
    sanctions = Sanction.objects.lasting().filter(member=OuterRef("author"))
    return (
        Story.objects.published()
        .uncovered()
        .filter(
            asks_for_letters(),
            ~Exists(letters),
            ~Exists(sanctions),
            is_example=False,
            author__is_active=True,
            published_at__lte=timezone.now() - A_DAY,
        )
    )


def waiting_for(member, comfort):
    """Those of them that ``member`` may read, has not left out, and has begun no letter to.

    Blocks play no part: what came and went with one would tell who wrote an unnamed story.
    """
    visible = Story.objects.visible_to(member).suiting(comfort or NO_WISHES)
    stories = waiting().filter(pk__in=visible.values("pk"))
    theirs = Letter.objects.filter(author=member, story=OuterRef("pk"))
    return stories.exclude(author=member).filter(~Exists(theirs))


# ---- what the worker does


def make_offers():
    """Put what waits before whoever chose to be asked.  Returns how many were asked."""
    tidy_up()
    now = timezone.now()
    return sum(_look_for(asking, now) for asking in _due(now))


def _due(now):
    return list(Asking.objects.due(now).select_related("member")[:AT_ONCE])


@transaction.atomic
def tidy_up():
    """What was not answered in time goes on to somebody else; what is over is forgotten."""
    for offer in Offer.objects.lapsed(timezone.now())[:AT_ONCE]:
        offer.close(rest=True)
    still = waiting().filter(pk=OuterRef("story"))
    for offer in Offer.objects.open().filter(~Exists(still))[:AT_ONCE]:
        offer.close()
    arrived = Letter.objects.filter(story=OuterRef("story"), delivered_at__isnull=False)
    Offer.objects.exclude(closed_at=None).filter(Exists(arrived)).delete()


def _look_for(asking, now):
    """Whether something was found for one member; the constraints decide between two workers."""
    if not asking.claim(now) or in_the_way(asking.member, Doing.LETTER):
        return False
    story = _in_common(asking).order_by("published_at", "pk").select_related("shown").first()
    if story is None:
        return False
    losses = story.shown.words["losses"] or [Loss.OTHER.value]
    loss = next(loss for loss in losses if loss in asking.losses)
    try:
        with transaction.atomic():
            Offer.objects.create(member=asking.member, story=story, loss=loss, ends_at=now + LASTS)
            if asking.may_be_mailed(now):
                something_for_you(asking.member, Mail.OFFER, until=now + LASTS)
    except IntegrityError:
        Asking.objects.filter(pk=asking.pk).update(looked_at=None)  # another one next time
        return False
    return True


def _in_common(asking):
    """What ``asking.member`` could answer, and nobody is asked about now.

    Whom a writer blocked is not asked.  The member's own blocks would tell, over time, which
    unnamed stories are by whom they blocked.
    """
    losses = Label.objects.filter(story=OuterRef("pk"), facet=Facet.LOSS)
    shared = Q(Exists(losses.filter(slug__in=asking.losses)))
    if Loss.OTHER in asking.losses:
        shared |= ~Exists(losses)  # whose writer would rather not say
    offers = Offer.objects.filter(story=OuterRef("pk"))
    asked = offers.filter(Q(closed_at=None) | Q(member=asking.member))
    language = Label.objects.filter(
        story=OuterRef("pk"), facet=Facet.LANGUAGE, slug__in=asking.languages
    )
    stories = waiting_for(asking.member, asking.member.comfort)
    # Nobody is led to write what would be kept for long.
    stories = stories.exclude(author__letterbox__when=Letterbox.When.OFF)
    blocks = Block.objects.filter(by=OuterRef("author"), blocked=asking.member)
    return stories.filter(shared, Exists(language), ~Exists(asked), ~Exists(blocks))


# ---- what its member sees


def offer_before(member, comfort):
    """What ``member`` is asked about now, if it still waits and they may still write; one query."""
    stopped = Sanction.objects.of(member).keeping_from(Doing.LETTER)
    offers = Offer.objects.open().filter(member=member, ends_at__gt=timezone.now())
    still = waiting_for(member, comfort).filter(pk=OuterRef("story"))
    return offers.filter(~Exists(stopped), Exists(still)).first()
