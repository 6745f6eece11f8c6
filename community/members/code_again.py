"""Showing that it is you, once more, by a code: for whoever chose no password and has no second
factor.  Everybody else is asked for one of those by django-allauth.
"""

import time

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm

from .factors import has_one

SENT = "code_again"
TRIES = 3
METHOD = "code"


def is_their_way(member):
    return member.is_authenticated and not member.has_usable_password() and not has_one(member)


def was_done(request):
    """Whether they typed such a code a short while ago."""
    records = get_authentication_records(request, request.user)
    done = [each["at"] for each in records if each.get("method") == METHOD and each.get("again")]
    return bool(done) and time.time() - done[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class CodeAgainForm(KindForm, forms.Form):
    code = forms.CharField(
        label=_("The code in the email"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args, session, **kwargs):
        self.session = session
        super().__init__(*args, **kwargs)

    def clean_code(self):
        sent = pending(self.session)
        if not sent:
            raise forms.ValidationError(_("That code is no longer good. Ask for another."))
        if not compare_user_code(actual=self.cleaned_data["code"], expected=sent["code"]):
            self.session[SENT] = sent | {"tries": sent["tries"] + 1}
            raise get_adapter().validation_error("incorrect_code")
        return self.cleaned_data["code"]


def pending(session):
    """The code that still counts, if there is one."""
    sent = session.get(SENT)
    if not sent or sent["tries"] >= TRIES:
        return None
    return sent if time.time() - sent["at"] < settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT else None


class CodeAgain(LoginRequiredMixin, BaseReauthenticateView):
    form_class = CodeAgainForm
    template_name = "account/code_again.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"session": self.request.session}

    def get_context_data(self, **context):
        is_sent = bool(pending(self.request.session))
        return super().get_context_data(**context) | {"is_sent": is_sent}

    def post(self, request, *args, **kwargs):
        if "send" not in request.POST:
            return super().post(request, *args, **kwargs)
        adapter = get_adapter()
        code = adapter.generate_login_code()
        request.session[SENT] = {"code": code, "at": time.time(), "tries": 0}
        adapter.send_mail("account/email/login_code", request.user.email, {"code": code})
        return self.render_to_response(self.get_context_data(form=self.get_fresh_form()))

    def get_fresh_form(self):
        return self.form_class(session=self.request.session)

    def form_valid(self, form):
        self.request.session.pop(SENT, None)
        record_authentication(self.request, self.request.user, METHOD, again=True)
        return super().form_valid(form)


def way():
    """As django-allauth lists the ways of showing that it is you."""
    return {"id": "code", "description": _("A code by email"), "url": reverse("members:code-again")}
