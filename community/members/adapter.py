"""Where django-allauth asks us how things are done here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import get_pending_stage
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal import ratelimit
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.kept import say_it_again
from community.members import code_again, comfort, sessions
from community.members.mail import account_changed, may_write_to
from community.members.models import Device, Email, Member, SignUpPause

STAYS = "stays"
# Wrong passwords for one address, from wherever; its owner comes in by a code or a passkey then.
MOST_GUESSES = {"guesses": "50/h/key"}
TOLD_OF_GUESSES = {"told": "1/d/key"}
GUESSED = _(
    "Somebody tried many wrong passwords. None was right. For an hour only a code by email or a "
    "passkey lets you in."
)
A_NEW_DEVICE = _(
    "Somebody signed in with a kind of browser that you had not used for three months: %(device)s."
)
# Whoever knows an address can ask us to write to it.  These are all they can cause.
ASKED_FOR_BY_ANYBODY = {
    "account/email/account_already_exists",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/login_code",
    "account/email/password_reset_key",
    "account/email/unknown_account",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account can’t be used at the moment."),
        "duplicate_email": _("This is the address you have already."),
        "email_password_mismatch": _(
            "Check both: the address and the password don’t belong together. "
            "You can also ask for a code by email."
        ),
        "enter_current_password": _("Type the password you have now."),
        "incorrect_code": _("Check the code: it is the six numbers in the newest email."),
        "incorrect_password": _("Type the password you have now."),
        "same_as_current": _("This is the address you have already."),
        "too_many_login_attempts": _(
            "That was a lot at once. Wait five minutes, or ask for a code by email."
        ),
        "rate_limited": _("That was a lot at once. Wait a minute."),
    }

    def is_open_for_signup(self, request):
        return not SignUpPause.objects.standing().exists()

    def save_user(self, request, user, form, commit=True):
        user.pen_name = form.cleaned_data["pen_name"]
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix, email, context):
        if template_prefix in ASKED_FOR_BY_ANYBODY and not may_write_to(email):
            return
        if template_prefix == "account/email/unknown_account":
            self._write_to_nobody(email)
        else:
            super().send_mail(template_prefix, email, context)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(
            template_prefix, user, {**(context or {}), "member": user}, email
        )

    def render_mail(self, template_prefix, email, context, headers=None):
        """Nobody asked for the mail that says what changed: at night it waits for the morning."""
        letter = super().render_mail(template_prefix, email, context, headers)
        if member := context.get("member"):
            letter.may_wait = {"member": member, "waits": Email.Waits.NIGHT}
        return letter

    def _write_to_nobody(self, email):
        """The same work as a mail, and none: whoever was merely typed in gets nothing, and the
        answer takes as long as for somebody who has an account."""
        letter = self.render_mail("account/email/login_code", email, {"code": ""})
        letter.for_nobody = True
        letter.send()

    def format_email_subject(self, subject):
        return subject

    # Links in mail begin with our own address, whatever Host the request came with.

    def get_email_confirmation_url(self, request, emailconfirmation):
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key):
        uid, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, token])

    def get_password_change_redirect_url(self, request):
        return resolve_url("members:space")

    def pre_authenticate(self, request, **credentials):
        """Besides what each network may try of one address, what all of them may together."""
        super().pre_authenticate(request, **credentials)
        if not self._count_guess(credentials, dry_run=True):
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request, **credentials):
        address = credentials.get("email", "").lower()
        self._count_guess(credentials)
        if not self._count_guess(credentials, dry_run=True) and self._may_tell(address):
            member = Member.objects.filter(email=address).first()
            account_changed(member or Member(email=address), GUESSED, to_nobody=member is None)

    def _count_guess(self, credentials, **how):
        said = {"config": MOST_GUESSES, "limit_get": True}
        key = credentials.get("email", "").lower()
        return ratelimit.consume(None, app="members", action="guesses", key=key, **said, **how)

    def _may_tell(self, address):
        said = {"config": TOLD_OF_GUESSES, "limit_get": True}
        return ratelimit.consume(None, app="members", action="told", key=address, **said)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Counted for an address and a network: a stranger elsewhere shuts nobody out, and another
        Host header begins no new count."""
        return f"{credentials.get('email', '').lower()} {ratelimit.get_ip(request)}"

    def confirm_email(self, request, email_address):
        """Whoever opens the link owns the mailbox; the password may be somebody else's.

        It is kept when the link is opened in the browser that signed up.  Anywhere else it is
        dropped, so that nobody can sign up with another person's address and wait.
        """
        stage = get_pending_stage(request)
        here = stage is not None and stage.login.user == email_address.user
        if not here and not request.user.is_authenticated:
            email_address.user.forget_password()
        return super().confirm_email(request, email_address)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Raises ReauthenticationRequired where a code is their only way: django-allauth takes
        whoever has neither password nor second factor for somebody whom it cannot ask."""
        request = context.request
        if code_again.is_their_way(request.user) and not code_again.was_done(request):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        described = {
            "reauthenticate": _("Your password"),
            "mfa_reauthenticate": _("A code of the app, or a recovery code"),
        }
        described["mfa_reauthenticate:webauthn"] = _("A passkey")
        ways = super().get_reauthentication_methods(user)
        ways = [way | {"description": described[way["id"]]} for way in ways]
        return ways or ([code_again.way()] if code_again.is_their_way(user) else [])

    def post_login(self, request, user, **kwargs):
        # Signing in by code or passkey has no form of its own to ask this.
        if request.POST.get("remember") or request.session.pop(STAYS, False):
            request.session.set_expiry(settings.SESSION_COOKIE_AGE)
        sessions.begin(request)
        if Device.meet(user, sessions.device_of(request)) and not kwargs.get("signup"):
            where = {"device": sessions.in_words(sessions.device_of(request))}
            account_changed(user, A_NEW_DEVICE % where)
        response = super().post_login(request, user, **kwargs)
        comfort.meet(request, response, user)
        say_it_again(request)
        return response
