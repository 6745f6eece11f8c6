"""One settings file, read from the environment (``.env.example`` lists every name).

With ``DEBUG`` on, everything has a default and nothing leaves this machine.
With it off, a missing or malformed value stops the start with one sentence.
"""

from email.utils import formataddr
from urllib.parse import quote

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from community import environment
from community.environment import BASE_DIR, DEBUG, read
from community.signing_in import *  # noqa: F403 (what django-allauth reads)

SECRET_KEY = read("SECRET_KEY", while_trying="only-for-trying-it-on-one-machine")
SECRET_KEY_FALLBACKS = read("SECRET_KEY_FALLBACKS", make=environment.old_keys, default="")
LOG_KEY = read("LOG_KEY", while_trying="only-for-trying-the-log-on-one-machine")
ALLOWED_HOSTS = read("ALLOWED_HOSTS", make=environment.hosts, while_trying="*")
SITE_URL = read("SITE_URL", make=environment.origin, while_trying="http://localhost:8000")
CONTACT_EMAIL = read(
    "CONTACT_EMAIL", make=environment.mail_address, while_trying="hello@example.org"
)
if not DEBUG and (len(set(SECRET_KEY)) < 5 or len(SECRET_KEY) < 50):
    raise ImproperlyConfigured("SECRET_KEY must be 50 random characters or more.")
if not DEBUG and (len(set(LOG_KEY)) < 5 or len(LOG_KEY) < 50):
    raise ImproperlyConfigured("LOG_KEY must be 50 random characters or more.")
if LOG_KEY == SECRET_KEY:
    raise ImproperlyConfigured("LOG_KEY must be another key than SECRET_KEY, which may be changed.")
if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name this site's hosts: '*' lets anybody pose.")
if not DEBUG and not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must begin with https://.")

SITE_NAME = read("SITE_NAME", make=environment.site_name, default="Small Hours", may_be_empty=False)
LEAVE_URL = read("LEAVE_URL", make=environment.address, default="https://www.wikipedia.org/")
DIRECTORY_LICENCE = read("DIRECTORY_LICENCE", make=environment.licence, default="CC-BY-4.0")
DATA_DIR = read("DATA_DIR", make=environment.folder, default="var")
# How many proxies of ours stand in front: their X-Forwarded-* headers are believed, nobody else's.
TRUSTED_PROXIES = read("TRUSTED_PROXIES", make=environment.count, default="0")

INSTALLED_APPS = [
    "community",
    "community.members",
    "community.moderation",
    "stories",
    "resources",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "community.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "community.middleware.promises",
    "community.middleware.findable",
    "community.middleware.Policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "community.members.sessions.seen",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.members.factors.middleware",
    "community.members.terms.middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "community.members.comfort.middleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "community.middleware.KindFailures",
]

ROOT_URLCONF = "community.urls"
WSGI_APPLICATION = "community.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# ---- what is kept, and where
DATABASES = {
    "default": read(
        "DATABASE_URL",
        make=environment.database,
        default=f"sqlite:///{quote(str(DATA_DIR / 'small-hours.sqlite3'))}",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for a writer (WAL); a writer takes its place at the start (IMMEDIATE)
    # and waits for it, so that "database is locked" reaches nobody.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # A server that has gone is noticed after seconds, not minutes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
CACHES = {"default": read("CACHE_URL", make=environment.cache, default="locmemcache://")}
STORAGES = {
    "default": read(
        "STORAGE_URL", make=environment.storage, default=f"file://{quote(str(DATA_DIR / 'media'))}"
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
if DEBUG:
    STATIC_ROOT.mkdir(exist_ok=True)  # nothing is collected while trying, and nobody is warned
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What the worker puts in order every minute.
TIDYINGS = [
    "community.jobs.put_back_stuck",
    "community.members.archive.erase_due",
    "community.members.noting.send_due",
    "community.members.mail.send_held",
    "stories.notes.send_weekly",
    "stories.notes.return_letters",
    "stories.unanswered.make_offers",
    "stories.photo_jobs.tidy",
    "community.ageing.expire_hourly",
    "resources.hsds.downloads.refresh",
    "resources.link_checks.ask_due",
]

# Whether the worker asks other sites if the directory’s addresses answer.  Nobody who only tries
# this should be asking.
LINKS_ARE_CHECKED = not DEBUG

# What search engines are told is here, part by part.
SITEMAPS = [
    "community.sitemaps.SECTIONS",
    "stories.sitemaps.SECTIONS",
    "resources.sitemaps.SECTIONS",
]

# Whether triggers refuse to change the log of decisions.  Only tests, which empty tables, turn it
# off.
LOG_IS_GUARDED = True

FILE_UPLOAD_HANDLERS = [
    "community.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Whether HEIC photographs are taken, which needs requirements-heic.txt.
PHOTOS_ACCEL = read("PHOTOS_ACCEL", default="")  # where nginx hands them out for us
PHOTOS_HEIC = read("PHOTOS_HEIC", make=environment.heic, default="false")

# ---- mail: written into our database with what caused it, sent from there by the worker
EMAIL_BACKEND = "community.members.mail.OutboxBackend"
MAIL_TRANSPORT = read(
    "EMAIL_URL",
    make=environment.mail_server,
    while_trying=f"filemail:///{quote(str(DATA_DIR / 'mail'))}",
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read(
    "FROM_EMAIL", make=environment.sender, default=formataddr((SITE_NAME, CONTACT_EMAIL))
)
EMAIL_SUBJECT_PREFIX = ""

# From ten at night until eight where somebody is, mail that nobody just asked for waits; while
# trying, none does.
QUIET_HOURS = None if DEBUG else (22, 8)

# ---- words and time
LANGUAGE_CODE = "en-gb"
LANGUAGES, LOCALE_PATHS = [("en-gb", "English")], [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "community.formats"
TIME_ZONE = read("TIME_ZONE", make=environment.time_zone, default="Europe/London")
USE_TZ = True

# ---- 15 October, from seven to eight in the evening everywhere: whether the names wall shows it
WAVE_OF_LIGHT = read("WAVE_OF_LIGHT", make=environment.flag, default="false")

# ---- people: they sign in by email, with a password or a code
AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = [
    "community.moderation.backends.NotWhileSuspended",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["community.members.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "community.members.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "community.members.passwords.NotCommon"},
    {
        "NAME": "community.members.passwords.NotYourName",
        "OPTIONS": {"user_attributes": ["email", "pen_name"]},
    },
]
PASSWORD_RESET_TIMEOUT = 86_400  # "Use this link within a day."
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
# Whether who looks after the site needs a second factor to open the admin.  A site for people
# cannot do without.
STAFF_SECOND_FACTOR = read(
    "STAFF_SECOND_FACTOR", make=environment.flag, default="true", while_trying="false"
)
if not DEBUG and not STAFF_SECOND_FACTOR:
    raise ImproperlyConfigured("STAFF_SECOND_FACTOR must be true: without it one password is all.")

# ---- what the browser is told (DESIGN: nothing from elsewhere, nothing inline)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {part: [NONE] for part in ("default-src", "base-uri", "frame-ancestors")}
    | {f"{part}-src": [SELF] for part in ("style", "font", "img", "script", "connect")}
    | {"form-action": [SELF], "report-uri": "/policy-report/", "report-to": "policy"}
}
# 'no-referrer' would make browsers send "Origin: null" with our own forms; this one
# tells other sites just as little.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "community.views.form_expired"
SESSION_ENGINE = "community.members.sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
COMFORT_COOKIE_NAME = "comfort"
if not DEBUG:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    COMFORT_COOKIE_NAME = "__Host-comfort"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 31_536_000  # a year, in seconds, as the preload list asks
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A story of 100,000 characters and its parts fit; a flood does not.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django logs the address of every 404; an address can be somebody's story.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
