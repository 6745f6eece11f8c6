"""What people type to come in.  django-allauth decides what may happen; these say how it is asked.

No field has a placeholder (it disappears when it is needed) and no password is asked for twice: a
code by email is always another way in.
"""

import secrets

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email
from allauth.core import context
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm

from . import terms
from .models import Member

LONGEST_EMAIL = Member._meta.get_field("email").max_length
PASSWORD_HINT = _(
    "Ten characters or more. Three or four words that only you would put together work well."
)


class Plain(KindForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name in {"email", "login"} & self.fields.keys():
            self.fields[name].label = _("Your email address")
            self.fields[name].widget.attrs["autocomplete"] = "username"
            # allauth would cut a longer one to fit, and write to somebody else.
            self.fields[name].validators.append(MaxLengthValidator(LONGEST_EMAIL))
        for name in {"password", "oldpassword"} & self.fields.keys():
            self.fields[name].label = _("Your password")
            self.fields[name].help_text = ""
        if "password1" in self.fields:
            self.fields["password1"].label = _("A new password")
            self.fields["password1"].help_text = PASSWORD_HINT
        if "remember" in self.fields:
            self.fields["remember"].label = _("Stay signed in on this device")
            self.fields["remember"].help_text = _("Leave this empty on a phone you share.")


class SignInForm(Plain, account.LoginForm):
    pass


class RequestCodeForm(Plain, account.RequestLoginCodeForm):
    pass


class ConfirmCodeForm(Plain, account.ConfirmLoginCodeForm):
    remember = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code in the email")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean(self):
        # A second factor may come between this page and being in.
        context.request.session["stays"] = bool(self.cleaned_data.get("remember"))
        return super().clean()

    def clean_code(self):
        code = super().clean_code()
        member = context.request._login_stage.login.user
        if not EmailAddress.objects.filter(user=member, verified=True).exists():
            # The first proof of who owns the address; whoever signed up with it may be another.
            member.forget_password()
        return code


class SignUpForm(Plain, account.SignupForm):
    pen_name = Member._meta.get_field("pen_name").formfield(
        label=_("The name you write under"),
        help_text=_(
            "A first name, or one you make up. Not your full name. Readers see it; you can leave "
            "it off any story."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Choose a name to write under.")},
    )
    care = forms.BooleanField(label=terms.To.CARE.label)
    keeping = forms.BooleanField(label=terms.To.KEEPING.label)
    # People don’t see it, and leave it empty; programs that fill in whatever they find do not.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    field_order = ["email", "pen_name", "password1", "care", "keeping", "website"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("Only for us. No member sees it, and no moderator.")
        for name in ("care", "keeping"):
            self.fields[name].error_messages["required"] = _(
                "Tick this too. Without an account you can read everything here."
            )
        self.fields["password1"].label = _("A password")
        self.fields["password1"].help_text = _(
            "Leave this empty and we’ll send a code each time you sign in. "
            "If you choose one: ten characters or more."
        )

    def clean(self):
        cleaned = super().clean()
        if "pen_name" in cleaned:
            try:
                cleaned["pen_name"] = self._free_pen_name(cleaned["pen_name"])
            except forms.ValidationError as error:
                self.add_error("pen_name", error.message_dict["pen_name"])
        return cleaned

    def _free_pen_name(self, pen_name):
        member = Member(email="nobody@example.org", pen_name=pen_name)
        member.clean_fields(exclude={"email", "password", "pen_name_key"})
        if not self._same_again(member):
            member.clean()
        return member.pen_name

    def _same_again(self, member):
        """The account this very form made a moment ago, when somebody pressed twice."""
        password = self.cleaned_data.get("password1")
        made = Member.objects.unconfirmed().filter(
            email=self.cleaned_data.get("email"), pen_name_key=member.pen_name_key
        )
        self.made = next(
            (m for m in made if m.check_password(password) or not m.has_usable_password()), None
        )
        return self.made

    def try_save(self, request):
        if self.cleaned_data["website"]:
            return None, redirect("account_email_verification_sent")
        if self.account_already_exists:
            if self.made:
                return self.made, None
            self._as_for_somebody_new(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            if not Member.objects.filter(email=self.cleaned_data["email"]).exists():
                raise
            # Two presses at the same moment: the other one made the account.
            return None, redirect("account_email_verification_sent")

    def _as_for_somebody_new(self, request):
        """The same work, for an address that nobody has, and undone: the time of the answer must
        not tell either."""
        typed, is_known = self.cleaned_data["email"], self.account_already_exists
        self.cleaned_data["email"] = f"{secrets.token_hex(8)}@nobody.invalid"
        self.account_already_exists = False
        try:
            with transaction.atomic():
                with transaction.atomic():
                    self._looked_up(self.save(request))
                    transaction.set_rollback(True)
                # And something that has to reach the disk, where a new account would.
                Member.objects.filter(email=typed.lower()).update(email=typed.lower())
        finally:
            self.cleaned_data["email"], self.account_already_exists = typed, is_known

    @staticmethod
    def _looked_up(member):
        """What django-allauth looks up of somebody new on the way to the mail that confirms."""
        has_verified_email(member, member.email)
        EmailAddress.objects.get(user=member).user.refresh_from_db()

    def save(self, request):
        member = super().save(request)
        terms.agree(member)
        return member


class ChangeEmailForm(Plain, account.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your new email address")


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    pass


class SetPasswordForm(Plain, account.SetPasswordForm):
    pass


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    pass


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    pass
