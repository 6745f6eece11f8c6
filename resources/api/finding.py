"""What is found for a question that was checked: only what readers would be shown."""

from datetime import timedelta
from functools import reduce
from operator import and_

from django.db.models import Exists, OuterRef, Q

from resources.hsds import taxonomies
from resources.models import Kind, Organization, Service, TaxonomyTerm

A_MOMENT = timedelta(microseconds=1)
SEARCHED = ("name", "description")


def services(asked):
    found = by_term(Service.objects.published(), asked)
    found = found.filter(_mentioned(asked["search"]))
    if asked["organization_id"]:
        found = found.filter(organization__uuid=asked["organization_id"])
    if asked["modified_after"]:
        # HSDS: “on or after”.
        found = found.modified_after(asked["modified_after"] - A_MOMENT)
    return found.order_by("pk")


def organizations(asked):
    """Those with a service that is listed, and one with the term that was asked for."""
    listed = by_term(Service.objects.published(), asked).filter(organization=OuterRef("pk"))
    found = Organization.objects.filter(Exists(listed))
    return found.filter(mentioning(asked["search"], ("name", "description"))).order_by("pk")


def by_term(found, asked):
    if uuid := asked["taxonomy_term_id"]:
        # A term is on a place once, so that joining it makes no row two.
        kind = taxonomies.KINDS.get(uuid)
        found = found.filter(kind=kind) if kind else found.filter(terms__uuid=uuid)
    if uuid := asked["taxonomy_id"]:
        code = taxonomies.CODES.get(uuid, "")
        if code != taxonomies.KIND:
            of_it = list(TaxonomyTerm.objects.filter(taxonomy=code).values_list("pk", flat=True))
            linked = Service.terms.through.objects.filter(taxonomyterm__in=of_it)
            found = found.filter(Exists(linked.filter(service=OuterRef("pk"))))
    return found


def _mentioned(words):
    """Of a place, or of who runs it: those are few, and looked through once for each word."""
    wanted = Q()
    for word in words:
        runs_it = Organization.objects.filter(name__icontains=word)
        wanted &= mentioning([word], SEARCHED) | Q(organization__in=runs_it)
    return wanted


def mentioning(words, names):
    """A condition: each of ``words`` stands in one of the fields ``names``."""
    return reduce(
        and_,
        (
            reduce(lambda either, name: either | Q(**{f"{name}__icontains": word}), names, Q())
            for word in words
        ),
        Q(),
    )


def taxonomy_list(asked):
    return _saying(asked["search"], map(taxonomies.taxonomy, taxonomies.NAMES))


def terms(asked):
    found = [taxonomies.term(row) for row in TaxonomyTerm.objects.select_related("parent")]
    found = [*map(taxonomies.term_of_kind, Kind), *found]
    if asked["taxonomy_id"]:
        found = [term for term in found if term["taxonomy_id"] == str(asked["taxonomy_id"])]
    if asked["parent_id"]:
        found = [term for term in found if term.get("parent_id") == str(asked["parent_id"])]
    if asked["top_only"]:
        found = [term for term in found if "parent_id" not in term]
    return _saying(asked["search"], found)


def _saying(words, found):
    words = [word.casefold() for word in words]
    return [
        each
        for each in found
        if all(word in f"{each['name']} {each['description']}".casefold() for word in words)
    ]
