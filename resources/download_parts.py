"""What an editor's own copy says of the directory (``members.download_parts``)."""

from django.utils.translation import gettext_lazy as _

from community.members.download_parts import INNER, Part

PARTS = [
    Part(
        "resources.Verification",
        _("Places you looked at for the directory"),
        ("by",),
        {
            "service": _("Place"),
            "on": _("Day"),
            "method": _("How"),
            "source_url": _("Where it says so"),
            "note": _("Note"),
            "by_name": _("As"),
        },
        dict.fromkeys(["id", "by", "contacts"], INNER),
        outlives_them=True,
    ),
    Part(
        "resources.Change",
        _("What you changed in the directory"),
        ("by",),
        {
            "service": _("Place"),
            "at": _("When"),
            "field_name": _("Field"),
            "previous_value": _("Before"),
            "replacement_value": _("After"),
            "by_name": _("As"),
        },
        dict.fromkeys(["id", "by", "action", "told_at"], INNER),
        outlives_them=True,
    ),
]

LEFT_OUT = {
    "resources.Suggestion.decided_by": _("What somebody else suggested stays with the directory."),
}
