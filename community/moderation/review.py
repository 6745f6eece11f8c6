"""The review page of one contribution, in the Django admin.  Each kind's admin inherits it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.admin import AS_TYPED
from community.moderation import pace, way_back
from community.moderation.besides import Besides
from community.moderation.forms import DecisionForm
from community.moderation.going_on import mine, to_ask, to_decide
from community.moderation.half_written import HalfWritten
from community.moderation.lists import FoundByTitle, ReadOnly, WhereItIs
from community.moderation.models import Case, Decision
from community.moderation.moves import NotSeenYet
from community.moderation.proposals import needing_a_second
from community.moderation.second_admin import beside_the_decision, second_context
from community.moderation.states import (
    ABOUT_READERS,
    DISCUSSED,
    Action,
    Look,
    State,
)
from community.moderation.suggestion_forms import SuggestionForm
from community.moderation.two_people import propose
from community.moderation.unsent import back_to_the_queue
from community.moderation.wording import done, where_it_is

MAY_DECIDE = "moderation.decide_case"
# In the order in which they are offered.
WHAT_NEXT = (Action.PUBLISH, Action.OFFER, Action.RETURN, Action.SUGGEST, Action.DECLINE)


def review_address(contribution):
    kind = contribution._meta
    return reverse(f"admin:{kind.app_label}_{kind.model_name}_change", args=[contribution.pk])


class ModeratedAdmin(HalfWritten, Besides, FoundByTitle, ReadOnly, admin.ModelAdmin):
    """The review page of one contribution.  A kind brings ``reading_template``, and may bring
    ``proposal_form``: what a moderator can offer to add to the words.
    """

    reading_template = None
    proposal_form = None
    delivers = False  # to somebody, where others are published
    list_display = ["which", "called", "where", "published"]
    list_filter = [WhereItIs]
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=gettext_lazy("Which"))
    def which(self, contribution):
        return contribution.pk

    @admin.display(description=gettext_lazy("Where it is"), ordering="state")
    def where(self, contribution):
        return where_it_is(contribution)

    @admin.display(description=gettext_lazy("First published"), ordering="published_at")
    def published(self, contribution):
        return contribution.published_at

    def get_queryset(self, request):
        """What was sent to be read, without the moderator's own.  Drafts are their author's."""
        sent = super().get_queryset(request).sent()
        return sent.exclude(author=request.user).select_related("sent", "shown", "author")

    def lookup_allowed(self, lookup, value, request=None):
        """By the filters on the page only: a guess at words or people gets no answer."""
        field = lookup.removesuffix("__exact").removesuffix("__isnull")
        return field in {*self.list_filter, WhereItIs.parameter_name}

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        could_be_one = object_id.isascii() and object_id.isalnum()
        contribution = could_be_one and self.get_queryset(request).filter(pk=object_id[:12]).first()
        if not contribution:
            raise Http404
        return self.review(request, contribution)

    def history_view(self, request, object_id, extra_context=None):
        """The log is at the foot of the review page."""
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id)

    def review(self, request, contribution):
        if request.POST.get("look"):
            return self.look(request, contribution)
        if "shield" in request.POST:
            return self.shield(request, contribution)
        if request.method == "POST":
            # What lapsed while its moderator wrote, and nobody took, is still theirs.
            Case.objects.about(contribution).renew(by=request.user)
        case = contribution.open_case()
        if request.method == "POST" and pace.stop_if_hurried(request.user, case):
            messages.warning(request, pace.stopped_in_words())
            return self.keep_words(request, contribution)
        actions = self.actions_for(request.user, contribution, case)
        form, details = self.forms(request, contribution, actions, case)
        if form and "use_text" in request.POST:
            return self.with_text(request, contribution, case, form, details)
        if request.method == "POST":
            pressed = request.POST.get("outcome")
            if not actions or pressed in {*Action.values} - {*actions}:
                messages.info(request, _("You don’t hold this one any more. Nothing was done."))
                return self.keep_words(request, contribution)
            if AS_TYPED in request.POST:
                return self.page_as_typed(request, contribution, case)
            asked = details.get(form.action)
            if form.is_valid() & (asked is None or asked.is_valid()) and form.quotes(contribution):
                return self.decide(request, contribution, form, details)
        return self.review_page(request, contribution, case, form, details)

    @staticmethod
    def must_be_moderator(request):
        if not request.user.has_perm(MAY_DECIDE):
            raise PermissionDenied

    @staticmethod
    def address_of(contribution):
        return review_address(contribution)

    def actions_for(self, moderator, contribution, case):
        if not moderator.has_perm(MAY_DECIDE):
            return []
        if contribution.state == State.PENDING and case and case.is_held_by(moderator):
            remove = [Action.REMOVE] if contribution.shown_id else []
            if case.proposals.open().exists():
                return remove
            if not contribution.is_for_readers():
                return [Action.READ, Action.RETURN]
            return [*self.possible(contribution, WHAT_NEXT), *remove]
        if contribution.is_open() and not (case and contribution.state == State.PENDING):
            return [Action.UNCOVER if contribution.covered_at else Action.COVER, Action.REMOVE]
        return []

    def forms(self, request, contribution, actions, case=None):
        """The form of the decision, and by action what that one asks besides."""
        data, form, details = request.POST or None, None, {}
        if actions:
            case, by = case or contribution.open_case(), request.user
            own = mine(case, by)
            two = needing_a_second(actions, case, contribution, by=by)
            known = {"actions": actions, "moderator": by, "two": two}
            known["language"] = contribution.language
            if own:
                known |= {"initial": to_decide(own), "opened": own.action}
            form = DecisionForm(data, **known)
        if Action.OFFER in actions:
            again = {"words": contribution.sent.words, "initial": to_ask(own, Action.OFFER)}
            details[Action.OFFER] = self.proposal_form(data, prefix="proposal", **again)
        if Action.SUGGEST in actions:
            sent = contribution.at(contribution.sent)
            again = {"contribution": sent, "initial": to_ask(own, Action.SUGGEST)}
            details[Action.SUGGEST] = SuggestionForm(data, prefix="change", **again)
        return form, details

    def decide(self, request, contribution, form, details):
        """The page names the version it showed; if the author has sent another, nothing happens."""
        seen = contribution.versions.filter(number=self._seen(request)).first()
        said = {"version": seen, **form.said()}
        asked = details[form.action].asked() if form.action in details else {}
        is_newest = seen is not None and seen.pk == contribution.sent_id
        try:
            if not is_newest and form.action not in ABOUT_READERS:
                raise ValidationError(
                    _("The author has sent new words since you opened this. Read them first.")
                )
            contribution.must_have_been_seen(form.action, by=request.user)
            case = contribution.open_case()
            done = self._decide_or_propose(request, contribution, form, said, asked)
        except NotSeenYet as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return self.page_as_typed(request, contribution, contribution.open_case(), status=409)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return self.keep_words(request, contribution)
        beside = beside_the_decision(request, case)
        return back_to_the_queue(request, self, case or contribution, done, *beside)

    def _decide_or_propose(self, request, contribution, form, said, asked):
        if form.action not in form.two:
            decision = contribution.decide(form.action, by=request.user, **said, **asked)
            return done(decision, contribution)
        said["note"] = form.cleaned_data["note"].strip()
        propose(contribution.open_case(), form.action, by=request.user, details=asked, **said)
        return _("Proposed. Nothing has happened yet: a second moderator reads it too.")

    def possible(self, contribution, actions):
        """Those that can be asked about a contribution of this kind at all."""
        without = set() if self.proposal_form else {Action.OFFER}
        without |= set() if contribution.PROSE else {Action.SUGGEST}
        return [action for action in actions if action not in without]

    @staticmethod
    def _seen(request):
        number = request.POST.get("version", "")
        return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0

    def may_read(self, moderator, contribution, case):
        """The words are open to who holds the case, and where they are published."""
        if case and contribution.state == State.PENDING:
            return case.is_held_by(moderator)
        return bool(contribution.shown_id) and contribution.is_open_to_moderators()

    def review_page(
        self, request, contribution, case, form, details, *, looked=(), status=None, **said
    ):
        """``looked``: what was asked for, and is on record; ``said``: what somebody had typed."""
        kept = said.pop("kept", ())
        may_read = Look.REREAD in looked or self.may_read(request.user, contribution, case)
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(self.opts.verbose_name),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            **self.words_for(contribution, may_read, again=Look.REREAD in looked),
            "case": case,
            "here": review_address(contribution),
            **way_back.shown(request, case or contribution),
            "is_held": bool(case and case.is_held_by(request.user)),
            "holder": case.claimed_by if case and case.is_held() else None,
            "form": form,
            "details": {action.value: asked for action, asked in (details or {}).items()},
            "reading_template": self.reading_template,
            "delivers": self.delivers,
            "log": Decision.objects.about(contribution).moves(),
            "kept": kept,
            "named": contribution.names_its_author() or Look.AUTHOR in looked,
            "may_reread": self.was_discussed(contribution) and Look.REREAD not in looked,
            **second_context(case, request, **said),
            "State": State,
        }
        status = status or (422 if request.method == "POST" else 200)
        return TemplateResponse(request, "admin/moderation/review.html", context, status=status)

    @staticmethod
    def was_discussed(contribution):
        """Words that only their author and a moderator have seen, and no open case is about."""
        may_be = contribution.is_open_to_moderators()
        return may_be and contribution.state in DISCUSSED - {State.PENDING}

    def words_for(self, contribution, may_read, again):
        """The newest words as sent, and what readers see until then; or what readers see only."""
        discussed = again or contribution.state == State.PENDING
        version = contribution.sent if discussed else contribution.shown
        if not (may_read and version):
            return {"version": version}
        changed = discussed and contribution.shown
        told = Case.objects.reported().open().about(contribution)
        return {
            "suggested": version.suggestions.all(),
            "told": told.exists() if contribution.shown_id else False,
            "version": version,
            "contribution": contribution.at(version).with_what_was_noticed(),
            "before": contribution.at(contribution.shown) if changed else None,
            "messages_said": contribution.messages.select_related("decision"),
        }
