"""Thinking again about what somebody else decided, in the Django admin."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import path, reverse
from django.utils.translation import gettext as _

from community.admin import AS_TYPED
from community.moderation.appeal_forms import AppealForm
from community.moderation.case_desk import changed
from community.moderation.cases import Case
from community.moderation.log import Decision, Message
from community.moderation.models import Moderated, Proposal
from community.moderation.reports import Report
from community.moderation.rethinking import (
    can_reverse,
    decide,
    goes_back_in_line,
    outcomes,
    waits_for_two,
)
from community.moderation.rule_forms import as_typed, with_the_text
from community.moderation.states import APPEALS_ANSWERS, Action
from community.moderation.unsent import written


class AppealDesk:
    """Mix into the admin of cases: the page of one appeal."""

    def appeal_urls(self):
        return [path("<int:pk>/appeal/", self.admin_site.admin_view(self.appeal), name="appeal")]

    def appeal(self, request, pk):
        case, said = self._case_in_front(request, pk, Case.Kind.APPEAL)
        form = self._appeal_form(request, case)
        if AS_TYPED in request.POST and not said:
            return self.page_of(request, case)
        if request.method != "POST" or said:
            return self._appeal_page(request, case, form, said=said)
        pressed = request.POST.get("outcome")
        if form is None or pressed in {*Action.values} - {*form.actions}:
            return self._appeal_page(request, case, form, said=changed())
        if "use_text" in request.POST or not form.is_valid():
            return self._appeal_page(request, case, form)
        return self._answer_appeal(request, case, form)

    def _appeal_form(self, request, case):
        """What can be answered, as things stand; None where nothing can."""
        is_held = case.closed_at is None and case.is_held_by(request.user)
        if not is_held or not hasattr(case, "appeal"):
            return None
        first, by = case.appeal.first(), request.user
        about = case.contribution
        known = {
            "actions": outcomes(case.appeal),
            "first": first,
            "moderator": by,
            "does": can_reverse(first, about),
            "waits": goes_back_in_line(first, about, by=by),
        }
        form = AppealForm(request.POST or None, **known)
        if "use_text" not in request.POST:
            return form
        said = {"rule": "rule", "message": "letter", "language": case.language}
        typed = with_the_text(as_typed(form), Action.REMOVE, moderator=by, **said)
        return AppealForm(initial=typed, **known)

    def _appeal_as_typed(self, request, case):
        """The form with what was typed, which nobody has been asked about yet."""
        form = self._appeal_form(request, case)
        if form is None or not form.is_bound:
            return form
        return AppealForm(initial=as_typed(form), opened=form.begun(), **form.known)

    def _appeal_as_sent(self, request, first):
        """Whatever can be answered by now."""
        anything = {"actions": [*APPEALS_ANSWERS, Action.COVER, Action.CLOSE], "does": True}
        return AppealForm(request.POST, first=first, moderator=request.user, **anything)

    def _answer_appeal(self, request, case, form):
        try:
            decision = decide(case.appeal, form.action, by=request.user, **form.said())
        except ValidationError as refusal:
            case = Case.objects.select_related("claimed_by", "version").get(pk=case.pk)
            form, said = self._appeal_form(request, case), " ".join(refusal.messages)
            return self._appeal_page(request, case, form, said=said)
        done = _("Done: %(what)s.") % {"what": decision.get_action_display()}
        return self._done(request, case, done)

    def _appeal_page(self, request, case, form, *, said="", status=None, kept=(), **shown):
        first = Decision.objects.get(number=case.appealed)
        if said and not (form and form.action):
            kept = [*kept, *written(case.address(), self._appeal_as_sent(request, first))]
        context = {
            "title": _("Asked to think again"),
            "waits_for_two": bool(form) and waits_for_two(first, case.contribution),
            "here": address_of_appeal(case),
            "first": first,
            "is_held": form is not None,
            **(self._whole_case(case, first) if form else {}),
        }
        template, told = "admin/moderation/appeal.html", {"said": said, "kept": kept}
        return self._case_page(request, template, case, form, status=status, **told, **context)

    def _whole_case(self, case, first):
        """Everything that was there to decide by, and what was said about it."""
        about = case.contribution
        is_theirs = isinstance(about, Moderated)
        desk = self.admin_site._registry.get(type(about))
        return {
            "appeal": case.appeal,
            "proposal": Proposal.objects.filter(case=first.case_id, agreed=True).first(),
            "record": about if isinstance(about, get_user_model()) else None,
            "letter": Message.objects.filter(decision=first).first(),
            "words": about.at(case.version) if is_theirs and case.version else None,
            "reading_template": getattr(desk, "reading_template", None),
            "messages_said": about.messages.exclude(decision=first) if is_theirs else [],
            **self._what_was_there(first, case.version),
            "log": Decision.objects.about(about),
        }

    def _what_was_there(self, first, version):
        """What was told, seen and noted in the cases that the first decision was about."""
        cases = Case.objects.settled_by(first).prefetch_related("seen", "safety", "notes")
        known = version and version.words
        return {
            "cases": cases,
            "reports": Report.objects.filter(case__in=cases).select_related("notice"),
            "texts": [
                self._text(case, seen)
                for case in cases
                for seen in case.seen.all()
                if seen.words != known
            ],
        }


def address_of_appeal(case):
    return reverse("admin:appeal", args=[case.pk])
