"""Values from the environment, each read as what it has to be.

What is missing or malformed stops the start with one sentence that names it, and never repeats
it: an address can hold a password.
"""

import os
import re
import warnings
import zoneinfo
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

BASE_DIR = Path(__file__).resolve().parent.parent
YES, NO = {"true", "on", "yes", "y", "1"}, {"false", "off", "no", "n", "0"}
HOST = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\]", re.IGNORECASE)

# Terms on which data is given away, by their SPDX names.
LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "OGL-UK-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}

environ.Env.read_env(BASE_DIR / os.environ.get("ENV_FILE", ".env"))


def text(value):
    if not value.isprintable():
        raise ValueError("must be one line of plain text.")
    return value


def site_name(value):
    """What people call the site: some of it has to be read."""
    if not any(character.isalnum() for character in text(value)):
        raise ValueError("must be a name, as in Small Hours.")
    return value


def flag(value):
    if value.lower() not in YES | NO:
        raise ValueError("must be true or false.")
    return value.lower() in YES


def count(value):
    if not re.fullmatch(r"[0-9]{1,3}", value):
        raise ValueError("must be a number, 0 or more.")
    return int(value)


def old_keys(value):
    """Earlier keys, which sign nothing new and still open what they signed."""
    keys = [key.strip() for key in value.split(",") if key.strip()]
    if any(len(key) < 50 for key in keys):
        raise ValueError("must be keys of 50 characters or more, with commas between.")
    return keys


def hosts(value):
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names or not all(name == "*" or HOST.fullmatch(name) for name in names):
        raise ValueError("must be the site's host names, with commas between and nothing else.")
    return names


def address(value):
    """A web address without spaces or a password in it."""
    parts = _split(value)
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(parts.hostname or ""):
        raise ValueError("must be a web address that begins with https://.")
    if parts.username or not re.fullmatch(r"[!-~]+", value):
        raise ValueError("must be a web address without spaces or a password in it.")
    return value


def origin(value):
    """Where a site is, without a page: https://example.org."""
    if _split(address(value)).path.strip("/") or "?" in value or "#" in value:
        raise ValueError("must end after the host, as in https://example.org.")
    return value.rstrip("/")


def mail_address(value):
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError("must be an email address.") from None
    return value


def sender(value):
    """An address, or a name with one: Small Hours <hello@example.org>."""
    named = re.fullmatch(r"[^<>]*<([^<>]+)>", text(value))
    mail_address(named[1] if named else value)
    return value


def folder(value):
    path = (BASE_DIR / value).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise ValueError("must be a folder that this process may write in.") from None
    if not os.access(path, os.W_OK):
        raise ValueError("must be a folder that this process may write in.")
    return path


def time_zone(value):
    if value not in zoneinfo.available_timezones():
        raise ValueError("must be a time zone's name, as in Europe/London.")
    return value


def database(value):
    where = _parsed(environ.Env.db_url_config, value)
    engine = where.get("ENGINE", "").rpartition(".")[2]
    if engine not in ("sqlite3", "postgresql") or where.get("NAME") in (None, "", ":memory:"):
        raise ValueError(
            "must be postgres://user:password@host:5432/name or sqlite:////a/path/to/a/file."
        )
    return where


def cache(value):
    if not re.match(r"(redis|rediss|valkey|valkeys|locmemcache)://", value):
        raise ValueError("must begin with redis://, rediss:// or valkey://.")
    # The two servers speak one protocol, and Django's client knows it by the older name.
    return _parsed(environ.Env.cache_url_config, re.sub(r"^valkey", "redis", value))


def storage(value):
    """Where photographs are kept: a folder, or a bucket on an S3 server."""
    parts = _parsed(urlsplit, value)
    path = unquote(parts.path)
    if parts.scheme == "file" and path.startswith("/"):
        folder_storage = "django.core.files.storage.FileSystemStorage"
        return {"BACKEND": folder_storage, "OPTIONS": {"location": path}}
    bucket = path.strip("/")
    if parts.scheme not in ("s3", "s3+http") or not parts.hostname or not bucket or "/" in bucket:
        raise ValueError("must be file:///a/folder or s3://key:secret@host/bucket?region=name.")
    if find_spec("storages") is None:
        raise ValueError("names an S3 server: install requirements-s3.txt for that.")
    scheme = "http" if parts.scheme == "s3+http" else "https"
    where = {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "endpoint_url": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
        "region_name": dict(parse_qsl(parts.query)).get("region", "us-east-1"),
        "bucket_name": bucket,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": where}


def heic(value):
    wanted = flag(value)
    if wanted and find_spec("pillow_heif") is None:
        raise ValueError("is true: install requirements-heic.txt for that.")
    return wanted


def licence(value):
    if value not in LICENCES:
        raise ValueError(f"must be one of {', '.join(LICENCES)}.")
    return value, LICENCES[value]


def mail_server(value):
    where = _parsed(environ.Env.email_url_config, value)
    if where["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not where["EMAIL_HOST"]:
        raise ValueError("must name a host, as in smtp+tls://user:password@host:587.")
    return where


def read(name, *, make=text, default=None, while_trying=None, may_be_empty=True):
    """The value of ``name``, made by ``make``.

    Unset, it is ``while_trying`` if DEBUG is on, else ``default``; without either it is needed.
    Empty counts as unset where it ``may_be_empty``.
    """
    value = os.environ.get(name, "").strip()
    if not value and name in os.environ and not may_be_empty:
        raise ImproperlyConfigured(f"{name} is empty: write one, or leave it out for the default.")
    if not value and while_trying is not None and DEBUG:
        value = while_trying
    value = value or default
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Small Hours does not start without it: see .env.example."
        )
    try:
        return make(value)
    except ValueError as what_it_must_be:
        raise ImproperlyConfigured(f"{name} {what_it_must_be}") from None


def _split(value):
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise ValueError("must be a web address that begins with https://.") from None
    return parts


def _parsed(parse, value):
    try:
        _ = urlsplit(value).port
        with warnings.catch_warnings(action="ignore"):
            return parse(value)
    except (ImproperlyConfigured, ValueError, KeyError, TypeError):
        raise ValueError("is not an address we can read: see .env.example.") from None


DEBUG = False  # until read: nothing may stand in for it
DEBUG = read("DEBUG", make=flag, default="false")
