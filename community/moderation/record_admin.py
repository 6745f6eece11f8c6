"""What moderators have in common about a member, in the Django admin.

Reached by pen name only.  Opening it is put on record, so it is a button.
"""

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.moderation import moderators, two_people
from community.moderation.besides import put_up_over
from community.moderation.going_on import about_a_member, to_sanction
from community.moderation.lists import ReadOnly
from community.moderation.log import address_of
from community.moderation.models import Moderated
from community.moderation.record_forms import LiftForm, NoteForm, SanctionForm, SecondForm
from community.moderation.records import Record
from community.moderation.review import review_address
from community.moderation.rule_forms import as_typed, begun
from community.moderation.sanctions import Sanction, case_about, end_after
from community.moderation.shields import MAY_SHIELD
from community.moderation.states import Action
from community.moderation.unsent import written

MAY_SANCTION = "moderation.add_sanction"
Kind = Sanction.Kind


@admin.register(Record)
class RecordAdmin(ReadOnly, admin.ModelAdmin):
    search_fields = ["pen_name"]
    search_help_text = gettext_lazy("Search by pen name")
    list_display = ["pen_name", "since"]
    sortable_by = ()
    list_per_page = 20
    show_full_result_count = False

    @admin.display(description=gettext_lazy("Member since"))
    def since(self, record):
        return record.since()

    def get_queryset(self, request):
        return Record.objects.open_to(request.user)

    def get_search_results(self, request, queryset, search_term):
        """Nobody leafs through members: without a name, those somebody else has to decide about."""
        if not search_term.strip():
            return queryset.waiting_for_a_second(), False
        return super().get_search_results(request, queryset, search_term)

    def lookup_allowed(self, lookup, value, request=None):
        return False

    def history_view(self, request, object_id, extra_context=None):
        """The log is at the foot of the record."""
        return redirect("admin:moderation_record_change", object_id)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        could_be_one = object_id.isascii() and object_id.isdigit() and len(object_id) < 18
        record = could_be_one and self.get_queryset(request).filter(pk=object_id).first()
        if not record:
            raise Http404
        if request.method != "POST":
            return self.page(request, record)
        record.look(by=request.user)
        presses = {
            "note": self.note,
            "sanction": self.sanction,
            "begin": self.sanction,
            "confirm": self.confirm,
            "send-back": self.send_back,
        }
        press = presses.get(request.POST.get("do"))
        press = self.lift if "lift" in request.POST else press
        press = self.shield if "shield" in request.POST else press
        return press(request, record) if press else redirect(page_about(record))

    # ---- what is pressed

    def note(self, request, record):
        form = NoteForm(request.POST, prefix="note")
        if not form.is_valid():
            return self.page(request, record, note_form=form)
        record.leave_note(form.cleaned_data["text"], by=request.user)
        return self._done(
            request, record, _("Kept for other moderators."), note_form=NoteForm(prefix="note")
        )

    def sanction(self, request, record):
        form = self.sanction_form(request, request.POST, record=record)
        if request.POST.get("do") == "begin":
            return self.page(request, record, sanction_form=form.begun())
        if form.is_valid():
            try:
                done = self._sanction(request, record, form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
        if form.errors:
            return self.page(request, record, sanction_form=form)
        return self._done(
            request, record, done, sanction_form=self.sanction_form(request, record=record)
        )

    def _done(self, request, record, said, **fresh):
        """``fresh`` are the forms that were sent; what was typed in the others is still there."""
        messages.success(request, said)
        if written(address_of(record), *self._typed(request, record, without=fresh)):
            return self.page(request, record, status=200, **fresh)
        return redirect(page_about(record))

    def _sanction(self, request, record, said):
        """In force at once, or put before a second moderator.  Returns which, as a sentence."""
        kind, by, days = Kind(said["kind"]), request.user, said.get("days")
        if kind == Kind.SUSPENDED and moderators.others(by, author=record).exists():
            words = {"message": said["letter"], "rule": said["rule"], "note": said["note"]}
            words |= {"member_id": record.pk, "details": {"days": days}}
            two_people.propose(case_about(record), Action.SUSPEND, by=by, **words)
            return _("Proposed. Another moderator has to agree before it holds.")
        ends_at = None if kind == Kind.NOTE else end_after(days)
        words = {"rule": said["rule"], "letter": said["letter"]}
        Sanction.objects.give(record, kind, by=by, ends_at=ends_at, **words)
        return _("Done. They have been told that there is something for them.")

    def lift(self, request, record):
        self._must_be_lead(request)
        number = request.POST["lift"]
        could_be_one = number.isascii() and number.isdigit() and len(number) < 18
        sanction = could_be_one and record.sanctions.lasting().filter(pk=number).first()
        if not sanction:
            messages.info(request, _("It had ended already. Nothing was done."))
            return self.page(request, record, status=200)
        form = self.lift_form(request, record, sanction, request.POST)
        if not form.is_valid():
            return self.page(request, record, lift_form=form)
        sanction.lift(by=request.user, letter=form.cleaned_data["letter"])
        return self._done(request, record, _("Lifted. They have been told."))

    def shield(self, request, record):
        """Over one story of theirs."""
        if not request.user.has_perm(MAY_SHIELD):
            raise PermissionDenied
        theirs = {each.pk: each for each in sent_by(record) if each.IS_WRITTEN_TO}
        if request.POST["shield"] not in theirs:
            raise Http404
        put_up_over(theirs[request.POST["shield"]], request)
        return self.page(request, record, status=200)

    def confirm(self, request, record):
        return self._second(request, record, agrees=True)

    def send_back(self, request, record):
        return self._second(request, record, agrees=False)

    def _second(self, request, record, *, agrees):
        proposal = record.proposal()
        form = SecondForm(request.POST, prefix="second")
        if request.POST.get("proposal") != str(proposal and proposal.pk):
            messages.info(request, _("That has been decided meanwhile. Nothing was done."))
            return self.page(request, record, second_form=form)
        if not form.is_valid():
            return self.page(request, record, second_form=form)
        try:
            if agrees:
                letter = form.cleaned_data["letter"].strip() or proposal.message
                two_people.confirm(proposal, by=request.user, message=letter)
            else:
                answer = form.cleaned_data["answer"]
                two_people.send_back(proposal, by=request.user, answer=answer)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return self.page(request, record, second_form=form)
        if proposal.was_taken_back():
            said = _("Taken back. What you had written is in the form.")
        else:
            said = _("Done.") if agrees else _("Sent back.")
        return self._done(request, record, said)

    def _must_be_lead(self, request):
        if not request.user.has_perm(MAY_SANCTION):
            raise PermissionDenied

    # ---- what is shown

    def sanction_form(self, request, data=None, *, record, **options):
        may_sanction = request.user.has_perm(MAY_SANCTION)
        kinds = [*Kind] if may_sanction else [Kind.NOTE]
        known = {"kinds": kinds, "moderator": request.user, "prefix": "sanction"}
        known["language"] = record.writes_in
        return SanctionForm(data, **known, **options)

    def lift_form(self, request, record, sanction, data=None, **options):
        known = {"moderator": request.user, "language": record.writes_in}
        return LiftForm(data, sanction=sanction, **known, **options)

    def lifting(self, request, record, pressed=None):
        """A letter for each that lasts; in ``pressed`` something is to be done differently."""
        lasting = record.sanctions.lasting() if request.user.has_perm(MAY_SANCTION) else []
        for sanction in lasting:
            if pressed and pressed.sanction.pk == sanction.pk:
                yield pressed
            else:
                sent = self.lift_form(request, record, sanction, request.POST)
                typed = {"initial": as_typed(sent), "opened": bool(begun(sent))}
                yield self.lift_form(request, record, sanction, **typed)

    def page(self, request, record, *, status=None, **forms):
        is_open = record.is_open_to(request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": record.pen_name,
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "record": record,
            "is_open": is_open,
            **(self.in_full(request, record, **forms) if is_open else {}),
        }
        looked_over = request.method == "POST" and request.POST.get("do") != "begin"
        status = status or (422 if looked_over else 200)
        template = "admin/moderation/record.html"
        return TemplateResponse(request, template, context, status=status)

    def in_full(self, request, record, **forms):
        contributions, proposal = sent_by(record), record.proposal()
        came_back = None if proposal else about_a_member(record)
        # Of these two one is on the page; what was written in the other stands beside it.
        hidden = forms.get("sanction_form" if proposal else "second_form")
        return {
            "kept": written(address_of(record), hidden),
            "contributions": [(each, review_address(each)) for each in contributions],
            "log": record.decisions(contributions),
            "sanctions": record.sanctions.select_related("decision__message"),
            "notes": record.moderators_notes.all(),
            "proposal": proposal,
            "sent_back": came_back,
            **self.forms_as_typed(request, record, proposal, came_back),
            "may_sanction": request.user.has_perm(MAY_SANCTION),
            "may_shield": request.user.has_perm(MAY_SHIELD),
            "lifting": list(self.lifting(request, record, forms.pop("lift_form", None))),
            **forms,
        }

    def forms_as_typed(self, request, record, proposal, came_back):
        """The forms of the page, with what was typed in those that were not pressed."""
        note = as_typed(NoteForm(request.POST, prefix="note"))
        is_mine = came_back and came_back.by_id == request.user.pk
        sanction = to_sanction(came_back) if is_mine else {}
        sanction |= as_typed(self.sanction_form(request, request.POST, record=record))
        second = {"letter": proposal.message if proposal else ""}
        second |= as_typed(SecondForm(request.POST, prefix="second"))
        return {
            "note_form": NoteForm(prefix="note", initial=note),
            "sanction_form": self.sanction_form(request, record=record, initial=sanction),
            "second_form": SecondForm(prefix="second", initial=second),
        }

    def _typed(self, request, record, *, without):
        """Every form of the page as it was sent, but those that were needed."""
        data = request.POST
        typed = {
            "note_form": NoteForm(data, prefix="note"),
            "sanction_form": self.sanction_form(request, data, record=record),
        }
        lasting = record.sanctions.lasting()
        lifts = [self.lift_form(request, record, each, data) for each in lasting]
        return [*(form for name, form in typed.items() if name not in without), *lifts]


def sent_by(member):
    """All that was sent to be read under their pen name, newest first; of each kind in one query.

    Who wrote the rest is asked for on its own page, and that is on record.
    """
    sent = [
        contribution
        for kind in apps.get_models()
        if issubclass(kind, Moderated)
        for contribution in kind.objects.filter(author=member.pk)
        .sent()
        .select_related("sent", "shown")
        if contribution.at(contribution.sent).names_its_author()
    ]
    return sorted(sent, key=lambda contribution: contribution.sent.made_at, reverse=True)


def page_about(record):
    return reverse("admin:moderation_record_change", args=[record.pk])
