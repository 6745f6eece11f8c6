"""A second pair of eyes, and somebody's safety, in the Django admin."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _

from community.moderation import pace
from community.moderation.case_desk import not_held
from community.moderation.cases import Case
from community.moderation.going_on import came_back, newest_about
from community.moderation.moves import NotSeenYet
from community.moderation.proposals import Proposal
from community.moderation.rule_forms import as_typed
from community.moderation.safety import SafetyEntry, Step, has_a_writer, worry_about
from community.moderation.second_forms import CalmForm, SafetyForm, SecondForm
from community.moderation.two_people import confirm, send_back
from community.moderation.wording import done


class SecondDesk:
    """Mix into the admin of cases: what the second moderator presses, and the log of hours."""

    def second_urls(self):
        protect, press = self.admin_site.admin_view, self.press
        return [
            path("<int:pk>/second/", protect(press(self.second, named="proposals")), name="second"),
            path("<int:pk>/safety/", protect(press(self.safety)), name="safety"),
            path("<int:pk>/worry/", protect(press(self.worry)), name="worry"),
            path("<int:pk>/calm/", protect(press(self.calm)), name="calm"),
        ]

    def second(self, request, pk):
        """``pk`` is the proposal's, so that a page left open never answers a newer one."""
        self._must_be_moderator(request)
        cases = Case.objects.open_to(request.user)
        proposals = Proposal.objects.filter(case__in=cases).select_related("case")
        proposal = proposals.filter(pk=min(pk, 2**62)).first()
        if proposal is None:
            raise Http404
        form = SecondForm(request.POST, proposal=proposal)
        sent = [form, *self.all_sent(request, proposal.case, second=False)]
        if proposal.settled_at:
            said = _("That has been answered meanwhile. Nothing was done.")
            return self._nothing_done(request, proposal.case, said, *sent)
        if pace.stop_if_hurried(request.user, proposal.case):
            return self._nothing_done(request, proposal.case, pace.stopped_in_words(), *sent)
        if not form.is_valid():
            return self._words_kept(request, proposal, form)
        try:
            said = self._answer_proposal(request, proposal, form)
        except NotSeenYet as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return self.page_of(request, proposal.case, second=form, status=409)
        except ValidationError as refusal:
            said = " ".join(refusal.messages)
            return self._nothing_done(request, proposal.case, said, *sent)
        return self._done(request, proposal.case, said, *sent)

    def _answer_proposal(self, request, proposal, form):
        by = request.user
        if request.POST.get("press") == "confirm":
            if proposal.case.kind == Case.Kind.READING:
                proposal.case.contribution.must_have_been_seen(proposal.action, by=by)
            decision = confirm(proposal, by=by, message=form.cleaned_data.get("message"))
            return done(decision, proposal.case.contribution)
        send_back(proposal, by=by, answer=form.cleaned_data["answer"].strip())
        return _said_of(proposal)

    def _words_kept(self, request, proposal, form):
        for errors in form.errors.values():
            messages.warning(request, " ".join(errors))
        return self.page_of(request, proposal.case, second=form, status=422)

    def safety(self, request, pk):
        case = self._in_front(request, pk)
        form = SafetyForm(request.POST)
        if not case.is_held_by(request.user):
            return self._nothing_done(request, case, not_held(), *self.all_sent(request, case))
        if not form.is_valid():
            messages.warning(request, " ".join(form.errors.get("text", form.non_field_errors())))
            return self.page_of(request, case, safety=form, status=422)
        said = form.cleaned_data
        SafetyEntry.objects.add(case, step=said["step"], text=said["text"], by=request.user)
        messages.success(request, _("It stands in the log of hours."))
        return self.page_of(request, case, safety=SafetyForm())

    def worry(self, request, pk):
        """A person sees what a word list missed: from now on it goes first, and takes two."""
        case = self._in_front(request, pk)
        if not case.is_held_by(request.user):
            return self._nothing_done(request, case, not_held(), *self.all_sent(request, case))
        if has_a_writer(case):
            worry_about(case, by=request.user)
        case.refresh_from_db()
        return self.page_of(request, case)

    def calm(self, request, pk):
        """The same person takes it back, and the log of hours says why."""
        case = self._in_front(request, pk)
        form = CalmForm(request.POST)
        if not case.is_held_by(request.user):
            return self._nothing_done(request, case, not_held(), *self.all_sent(request, case))
        if not form.is_valid():
            messages.warning(request, " ".join(form.errors["why"]))
            return self.page_of(request, case, status=422)
        if SafetyEntry.objects.take_back(case, text=form.cleaned_data["why"], by=request.user):
            messages.success(
                request, _("Taken back. Both stand in the log of hours, and why you did.")
            )
        else:
            messages.info(request, _("It doesn’t rest on your worry alone. Nothing was done."))
        case.refresh_from_db()
        return self.page_of(request, case)

    def _in_front(self, request, pk):
        self._must_be_moderator(request)
        cases = Case.objects.open_to(request.user).select_related("claimed_by", "version")
        case = cases.filter(pk=min(pk, 2**62)).first()
        if case is None:
            raise Http404
        return case

    def all_sent(self, request, case, *, second=True):
        """Every form that stood on the page of ``case``, as it was sent."""
        return [*self.as_sent(request, case), *beside_the_decision(request, case, second=second)]


def beside_the_decision(request, case, *, second=True):
    """What stood on the page besides the decision itself, as it was sent."""
    proposal = second and case and case.proposals.order_by("-pk").first()
    seconds = [SecondForm(request.POST, proposal=proposal)] if proposal else []
    return [SafetyForm(request.POST), CalmForm(request.POST), *seconds]


def _said_of(proposal):
    if proposal.was_taken_back():
        return _("Taken back. It is in line again; open it, and what you had written is there.")
    if proposal.answer:
        return _("Sent back. It is in line again, with your note.")
    return _("Sent back. It is in line again.")


def second_context(case, request, *, second=None, safety=None):
    """What the pages of a case show of both, beside the words, with what was typed there."""
    proposal = newest_about(case)
    is_open = bool(proposal and proposal.settled_at is None)
    return {
        "proposed": proposal if is_open else None,
        "is_proposer": bool(is_open and proposal.by_id == request.user.pk),
        "sent_back": came_back(case, proposal),
        "second": second or (second_as_typed(request.POST, proposal) if is_open else None),
        "steps": Step if case and case.is_urgent else [],
        "hours": case.safety.all() if case else [],
        "safety": safety or SafetyForm(initial=as_typed(SafetyForm(request.POST))),
    }


def second_as_typed(data, proposal):
    typed = as_typed(SecondForm(data, proposal=proposal))
    return SecondForm(proposal=proposal, initial=typed)
