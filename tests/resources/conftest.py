import datetime
from itertools import count

import pytest
from django.core.management import call_command

from resources import helplines
from resources.models import (
    Article,
    Language,
    Method,
    Organization,
    Phone,
    Service,
    ServiceArea,
    TaxonomyTerm,
    Verification,
)

numbered = count(1)


@pytest.fixture(autouse=True)
def own_data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    helplines._kept.clear()
    return tmp_path


@pytest.fixture
def directory(db):
    """Everything that comes with Small Hours, as ``manage.py load_directory`` leaves it."""
    call_command("load_directory", verbosity=0)


PLACE = {
    "kind": "helpline",
    "description": "A line that somebody answers.",
    "url": "https://example.org/",
    "source_url": "https://example.org/about",
    "hours": "Evenings",
    "assurance": "published",
}


def looked_at(service):
    """As loading a file leaves it: one look, on its day; at the numbers unless only in part."""
    seen = [phone.contact for phone in service.phones.all()]
    seen += [service.contact_of_email] if service.email else []
    Verification.objects.create(
        service=service,
        method=Method.FILE,
        on=service.assured_on,
        contacts=[] if service.is_partly_confirmed else seen,
    )
    service.reckon_standing()
    service.save()


@pytest.fixture
def place(db):
    def make(*, areas="IE", languages="en", losses="any", audiences="anyone", phones=(), **fields):
        n = next(numbered)
        runs_it, _ = Organization.objects.get_or_create(name="The people who run it")
        named = {"slug": f"place-{n}", "name": f"Place {n}", "organization": runs_it}
        service = Service(**PLACE | named | {"assured_on": datetime.date.today()} | fields)
        service.full_clean()
        service.save()
        for code in areas.split():
            ServiceArea.objects.create(service=service, code=code)
        for code in languages.split():
            Language.objects.create(service=service, code=code)
        for taxonomy, codes in (("loss", losses), ("audience", audiences)):
            wanted = TaxonomyTerm.objects.filter(taxonomy=taxonomy, code__in=codes.split())
            service.terms.add(*wanted)
        for kind, number in phones:
            dial = number.replace(" ", "")
            Phone.objects.create(service=service, type=kind, number=number, dial=dial)
        looked_at(service)
        return service

    return make


@pytest.fixture
def piece(db):
    def make(**fields):
        n = next(numbered)
        said = {
            "slug": f"piece-{n}",
            "display_title": f"A piece, number {n}",
            "introduction": "Why it is here.\n\nAnd what it did.",
            "title": "Its own title",
            "publisher": "The Paper",
            "canonical_url": f"https://paper.example/{n}",
            "featured_from": datetime.date.today(),
        }
        article = Article(**said | fields)
        article.full_clean()
        article.save()
        return article

    return make
