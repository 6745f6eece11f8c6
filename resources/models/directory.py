"""Who helps, and with what."""

import re
from functools import cached_property
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.reasons import PLACE_REASONS
from community.moderation.reportable import Reportable
from resources import countries, terms
from resources.models.assurance import Assured, stands
from resources.models.choices import TAKEN, Assurance, Cost, Kind, Method, Status
from resources.models.facets import TaxonomyTerm, facets_of
from resources.models.finding import ServiceQuerySet
from resources.models.parts import IdentifierField
from resources.models.publishers import FromElsewhere
from resources.models.translations import Translation
from resources.models.verification import Verification, counts_from
from resources.validators import plain_text, web_address

# Only these words are a plain claim; “according to most sources” is not.
ALWAYS_OPEN = re.compile(
    r"(phone )?24 hours a day(, (7 days a week|365 days a year))?\s*(;.*)?", re.IGNORECASE
)


class Organization(FromElsewhere, models.Model):
    uuid = IdentifierField()
    name = models.CharField(_("name"), max_length=200, unique=True, validators=[plain_text])
    description = models.TextField(_("what it is"), blank=True, validators=[plain_text])
    website = models.URLField(_("website"), max_length=500, blank=True, validators=[web_address])

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            *FromElsewhere.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name=""),
                name="resources_organization_has_a_name",
                violation_error_message=_("Write the organisation’s name."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        super().save(**kwargs)
        self.services.update()  # they are served with it

    @property
    def identity(self):
        return f"organization/{self.name}"


class Service(Reportable, Assured, FromElsewhere, models.Model):
    """One place to turn.  ``slug`` is the directory file's, and its address here."""

    REPORTED_AS, REPORTED_BY, REPORT_REASONS = "place", "slug", PLACE_REASONS
    SEEN = ("name", "kind", "description", "url", "email", "hours", "cost", "application_process")

    uuid = IdentifierField()
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("Another place has this address already.")},
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="services", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200, validators=[plain_text])
    kind = models.CharField(_("kind"), max_length=40, choices=Kind)
    description = models.TextField(_("in two sentences"), max_length=600, validators=[plain_text])
    url = models.URLField(_("website"), max_length=500, validators=[web_address])
    email = models.EmailField(_("email"), blank=True)
    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.ACTIVE)
    # HSDS schedule.description: opening hours as the place writes them.
    hours = models.CharField(_("hours"), max_length=300, blank=True, validators=[plain_text])
    always_open = models.BooleanField(default=False, editable=False)
    # HSDS cost_option.option and service.fees_description.
    cost = models.CharField(_("cost"), max_length=10, choices=Cost, default=Cost.UNKNOWN)
    fees_description = models.CharField(
        _("what it costs, in a sentence"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        validators=[plain_text],
    )
    application_process = models.TextField(
        _("what happens when you get in touch"),
        max_length=600,
        blank=True,
        validators=[plain_text],
    )
    terms = models.ManyToManyField(TaxonomyTerm, related_name="services", verbose_name=_("terms"))

    assurance = models.CharField(_("how it was confirmed"), max_length=20, choices=Assurance)
    assured_on = models.DateField(_("confirmed on"))  # HSDS service.assured_date
    source_url = models.URLField(
        _("where it was confirmed"), max_length=500, validators=[web_address]
    )
    # The days from which the looks at the place and at its email count: see reckon_standing.
    stands_from = models.DateField(null=True, blank=True, editable=False)
    email_stands_from = models.DateField(null=True, blank=True, editable=False)
    # Where to go instead, once it closed.
    replaced_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("where to go instead"),
    )
    closing_note = models.CharField(
        _("what happened"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        validators=[plain_text],
    )
    # HSDS last_modified: anything of it that is served, its parts included (parts.py).
    modified_at = models.DateTimeField(auto_now=True, db_default=Now(), db_index=True)
    # The row this came from, and whether an editor has been here since: see load_directory.
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)
    edited_at = models.DateTimeField(_("last edited"), null=True, blank=True, editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        indexes = [models.Index(fields=["status", "kind"], name="resources_service_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="resources_service_has_a_web_address",
                violation_error_message=_("The website begins with https:// or http://."),
            ),
            models.CheckConstraint(
                condition=Q(source_url__startswith="http://")
                | Q(source_url__startswith="https://"),
                name="resources_service_says_where_confirmed",
                violation_error_message=_("Give the address of the page that confirms this."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(description="") & ~Q(slug=""),
                name="resources_service_is_described",
                violation_error_message=_("A place needs a name, an address and a description."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values)
                & Q(cost__in=Cost.values)
                & Q(status__in=Status.values)
                & Q(assurance__in=Assurance.values),
                name="resources_service_uses_known_words",
                violation_error_message=_("Choose from the lists."),
            ),
            *FromElsewhere.Meta.constraints,
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.read_hours()
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("resources:detail", args=[self.slug])

    def clean(self):
        if self.assured_on and self.assured_on > timezone.localdate():
            raise ValidationError({"assured_on": _("This day has not come yet.")})
        if self.slug in TAKEN:
            raise ValidationError({"slug": _("This address is the site’s own. Choose another.")})

    def seen(self, number=None):
        numbers = [str(phone) for phone in self.shown_numbers]
        return None, {name: getattr(self, name) for name in self.SEEN} | {"numbers": numbers}

    def read_hours(self):
        self.always_open = bool(ALWAYS_OPEN.fullmatch(self.hours.strip()))

    @property
    def identity(self):
        return f"service/{self.slug}"

    def confirm(self, *, method, on, contacts, by=None, source_url="", note=""):
        """Record that somebody looked, and show what that makes us sure of.

        ``contacts`` are those that were seen there, as Phone.contact and ``contact_of_email``
        name them.  Raises ValidationError.
        """
        verification = Verification(
            service=self,
            method=method,
            on=on,
            by=by,
            by_name=by.pen_name if by else "",
            source_url=source_url,
            note=note,
            contacts=sorted(contacts),
        )
        verification.full_clean()
        with transaction.atomic():
            type(self).objects.select_for_update().get(pk=self.pk)
            verification.save()
            if on >= self.assured_on:
                self.assured_on, self.assurance = on, verification.assurance
                self.source_url = source_url or self.source_url
            self.reckon_standing()
            self.save()
        return verification

    def confirm_all(self, *, by):
        """Whoever enters a place has its website before them: that is the first look at it."""
        return self.confirm(
            method=Method.SITE,
            on=timezone.localdate(),
            by=by,
            source_url=self.source_url,
            contacts=filter(None, [self.contact_of_email, *(p.contact for p in self.phones.all())]),
        )

    def reckon_standing(self):
        """From which day what we say counts, made anew from who looked.  Saves the numbers only."""
        looked = self.verifications.all()
        self.stands_from = counts_from(list(looked), self.kind)
        self.email_stands_from = counts_from(looked.of_contact(self.contact_of_email), self.kind)
        for phone in self.phones.all():
            since = counts_from(looked.of_contact(phone.contact), self.kind)
            if since != phone.stands_from:
                phone.stands_from = since
                phone.save(update_fields=["stands_from"])

    @property
    def contact_of_email(self):
        return f"mailto:{self.email}" if self.email else ""

    @cached_property
    def facets(self):
        return facets_of([self])[self.pk]

    def as_translated(self):
        """In the words ``ServiceQuerySet.translated`` found for it: to be read, never saved."""
        for name in Translation.TEXTS:
            setattr(self, name, getattr(self, f"translated_{name}", None) or getattr(self, name))
        return self

    @property
    def shown_numbers(self):
        """The numbers we may show: those whose own verification counts."""
        return [phone for phone in self.phones.all() if stands(self.kind, phone.stands_from)]

    @property
    def hides_numbers(self):
        return len(self.shown_numbers) < len(self.phones.all())

    @property
    def source_host(self):
        return urlsplit(self.source_url).hostname or ""

    @property
    def shown_email(self):
        return self.email if stands(self.kind, self.email_stands_from) else ""

    @property
    def countries(self):
        return [countries.country_name(code) for code in self.facets["area"]]

    @property
    def language_names(self):
        return [(code, terms.LANGUAGES.get(code, code)) for code in self.facets["language"]]

    @property
    def losses(self):
        return [terms.label("loss", code) for code in self.facets["loss"]]

    @property
    def audiences(self):
        return [terms.label("audience", code) for code in self.facets["audience"]]
