"""How many places each further choice would leave: said before anybody chooses."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Q, Value

from resources import countries, terms
from resources.models import Language, Service, ServiceArea

LINKS = Service.terms.through.objects


def counted(questions, chosen):
    """{name: {code: number of places}} for every choice there is something for, in one query.

    A choice joins those beside it in its list (or) and narrows those of the other lists (and), so
    each list is counted among the places that the *other* choices leave.  ``questions`` are what
    each name asks of the directory; ``chosen`` the values asked for.
    """
    rows = []
    for name, count in COUNTS.items():
        places = Service.objects.published().order_by()
        for other, values in chosen.items():
            if other != name:
                places = questions[other](places, values)
        rows.append(count(places, name, questions[name]))
    found = defaultdict(dict)
    for name, code, number in rows[0].union(*rows[1:], all=True):
        found[name][code] = number
    return {name: dict(_whole(name, found[name])) for name in COUNTS}


def _areas(places, name, _question):
    """A place open to any country is counted as that, and as nothing else."""
    rows = ServiceArea.objects.order_by().filter(service__in=places.values("pk"))
    anywhere = ServiceArea.objects.filter(service=OuterRef("service"), code=countries.ANY_COUNTRY)
    return _grouped(rows, name, "code", Q(code=countries.ANY_COUNTRY) | ~Exists(anywhere))


def _languages(places, name, _question):
    rows = Language.objects.order_by().filter(service__in=places.values("pk"))
    return _grouped(rows, name, "code")


def _terms(taxonomy, whole):
    """A place for ``whole``, or for the kind that a kind is one of, is counted as that only."""

    def rows(places, name, _question):
        links = LINKS.filter(service__in=places.values("pk"), taxonomyterm__taxonomy=taxonomy)
        same = LINKS.filter(service=OuterRef("service"))
        wider = same.filter(taxonomyterm=OuterRef("taxonomyterm__parent"))
        for_all = same.filter(taxonomyterm__taxonomy=taxonomy, taxonomyterm__code=whole)
        apart = Q(taxonomyterm__code=whole) | (~Exists(wider) & ~Exists(for_all))
        return _grouped(links, name, "taxonomyterm__code", apart)

    return rows


def _ticked(places, name, question):
    return _grouped(question(places, ["on"]).annotate(ticked=Value("on")), name, "ticked")


def _grouped(rows, name, by, apart=None):
    rows = rows.annotate(list=Value(name)).values("list", by)
    return rows.annotate(number=Count("pk", filter=apart)).values_list("list", by, "number")


def _whole(name, found):
    """What is open to any country, or for any loss, is found by every choice of its list."""
    whole, parents = WHOLE.get(name, ("", {}))
    codes = terms.LOSS if name == "loss" else terms.AUDIENCE if name == "who" else found
    for code in codes:
        also = {whole, parents.get(code, whole)} - {code}
        yield code, found.get(code, 0) + sum(found.get(wide, 0) for wide in also)


WHOLE = {
    "country": (countries.ANY_COUNTRY, {}),
    "loss": (terms.ANY_LOSS, terms.LOSS_PARENTS),
    "who": (terms.ANYONE, {}),
}
COUNTS = {
    "country": _areas,
    "loss": _terms("loss", terms.ANY_LOSS),
    "who": _terms("audience", terms.ANYONE),
    "language": _languages,
    "now": _ticked,
    "text": _ticked,
    "free": _ticked,
}
