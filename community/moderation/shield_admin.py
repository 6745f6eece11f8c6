"""Shields in the Django admin: everybody who reads sees them, leads put them up and lift them."""

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forms import KindForm, WordsField
from community.moderation.lists import ReadOnly
from community.moderation.models import Moderated
from community.moderation.record_forms import LENGTHS
from community.moderation.review import review_address
from community.moderation.sanctions import end_after
from community.moderation.shields import MAY_SHIELD, Shield


def topics():
    """All that a contribution may be about: (heading, [(slug, label), …]), in order."""
    models = [kind for kind in apps.get_models() if issubclass(kind, Moderated)]
    return [group for kind in models for group in kind.topic_choices()]


class ShieldForm(KindForm, forms.Form):
    topic = forms.ChoiceField(label=gettext_lazy("Over every story about"))
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long"),
        choices=[("", gettext_lazy("Until somebody lifts it")), *LENGTHS],
        coerce=int,
        empty_value=None,
        required=False,
    )
    reason = WordsField(
        label=gettext_lazy("Why, for other moderators"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["topic"].choices = [("", "—"), *topics()]


@admin.register(Shield)
class ShieldAdmin(ReadOnly, admin.ModelAdmin):
    """One page.  What stands over one story is put up from where the story is read."""

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.page(request, ShieldForm())
        if not request.user.has_perm(MAY_SHIELD):
            raise PermissionDenied
        if "lift" in request.POST:
            return self.lift(request)
        form = ShieldForm(request.POST)
        if not form.is_valid():
            return self.page(request, form)
        days, said = form.cleaned_data["days"], form.cleaned_data
        until = end_after(days) if days else None
        Shield.objects.put_up(
            topic=said["topic"], by=request.user, reason=said["reason"], until=until
        )
        return self.done(request, _("From now on, letters to these need a second reader."))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        raise Http404

    history_view = change_view

    def lift(self, request):
        number = request.POST["lift"]
        could_be_one = number.isascii() and number.isdigit() and len(number) < 18
        shield = could_be_one and Shield.objects.filter(pk=number).first()
        if shield and shield.lift(by=request.user):
            return self.done(request, _("Lifted. One moderator’s yes is enough from now on."))
        return self.done(request, _("It was lifted already."))

    def done(self, request, said):
        messages.success(request, said)
        return redirect("admin:moderation_shield_changelist")

    def page(self, request, form):
        labels = dict(choice for _heading, choices in topics() for choice in choices)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Shields"),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,
            "shields": [(each, *self.over(each, labels)) for each in self.standing()],
            "form": form,
            "may_shield": request.user.has_perm(MAY_SHIELD),
        }
        status = 422 if request.method == "POST" else 200
        template = "admin/moderation/shields.html"
        return TemplateResponse(request, template, context, status=status)

    def standing(self):
        return Shield.objects.standing().prefetch_related("contribution")

    @staticmethod
    def over(shield, labels):
        """What it stands over, and where that is read."""
        if shield.topic:
            return labels.get(shield.topic, shield.topic), ""
        return shield.object_id, review_address(shield.contribution)
