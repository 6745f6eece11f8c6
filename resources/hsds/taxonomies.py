"""The lists of terms a place is found by, as HSDS taxonomies: two kept as rows, one of kinds."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resources import terms
from resources.models import Kind, TaxonomyTerm
from resources.models.parts import identifier

VERSION = "1"
LANGUAGE = "en-GB"
KIND, LOSS, AUDIENCE = "kind", TaxonomyTerm.Taxonomy.LOSS, TaxonomyTerm.Taxonomy.AUDIENCE
NAMES = {
    KIND: (_("Kind of place"), _("What sort of help it is.")),
    LOSS: (_("Kind of loss"), _("The losses a place is meant for.")),
    AUDIENCE: (_("Who it is for"), _("The people a place is meant for.")),
}
IDS = {code: identifier(f"taxonomy/{code}") for code in NAMES}
CODES = {uuid: code for code, uuid in IDS.items()}
KIND_IDS = {kind: identifier(f"taxonomy_term/{KIND}/{kind}") for kind in Kind}
KINDS = {uuid: kind for kind, uuid in KIND_IDS.items()}

# The words that come with Small Hours have the same ids everywhere.
TERMS = {
    identifier(f"taxonomy_term/{taxonomy}/{code}"): (taxonomy, code)
    for taxonomy, labels in terms.LABELS.items()
    for code in labels
}


def taxonomy(code):
    name, description = NAMES[code]
    return {
        "id": str(IDS[code]),
        "name": str(name),
        "description": str(description),
        "uri": _address("api:taxonomy", IDS[code]),
        "version": VERSION,
    }


def term(row):
    """A TaxonomyTerm whose parent is known, as HSDS has it."""
    parent = row.parent.uuid if row.parent else None
    return _term(row.uuid, row.taxonomy, row.code, row.name, row.description, parent, *_here())


def term_of_kind(kind):
    return _term(KIND_IDS[kind], KIND, kind.value, str(kind.label), "", None, *_here())


def _here():
    return get_language(), settings.SITE_URL


def in_full(word):
    return word | {"taxonomy_detail": taxonomy(CODES[UUID(word["taxonomy_id"])])}


@lru_cache(maxsize=500)
def _term(uuid, taxonomy, code, name, description, parent, _language, _site):
    """The same few terms stand in every service: made once for each language and site."""
    name = str(terms.label(taxonomy, code, otherwise=name))
    return {
        "id": str(uuid),
        "code": str(code),
        "name": name,
        "description": description or name,
        **({"parent_id": str(parent)} if parent else {}),
        "taxonomy": str(NAMES[taxonomy][0]),
        "language": LANGUAGE,
        "taxonomy_id": str(IDS[taxonomy]),
        "term_uri": _address("api:taxonomy-term", uuid),
    }


def _address(name, uuid):
    return f"{settings.SITE_URL}{reverse(name, args=[uuid])}"
