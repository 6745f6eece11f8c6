"""Leaving for good: closed for seven days and then erased, or erased at once.

Each app says for its own kinds of things, in its module ``leaving_kinds``, what can stay when
their writer goes (``KINDS``, each a ``Kind``); everything else is erased (``archive.erase``).
"""

from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _

from .stopping import new_key

NAME = "leaving_kinds"
CLOSED_FOR = timedelta(days=7)
SIGNER = signing.Signer(salt="members.leaving", sep=".")


class Kind:
    """One kind of thing, about which whoever leaves is asked.  ``choices``: the first takes it
    away, the second leaves it."""

    name = question = ""
    model = None
    choices = ()

    def leaves(self, chosen):
        return chosen.get(self.name) == self.choices[1][0]

    def staying(self, member):
        """What would stay, if they leave it."""
        raise NotImplementedError

    def close(self, member, chosen):
        """Keep it from readers meanwhile.  Returns, as JSON can hold it, what opens it again."""

    def open_again(self, member, closed):
        """As it was before ``close``."""

    def hide(self, member):
        """Keep it from readers from now on: its writer agrees to nothing any more."""

    def leave(self, thing):
        """Take from ``thing`` whatever says whose it was."""
        raise NotImplementedError


def kinds():
    """Of every app."""
    return [
        kind
        for app in apps.get_app_configs()
        if module_has_submodule(app.module, NAME)
        for kind in import_module(f"{app.name}.{NAME}").KINDS
    ]


class LeavingQuerySet(models.QuerySet):
    def with_token(self, token):
        """The one behind the link of a mail; none if the link is not one of ours."""
        try:
            return self.filter(key=SIGNER.unsign(token) if token.isascii() else "")
        except signing.BadSignature:
            return self.none()

    def due(self):
        return self.filter(ends_at__lte=timezone.now())


class Leaving(models.Model):
    """Somebody asked to go.  ``chosen`` is what they said about each kind; ``closed`` what opens
    everything again if they stop it.  ``key`` stands in the link that does.
    """

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leaving")
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    chosen = models.JSONField(default=dict)
    closed = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    ends_at = models.DateTimeField(db_index=True)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.pk}"

    def get_absolute_url(self):
        return reverse("members:stay", args=[SIGNER.sign(self.key)])

    def write_to_them(self):
        """They asked for it just now, so it waits for nothing."""
        day = date_format(timezone.localtime(self.ends_at), "l j F Y")
        context = {"day": day, "stop": settings.SITE_URL + self.get_absolute_url()}
        body = render_to_string("members/email/leaving.txt", context)
        EmailMessage(_("Your request"), body, to=[self.member.email]).send()


def nobody():
    """An account that nobody has, for one thing that its writer left behind.

    Each thing gets one of its own, so that nobody finds out by it which were one person's.
    ``.invalid`` is no mailbox anywhere (RFC 2606).
    """
    key = new_key().lower().replace("_", "").replace("-", "")
    somebody = get_user_model()(email=f"{key}@left.invalid", pen_name=f"Left {key[:20]}")
    somebody.is_active = False
    somebody.set_unusable_password()
    somebody.save()
    return somebody
