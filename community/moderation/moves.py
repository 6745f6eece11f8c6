"""How every move is made: one row of ``states.MOVES``, walked once, recorded, and told."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.mail import something_for_you
from community.moderation.cases import Case
from community.moderation.log import Decision
from community.moderation.proposals import agreement
from community.moderation.rules import Rule
from community.moderation.safety import is_more_than_theirs
from community.moderation.sanctions import refuse_move
from community.moderation.states import AWAITING_AUTHOR, MODERATORS_MOVES, MOVES, Action, Remark
from community.moderation.titles import folded, title_in

WHERE_IT_IS = ["state", "sent", "shown", "published_at", "covered_at"]


class TransitionNotAllowed(ValidationError):
    """The contribution is not where the move begins, or is not theirs to move."""


class NotSeenYet(ValidationError):
    """Somebody would show readers what they have not looked at themselves."""


def refuse_unreasoned(action, *, rule, message):
    """What goes against somebody's words says why, and names its sentence of the guidelines."""
    move = MOVES[action]
    if move.needs_words and not message.strip():
        raise ValidationError(_("Say to the author why, and what they can do next."))
    if rule not in Rule.values if move.needs_rule else rule not in ("", *Rule.values):
        raise ValidationError(_("Choose the sentence of the guidelines that it rests on."))


class Moving:
    """Mix into a contribution: the one guarded way in which its state changes."""

    @transaction.atomic
    def _apply(self, action, *, by, version=None, sent=None, rule="", **said):
        """Walk ``MOVES[action]``, record it, and let the author know.

        ``said`` is what goes with a moderator's decision: message, passage, proposal, and
        ``looked_at``, the case it is on record with if not the one that waits.
        """
        move = MOVES[action]
        self._refuse_impostors(action, by)
        refuse_unreasoned(action, rule=rule, message=said.get("message", ""))
        source, seen = self.state, self.shown if move.while_shown else None
        self._walk(move, version, self._stamps(move, sent))
        waited, case = self._settle_case(action, by)
        agreed = agreement(action, case, self, by=by, proposal=said.get("proposal"))
        self.refresh_from_db(fields=WHERE_IT_IS)
        if move.shows is not None:
            self.shown_changed()
        if action in MODERATORS_MOVES and self.author.is_active:
            something_for_you(self.author)
        # The log comes last, because everybody's decisions pass through its head.
        said_of = {"version_number": (seen or self.sent).number, "rule": rule, "waited": waited}
        on_record = said.get("looked_at") or case
        decision = self._record(action, by, source, on_record, **said_of, **agreed)
        if said.get("message"):
            where = {"decision": decision, "passage": said.get("passage", "")}
            self._say(said["message"], by=agreed.get("proposed_by") or by, **where)
        return decision

    def _walk(self, move, version, stamps):
        """Of two who press at once, or of a moderator and an author who sent new words meanwhile,
        the second finds no row.
        """
        seen = version.pk if version else self.sent_id
        row = type(self)._base_manager.filter(pk=self.pk, state=self.state, sent=seen)
        row = row.filter(state__in=move.sources)
        if move.while_shown:
            row = row.filter(shown__isnull=False)
        if move.covers is not None:
            row = row.filter(covered_at__isnull=move.covers)
        if not row.update(**stamps):
            raise TransitionNotAllowed(
                _("Something changed while this page was open. Nothing was done; look again.")
            )

    def walk_again(self, move, version):
        """What an appeal does; ``version`` is what readers see afterwards, if they see it."""
        stamps = self._stamps(move, None)
        self._walk(move, None, stamps | ({"shown": version} if move.shows else {}))
        self.refresh_from_db(fields=WHERE_IT_IS)
        if move.shows is not None:
            self.shown_changed()

    def _refuse_impostors(self, action, by):
        own = by.pk == self.author_id
        if own != (action not in MODERATORS_MOVES):
            raise TransitionNotAllowed(_("Somebody else has to decide about this one."))
        refuse_move(by, action, self.SENDING)

    def _stamps(self, move, sent):
        stamps = {"state": move.to} if move.to else {}
        if sent:
            stamps["sent"] = sent
        if move.shows is not None:
            stamps |= {"shown": None, "covered_at": None}
        if move.shows:
            since = self.published_at or timezone.now()
            stamps |= {"shown": sent or F("sent"), "published_at": since}
        if move.covers is not None:
            stamps["covered_at"] = timezone.now() if move.covers else None
        return stamps

    def _settle_case(self, action, by):
        """Close the open case, or keep it for when the author has answered.

        Returns how long it waited, for a moderator's decision about what waited, and the case.
        """
        if MOVES[action].to is None:  # what waits to be read goes on waiting
            return None, Case.objects.reported().open().about(self).first()
        case = self.open_case()
        if case is None or action in (Action.SUBMIT, Action.STAND_BY):
            return None, case
        now = timezone.now()
        ours = Case.objects.open().filter(pk=case.pk)
        if action in MODERATORS_MOVES and action != Action.REMOVE:
            ours = ours.free_for(by)
        asks = MOVES[action].to in AWAITING_AUTHOR
        change = {"asked_at": now} if asks else {"closed_at": now}
        if not ours.update(claimed_by=None, claimed_at=None, **change):
            raise TransitionNotAllowed(
                _("Another moderator has this one in front of them. Nothing was done.")
            )
        if asks and action in MODERATORS_MOVES:
            is_more_than_theirs(case, by=by)
        decided = action in MODERATORS_MOVES and case.asked_at is None
        return (now - case.waiting_since if decided else None), case

    def lock(self):
        """Wait for whoever else is sending this one, and see where they left it."""
        row = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        if not row.exists():
            raise TransitionNotAllowed(_("This isn’t here any more. Nothing was done."))
        self.refresh_from_db(fields=WHERE_IT_IS)

    def _new_version(self, words, proposed=None, made_at=None):
        last = self.versions.aggregate(last=models.Max("number"))["last"] or 0
        return self.versions.create(
            number=last + 1,
            words=words,
            folded_title=folded(title_in(words)),
            proposed=proposed or {},
            made_at=made_at or timezone.now(),
        )

    def _record(self, action, by, source, case, **more):
        by_moderator = action in MODERATORS_MOVES
        if getattr(self, "is_example", False):
            more["remark"] = Remark.EXAMPLE
        return Decision.objects.record(
            self,
            action,
            by=by if by_moderator else None,
            case=case,
            source=source,
            target=self.state,
            **more,
        )

    def _say(self, text, *, by, decision=None, **more):
        """What its author says, or a letter to them with a moderator's decision."""
        to = self.author if decision else None
        return self.messages.create(
            text=text, by=by, by_name=by.pen_name, decision=decision, to=to, **more
        )
