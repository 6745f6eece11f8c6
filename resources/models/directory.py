"""Who helps, and with what."""

import re
from functools import cached_property
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.reasons import PLACE_REASONS
from community.moderation.reportable import Reportable
from resources import countries, terms
from resources.models.assurance import STALE_AFTER, Assured
from resources.models.choices import TAKEN, Assurance, Cost, Kind, Status
from resources.models.facets import Language, ServiceArea, TaxonomyTerm, facets_of
from resources.models.phones import Phone
from resources.validators import plain_text, web_address

# Only these words are a plain claim; “according to most sources” is not.
ALWAYS_OPEN = re.compile(
    r"(phone )?24 hours a day(, (7 days a week|365 days a year))?\s*(;.*)?", re.IGNORECASE
)


class Organization(models.Model):
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True, validators=[plain_text])
    description = models.TextField(_("what it is"), blank=True, validators=[plain_text])
    website = models.URLField(_("website"), max_length=500, blank=True, validators=[web_address])

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="resources_organization_has_a_name",
                violation_error_message=_("Write the organisation’s name."),
            ),
        ]

    def __str__(self):
        return self.name


class ServiceQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Status.ACTIVE)

    def visible_to(self, person):
        return self.published()

    def open_to(self, country):
        """Places in ``country`` and places open to any country."""
        here = ServiceArea.objects.filter(
            service=OuterRef("pk"), code__in={country, countries.ANY_COUNTRY}
        )
        return self.filter(Exists(here))

    def for_loss(self, code):
        return self._with_a_term(TaxonomyTerm.Taxonomy.LOSS, terms.losses_found_by(code))

    def for_people(self, code):
        return self._with_a_term(TaxonomyTerm.Taxonomy.AUDIENCE, [code, terms.ANYONE])

    def _with_a_term(self, taxonomy, codes):
        linked = Service.terms.through.objects.filter(
            service=OuterRef("pk"), taxonomyterm__taxonomy=taxonomy, taxonomyterm__code__in=codes
        )
        return self.filter(Exists(linked))

    def in_language(self, code):
        return self.filter(Exists(Language.objects.filter(service=OuterRef("pk"), code=code)))

    def open_now(self):
        """Only where the hours plainly say so: nothing else is known to be open at this minute."""
        return self.filter(always_open=True)

    def free(self):
        return self.filter(cost=Cost.FREE)

    def in_writing(self):
        """Reached by text or email; not where we would not show the number or address."""
        written = [Phone.Type.TEXT, Phone.Type.WHATSAPP]
        by_text = Phone.objects.filter(service=OuterRef("pk"), type__in=written)
        return self.exclude(assurance=Assurance.PARTLY).filter(Exists(by_text) | ~Q(email=""))

    def crisis_lines(self):
        return self.published().filter(kind=Kind.CRISIS_LINE)

    def in_order_for(self, country=""):
        """Long unconfirmed places last; the country's own first, then open now, then by name."""
        own = Exists(ServiceArea.objects.filter(service=OuterRef("pk"), code=country))
        oldest = timezone.localdate() - STALE_AFTER
        return self.annotate(
            is_stale=Case(When(assured_on__lt=oldest, then=Value(1)), default=Value(0)),
            is_own=Case(When(own, then=Value(1)), default=Value(0)) if country else Value(0),
        ).order_by("is_stale", "-is_own", "-always_open", "name", "pk")

    def counted(self):
        """Each row also says how many there are in all (``total``): one query, not two."""
        return self.annotate(total=Window(Count("pk")))

    def for_reading(self):
        return self.select_related("organization").prefetch_related("phones")

    def with_facets(self):
        """The places as a list, their facets already known."""
        services = list(self)
        found = facets_of(services) if services else {}
        for service in services:
            service.facets = found[service.pk]
        return services


class Service(Reportable, Assured, models.Model):
    """One place to turn.  ``slug`` is the directory file's, and its address here."""

    REPORTED_AS, REPORTED_BY, REPORT_REASONS = "place", "slug", PLACE_REASONS
    SEEN = ("name", "kind", "description", "url", "email", "hours", "cost", "application_process")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
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

    @cached_property
    def facets(self):
        return facets_of([self])[self.pk]

    @property
    def shown_numbers(self):
        """The numbers we may show: none while a place is only partly confirmed."""
        return [] if self.is_partly_confirmed else self.phones.all()

    @property
    def source_host(self):
        return urlsplit(self.source_url).hostname or ""

    @property
    def shown_email(self):
        return "" if self.is_partly_confirmed else self.email

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
