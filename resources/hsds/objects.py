"""Our rows as HSDS objects: what readers would be shown, and nothing besides.

An object has no property without a value: HSDS knows no null.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resources import countries, terms
from resources.hsds import taxonomies
from resources.models import Cost, Kind, Organization, Service, TaxonomyTerm
from resources.models.assurance import in_full, stands_for
from resources.models.parts import identifier

EXTENT_TYPE = "iso3166-1"
A_BATCH = 200
A_DAY = timedelta(days=1)


def said(**properties):
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def address(name, *args):
    """The whole address of a page here."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


# ---- what is asked of the database


def for_lists(services):
    """What a service in a list needs: two queries, whatever the rows."""
    return services.select_related("organization", "publisher").prefetch_related("phones")


def for_reading(services):
    """What a whole service needs: seven queries, whatever the rows."""
    with_parents = Prefetch("terms", TaxonomyTerm.objects.select_related("parent"))
    parts = ["schedules", "service_areas", "languages", "translations"]
    return for_lists(services).prefetch_related(*parts, with_parents)


def listed_organizations():
    listed = Service.objects.published().values("organization")
    return Organization.objects.filter(pk__in=listed)


def in_batches(found):
    """Lists of rows, by key: never all of them in memory."""
    last = 0
    while batch := list(found.order_by("pk").filter(pk__gt=last)[:A_BATCH]):
        yield batch
        last = batch[-1].pk


# ---- objects


def service_in_a_list(service):
    """Only what there is one of, as HSDS has it in lists."""
    return service_alone(service) | {"organization": organization(service.organization)}


def service_alone(service):
    return said(
        id=str(service.uuid),
        organization_id=str(service.organization.uuid),
        name=service.name,
        description=service.description,
        url=service.url,
        email=service.shown_email,
        status=service.status,
        application_process=service.application_process,
        fees_description=service.fees_description,
        assured_date=service.assured_on.isoformat(),
        alert=_alert(service),
        last_modified=last_modified(service).isoformat(),
        assurance=service.assurance,
        source_url=service.source_url,
        page_url=address("resources:detail", service.slug),
        **_publisher(service),
    )


def service_named(service):
    """The least there can be of a service, and when it changed."""
    return {
        "id": str(service.uuid),
        "name": service.name,
        "status": service.status,
        "last_modified": last_modified(service).isoformat(),
    }


def service_in_full(service):
    return service_inside(service) | {"organization": organization(service.organization)}


def service_inside(service):
    """All of it but its organisation, inside which it stands."""
    return service_alone(service) | said(
        phones=[phone(row) for row in service.shown_numbers],
        schedules=schedules(service),
        service_areas=[area(row) for row in service.service_areas.all()],
        languages=[language(row.code, row.uuid) for row in service.languages.all()],
        cost_options=cost_options(service),
        attributes=attributes(service),
        translations=[translation(row) for row in service.translations.all()],
    )


def last_modified(service):
    """When ``service`` was last served differently: a number that lapses is written by nobody."""
    lasts = stands_for(service.kind) + A_DAY
    days = [service.stands_from, service.email_stands_from]
    days += [phone.stands_from for phone in service.phones.all()]
    lapsed = [day + lasts for day in days if day and day + lasts <= timezone.localdate()]
    at_midnight = [
        timezone.make_aware(datetime.combine(day, datetime.min.time())) for day in lapsed
    ]
    return max([service.modified_at, *at_midnight]).astimezone(UTC)


def _alert(service):
    if service.is_out_of_date:
        return _("Nobody has confirmed this since %(day)s.") % {"day": in_full(service.assured_on)}
    return ""


def _publisher(service):
    if publisher := service.publisher:
        return {
            "publisher_name": publisher.name,
            "publisher_url": publisher.url,
            "publisher_identifier": service.identifier,
            "licence": publisher.licence,
            "licence_url": publisher.licence_url,
        }
    licence, licence_url = settings.DIRECTORY_LICENCE
    return {
        "publisher_name": settings.SITE_NAME,
        "publisher_url": settings.SITE_URL,
        "publisher_identifier": str(service.uuid),
        "licence": licence,
        "licence_url": licence_url,
    }


def organization(row):
    return said(id=str(row.uuid), name=row.name, website=row.website) | {
        "description": row.description
    }


def phone(row):
    languages = [language(row.language, identifier(f"language/{row.uuid}"))] if row.language else []
    return said(
        id=str(row.uuid),
        number=row.number,
        type=row.type,
        description=row.description,
        dial=row.dial,
        keyword=row.keyword,
        always_open=row.always_open,
        assured_date=row.stands_from.isoformat(),
        languages=languages,
    )


def schedules(service):
    hours = [
        said(
            id=str(row.uuid),
            valid_from=row.valid_from and row.valid_from.isoformat(),
            valid_to=row.valid_to and row.valid_to.isoformat(),
            freq="WEEKLY",
            byday=row.byday,
            description=row.description,
            opens_at=row.opens_at.isoformat(),
            closes_at=row.closes_at.isoformat(),
            time_zone=row.timezone,
        )
        for row in service.schedules.all()
    ]
    if service.hours:
        # As the place writes them: a schedule of words alone.
        hours.append({"id": _made(service, "hours"), "description": service.hours})
    return hours


def area(row):
    return {
        "id": str(row.uuid),
        "name": str(countries.country_name(row.code)),
        "extent": row.code,
        "extent_type": EXTENT_TYPE,
    }


def language(code, uuid):
    return {"id": str(uuid), "name": terms.LANGUAGES.get(code, code), "code": code}


def cost_options(service):
    if service.cost == Cost.UNKNOWN:
        return []
    return [{"id": _made(service, "cost"), "option": service.cost}]


def attributes(service):
    words = [(taxonomies.KIND, taxonomies.term_of_kind(Kind(service.kind)))]
    words += [(row.taxonomy, taxonomies.term(row)) for row in service.terms.all()]
    return [
        {
            "id": _made(service, f"attribute/{term['id']}"),
            "link_id": str(service.uuid),
            "taxonomy_term_id": term["id"],
            "link_type": str(taxonomy),
            "link_entity": "service",
            "label": term["name"],
            "taxonomy_term": term,
        }
        for taxonomy, term in words
    ]


def translation(row):
    return said(
        language=row.language,
        description=row.description,
        hours=row.hours,
        application_process=row.application_process,
    )


def _made(service, what):
    """The id of something that has no row of its own."""
    return str(identifier(f"{service.uuid}/{what}"))
