"""What stays up when whoever wrote it goes: the words readers see, and nothing else of it."""

from django.db import transaction

from community.moderation.log import Message, address_of
from community.moderation.models import Version
from community.moderation.reports import close_with


@transaction.atomic
def leave_behind(contribution, to, **instead):
    """Make ``contribution`` the account ``to``'s, with the words that readers see.

    ``instead`` are words that take the place of those that say whose it was.  Earlier versions,
    what was said about it, what waits to be read and what was typed since all go.
    """
    contribution.lock()
    if contribution.is_waiting():
        contribution.take_back()
        contribution.refresh_from_db()
    close_with(contribution)
    shown = Version.objects.get(pk=contribution.shown_id)
    shown.words = contribution.words_in(shown) | instead
    shown.proposed = {}
    shown.save(update_fields=["words", "proposed"])
    mine = type(contribution)._base_manager.filter(pk=contribution.pk)
    mine.update(author=to, sent=shown, **{name: shown.words[name] for name in contribution.WORDS})
    Version.objects.filter(**address_of(contribution)).exclude(pk=shown.pk).delete()
    Message.objects.about(contribution).delete()
    contribution.refresh_from_db()
