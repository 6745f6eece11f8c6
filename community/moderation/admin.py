"""Deciding, in the Django admin.  Other apps inherit ``ModeratedAdmin`` for their own kinds."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from community.moderation import pace
from community.moderation.appeal_admin import AppealDesk, address_of_appeal
from community.moderation.care_admin import CareDesk
from community.moderation.case_desk import CaseDesk
from community.moderation.handover_admin import HandOverDesk
from community.moderation.kept_words import KeptWords
from community.moderation.lists import ReadOnly
from community.moderation.lost_factor_admin import LostFactorAdmin
from community.moderation.models import Case, Decision
from community.moderation.numbers_admin import NumbersAdmin
from community.moderation.queue import Queue
from community.moderation.reason_admin import ReasonTextAdmin
from community.moderation.record_admin import RecordAdmin
from community.moderation.report_admin import ReportDesk, address_of_report
from community.moderation.review import MAY_DECIDE, ModeratedAdmin, review_address
from community.moderation.second_admin import SecondDesk
from community.moderation.shield_admin import ShieldAdmin
from community.moderation.transparency_admin import TransparencyAdmin
from community.moderation.waiting import usual_wait_in_words
from community.moderation.way_back import onward, to_queue

__all__ = [
    "CaseAdmin",
    "LostFactorAdmin",
    "ModeratedAdmin",
    "NumbersAdmin",
    "ReasonTextAdmin",
    "RecordAdmin",
    "ShieldAdmin",
    "TransparencyAdmin",
]


@admin.register(Case)
class CaseAdmin(
    ReportDesk,
    AppealDesk,
    SecondDesk,
    HandOverDesk,
    CareDesk,
    KeptWords,
    CaseDesk,
    ReadOnly,
    admin.ModelAdmin,
):
    """The queue.  Opening a case claims it, so opening is a button."""

    def get_urls(self):
        protect = self.admin_site.admin_view
        return [
            path("<int:pk>/claim/", protect(self.press(self.claim)), name="claim"),
            path("hand-back/", protect(self.press(self.hand_back)), name="hand-back"),
            *self.report_urls(),
            *self.appeal_urls(),
            *self.handover_urls(),
            *self.care_urls(),
            *self.second_urls(),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        self._must_be_moderator(request)
        queue = Queue(request.user, self.kinds(), request.GET)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Waiting to be read"),
            "queue": queue,
            "wait": usual_wait_in_words(),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
        }
        return TemplateResponse(request, "admin/moderation/queue.html", context)

    def kinds(self):
        """Whatever has an admin of its own to be read in."""
        desks = self.admin_site._registry.items()
        return [model for model, its in desks if isinstance(its, ModeratedAdmin)]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self._must_be_moderator(request)
        case = Case.objects.open_to(request.user).filter(pk=self._number(object_id)).first()
        if case is None or not may_be_opened(case):
            raise Http404
        return redirect(onward(address_of_case(case), request))

    def claim(self, request, pk):
        self._must_be_moderator(request)
        case = Case.objects.open().filter(pk=min(pk, 2**62)).first()
        if case is None or not may_be_opened(case):
            said = _("That one has been decided meanwhile, or was taken back.")
        else:
            said = why_not_for(request.user, case) or self._claim(request, case)
        if said:
            messages.info(request, said)
            return redirect(to_queue(request))
        return redirect(onward(address_of_case(case), request))

    def _claim(self, request, case):
        """Why it is not theirs to read now, or ""."""
        if case.proposals.open().filter(by=request.user).exists():
            # Theirs to look at, and to take back; whoever agrees or not finds it free.
            return ""
        if not_now := pace.why_not_now(request.user, case):
            return not_now
        if not Case.objects.all().claim(case.pk, by=request.user):
            return _("Another moderator opened that one a moment before you.")
        return ""

    def hand_back(self, request):
        """One case, or with none named, all that this moderator has open."""
        self._must_be_moderator(request)
        cases = Case.objects.all()
        if "case" not in request.POST:
            return self._handed_back(request, cases.hand_back(by=request.user))
        cases = cases.filter(pk=self._number(request.POST["case"]))
        case = cases.open_to(request.user).first()
        forms = self.all_sent(request, case) if case else []
        return self._handed_back(request, cases.hand_back(by=request.user), case, *forms)

    def _handed_back(self, request, is_done, case=None, *forms):
        if is_done:
            said, after = _("Handed back. Somebody else will read it."), messages.success
        else:
            said, after = _("You had not opened that, so nothing was handed back."), messages.info
        if case:
            answer = self._done if is_done else self._nothing_done
            return answer(request, case, said, *forms)
        after(request, said)
        return redirect(to_queue(request))

    def page_of(self, request, case, *, status=200, **typed):
        """The page of ``case`` as it stands, with all that was typed on it."""
        if case.kind == Case.Kind.REPORT:
            form = self._answer_as_typed(request, case)
            return self._report_page(request, case, form, status=status, **typed)
        if case.kind == Case.Kind.APPEAL:
            form = self._appeal_as_typed(request, case)
            return self._appeal_page(request, case, form, status=status, **typed)
        desk, about = self._review_of(request, case)
        return desk.page_as_typed(request, about, case, status=status, **typed)

    def as_sent(self, request, case):
        """The forms of the decision, whatever can be decided by now."""
        if case.kind == Case.Kind.REPORT:
            return [self._answer_as_sent(request, case)]
        if case.kind == Case.Kind.APPEAL:
            first = Decision.objects.get(number=case.appealed)
            return [self._appeal_as_sent(request, first)]
        desk, about = self._review_of(request, case)
        return desk.as_sent(request, about) if isinstance(desk, ModeratedAdmin) and about else []

    def _review_of(self, request, case):
        desk = self.admin_site._registry[case.content_type.model_class()]
        return desk, desk.get_queryset(request).filter(pk=case.object_id).first()

    @staticmethod
    def address_of(case):
        return address_of_case(case)

    def way_in(self, request, **case):
        """Where ``case`` is read, if ``request`` may read one like it; else the queue."""
        self._must_be_moderator(request)
        found = case and Case.objects.open_to(request.user).filter(**case).first()
        if found and may_be_opened(found):
            return redirect(onward(address_of_case(found), request))
        return redirect(to_queue(request))

    def _must_be_moderator(self, request):
        if not request.user.has_perm(MAY_DECIDE):
            raise PermissionDenied

    @staticmethod
    def _number(text):
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def why_not_for(moderator, case):
    """Why somebody else has to read ``case``; "" if ``moderator`` may."""
    if Case.objects.open_to(moderator).filter(pk=case.pk).exists():
        return ""
    if case.kind == Case.Kind.MEMBER:
        return _("That is about you. Somebody else decides.")
    if case.author_id == moderator.pk:
        return _("That one is your own. Somebody else reads it.")
    if case.passed_by_id == moderator.pk:
        return _("You gave that one to somebody else, so it isn’t offered to you again.")
    if case.kind == Case.Kind.APPEAL:
        return _("You had a part in that one before. Somebody else looks at it again.")
    return _("You told us about that one yourself. Somebody else looks at it.")


def may_be_opened(case):
    return case.kind == Case.Kind.REPORT or case.contribution is not None


def address_of_case(case):
    if case.kind == Case.Kind.REPORT:
        return address_of_report(case)
    if case.kind == Case.Kind.APPEAL:
        return address_of_appeal(case)
    if case.kind == Case.Kind.MEMBER:
        return reverse("admin:moderation_record_change", args=[case.object_id])
    return review_address(case.contribution)
