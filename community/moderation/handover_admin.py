"""Still reading, and passing on what one has open, in the Django admin."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forms import KindForm, WordsField
from community.moderation.care import Care
from community.moderation.case_desk import not_held
from community.moderation.cases import Case
from community.moderation.handovers import give_to_second, hand_over, others_for
from community.moderation.unsent import written
from community.moderation.way_back import NAME, shown
from community.resend import what_was_typed


class HandOverForm(KindForm, forms.Form):
    to = forms.ModelChoiceField(
        None, label=gettext_lazy("To whom"), required=False, empty_label=gettext_lazy("Anybody")
    )
    note = WordsField(
        label=gettext_lazy("A note for whoever reads next"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Moderators read it, and nobody else."),
        error_messages={
            "required": gettext_lazy("Say in a few words what whoever reads next should know.")
        },
    )

    def __init__(self, *args, case, moderator, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = others_for(case, moderator)


class HandOverDesk:
    """Mix into the admin of cases."""

    def handover_urls(self):
        protect = self.admin_site.admin_view
        still_reading, to_buddy = self.press(self.still_reading), self.press(self.to_buddy)
        return [
            path("<int:pk>/still-reading/", protect(still_reading), name="still-reading"),
            path("<int:pk>/to-buddy/", protect(to_buddy), name="to-buddy"),
            path("<int:pk>/hand-over/", protect(self.hand_over), name="hand-over"),
        ]

    def still_reading(self, request, pk):
        """Another hour.  A press, because looking at a page changes nothing."""
        case = self._open_case(request, pk)
        Case.objects.filter(pk=case.pk).renew(by=request.user)
        case.refresh_from_db()
        note = self._hand_over_form(request, case, request.POST)
        if not case.is_held_by(request.user):
            sent = [note, *self.all_sent(request, case)]
            return self._nothing_done(request, case, not_held(), *sent)
        messages.success(request, _("It is yours for another hour."))
        return self.page_of(request, case, kept=written(case.address(), note))

    def to_buddy(self, request, pk):
        case = self._open_case(request, pk)
        buddy = Care.objects.of(request.user).buddy
        if buddy is None:
            return redirect("admin:care")
        try:
            return self._passed(request, case, hand_over(case, by=request.user, to=buddy))
        except ValidationError as refusal:
            messages.info(request, " ".join(refusal.messages))
            form = self._hand_over_form(request, case)
            return self._hand_over_page(request, case, form, status=200)

    def hand_over(self, request, pk):
        """Opened from the page of the case, and shown with all that was typed there."""
        self._must_be_moderator(request)
        case = Case.objects.open_to(request.user).filter(pk=min(pk, 2**62)).first()
        if case is None:
            raise Http404
        is_pressed = request.method == "POST" and bool({"over", "second"} & request.POST.keys())
        form = self._hand_over_form(request, case, request.POST if is_pressed else None)
        if case.claimed_by_id != request.user.pk:
            return self._passed(request, case, False)
        if is_pressed and form.is_valid():
            pass_on = give_to_second if "second" in request.POST else hand_over
            to, note = form.cleaned_data["to"], form.cleaned_data["note"]
            try:
                is_passed = pass_on(case, by=request.user, to=to, text=note)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return self._passed(request, case, is_passed)
        return self._hand_over_page(request, case, form, status=422 if is_pressed else 200)

    def _hand_over_page(self, request, case, form, *, status):
        ours = (f"{form.prefix}-", "over", "second", NAME)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Give it to somebody else"),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "case": case,
            "form": form,
            "typed": [word for word in what_was_typed(request) if not word.name.startswith(ours)],
            **shown(request, case),
        }
        template = "admin/moderation/hand_over.html"
        return TemplateResponse(request, template, context, status=status)

    @staticmethod
    def _hand_over_form(request, case, data=None):
        return HandOverForm(data, case=case, moderator=request.user, prefix="pass")

    def _open_case(self, request, pk):
        self._must_be_moderator(request)
        cases = Case.objects.waiting().open_to(request.user)
        case = cases.filter(pk=min(pk, 2**62)).first()
        if case is None:
            raise Http404
        return case

    def _passed(self, request, case, is_passed):
        """Whether it was theirs to pass on; either way with what was typed for something else."""
        form = self._hand_over_form(request, case, request.POST)
        sent = [form, *self.all_sent(request, case)]
        if not is_passed:
            return self._nothing_done(request, case, not_held(), *sent)
        said = _("Passed on. You don’t have to think about this one any more.")
        return self._done(request, case, said, *sent)
