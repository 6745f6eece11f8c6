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
from django.views.decorators.http import require_POST

from community.forms import KindForm, WordsField
from community.moderation.care import Care
from community.moderation.case_desk import not_held
from community.moderation.cases import Case
from community.moderation.handovers import give_to_second, hand_over, others_for

QUEUE = "admin:moderation_case_changelist"


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
        still_reading, to_buddy = require_POST(self.still_reading), require_POST(self.to_buddy)
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
        if not case.is_held_by(request.user):
            return self._nothing_done(request, case, not_held(), *self.all_sent(request, case))
        messages.success(request, _("It is yours for another hour."))
        return self.page_of(request, case)

    def to_buddy(self, request, pk):
        case = self._open_case(request, pk)
        buddy = Care.objects.of(request.user).buddy
        if buddy is None:
            return redirect("admin:care")
        try:
            if hand_over(case, by=request.user, to=buddy):
                return self._passed(request)
            return self._nothing_done(request, case, not_held(), *self.all_sent(request, case))
        except ValidationError as refusal:
            messages.info(request, " ".join(refusal.messages))
            return redirect("admin:hand-over", case.pk)

    def hand_over(self, request, pk):
        self._must_be_moderator(request)
        case = Case.objects.open_to(request.user).filter(pk=min(pk, 2**62)).first()
        if case is None:
            raise Http404
        form = HandOverForm(request.POST or None, case=case, moderator=request.user)
        if case.claimed_by_id != request.user.pk:
            return self._nothing_done(request, case, not_held(), form)
        if request.method == "POST" and form.is_valid():
            pass_on = give_to_second if "second" in request.POST else hand_over
            to, note = form.cleaned_data["to"], form.cleaned_data["note"]
            try:
                if pass_on(case, by=request.user, to=to, text=note):
                    return self._passed(request)
                return self._nothing_done(request, case, not_held(), form)
            except ValidationError as refusal:
                form.add_error(None, refusal)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Give it to somebody else"),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "case": case,
            "form": form,
        }
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/moderation/hand_over.html", context, status=status)

    def _open_case(self, request, pk):
        self._must_be_moderator(request)
        cases = Case.objects.waiting().open_to(request.user)
        case = cases.filter(pk=min(pk, 2**62)).first()
        if case is None:
            raise Http404
        return case

    def _passed(self, request):
        messages.success(request, _("Passed on. You don’t have to think about this one any more."))
        return redirect(QUEUE)
