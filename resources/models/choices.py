"""The short lists a place is described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TAKEN = {"reading", "print", "suggest"}  # addresses that stand beside the places' own


class Kind(models.TextChoices):
    CRISIS_LINE = "crisis-line", pgettext_lazy("kind of place", "Crisis line")
    HELPLINE = "helpline", pgettext_lazy("kind of place", "Helpline")
    CHARITY = "charity", pgettext_lazy("kind of place", "Charity")
    SUPPORT_GROUP = "support-group", pgettext_lazy("kind of place", "Support group")
    ONLINE = "online-community", pgettext_lazy("kind of place", "Online group")
    PEER = "peer-mentoring", pgettext_lazy("kind of place", "One to one with another parent")
    COUNSELLING = "counselling-directory", pgettext_lazy("kind of place", "Finding a counsellor")
    PHOTOGRAPHY = "photography", pgettext_lazy("kind of place", "Photographs and keepsakes")
    KEEPSAKES = "memorial-keepsakes", pgettext_lazy("kind of place", "Remembering")
    GUIDE = "guide", pgettext_lazy("kind of place", "Something to read")
    RIGHTS = "legal-leave-rights", pgettext_lazy("kind of place", "Leave and other rights")
    APP = "app", pgettext_lazy("kind of place", "App")


class Cost(models.TextChoices):
    FREE = "free", pgettext_lazy("cost", "Free")
    MIXED = "mixed", pgettext_lazy("cost", "Some of it is free, some isn’t")
    PAID = "paid", pgettext_lazy("cost", "It costs money")
    UNKNOWN = "unknown", pgettext_lazy("cost", "We couldn’t confirm what it costs")


class Status(models.TextChoices):
    """HSDS service.status, word for word."""

    ACTIVE = "active", _("In the directory")
    INACTIVE = "inactive", _("Taken out of the directory")
    DEFUNCT = "defunct", _("No longer exists")
    CLOSED = "temporarily closed", _("Closed for now")


class Assurance(models.TextChoices):
    PUBLISHED = "published", _("Confirmed in published sources")
    PARTLY = "partly", _("Only partly confirmed in published sources")
    SITE = "site", _("Confirmed by an editor on its website")
    ORGANISATION = "organisation", _("Confirmed with the organisation")


class Method(models.TextChoices):
    """How somebody looked.  Never by ringing a crisis line: somebody may need it that minute."""

    FILE = "file", _("A file that was loaded, made from published sources")
    SITE = "site", _("Read on their website")
    ANSWER = "answer", _("They answered us in writing")
