"""The addresses of the API: HSDS 3.1's own, and a few pages about it."""

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from resources.api import finding, openapi, parameters, profile
from resources.api.answers import JSON, Endpoint, List, One, in_one, text
from resources.hsds import VERSION, downloads, objects, taxonomies
from resources.models import Organization, Service, TaxonomyTerm
from resources.models.parts import identifier


def json(said):
    return HttpResponse(text(said), content_type=JSON)


class Root(Endpoint):
    def answer(self, asked):
        licence, licence_url = settings.DIRECTORY_LICENCE
        return json(
            {
                "version": VERSION,
                "profile": objects.address("api:docs") + "#profile",
                "openapi_url": objects.address("api:openapi"),
                "publisher_name": settings.SITE_NAME,
                "licence": licence,
                "licence_url": licence_url,
            }
        )


class ServiceList(List):
    """With ``minimal`` all on one page, as HSDS wishes: a copy is compared with it."""

    parameters = parameters.Services

    def answer(self, asked):
        if asked["minimal"] and asked["format"] == "json":
            return in_one(objects.service_named, objects.for_lists(finding.services(asked)))
        return super().answer(asked)

    def find(self, asked):
        needed = objects.for_reading if asked["full"] else objects.for_lists
        return needed(finding.services(asked))

    def draw(self, asked):
        if asked["minimal"]:
            return objects.service_named
        return objects.service_in_full if asked["full"] else objects.service_in_a_list


class ServiceDetail(One):
    def answer_one(self, asked, uuid):
        services = objects.for_reading(Service.objects.published())
        return json(objects.service_in_full(get_object_or_404(services, uuid=uuid)))


class OrganizationList(List):
    parameters = parameters.Organizations

    def find(self, asked):
        found = finding.organizations(asked)
        if asked["full_service"] or asked["full"]:
            return with_services(found, asked)
        return found

    def draw(self, asked):
        if asked["full_service"] or asked["full"]:
            return drawn_with_services(asked)
        return objects.organization


class OrganizationDetail(One):
    parameters = parameters.FullService

    def answer_one(self, asked, uuid):
        listed = Service.objects.published().values("organization")
        found = with_services(Organization.objects.filter(pk__in=listed), asked)
        return json(drawn_with_services(asked)(get_object_or_404(found, uuid=uuid)))


def with_services(found, asked):
    needed = objects.for_reading if asked["full_service"] else objects.for_lists
    services = needed(Service.objects.published()).order_by("pk")
    return found.prefetch_related(Prefetch("services", services, to_attr="listed"))


def drawn_with_services(asked):
    draw = objects.service_inside if asked["full_service"] else objects.service_alone
    return lambda row: objects.organization(row) | {"services": [draw(s) for s in row.listed]}


class ServiceAtLocationList(List):
    parameters = parameters.ServiceAtLocations

    def find(self, asked):
        return []


class ServiceAtLocationDetail(One):
    def answer_one(self, asked, uuid):
        raise Http404


class TaxonomyList(List):
    parameters = parameters.Pages

    def find(self, asked):
        return finding.taxonomy_list(asked)


class TaxonomyDetail(One):
    def answer_one(self, asked, uuid):
        if uuid not in taxonomies.CODES:
            raise Http404
        return json(taxonomies.taxonomy(taxonomies.CODES[uuid]))


class TermList(List):
    parameters = parameters.Terms

    def find(self, asked):
        return finding.terms(asked)

    def draw(self, asked):
        return taxonomies.in_full


class TermDetail(One):
    def answer_one(self, asked, uuid):
        if kind := taxonomies.KINDS.get(uuid):
            return json(taxonomies.in_full(taxonomies.term_of_kind(kind)))
        rows = TaxonomyTerm.objects.select_related("parent")
        return json(taxonomies.in_full(taxonomies.term(get_object_or_404(rows, uuid=uuid))))


class OpenApi(Endpoint):
    def answer(self, asked):
        return json(openapi.document())


class ProfilePart(Endpoint):
    def answer(self, asked, name):
        if name not in profile.PATCHES:
            raise Http404
        return json(profile.PATCHES[name])


# Run by a test, as they stand on the page.
EXAMPLES = {
    "in_address": "curl '{base}/services?taxonomy_term_id={term}&search=helpline&full=true'",
    "in_body": 'curl --json \'{{"search": "helpline", "full": true}}\' {base}/services',
}


class Docs(TemplateView):
    """For people who write programs."""

    template_name = "resources/api_docs.html"

    def get_context_data(self, **context):
        licence, licence_url = settings.DIRECTORY_LICENCE
        base, term = f"{settings.SITE_URL}/api", identifier("taxonomy_term/loss/stillbirth")
        said = {
            "base": base,
            "examples": {n: e.format(base=base, term=term) for n, e in EXAMPLES.items()},
            "lists": openapi.lists_for_people(),
            "patches": profile.for_people(),
            "licence": licence,
            "licence_url": licence_url,
        }
        return super().get_context_data(**said, **context)


class Download(Endpoint):
    """A file that was made beforehand, sent as it is read from the disk."""

    name, kind = downloads.JSON, JSON

    def get(self, request):
        self.read(request.GET)
        path = downloads.file(self.name)
        made = path.stat()
        response = StreamingHttpResponse(downloads.pieces(path), content_type=self.kind)
        response["Content-Disposition"] = f'attachment; filename="{self.name}"'
        response["ETag"] = f'"{made.st_mtime_ns:x}-{made.st_size:x}"'
        return response


class Tabular(Download):
    name, kind = downloads.TABULAR, "application/zip"
