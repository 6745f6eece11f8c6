"""The forms of second factors, in our words.  django-allauth checks what is typed."""

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField

from .factors import Type

LONGEST_NAME = 40
NOT_SENT = _("The passkey wasn’t used. Try again, or come in another way.")


class OneCode(KindForm):
    """Six numbers of the app, or one of the recovery codes: both are typed into the same field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "maxlength": "20",
        }


class CodeForm(OneCode, AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code")
        self.fields["code"].help_text = _(
            "The six numbers your app shows now, or one of your recovery codes."
        )


class CodeAgainForm(CodeForm, ReauthenticateForm):
    save = ReauthenticateForm.save


class TurnOnAppForm(OneCode, ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six numbers the app shows now")

    def clean_code(self):
        """Typing one shows that they have it: the admin need not ask again at once."""
        code = super().clean_code()
        record_authentication(context.request, self.user, "mfa", type=Type.TOTP)
        return code


class ByPasskey(KindForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["credential"]
        field.error_messages |= dict.fromkeys(["required", "invalid"], NOT_SENT)

    def clean_credential(self):
        """What a browser makes is whole; what somebody made by hand may lack any part."""
        try:
            return super().clean_credential()
        except (AttributeError, KeyError, TypeError, ValueError):
            raise forms.ValidationError(NOT_SENT) from None


class PasskeyForm(ByPasskey, AuthenticateWebAuthnForm):
    pass


class PasskeySignInForm(ByPasskey, LoginWebAuthnForm):
    pass


class PasskeyAgainForm(ByPasskey, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(ByPasskey, AddWebAuthnForm):
    """One that signs in by itself: it is kept on the device, and asks who holds it."""

    name = WordsField(
        label=_("A name for it, to know it by"),
        help_text=_("“My phone”, for example."),
        required=False,
        max_length=LONGEST_NAME,
    )
    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ["name", "credential", "passwordless"]

    def clean_passwordless(self):
        return True

    def clean_credential(self):
        return self.cleaned_data["credential"]

    def clean(self):
        try:
            cleaned = super().clean()
        except (AttributeError, KeyError, TypeError, ValueError):
            raise forms.ValidationError(NOT_SENT) from None
        if cleaned.get("credential"):
            record_authentication(context.request, self.user, "mfa", type=Type.WEBAUTHN)
        return cleaned


class RenamePasskeyForm(KindForm, EditWebAuthnForm):
    name = WordsField(label=_("Its name"), max_length=LONGEST_NAME)
