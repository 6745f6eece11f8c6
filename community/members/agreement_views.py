"""What somebody agreed to here: to agree, to read what changed, to take it back."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.forms import KindForm

from . import terms


class AgreementForm(KindForm, forms.Form):
    """Two ticks, because either can be meant without the other; both are needed to write here."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for purpose in terms.To:
            self.fields[purpose.value] = tick(purpose)


def tick(purpose):
    needed = {"required": _("Tick this too, or leave it: you can read here without an account.")}
    return forms.BooleanField(label=purpose.label, error_messages=needed)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request):
    if request.method != "POST":
        return page(request, AgreementForm())
    if request.POST.get("take-back") in terms.To.values:
        terms.take_back(request.user, request.POST["take-back"])
        messages.info(request, _("Taken back. Nobody reads anything of yours any more."))
        return redirect("members:agreement")
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return page(request, form, status=422)
    terms.agree(request.user)
    there = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return redirect(there if is_ours else "members:space")


def page(request, form, status=200):
    member = request.user
    context = {
        "form": form,
        "given": terms.given(member),
        "holds": member.agreed_to == terms.current(),
        "was_taken_back": member.agreed_to == terms.TAKEN_BACK,
        "changes": terms.changes_since(member.agreed_to),
        "next": request.POST.get("next", request.GET.get("next", "")),
    }
    return render(request, "members/agreement.html", context, status=status)
