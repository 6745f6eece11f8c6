"""What stands in the copy that a member takes away, kind by kind.

Each app says for its own tables, in its module ``download_parts``: ``PARTS`` lists what is in the
copy, ``LEFT_OUT`` which columns that point at a member are not, and why.  A test walks every model,
so that no table and no column is forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import factors

NAME = "download_parts"
OTHERS = _("It says who somebody else is.")
INNER = _("It holds a place, and says nothing about you.")
SECRET = _("It would let whoever finds this copy act as you.")


@dataclass(frozen=True)
class Part:
    """``via`` names the columns by which a row is somebody's; ``rows`` finds them in another way.

    ``fields`` maps what is shown of a row to its label; ``left_out`` maps every other column to why
    it is not.  ``files`` gives the files of a row: (name in the copy, name in the storage).
    ``outlives_them``: it is no word of theirs, or belongs to somebody else, and stays when they go.
    """

    model: str
    heading: str
    via: tuple = ()
    fields: dict = field(default_factory=dict)
    left_out: dict = field(default_factory=dict)
    rows: Callable | None = None
    files: Callable | None = None
    outlives_them: bool = False

    def found(self, member):
        if self.rows:
            return list(self.rows(member))
        theirs = Q(*[(name, member) for name in self.via], _connector=Q.OR)
        model = apps.get_model(self.model)
        return list(model._base_manager.filter(theirs).order_by("pk"))


def by_app():
    """The modules that say what their app holds of a member."""
    return [
        import_module(f"{app.name}.{NAME}")
        for app in apps.get_app_configs()
        if module_has_submodule(app.module, NAME)
    ]


def parts():
    return [part for module in by_app() for part in module.PARTS]


def left_out():
    """ "app.Model.column" to why it is not in the copy."""
    return {name: why for module in by_app() for name, why in module.LEFT_OUT.items()}


def plain(row, name):
    """A value as JSON can hold it: a row of ours is named by its id."""
    value = getattr(row, name)
    if hasattr(value, "all"):
        return [str(each) for each in value.all()]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, (bool, int, list, dict)) else str(value)


def in_words(row, name):
    """The same for somebody who reads it; "" for what is not there."""
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "hour"):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if hasattr(value, "isoformat"):
        return date_format(value, "j F Y")
    if isinstance(value, dict):
        return "\n".join(f"{key}: {said}" for key, said in value.items() if said not in ("", []))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return ", ".join(plain(row, name)) if hasattr(value, "all") else str(value)


PARTS = [
    Part(
        "members.Member",
        _("Your account"),
        rows=lambda member: [member],
        fields={
            "email": _("Email address"),
            "pen_name": _("Pen name"),
            "joined_at": _("Joined"),
            "agreed_to": _("Version of the terms you agreed to"),
            "last_login": _("Last signed in"),
            "is_active": _("May sign in"),
            "is_staff": _("May open the admin"),
            "is_superuser": _("May do everything there"),
            "groups": _("Groups"),
            "user_permissions": _("Permissions of your own"),
            "time_zone": _("Time zone"),
            "help_country": _("Country of your help numbers"),
            "wishes": _("Reading comfort"),
            "mail_paused_at": _("Mail paused"),
            "mail_quiet_until": _("No mail until"),
        },
        left_out={
            "id": INNER,
            "password": SECRET,
            "pen_name_key": _(
                "It is made from your pen name, to find another that looks the same."
            ),
        },
    ),
    Part(
        "account.EmailAddress",
        _("Email addresses"),
        ("user",),
        {"email": _("Address"), "verified": _("Confirmed"), "primary": _("We write to it")},
        {"id": INNER, "user": INNER},
    ),
    Part(
        "mfa.Authenticator",
        _("Passkeys, and other second factors"),
        ("user",),
        rows=factors.named,
        fields={
            "type": _("What it is"),
            "name": _("Its name"),
            "created_at": _("Set up"),
            "last_used_at": _("Last used"),
        },
        left_out={"id": INNER, "user": INNER, "data": SECRET},
    ),
    Part(
        "members.Session",
        _("Where you are signed in"),
        ("member",),
        {
            "device": _("Browser"),
            "since": _("Since"),
            "seen_on": _("Last used"),
            "expire_date": _("Ends"),
        },
        {"session_key": SECRET, "session_data": SECRET, "member": INNER},
    ),
    Part(
        "members.Device",
        _("Kinds of browser you have signed in with"),
        ("member",),
        {"kind": _("Browser"), "used_on": _("Last used")},
        {"id": INNER, "member": INNER},
    ),
    Part(
        "members.Consent",
        _("What you agreed to"),
        ("member",),
        {
            "purpose": _("To what"),
            "about": _("About"),
            "wording": _("In which wording"),
            "given_at": _("Agreed"),
            "withdrawn_at": _("Taken back"),
        },
        {"id": INNER, "member": INNER},
    ),
    Part(
        "members.KeptDate",
        _("Dates you keep"),
        ("member",),
        {
            "words": _("In your words"),
            "day": _("Day"),
            "month": _("Month"),
            "year": _("Year"),
            "wish": _("What we do about it"),
            "is_quiet": _("No other mail on that day"),
            "in_other_years": _("In years without it"),
        },
        {"id": INNER, "member": INNER},
    ),
    Part(
        "members.Note",
        _("Notes that went to you about a date"),
        ("member",),
        {"on": _("Day")},
        {"id": INNER, "member": INNER},
    ),
    Part(
        "members.MailChoice",
        _("Mail you get or stopped"),
        ("member",),
        {"kind": pgettext_lazy("mail", "Kind"), "stopped_at": _("Stopped")},
        {"id": INNER, "member": INNER, "key": SECRET},
    ),
    Part(
        "members.Email",
        _("Mail that is waiting for you"),
        ("member",),
        {
            "to": _("To"),
            "subject": _("Subject"),
            "kind": pgettext_lazy("mail", "Kind"),
            "created_at": _("Written"),
            "waits": _("Waits for"),
            "held_until": _("Held back until"),
            "good_until": _("Goes no later than"),
        },
        {
            "body": _("It holds a link that acts as you."),
            "headers": SECRET,
            **dict.fromkeys(
                ["id", "sender", "member", "message_id", "claimed_at", "sent_at", "tries"], INNER
            ),
            "trouble": INNER,
        },
    ),
    Part(
        "members.Download",
        _("Copies you asked for"),
        ("member",),
        {"asked_at": _("Asked for"), "made_at": _("Made"), "fetched_at": _("Fetched")},
        {"id": INNER, "member": INNER, "key": SECRET},
    ),
    Part(
        "members.Leaving",
        _("That you asked to go"),
        ("member",),
        {"asked_at": _("Asked"), "ends_at": _("Erased on"), "chosen": _("What you chose")},
        {"id": INNER, "member": INNER, "key": SECRET, "closed": INNER},
    ),
    Part(
        "admin.LogEntry",
        _("What you changed in the admin"),
        ("user",),
        {"action_time": _("When"), "action_flag": _("What")},
        {"object_repr": OTHERS, **dict.fromkeys(["id", "user", "content_type"], INNER)}
        | {"object_id": OTHERS, "change_message": OTHERS},
    ),
]

LEFT_OUT = {
    "members.SignUpPause.by": _("What a moderator did about nobody in particular stays."),
    "members.Member_groups.member": _("It stands with your account, as your groups."),
    "members.Member_user_permissions.member": _("It stands with your account."),
}
