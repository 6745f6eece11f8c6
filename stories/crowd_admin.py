"""Many at once, in the Django admin: one press shields a story, one pauses sign-ups."""

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.members.models import Member, SignUpPause
from community.members.sign_ups import MAY_PAUSE
from community.moderation.besides import put_up_over
from community.moderation.lists import ReadOnly
from community.moderation.models import Decision
from community.moderation.review import review_address
from community.moderation.sanctions import Doing, refuse
from community.moderation.shields import MAY_SHIELD
from community.moderation.states import Look
from community.numerals import in_words
from stories import crowds
from stories.models import Story


@admin.register(SignUpPause)
class CrowdAdmin(ReadOnly, admin.ModelAdmin):
    """One page."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(MAY_PAUSE)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        raise Http404

    history_view = change_view

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.page(request)
        if "shield" in request.POST:
            self.shield(request)
        elif "pause" in request.POST:
            self.pause(request)
        elif "open" in request.POST:
            self.open(request)
        return redirect("admin:members_signuppause_changelist")

    def shield(self, request):
        if not request.user.has_perm(MAY_SHIELD):
            raise PermissionDenied
        key = request.POST["shield"]
        could_be_one = key.isascii() and key.isalnum() and len(key) <= 12
        story = could_be_one and Story.objects.open_to_moderators().filter(pk=key).first()
        if not story:
            raise Http404
        put_up_over(story, request)

    def pause(self, request):
        refuse(request.user, Doing.MODERATE)
        pause, is_new = SignUpPause.objects.begin(by=request.user)
        if is_new:
            Decision.objects.record(pause, Look.PAUSE, by=request.user)
        messages.info(request, _("Nobody can make an account until tomorrow at this hour."))

    def open(self, request):
        refuse(request.user, Doing.MODERATE)
        pause = SignUpPause.objects.standing().first()
        if pause and SignUpPause.objects.lift():
            Decision.objects.record(pause, Look.RESUME, by=request.user)
        messages.info(request, _("Accounts can be made again."))

    def page(self, request):
        joined = Member.objects.filter(joined_at__gte=timezone.now() - timedelta(days=1))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Many at once"),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "crowds": [(each, review_address(each.story)) for each in crowds.crowds()],
            "may_shield": request.user.has_perm(MAY_SHIELD),
            "pause": SignUpPause.objects.standing().first(),
            "joined": in_words(joined.count()),
        }
        return TemplateResponse(request, "admin/stories/crowds.html", context)
