"""A record into the rows of a place and its parts."""

from uuid import UUID

from django.utils import timezone
from django.utils.text import slugify

from resources.models import (
    Assurance,
    Language,
    Organization,
    Phone,
    Publisher,
    Schedule,
    Service,
    ServiceArea,
    Status,
    TaxonomyTerm,
    Translation,
)
from resources.models.choices import TAKEN

LONGEST_SLUG = 60


class Writer:
    """Knows what there is of the publishers, organisations and terms that ``records`` need."""

    def __init__(self, records, publisher):
        self.publisher = publisher
        self.publishers = {publisher.url: publisher}
        self.terms = TaxonomyTerm.all_by_code()
        self.there = {
            (service.publisher_id, service.identifier): service
            for service in Service.objects.exclude(publisher=None).filter(
                identifier__in={record.identifier for record in records}
            )
        }

    def publisher_of(self, record):
        """Whose record it is: of one passed on, who wrote it first, and on their terms."""
        said = record.publisher
        url = said.get("publisher_url")
        if not url:
            return self.publisher
        if url not in self.publishers:
            self.publishers[url], _made = Publisher.objects.get_or_create(
                url=url,
                defaults={
                    "name": said["publisher_name"] or url,
                    "licence": said["licence"] or self.publisher.licence,
                    "licence_url": said["licence_url"],
                },
            )
        return self.publishers[url]

    def service_of(self, record):
        return self.there.get((self.publisher_of(record).pk, record.identifier))

    def write(self, service, record, digest):
        """Raises ValidationError."""
        is_new = service.pk is None
        for name, value in record.fields.items():
            if value is not None:
                setattr(service, name, value)
        service.assured_on = service.assured_on or timezone.localdate()
        service.publisher, service.identifier = self.publisher_of(record), record.identifier
        service.organization = self.organization(record.organization)
        service.status = self.status(service, record, is_new)
        service.loaded_digest = digest
        if is_new:
            service.assurance = Assurance.PUBLISHED
            service.slug = free_slug(service.name)
            service.uuid = free_uuid(Service, record.identifier)
        service.read_hours()
        service.full_clean(exclude=["terms"])
        service.save()
        self.parts(service, record)
        service.reckon_standing()
        service.save()

    def status(self, service, record, is_new):
        """What they list waits here for an editor; what they closed is closed."""
        if record.status != Status.ACTIVE:
            return record.status
        return Status.INACTIVE if is_new else service.status

    def organization(self, said):
        """By its id there, else by its name.  Ours keep our words."""
        found = Organization.objects.filter(
            publisher=self.publisher, identifier=said.identifier
        ).first()
        found = found or Organization.objects.filter(name=said.name).first()
        if found and (found.publisher_id != self.publisher.pk or not said.identifier):
            return found
        found = found or Organization(uuid=free_uuid(Organization, said.identifier))
        if said.identifier:
            found.publisher, found.identifier = self.publisher, said.identifier
        if not Organization.objects.filter(name=said.name).exclude(pk=found.pk).exists():
            found.name = said.name
        new = (found.name, said.description, said.website)
        if found.pk is None or new != (found.name, found.description, found.website):
            found.description, found.website = said.description, said.website
            found.full_clean()
            found.save()
        return found

    def parts(self, service, record):
        codes(service.service_areas, ServiceArea, record.areas)
        codes(service.languages, Language, record.languages)
        self.phones(service, record.phones)
        self.schedules(service, record.schedules)
        for language, texts in record.translations.items():
            Translation.objects.update_or_create(service=service, language=language, defaults=texts)
        service.translations.exclude(language__in=record.translations).delete()
        service.terms.set([self.terms[key] for key in record.terms if key in self.terms])

    def phones(self, service, wanted):
        """A number that stays keeps its row, and with it who looked at it."""
        there = {(phone.type, phone.dial): phone for phone in service.phones.all()}
        for said in wanted:
            phone = there.pop((said["type"], said["dial"]), None)
            phone = phone or Phone(service=service, uuid=free_uuid(Phone, said["uuid"]))
            for name, value in said.items():
                if name != "uuid":
                    setattr(phone, name, value)
            phone.full_clean()
            phone.save()
        for phone in there.values():
            phone.delete()

    def schedules(self, service, wanted):
        names = (
            "byday",
            "opens_at",
            "closes_at",
            "timezone",
            "valid_from",
            "valid_to",
            "description",
        )
        there = list(service.schedules.values_list(*names))
        if sorted(map(str, there)) == sorted(str(tuple(said[n] for n in names)) for said in wanted):
            return
        service.schedules.all().delete()
        for said in wanted:
            schedule = Schedule(service=service, **said)
            schedule.full_clean()
            schedule.save()


def codes(related, model, wanted):
    """Rows that stay keep their ids: another system may know them by those."""
    related.exclude(code__in=wanted).delete()
    there = set(related.values_list("code", flat=True))
    for code in wanted:
        if code not in there:
            model(service=related.instance, code=code).save()


def free_slug(name):
    start = slugify(name)[:LONGEST_SLUG].strip("-") or "place"
    slug, number = start, 2
    while slug in TAKEN or Service.objects.filter(slug=slug).exists():
        slug, number = f"{start}-{number}", number + 1
    return slug


def free_uuid(model, said):
    """The id a thing had there, so that both directories name it alike, unless something of ours
    has it: then it gets one of our own."""
    try:
        uuid = UUID(str(said))
    except ValueError:
        return None
    return None if model.objects.filter(uuid=uuid).exists() else uuid
