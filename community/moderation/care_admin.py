"""Looking after oneself, and what leads set for everybody, in the Django admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from community.moderation import moderators, pace
from community.moderation.care import Care, Debrief
from community.moderation.care_forms import BuddyForm, DebriefForm, LeaveOutForm, PaceForm
from community.moderation.pace import MAY_SET_PACE
from community.moderation.way_back import shown, to_queue

QUEUE = "admin:moderation_case_changelist"


class CareDesk:
    """Mix into the admin of cases, which knows the ``kinds()`` there are."""

    def care_urls(self):
        protect = self.admin_site.admin_view

        def press(view):
            return protect(self.press(view, named=""))

        return [
            path("care/", protect(self.care), name="care"),
            path("care/leave-out/", press(self.leave_out), name="leave-out"),
            path("care/everything/", press(self.everything), name="leave-out-nothing"),
            path("care/buddy/", press(self.buddy), name="buddy"),
            path("care/debrief/", press(self.debrief), name="debrief"),
            path("care/debrief/<int:pk>/delete/", press(self.forget), name="debrief-delete"),
            path("pace/", protect(self.pace), name="pace"),
            path("pace/<int:pk>/free/", press(self.free), name="free"),
        ]

    # ---- for oneself

    def care(self, request, **bound):
        self._must_be_moderator(request)
        care = Care.objects.of(request.user)
        forms = {
            "leave_out": LeaveOutForm(care=care, kinds=self.kinds()),
            "buddy": BuddyForm(care=care),
            "debrief": DebriefForm(),
        }
        context = {
            "title": _("Looking after yourself"),
            "care": care,
            "day": pace.today(request.user, care),
            "forms": forms | bound,
            "kept": Debrief.objects.of(request.user),
        }
        return self._page(request, "admin/moderation/care.html", context)

    def leave_out(self, request):
        self._must_be_moderator(request)
        care = Care.objects.of(request.user)
        form = LeaveOutForm(request.POST, care=care, kinds=self.kinds())
        if not form.is_valid():
            return self.care(request, leave_out=form)
        topics = form.topics()
        Care.objects.leave_out(request.user, topics, form.cleaned_data["until"])
        if topics:
            messages.success(request, _("Somebody else reads those until then."))
        else:
            messages.success(request, _("Nothing is left out."))
        return redirect("admin:care")

    def everything(self, request):
        self._must_be_moderator(request)
        Care.objects.leave_out(request.user, [], None)
        messages.success(request, _("Nothing is left out."))
        return redirect(to_queue(request) if request.POST.get("back") else "admin:care")

    def buddy(self, request):
        self._must_be_moderator(request)
        form = BuddyForm(request.POST, care=Care.objects.of(request.user))
        if not form.is_valid():
            return self.care(request, buddy=form)
        chosen = {"buddy": form.cleaned_data["buddy"]}
        Care.objects.update_or_create(moderator=request.user, defaults=chosen)
        messages.success(request, _("Saved."))
        return redirect("admin:care")

    def debrief(self, request):
        self._must_be_moderator(request)
        form = DebriefForm(request.POST)
        if not form.is_valid():
            return self.care(request, debrief=form)
        text = form.cleaned_data["text"]
        if not Debrief.objects.of(request.user).filter(text=text).exists():  # not pressed twice
            Debrief.objects.create(moderator=request.user, text=text)
        messages.success(request, _("Kept, for nobody but you."))
        return redirect("admin:care")

    def forget(self, request, pk):
        self._must_be_moderator(request)
        if not Debrief.objects.of(request.user).filter(pk=min(pk, 2**62)).delete()[0]:
            raise Http404
        messages.success(request, _("Deleted."))
        return redirect("admin:care")

    # ---- for everybody

    def pace(self, request):
        self._must_lead(request)
        people = list(moderators.active().select_related("care").order_by("pen_name"))
        form = PaceForm(
            request.POST or None, people=people, for_everybody=pace.Pace.for_everybody()
        )
        if request.method == "POST" and form.is_valid():
            pace.Pace.set_for_everybody(form.cleaned_data["everybody"])
            for person, a_day in form.chosen():
                Care.objects.update_or_create(moderator=person, defaults={"a_day": a_day})
            messages.success(request, _("Saved. It holds from now on."))
            return redirect("admin:pace")
        context = {"title": _("Enough for a day"), "form": form, "stopped": pace.stopped()}
        return self._page(request, "admin/moderation/pace.html", context)

    def free(self, request, pk):
        self._must_lead(request)
        if pace.free(min(pk, 2**62), by=request.user):
            messages.success(request, _("They can go on."))
        else:
            messages.info(request, _("Somebody else has to do that, or has done it already."))
        return redirect(QUEUE)

    # ---- both

    def _must_lead(self, request):
        self._must_be_moderator(request)
        if not request.user.has_perm(MAY_SET_PACE):
            raise PermissionDenied

    def _page(self, request, template, context):
        context |= {
            **self.admin_site.each_context(request),
            "title": context["title"],
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            **shown(request),
        }
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, template, context, status=status)
