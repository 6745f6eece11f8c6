"""Where somebody is signed in.  A session says whose it is, so that they can see theirs and end
them; it holds no address of a network, and of the browser two words.
"""

import re
import time
from datetime import UTC, date, datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

# The first that is found: most browsers name others whose pages they can show, too.
BROWSERS = [
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser"),
    ("Firefox", r"Firefox/|FxiOS"),
    ("Chrome", r"Chrome/|CriOS"),
    ("Safari", r"Safari/"),
]
SYSTEMS = [
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Chromebook", r"CrOS"),
    ("Mac", r"Macintosh"),
    ("Linux", r"Linux|X11"),
]
DEVICE, SINCE, SEEN = "device", "signed_in_at", "seen_on"


def device_of(request):
    """Two words, as "Firefox/Android"; what is not known stays empty.  Never the whole line, by
    which one device could be told from all others.
    """
    said = request.headers.get("User-Agent", "")[:400]
    return "/".join(
        next((name for name, sign in names if re.search(sign, said)), "")
        for names in (BROWSERS, SYSTEMS)
    )


def in_words(device):
    browser, _slash, system = device.partition("/")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser we don’t know")


class SessionQuerySet(models.QuerySet):
    def of(self, member):
        return self.filter(member=member, expire_date__gt=timezone.now())


class SessionManager(BaseSessionManager.from_queryset(SessionQuerySet)):
    use_in_migrations = False


class Session(AbstractBaseSession):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions"
    )

    objects = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls):
        return SessionStore

    @property
    def mark(self):
        """Stands for it on a page, where the key itself would let anybody in."""
        return salted_hmac("members.session", self.session_key, algorithm="sha256").hexdigest()

    def is_marked(self, mark):
        return constant_time_compare(self.mark, mark)

    @property
    def device(self):
        return in_words(self._held.get(DEVICE, ""))

    @property
    def since(self):
        began = self._held.get(SINCE)
        return began and datetime.fromtimestamp(began, UTC)

    @property
    def seen_on(self):
        seen = self._held.get(SEEN)
        return seen and date.fromisoformat(seen)

    @property
    def stays(self):
        """Whether they asked to stay signed in there: else it ends when the browser is closed."""
        return bool(self._held.get("_session_expiry"))

    @property
    def _held(self):
        if not hasattr(self, "_decoded"):
            self._decoded = self.get_decoded()
        return self._decoded


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.member_id = data.get(SESSION_KEY)
        return session


def begin(request):
    """Note in a session that began just now where it is, and since when."""
    request.session[DEVICE] = device_of(request)
    request.session[SINCE] = int(time.time())
    request.session[SEEN] = timezone.localdate().isoformat()


def seen(get_response):
    """The day a session was last used, for whoever wonders whether it is theirs."""

    def middleware(request):
        response = get_response(request)
        # Nobody's is opened for this: a page that asks no database goes without.
        if request.session.accessed and SEEN in request.session:
            today = timezone.localdate().isoformat()
            if request.session[SEEN] != today:
                request.session[SEEN] = today
        return response

    return middleware
