"""Where a service can be used, in which languages, and the terms it is found by."""

from collections import defaultdict

from django.db import models
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from resources import countries, terms
from resources.models.parts import IdentifierField, ServicePart


def country_choices():
    return [(countries.ANY_COUNTRY, countries.country_name("INT")), *countries.COUNTRIES.items()]


def language_choices():
    return list(terms.LANGUAGES.items())


class TaxonomyTerm(models.Model):
    """A word places are found by.  ``name`` is English; ``label`` speaks the reader's language."""

    class Taxonomy(models.TextChoices):
        LOSS = "loss", _("Kind of loss")
        AUDIENCE = "audience", _("Who it is for")

    uuid = IdentifierField()
    taxonomy = models.CharField(_("list"), max_length=20, choices=Taxonomy)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(_("place in the list"))

    class Meta:
        ordering = ["taxonomy", "position"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                fields=["taxonomy", "code"],
                name="resources_term_once_in_its_list",
                violation_error_message=_("This term is in the list already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_taxonomy_display()}: {self.label}"

    def save(self, **kwargs):
        super().save(**kwargs)
        self.services.update()  # they are served with it

    @property
    def identity(self):
        return f"taxonomy_term/{self.taxonomy}/{self.code}"

    @property
    def label(self):
        return terms.label(self.taxonomy, self.code, otherwise=self.name)

    @classmethod
    def all_by_code(cls):
        """Every term as {(taxonomy, code): term}; those an emptied database lacks are made."""
        there = {(term.taxonomy, term.code): term for term in cls.objects.all()}
        for taxonomy, labels in terms.LABELS.items():
            for position, (code, label) in enumerate(labels.items()):
                if (taxonomy, code) not in there:
                    there[taxonomy, code] = cls.objects.create(
                        taxonomy=taxonomy, code=code, name=str(label), position=position
                    )
        return there


class ServiceArea(ServicePart):
    """A country a service is open to; ``INT`` is any country (HSDS: extent, ISO 3166-1)."""

    uuid = IdentifierField()
    service = models.ForeignKey("Service", models.CASCADE, related_name="service_areas")
    code = models.CharField(_("country"), max_length=3, choices=country_choices)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "code"],
                name="resources_area_named_once",
                violation_error_message=_("This country is in the list already."),
            ),
        ]

    def __str__(self):
        return str(countries.country_name(self.code))

    @property
    def identity(self):
        return f"service_area/{self.service.slug}/{self.code}"


class Language(ServicePart):
    """A language somebody there speaks or writes (BCP 47)."""

    uuid = IdentifierField()
    service = models.ForeignKey("Service", models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=12, choices=language_choices)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "code"],
                name="resources_language_named_once",
                violation_error_message=_("This language is in the list already."),
            ),
        ]

    def __str__(self):
        return terms.LANGUAGES.get(self.code, self.code)

    @property
    def identity(self):
        return f"language/{self.service.slug}/{self.code}"


def facets_of(services):
    """The codes each of ``services`` is found by, in one query: {pk: {"area": ["IE"], …}}."""
    keys = [service.pk for service in services]
    areas = ServiceArea.objects.filter(service__in=keys).values_list(
        "service_id", Value("area"), "code", F("pk")
    )
    languages = Language.objects.filter(service__in=keys).values_list(
        "service_id", Value("language"), "code", F("pk")
    )
    linked = TaxonomyTerm.objects.filter(services__in=keys).values_list(
        "services", "taxonomy", "code", "position"
    )
    rows = areas.order_by().union(languages.order_by(), linked.order_by(), all=True)
    found = defaultdict(lambda: defaultdict(list))
    for key, facet, code, _position in sorted(rows, key=lambda row: (row[0], row[1], row[3])):
        found[key][facet].append(code)
    return {key: found[key] for key in keys}
