"""Which places there are for somebody: questions asked of the directory."""

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When, Window
from django.utils import timezone

from resources import countries, terms
from resources.models.assurance import CRISIS_LINE_STANDS, STANDS, standing
from resources.models.choices import Cost, Kind, Status
from resources.models.facets import Language, ServiceArea, TaxonomyTerm, facets_of
from resources.models.phones import Phone
from resources.models.schedules import Schedule, open_at
from resources.models.translations import Translation


class ServiceQuerySet(models.QuerySet):
    def update(self, **kwargs):
        return super().update(**{"modified_at": timezone.now()} | kwargs)

    def published(self):
        return self.filter(status=Status.ACTIVE)

    def visible_to(self, person):
        return self.published()

    def no_longer_listed(self):
        """Their addresses are known to people, and say what happened and where to go instead."""
        explained = ~Q(closing_note="") | Q(replaced_by__isnull=False)
        return self.filter(
            Q(status__in=[Status.DEFUNCT, Status.CLOSED]) | Q(explained, status=Status.INACTIVE)
        )

    def standing(self):
        """Those whose verification counts today."""
        return self.filter(standing("stands_from"))

    def open_to(self, *codes):
        """Places in one of these countries and places open to any country."""
        here = ServiceArea.objects.filter(
            service=OuterRef("pk"), code__in={*codes, countries.ANY_COUNTRY}
        )
        return self.filter(Exists(here))

    def for_loss(self, *codes):
        wanted = {found for code in codes for found in terms.losses_found_by(code)}
        return self._with_a_term(TaxonomyTerm.Taxonomy.LOSS, wanted)

    def for_people(self, *codes):
        return self._with_a_term(TaxonomyTerm.Taxonomy.AUDIENCE, {*codes, terms.ANYONE})

    def _with_a_term(self, taxonomy, codes):
        linked = self.model.terms.through.objects.filter(
            service=OuterRef("pk"), taxonomyterm__taxonomy=taxonomy, taxonomyterm__code__in=codes
        )
        return self.filter(Exists(linked))

    def in_language(self, *codes):
        return self.filter(Exists(Language.objects.filter(service=OuterRef("pk"), code__in=codes)))

    def open_now(self, moment=None):
        """Only where the hours plainly say so, and were confirmed lately: less, never more."""
        return self.standing().filter(Q(always_open=True) | Exists(_hours(open_at(moment))))

    def telling_if_open(self, moment=None):
        """Each also says ``is_open_now``, and whether its hours let a machine tell."""
        return self.annotate(
            tells_hours=Exists(_hours(Q())), is_open_now=Exists(_hours(open_at(moment)))
        )

    def free(self):
        return self.filter(cost=Cost.FREE)

    def in_writing(self):
        """Reached by text or email; not where we would not show the number or address."""
        written = [Phone.Type.TEXT, Phone.Type.WHATSAPP]
        by_text = Phone.objects.filter(
            standing("stands_from", "service__kind"), service=OuterRef("pk"), type__in=written
        )
        by_email = ~Q(email="") & standing("email_stands_from")
        return self.filter(Exists(by_text) | by_email)

    def crisis_lines(self):
        return self.published().filter(kind=Kind.CRISIS_LINE)

    def modified_after(self, moment):
        """What would be read differently than at ``moment``: changed, or lapsed, since then.

        A number that lapses is written by nobody, so days are asked too.
        """
        day, lapsed = timezone.localdate(moment), Q()
        for kinds, span in (
            (Q(kind=Kind.CRISIS_LINE), CRISIS_LINE_STANDS),
            (~Q(kind=Kind.CRISIS_LINE), STANDS),
        ):
            days = (day - span, timezone.localdate() - span)
            phones = Phone.objects.filter(stands_from__gte=days[0], stands_from__lt=days[1])
            of_place = Q(stands_from__gte=days[0], stands_from__lt=days[1])
            of_email = Q(email_stands_from__gte=days[0], email_stands_from__lt=days[1])
            lapsed |= kinds & (of_place | of_email | Q(pk__in=phones.values("service")))
        return self.filter(Q(modified_at__gt=moment) | lapsed)

    def in_order_for(self, *codes):
        """Long unconfirmed places last; the country's own first, then open now, then by name."""
        own = Exists(ServiceArea.objects.filter(service=OuterRef("pk"), code__in=codes))
        return self.annotate(
            is_stale=Case(When(standing("stands_from"), then=Value(0)), default=Value(1)),
            is_own=Case(When(own, then=Value(1)), default=Value(0)) if codes else Value(0),
        ).order_by("is_stale", "-is_own", "-always_open", "name", "pk")

    def counted(self):
        """Each row also says how many there are in all (``total``): one query, not two."""
        return self.annotate(total=Window(Count("pk")))

    def for_reading(self):
        return self.select_related("organization").prefetch_related("phones")

    def translated(self, code):
        """Each also has its texts in the language ``code``, where somebody translated them."""
        said = Translation.objects.filter(service=OuterRef("pk"), language=code.split("-")[0])
        return self.annotate(
            **{
                f"translated_{name}": Subquery(said.exclude(**{name: ""}).values(name)[:1])
                for name in Translation.TEXTS
            }
        )

    def with_facets(self):
        """The places as a list, their facets already known, in the words of whoever reads."""
        services = [service.as_translated() for service in self]
        found = facets_of(services) if services else {}
        for service in services:
            service.facets = found[service.pk]
        return services


def _hours(condition):
    return Schedule.objects.filter(condition, service=OuterRef("pk"))
