"""From a checked file into the directory, without undoing what an editor did.

A row is written when it is new, or when it changed and nobody has edited the place since it
was loaded.  A place an editor changed, or made, is left alone and named.
"""

from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from resources import helplines, hours
from resources.directory_file import Refused
from resources.models import (
    Article,
    ArticleFact,
    Change,
    Language,
    Method,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    TaxonomyTerm,
    Verification,
    picture,
)

SAME_NAME = ["name", "kind", "url", "description", "email", "hours", "cost", "source_url"]


@dataclass
class Outcome:
    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    left_alone: list = field(default_factory=list)


@transaction.atomic
def load(places):
    outcome, new, changed = Outcome(), [], []
    there = {service.slug: service for service in Service.objects.all()}
    for place in places:
        service = there.get(place.slug)
        if service is None:
            new.append((Service(slug=place.slug), place))
            outcome.added.append(place.slug)
        elif service.loaded_digest == place.digest:
            outcome.unchanged.append(place.slug)
        elif service.edited_at or not service.loaded_digest:
            outcome.left_alone.append(place.slug)
        else:
            changed.append((service, place))
            outcome.changed.append(place.slug)
    if new or changed:
        keeper = Keeper(place for _service, place in new + changed)
        keeper.add(new)
        for service, place in changed:
            keeper.change(service, place)
    transaction.on_commit(helplines.write)
    return outcome


class Keeper:
    """Writes places; knows the organisations and the terms they need."""

    def __init__(self, places):
        places = list(places)
        names = {place.organization for place in places}
        known = set(Organization.objects.filter(name__in=names).values_list("name", flat=True))
        Organization.objects.bulk_create(Organization(name=name) for name in sorted(names - known))
        self.organizations = {o.name: o for o in Organization.objects.filter(name__in=names)}
        self.terms = TaxonomyTerm.all_by_code()

    def add(self, pairs):
        """Each of ``pairs`` as (new service, place), and that the makers of the file looked."""
        for service, place in pairs:
            service.loaded_digest = place.digest
        self._enter(pairs)
        Verification.objects.bulk_create(self._look(*pair) for pair in pairs)

    def enter(self, place):
        """A new service as ``place`` says; that somebody looked is for the caller to say."""
        service = Service(slug=place.slug)
        self._enter([(service, place)])
        return service

    def _enter(self, pairs):
        for service, place in pairs:
            self._describe(service, place)
            self._assure(service, place)
        Service.objects.bulk_create(service for service, _place in pairs)
        for model, parts in (
            (ServiceArea, "areas"),
            (Language, "languages"),
            (Phone, "phones"),
            (Schedule, "schedules"),
            (Service.terms.through, "terms"),
        ):
            model.objects.bulk_create(
                part for pair in pairs for part in getattr(self, f"_{parts}")(*pair)
            )

    def change(self, service, place):
        before = picture(service)
        self._assure(service, place)
        service.loaded_digest = place.digest
        self.rewrite(service, place)
        look = self._look(service, place)
        known = {name: getattr(look, name) for name in ("on", "method", "contacts")}
        if not service.verifications.filter(**known).exists():
            look.save()
        service.reckon_standing()
        service.save()
        Change.objects.bulk_create(Change.between(service, before, picture(service)))

    def rewrite(self, service, place):
        """Everything of ``service`` that ``place`` says, but not that anybody looked."""
        hours_were = service.hours
        self._describe(service, place)
        service.save()
        _replace(service.service_areas, ServiceArea, place.areas)
        _replace(service.languages, Language, place.languages)
        _replace_phones(service, self._phones(service, place))
        if (found := self._schedules(service, place)) or service.hours != hours_were:
            service.schedules.all().delete()
            Schedule.objects.bulk_create(found)
        service.terms.set(self._terms_of(place))

    def _describe(self, service, place):
        for name in SAME_NAME:
            setattr(service, name, getattr(place, name))
        service.organization = self.organizations[place.organization]
        service.read_hours()

    def _assure(self, service, place):
        for name in ("assurance", "assured_on", "source_url"):
            setattr(service, name, getattr(place, name))
        service.stands_from = place.assured_on
        service.email_stands_from = place.seen_on if place.email else None

    def _areas(self, service, place):
        return [ServiceArea(service=service, code=code) for code in place.areas]

    def _languages(self, service, place):
        return [Language(service=service, code=code) for code in place.languages]

    def _phones(self, service, place):
        since = place.seen_on
        return [Phone(service=service, stands_from=since, **asdict(n)) for n in place.phones]

    def _schedules(self, service, place):
        names = ("byday", "opens_at", "closes_at", "timezone")
        found = hours.read(place.hours, place.areas)
        return [Schedule(service=service, **dict(zip(names, said, strict=True))) for said in found]

    def _look(self, service, place):
        """Whoever made the file looked, on its day; at the numbers only where it says so."""
        seen = [service.contact_of_email] if place.email else []
        seen += [Phone(type=number.type, dial=number.dial).contact for number in place.phones]
        return Verification(
            service=service,
            method=Method.FILE,
            on=place.assured_on,
            source_url=place.source_url,
            contacts=sorted(seen) if place.seen_on else [],
        )

    def _terms(self, service, place):
        through = Service.terms.through
        return [through(service=service, taxonomyterm=term) for term in self._terms_of(place)]

    def _terms_of(self, place):
        wanted = [("loss", code) for code in place.losses]
        wanted += [("audience", code) for code in place.audiences]
        return [self.terms[key] for key in wanted]


def _replace(related, model, wanted):
    """Rows that stay keep their keys: another system may know them by those."""
    related.exclude(code__in=wanted).delete()
    there = set(related.values_list("code", flat=True))
    model.objects.bulk_create(
        model(service=related.instance, code=code) for code in wanted if code not in there
    )


def _replace_phones(service, wanted):
    """A number that stays keeps what a file cannot say: its language, how an editor dials it."""
    there = {(phone.type, phone.number): phone for phone in service.phones.all()}
    for phone in wanted:
        if old := there.pop((phone.type, phone.number), None):
            phone.pk, phone.uuid, phone.stands_from = old.pk, old.uuid, old.stands_from
            phone.dial, phone.language, phone.always_open = old.dial, old.language, old.always_open
    for phone in there.values():
        phone.delete()
    for phone in wanted:
        phone.save()


@transaction.atomic
def load_article(piece):
    """Write ``piece`` unless an editor has changed it here.  Returns what was done."""
    there = Article.objects.filter(slug=piece.fields["slug"]).first()
    if there and there.loaded_digest == piece.digest:
        return _("The article is as it was.")
    if there and (there.edited_at or not there.loaded_digest):
        return _("The article was left alone, because an editor has changed it here.")
    services = list(Service.objects.filter(slug__in=piece.places))
    unknown = set(piece.places) - {service.slug for service in services}
    if unknown:
        raise Refused(
            [_("There is no place “%s”. Load the directory first.") % s for s in sorted(unknown)]
        )
    _keep_article(there or Article(), piece).services.set(services)
    return _("The article was loaded.")


def _keep_article(article, piece):
    for name, value in piece.fields.items():
        setattr(article, name, value)
    article.loaded_digest = piece.digest
    try:
        article.full_clean()
    except ValidationError as problem:
        raise Refused(
            [f"{name}: {why}" for name, whys in problem.message_dict.items() for why in whys]
        ) from problem
    article.save()
    article.facts.all().delete()
    ArticleFact.objects.bulk_create(
        ArticleFact(article=article, position=position, **fact)
        for position, fact in enumerate(piece.facts, start=1)
    )
    return article
