"""Looking again at what somebody told us about, in the Django admin."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from community.admin import AS_TYPED
from community.moderation.case_desk import changed
from community.moderation.cases import Case
from community.moderation.going_on import mine
from community.moderation.log import Decision
from community.moderation.models import Moderated
from community.moderation.proposals import Proposal, needing_a_second
from community.moderation.report_forms import AFTER, AnswerForm
from community.moderation.reports import Report, Seen
from community.moderation.rule_forms import as_typed, with_the_text
from community.moderation.safety import has_a_writer
from community.moderation.second_admin import beside_the_decision, second_context
from community.moderation.states import Action
from community.moderation.two_people import propose
from community.moderation.unsent import written
from community.moderation.way_back import onward
from community.moderation.wording import prefilled, to_somebody_unsafe


class ReportDesk:
    """Mix into the admin of cases: the page of one reported case."""

    def report_urls(self):
        return [path("<int:pk>/report/", self.admin_site.admin_view(self.report), name="report")]

    def report(self, request, pk):
        case, said = self._case_in_front(request, pk, Case.Kind.REPORT)
        form = self._answer_form(request, case)
        if AS_TYPED in request.POST and not said:
            return self.page_of(request, case)
        if request.method != "POST" or said:
            return self._report_page(request, case, form, said=said)
        if form is None or request.POST.get("outcome") in {*Action.values} - {*form.actions}:
            return self._report_page(request, case, form, said=changed())
        if "use_text" in request.POST:
            return self._report_page(request, case, form)
        if number_up(case.contribution) != request.POST.get("up", ""):
            return self._report_page(request, case, form, said=changed())
        if not form.is_valid():
            return self._report_page(request, case, form)
        return self._answer(request, case, form)

    def _answer_form(self, request, case):
        """What can be answered, as things stand; None where nothing can."""
        is_held = case.closed_at is None and case.is_held_by(request.user)
        if not is_held or case.proposals.open().exists():
            return None
        actions = answers_to(case.contribution)
        two = needing_a_second(actions, case, case.contribution, by=request.user)
        known = {"actions": actions, "two": two, "is_covered": is_covered(case.contribution)}
        known["is_unsafe"] = case.is_urgent and has_a_writer(case)
        form = self._as_sent(request, case, mine(case, request.user), **known)
        if "use_text" not in request.POST:
            return form
        covers = request.POST["use_text"] == Action.COVER
        action, after = (Action.COVER, "_cover") if covers else (Action.REMOVE, "")
        said = {"rule": f"rule{after}", "message": f"message{after}", "language": case.language}
        typed = with_the_text(form.initial | as_typed(form), action, moderator=request.user, **said)
        return AnswerForm(**form.known, initial=typed, opened=action.value)

    def _as_sent(self, request, case, own=None, **known):
        first = {
            f"message{after}": prefilled(action, request.user, language=case.language)
            for action, after in AFTER.items()
        }
        if case.is_urgent and not is_covered(case.contribution):
            first["message_keep"] = to_somebody_unsafe(request.user, case.language)
        if own:
            first["note"], known["opened"] = own.note, own.action
            first |= {"message_keep": own.message} if own.message else {}
        # A page that was opened before it was covered, or urgent, has no box for that letter.
        sent = request.POST.copy()
        sent.setdefault("message_keep", first["message_keep"])
        return AnswerForm(sent if request.POST else None, initial=first, **known)

    def _answer_as_sent(self, request, case):
        """Whatever can be answered by now."""
        return self._as_sent(request, case, actions=[], two={Action.KEEP}, is_covered=True)

    def _answer_as_typed(self, request, case):
        """The form with what was typed, which nobody has been asked about yet."""
        form = self._answer_form(request, case)
        if form is None or not form.is_bound:
            return form
        opened = form.begun() or form.opened
        return AnswerForm(initial=form.initial | as_typed(form), **form.known, opened=opened)

    def _answer(self, request, case, form):
        try:
            if form.action == Action.REMOVE:
                decision = case.contribution.remove(by=request.user, **form.said())
            elif form.action == Action.COVER:
                return self._cover(request, case, form)
            elif form.action in form.two:
                note = form.cleaned_data["note"].strip()
                decision = propose(case, form.action, by=request.user, note=note, **form.said())
            else:
                decision = Report.objects.settle(case, form.action, by=request.user, **form.said())
        except ValidationError as refusal:
            case = Case.objects.select_related("claimed_by").get(pk=case.pk)
            form, said = self._answer_form(request, case), " ".join(refusal.messages)
            return self._report_page(request, case, form, said=said)
        if isinstance(decision, Proposal):
            done = _("Proposed. Nothing has happened yet: a second moderator reads it too.")
        else:
            done = _("Done: %(what)s.") % {"what": decision.get_action_display()}
        return self._done(request, case, done, *beside_the_decision(request, case))

    def _cover(self, request, case, form):
        """It answers nobody yet: the case stays where it is, with what was typed for later."""
        case.contribution.cover(by=request.user, **form.said())
        messages.success(request, _("Covered. It is still yours to decide."))
        if written(case.address(), form, *beside_the_decision(request, case)):
            return self.page_of(request, case)
        return redirect(onward(address_of_report(case), request))

    def _report_page(self, request, case, form, *, said="", kept=(), status=None, **shown):
        about, is_held = case.contribution, case.is_held_by(request.user)
        pressed = form and form.is_bound and form.action
        if said and not pressed:
            kept = [*kept, *written(case.address(), self._answer_as_sent(request, case))]
        context = {
            "title": _("Told to a moderator"),
            "here": address_of_report(case),
            **second_context(case, request, **shown),
            "kind": case.content_type.model_class()._meta.verbose_name,
            "is_held": is_held,
            "reports": case.reports.select_related("notice") if is_held else [],
            "texts": self._texts(case) if is_held else [],
            "is_up": is_up(about),
            "is_open": is_up(about) and about.is_open(),
            "is_covered": is_covered(about),
            "up": number_up(about),
            "edit": self._desk_of(request, about),
            "log": Decision.objects.about(about) if about is not None else [],
        }
        template, told = "admin/moderation/report.html", {"said": said, "kept": kept}
        return self._case_page(request, template, case, form, status=status, **told, **context)

    def _texts(self, case):
        """What was seen, newest first, and before it what readers see now, where that differs."""
        about, frozen = case.contribution, list(case.seen.all())
        if is_up(about) and about.is_open():
            number, words = about.seen()
            if words not in [seen.words for seen in frozen]:
                frozen.insert(0, Seen(number=number, words=words))
        return [self._text(case, seen) for seen in frozen]

    def _text(self, case, seen):
        model = case.content_type.model_class()
        template = getattr(self.admin_site._registry.get(model), "reading_template", None)
        return {
            "seen": seen,
            "template": template,
            "words": as_readers_saw(model, case.contribution, seen) if template else None,
            "lines": [] if template else in_lines(model, seen),
        }

    def _desk_of(self, request, about):
        """Where somebody who may edit it puts it right; a member's words nobody edits."""
        if about is None or isinstance(about, Moderated):
            return ""
        kind = about._meta
        if not request.user.has_perm(f"{kind.app_label}.change_{kind.model_name}"):
            return ""
        return reverse(f"admin:{kind.app_label}_{kind.model_name}_change", args=[about.pk])


def address_of_report(case):
    return reverse("admin:report", args=[case.pk])


def is_up(about):
    return about is not None and about.is_up()


def is_covered(about):
    return getattr(about, "covered_at", None) is not None


def number_up(about):
    """The version that readers see, and whether only members do, as the page names it: so that
    none is answered unseen, and nobody uncovers what another moderator covered meanwhile.
    """
    if not is_up(about):
        return ""
    number = str(about.seen()[0] or "")
    return f"{number} covered" if is_covered(about) else number


def answers_to(about):
    if not is_up(about):
        return [Action.CLOSE]
    if not isinstance(about, Moderated):
        return [Action.KEEP, Action.CORRECT]
    covers = about.may_be_covered() and not about.covered_at
    return [Action.KEEP, *([Action.COVER] if covers else []), Action.REMOVE]


def as_readers_saw(model, about, seen):
    """Whose it was is forgotten with them; the words are shown as they stood."""
    about = about or model(author=get_user_model()())
    return about.at(seen) if seen.words else None


def in_lines(model, seen):
    names = {field.name: field.verbose_name for field in model._meta.fields}
    return [(names.get(name, name), value) for name, value in seen.words.items() if value]
