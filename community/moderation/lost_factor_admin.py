"""Lost second factors in the Django admin: a lead asks, another agrees a day later."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forms import KindForm, WordsField
from community.members.models import Member
from community.members.pen_names import skeleton
from community.moderation.lists import ReadOnly
from community.moderation.lost_factors import MAY_LET_IN, LostFactor


class AskForm(KindForm, forms.Form):
    pen_name = WordsField(label=gettext_lazy("Their pen name"), max_length=40)
    why = WordsField(
        label=gettext_lazy("How you made sure that it is them"),
        help_text=gettext_lazy("You spoke, and know the voice; or met. An email is not enough."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_pen_name(self):
        found = Member.objects.filter(pen_name_key=skeleton(self.cleaned_data["pen_name"])).first()
        if not found:
            raise forms.ValidationError(_("Nobody here has this pen name: look at the spelling."))
        return found


@admin.register(LostFactor)
class LostFactorAdmin(ReadOnly, admin.ModelAdmin):
    """One page."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(MAY_LET_IN)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        raise Http404

    history_view = change_view

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.page(request, AskForm())
        for press in ("take-off", "end"):
            if press in request.POST:
                return self.answer(request, press)
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                said = form.cleaned_data
                LostFactor.objects.begin(said["pen_name"], by=request.user, why=said["why"])
            except ValidationError as refusal:
                form.add_error(None, refusal)
        if form.errors:
            return self.page(request, form, status=422)
        return self.done(
            request, _("They have been told by mail. Somebody else can agree in a day.")
        )

    def answer(self, request, press):
        number = request.POST[press]
        could_be_one = number.isascii() and number.isdigit() and len(number) < 18
        lost = could_be_one and LostFactor.objects.open().filter(pk=number).first()
        said = _("That was done already.")
        if lost and press == "end" and lost.end(by=request.user):
            said = _("Ended. Nothing was taken off.")
        elif lost and press == "take-off":
            try:
                if lost.take_off(by=request.user):
                    said = _("Taken off. They are signed out everywhere, and have been told.")
            except ValidationError as refusal:
                said = " ".join(refusal.messages)
        return self.done(request, said)

    def done(self, request, said):
        messages.info(request, said)
        return redirect("admin:moderation_lostfactor_changelist")

    def page(self, request, form, status=200):
        lost = LostFactor.objects.open().select_related("member")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Lost second factors"),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "lost": [(each, each.why_not(request.user)) for each in lost],
            "form": form,
        }
        template = "admin/moderation/lost_factors.html"
        return TemplateResponse(request, template, context, status=status)
