"""allauth's pages where a password is asked for, with the status that fits their answer."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required

# Seconds, as the sentence says: allauth counts five wrong ones for an address in that time
# (ACCOUNT_LOGIN_ATTEMPTS_TIMEOUT).
WAIT = 300


class SlowsDown:
    """Mix into a page that asks for a password: too many wrong ones are answered with 429 (RFC 6585
    §4) and the form as it was, because a code by email is still a way in.
    """

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if any(form.has_error(name, "too_many_login_attempts") for name in form.errors):
            response.status_code = 429
            response["Retry-After"] = WAIT
        return response


class SignIn(SlowsDown, account.LoginView):
    pass


class Reauthenticate(SlowsDown, account.ReauthenticateView):
    pass


# A first password is another way in: a browser that was left open must not be enough for it.
choose_first_password = reauthentication_required(app="allauth.account")(account.password_set)
