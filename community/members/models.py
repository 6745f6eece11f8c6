"""Who is here, what they agreed to, and what is waiting to be posted to them."""

import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.comfort import LONGEST as LONGEST_WISHES
from community.comfort import Comfort

from . import pen_names
from .consents import Consent
from .dates import KeptDate, Note
from .devices import Device
from .downloads import Download
from .hours import KeepsHours
from .leaving import Leaving
from .sessions import Session
from .sign_ups import SignUpPause
from .stopping import Kind, MailChoice

__all__ = ["Consent", "Device", "Download", "Email", "KeptDate", "Leaving", "MailChoice"]
__all__ += ["Member", "Note", "Session", "SignUpPause"]


class MemberManager(BaseUserManager):
    def unconfirmed(self):
        """Those who never showed that their address is theirs."""
        return self.exclude(emailaddress__verified=True)

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())

    def create_user(self, email, pen_name, password=None, **fields):
        """A member who may sign in: without a password, by a code sent by email only."""
        member = self.model(email=email, pen_name=pen_name, **fields)
        member.set_password(password)
        member.full_clean()
        member.save()
        return member

    def create_superuser(self, email, pen_name, password=None, **fields):
        return self.create_user(
            email, pen_name, password, is_staff=True, is_superuser=True, **fields
        )


class Member(KeepsHours, AbstractBaseUser, PermissionsMixin):
    """Signs in by email, is known to readers by pen name.  There is no other name."""

    email = models.EmailField(_("email"), unique=True)
    pen_name = models.CharField(
        _("pen name"),
        max_length=pen_names.LONGEST,
        validators=[pen_names.check],
        error_messages={"max_length": _("Choose a shorter name: %(limit_value)d letters at most.")},
    )
    pen_name_key = models.CharField(
        max_length=pen_names.LONGEST_SKELETON, unique=True, editable=False
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    # Whose help numbers they asked for: two letters (ISO 3166), or nothing.  Never guessed.
    help_country = models.CharField(max_length=2, blank=True, default="", db_default="")
    # Their other wishes about reading, as ``Comfort`` writes them; empty while they have none.
    wishes = models.CharField(
        max_length=LONGEST_WISHES, blank=True, default="", db_default="", editable=False
    )
    # The version of the terms that holds for them (members.terms); empty where nobody asked here.
    agreed_to = models.CharField(
        max_length=40, blank=True, default="", db_default="", editable=False
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["pen_name"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower(F("email"))), name="members_member_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=~Q(pen_name_key=""), name="members_member_has_a_pen_name"
            ),
        ]

    def __str__(self):
        return self.pen_name

    def save(self, *args, **kwargs):
        self._fold()
        super().save(*args, **kwargs)

    def clean_fields(self, exclude=None):
        self._fold()
        super().clean_fields(exclude)

    def clean(self):
        alike = Member.objects.filter(pen_name_key=self.pen_name_key).exclude(pk=self.pk)
        if self.pen_name_key and alike.exists():
            raise ValidationError({"pen_name": pen_names.TAKEN})

    @property
    def comfort(self):
        """Their wishes about reading, or None while they have told us none."""
        if not (self.wishes or self.help_country):
            return None
        return Comfort.read(self.wishes).but(country=self.help_country)

    def wish(self, comfort):
        """Keep ``comfort`` from now on; None forgets it."""
        self.help_country = comfort.country if comfort else ""
        self.wishes = str(comfort.but(country="")) if comfort else ""
        self.save(update_fields=["help_country", "wishes"])

    def take_up(self, comfort):
        """Keep ``comfort``, unless there is something to keep already, or nothing in it."""
        mine = Member.objects.filter(pk=self.pk, wishes="", help_country="")
        if comfort != Comfort():
            wishes = str(comfort.but(country=""))
            mine.update(wishes=wishes, help_country=comfort.country)
            self.refresh_from_db(fields=["wishes", "help_country"])

    def forget_password(self):
        """From now on a code sent by email is the way in, until they choose a password again."""
        self.set_unusable_password()
        self.save(update_fields=["password"])

    def validate_unique(self, exclude=None):
        super().validate_unique({"pen_name_key", *(exclude or ())})  # clean() says it better

    def _fold(self):
        self.email = self.email.strip().lower()
        self.pen_name = pen_names.tidied(self.pen_name)
        self.pen_name_key = pen_names.skeleton(self.pen_name)[: pen_names.LONGEST_SKELETON]


def new_message_id():
    """The same for every attempt, so that a mail that arrives twice can be known for one."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.SITE_URL).hostname}>"


class EmailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None)

    def on_its_way(self):
        """Waiting, and not given up."""
        return self.waiting().filter(tries__lt=Email.MOST_TRIES)

    def unclaimed(self):
        """Waiting, and with no worker; one that has been silent for so long is taken for dead."""
        lapsed = timezone.now() - Email.CLAIM_LAPSES_AFTER
        return self.waiting().filter(Q(claimed_at=None) | Q(claimed_at__lt=lapsed))

    def look_again(self, member):
        """What is held back for ``member``, who has changed their mind about something."""
        held = self.waiting().filter(member=member, held_until__isnull=False)
        return held.update(held_until=timezone.now())


class Email(models.Model):
    """A letter in the outbox.  Once sent, nothing is left of whom it went to or what it said."""

    CLAIM_LAPSES_AFTER = timedelta(minutes=10)
    MOST_TRIES = 6

    class Waits(models.TextChoices):
        NEVER = ""  # somebody asked for it just now
        NIGHT = "night"  # goes by day
        REST = "rest"  # and not while its reader wants no mail

    to = models.EmailField(_("to"), max_length=320, blank=True)
    sender = models.CharField(_("from"), max_length=320)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    body = models.TextField(_("body"), blank=True)
    headers = models.JSONField(default=dict, blank=True)
    # For whom it is held back, and how.  Of mail that may be stopped, ``kind`` is which.
    member = models.ForeignKey(Member, models.CASCADE, null=True, editable=False, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, blank=True, default="", db_default="")
    waits = models.CharField(max_length=5, choices=Waits, blank=True, default="", db_default="")
    held_until = models.DateTimeField(null=True, editable=False)
    good_until = models.DateTimeField(null=True, editable=False)
    message_id = models.CharField(max_length=320, unique=True, default=new_message_id)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    trouble = models.CharField(_("what went wrong"), max_length=120, blank=True)

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(sent_at=None), name="members_email_waiting"
            ),
            models.Index(
                fields=["held_until"],
                condition=Q(sent_at=None, held_until__isnull=False),
                name="members_email_held",
            ),
        ]

    def __str__(self):
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.message_id}"

    def claim(self):
        """Whether this worker, and no other, may send it now.  The guarded UPDATE decides."""
        mine = Email.objects.unclaimed().filter(pk=self.pk)
        return bool(mine.update(claimed_at=timezone.now(), tries=F("tries") + 1))

    def sent(self):
        Email.objects.filter(pk=self.pk).update(
            sent_at=timezone.now(),
            to="",
            subject="",
            body="",
            headers={},
            trouble="",
            member=None,
            kind="",
        )

    def failed(self, trouble):
        """``trouble`` is a class name: a server's own words may repeat the address."""
        Email.objects.filter(pk=self.pk).update(claimed_at=None, trouble=trouble[:120])

    def hold(self, until):
        Email.objects.waiting().filter(pk=self.pk).update(held_until=until)

    def drop(self):
        """It will never go.  Whoever is sending it at this moment may finish."""
        Email.objects.unclaimed().filter(pk=self.pk).delete()
