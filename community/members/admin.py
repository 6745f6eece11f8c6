"""Administrators only: nobody else sees an address, in any list, filter or search."""

from django.contrib import admin, messages
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.models import PolicyReport

from .mail import deliver
from .models import Email, Member


class ForAdministrators(admin.ModelAdmin):
    """Whatever a group was given by mistake, this needs an administrator."""

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Member)
class MemberAdmin(ForAdministrators):
    list_display = ["pen_name", "email", "is_active", "is_staff", "joined_at"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["pen_name", "email"]
    fields = ["pen_name", "email", "is_active", "is_staff", "is_superuser", "groups", "joined_at"]
    # The address changes on the site, where the new one is confirmed first.
    readonly_fields = ["email", "joined_at"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, widget=CheckboxSelectMultiple, **kwargs
        )


class IsWaiting(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waiting", _("Waiting")), ("trouble", _("In trouble")), ("sent", _("Sent"))]

    def queryset(self, request, queryset):
        return {
            "waiting": queryset.waiting(),
            "trouble": queryset.waiting().exclude(trouble=""),
            "sent": queryset.exclude(sent_at=None),
        }.get(self.value(), queryset)


@admin.register(Email)
class EmailAdmin(ForAdministrators):
    """The outbox.  What a mail says is not shown: its links open somebody's account, and its
    subject can tell that today is a date they keep."""

    list_display = ["created_at", "to", "tries", "trouble", "held_until", "sent_at"]
    list_filter = [IsWaiting]
    fields = [*list_display, "message_id"]
    readonly_fields = fields
    actions = ["send_again"]

    @admin.action(description=_("Try to send now"))
    def send_again(self, request, queryset):
        waiting = list(queryset.waiting())
        for email in waiting:
            deliver.enqueue(email.pk)
        self.message_user(
            request,
            ngettext("%d email will be tried.", "%d emails will be tried.", len(waiting))
            % len(waiting),
            messages.INFO,
        )


@admin.register(PolicyReport)
class PolicyReportAdmin(ForAdministrators):
    """What browsers told us that the security policy stopped: counted, and about nobody."""

    list_display = ["day", "directive", "blocked", "page", "times"]
    list_filter = ["directive"]
    fields = readonly_fields = list_display
    actions = None
