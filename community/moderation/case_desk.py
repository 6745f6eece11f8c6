"""What the pages of a case have in common, in the Django admin."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.moderation import pace, way_back
from community.moderation.cases import Case
from community.moderation.unsent import back_to_the_queue, page_of_nothing_done, written


def not_held():
    return _("You don’t hold this one any more. Nothing was done.")


def changed():
    return _("It has changed since you opened this page. Nothing was done; look again.")


class CaseDesk:
    """Mix into the admin of cases."""

    def press(self, view, named="pk"):
        """``view``, which only a press opens.  Its address opened as if it were a page, after a
        reload or by a restored tab, leads back to the case, which its pk names as ``named``, or
        to the queue.
        """

        @wraps(view)
        def pressed(request, **known):
            if request.method in ("GET", "HEAD"):
                is_about_a_case = named and "pk" in known
                which = {named: min(known["pk"], 2**62)} if is_about_a_case else {}
                return self.way_in(request, **which)
            return require_POST(view)(request, **known)

        return pressed

    def _case_in_front(self, request, pk, kind):
        """The case; and for a press, why nothing is to come of it, or ""."""
        self._must_be_moderator(request)
        cases = Case.objects.open_to(request.user).filter(kind=kind)
        case = cases.select_related("claimed_by", "version").filter(pk=min(pk, 2**62)).first()
        if case is None:
            raise Http404
        if request.method != "POST":
            return case, ""
        # What lapsed while its moderator wrote, and nobody took, is still theirs.
        Case.objects.filter(pk=case.pk).renew(by=request.user)
        is_stopped = pace.stop_if_hurried(request.user, case)
        case.refresh_from_db()
        if is_stopped:
            return case, pace.stopped_in_words()
        is_held = case.closed_at is None and case.is_held_by(request.user)
        return case, "" if is_held else not_held()

    def _case_page(
        self, request, template, case, form, *, kept=(), said="", status=None, **context
    ):
        """The page as things stand, with why nothing was done and what had been written."""
        if said:
            messages.info(request, said)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "case": case,
            "form": form,
            "kept": kept,
            "holder": case.claimed_by if case.is_held() else None,
            **way_back.shown(request, case),
            **context,
        }
        asked_for_a_text = request.method != "POST" or "use_text" in request.POST
        status = status or (409 if said else 200 if asked_for_a_text else 422)
        return TemplateResponse(request, template, context, status=status)

    def _nothing_done(self, request, case, said, *forms):
        """The queue says why; where something had been written, a page of its own does."""
        queue = way_back.to_queue(request, case)
        if kept := written(case.address(), *forms):
            is_there = Case.objects.open().open_to(request.user).filter(pk=case.pk).exists()
            page = reverse("admin:moderation_case_change", args=[case.pk])
            there = way_back.onward(page, request) if is_there else queue
            return page_of_nothing_done(request, self, said=said, there=there, kept=kept)
        messages.info(request, said)
        return redirect(queue)

    def _done(self, request, case, said, *forms):
        """The same where something was done: ``forms`` are those that it did not need."""
        return back_to_the_queue(request, self, case, said, *forms)
