"""What the admin lists and nobody changes by hand, the log first of all."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import StreamingHttpResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from community.moderation.export import as_csv, put_on_record
from community.moderation.models import Decision, Version
from community.moderation.states import DISCUSSED, State
from community.moderation.titles import folded, title_in
from community.moderation.wording import STATES

MAY_EXPORT = "moderation.export_decision"


class ReadOnly:
    """Nothing is added, changed or deleted by hand; there is nothing to do in bulk."""

    actions = None
    show_facets = admin.ShowFacets.NEVER

    def changelist_view(self, request, extra_context=None):
        named = {"title": capfirst(self.opts.verbose_name_plural), "is_nav_sidebar_enabled": False}
        return super().changelist_view(request, named | (extra_context or {}))

    def has_add_permission(self, request, *args):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class WhereItIs(admin.SimpleListFilter):
    title = _("where it is")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return list(STATES.items())

    def queryset(self, request, queryset):
        known = self.value() in State.values
        return queryset.filter(state=self.value()) if known else queryset


class FoundByTitle:
    """Mix into the admin of a kind of contribution: a list that is searched by what was sent.

    Words count as far as a moderator may know of them: while they are discussed, and as readers
    see them.  Never what stands on its author's desk, nor what they took back or keep.
    """

    search_fields = ["=pk"]  # what is searched besides stands below
    search_help_text = _("Words of its title, or the letters at the end of its address")

    def get_search_results(self, request, queryset, search_term):
        if not folded(search_term):
            return queryset, False
        by_address = queryset.filter(pk=search_term.strip()[:12])
        if by_address.exists():
            return by_address, False
        kind = ContentType.objects.get_for_model(self.model)
        found = Version.objects.filter(content_type=kind).titled(search_term)
        known = Q(shown__in=found) | Q(state__in=DISCUSSED, sent__in=found)
        # The keys first, from the index alone, so that no other row is looked at.
        titled = queryset.open_to_moderators().filter(pk__in=found.values("object_id"))
        return titled.filter(known), False

    @admin.display(description=_("What"))
    def called(self, contribution):
        """As it waits or is seen; what was decided about is read again on record only."""
        discussed = contribution.state in DISCUSSED - {State.DECLINED, State.READ}
        version = contribution.sent if discussed else contribution.shown
        if version is None or not contribution.is_open_to_moderators():
            return ""
        return format_html("<bdi>{}</bdi>", title_in(version.words))


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):
    """The log: every move and every look, by whom, never a word of anybody's."""

    list_display = ["number", "when", "what", "which", "version", "said_by"]
    list_filter = ["action", "role"]
    list_display_links = None
    search_fields = ["=object_id"]
    search_help_text = _("The letters at the end of its address")
    list_select_related = ["content_type"]
    fields = readonly_fields = list_display
    date_hierarchy = "at"
    show_full_result_count = False

    @admin.display(description=_("When"), ordering="at")
    def when(self, decision):
        return decision.at

    @admin.display(description=_("What"), ordering="action")
    def what(self, decision):
        return capfirst(decision.get_action_display())

    @admin.display(description=_("Which"), ordering="object_id")
    def which(self, decision):
        return f"{capfirst(decision.content_type.name)} {decision.object_id}"

    @admin.display(description=_("Version"), ordering="version_number")
    def version(self, decision):
        return decision.version_number

    @admin.display(description=_("By"), ordering="by_name")
    def said_by(self, decision):
        return decision.by_name or capfirst(decision.get_role_display())

    def get_urls(self):
        export = self.admin_site.admin_view(require_POST(self.export))
        return [path("export/", export, name="moderation_decision_export"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_export": request.user.has_perm(MAY_EXPORT)})

    def export(self, request):
        if not request.user.has_perm(MAY_EXPORT):
            raise PermissionDenied
        put_on_record(request.user)
        table = StreamingHttpResponse(as_csv(), content_type="text/csv; charset=utf-8")
        table["Content-Disposition"] = 'attachment; filename="decisions.csv"'
        return table
