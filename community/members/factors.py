"""Second factors: what somebody has, besides what they know.  django-allauth keeps and asks for
them; here is how their secrets are stored, how they are named, and when the admin needs one.
"""

from base64 import urlsafe_b64encode
from functools import partial
from hashlib import sha256
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode import QRCode

Type = Authenticator.Type
QUIET_ZONE = 4  # modules around the code (ISO/IEC 18004)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": gettext_lazy(
            "Set up an app or a passkey first: recovery codes stand in for one."
        ),
        "incorrect_code": gettext_lazy("Check the code: it is the newest six numbers in the app."),
        "unverified_email": gettext_lazy("Confirm your email address first."),
    }

    def encrypt(self, text):
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _locks().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self):
        return settings.SITE_NAME

    def get_totp_label(self, user):
        """Stands in a list of other sites, where others may see it: no address of theirs."""
        return user.pen_name

    def build_totp_svg(self, url):
        """Black on white in both lights, because a camera reads it; drawn by attributes alone."""
        code = QRCode(border=QUIET_ZONE)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on
        )
        return format_html(
            '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
            '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>',
            len(rows),
            _("The key, as a picture for the camera of your phone"),
            path,
        )

    def generate_authenticator_name(self, user, type):
        """Of the next passkey: told apart by the day, until they give it a name."""
        return _("A passkey")

    def get_public_key_credential_rp_entity(self):
        """One for all hosts of the site; while trying, whichever it is opened at."""
        site = super().get_public_key_credential_rp_entity()
        if not settings.DEBUG:
            site["id"] = urlsplit(settings.SITE_URL).hostname
        return site | {"name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user):
        return super().get_public_key_credential_user_entity(user) | {"name": user.pen_name}


def _locks():
    """Encrypts with the key of today, and opens what an earlier one closed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = (sha256(b"members.factors:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in made])


def has_one(member):
    """Recovery codes alone are none: they stand in for one."""
    of_theirs = Authenticator.objects.filter(user_id=member.pk)
    return of_theirs.exclude(type=Type.RECOVERY_CODES).exists()


def named(member):
    """Theirs, each with the ``name`` they gave it, if they did."""
    found = list(Authenticator.objects.filter(user_id=member.pk).order_by("pk"))
    for each in found:
        each.name = each.data.get("name", "")
    return found


def was_shown(request):
    """Whether whoever is signed in has shown a second factor since they came in."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def way_there(request):
    """Where to show, or set up, the second factor that stands between whoever asks and the admin;
    empty if none does."""
    if not settings.STAFF_SECOND_FACTOR or (was_shown(request) and has_one(request.user)):
        return ""
    if not has_one(request.user):
        return reverse("mfa_index")
    by_code = Authenticator.objects.filter(user_id=request.user.pk, type=Type.TOTP).exists()
    page = reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn")
    return f"{page}?{urlencode({'next': reverse('admin:index')})}"


def middleware(get_response):
    """Tells the admin, which knows no members, whether it may open (community/admin.py)."""

    def with_factor(request):
        request.way_to_second_factor = partial(way_there, request)
        return get_response(request)

    return with_factor
