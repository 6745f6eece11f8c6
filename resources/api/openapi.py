"""The OpenAPI 3.1 document of the API, drawn from the parameters' forms and the HSDS fields.

So it cannot say anything else than what is checked and served.
"""

from django.conf import settings

from resources.api import parameters
from resources.api.answers import FORM, JSON, NDJSON, PROBLEM
from resources.api.profile import schema_of
from resources.hsds import VERSION, fields

REF = "#/components/schemas/"
PAGE = {
    "total_items": ("integer", "How many there are in all."),
    "total_pages": ("integer", "How many pages."),
    "page_number": ("integer", "Which page this is."),
    "size": ("integer", "How many are on it."),
    "first_page": ("boolean", "Whether this is the first."),
    "last_page": ("boolean", "Whether this is the last."),
    "empty": ("boolean", "Whether there is nothing on it."),
}
# address, object, form of its parameters, what HSDS calls the operation, in a sentence
LISTS = [
    ("services", "service", parameters.Services, "Services", "Places to turn."),
    ("organizations", "organization", parameters.Organizations, "Organizations", "Who runs them."),
    (
        "service_at_locations",
        "service_at_location",
        parameters.ServiceAtLocations,
        "ServiceAtLocation",
        "Always empty: no place here is listed by its location.",
    ),
    ("taxonomies", "taxonomy", parameters.Pages, "Taxonomies", "The lists of terms."),
    ("taxonomy_terms", "taxonomy_term", parameters.Terms, "TaxonomyTerms", "All terms."),
]
ONE = [
    (
        "services",
        "service",
        parameters.Nothing,
        "getFullyNestedServiceById",
        "One service in full.",
    ),
    (
        "organizations",
        "organization",
        parameters.FullService,
        "getOrganizationById",
        "One organisation with its services.",
    ),
    (
        "service_at_locations",
        "service_at_location",
        parameters.Nothing,
        "getServiceAtLocationWithNestedDataById",
        "Never found.",
    ),
    ("taxonomies", "taxonomy", parameters.Nothing, "getTaxonomyById", "One list of terms."),
    ("taxonomy_terms", "taxonomy_term", parameters.Nothing, "getTaxonomyTermById", "One term."),
]


def document():
    licence, licence_url = settings.DIRECTORY_LICENCE
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.SITE_NAME}: the directory",
            "version": "1",
            "summary": f"Where to turn after a loss, in HSDS {VERSION}.",
            "description": "Open to everybody, to read. No key and no cookie.",
            "contact": {"email": settings.CONTACT_EMAIL},
            "license": {"name": licence, "url": licence_url},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": f"{settings.SITE_URL}/api"}],
        "paths": {"/": {"get": _root()}} | _lists() | _single(),
        "components": {"schemas": _schemas()},
    }


def parameters_of(form):
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": str(field.help_text),
            "schema": field.schema,
        }
        for name, field in form.base_fields.items()
    ]


def _root():
    said = {name: fields.TEXT for name in ("version", "publisher_name", "licence")}
    said |= {name: fields.ADDRESS for name in ("profile", "openapi_url", "licence_url")}
    return {
        "operationId": "getAPIMetaInformation",
        "summary": "Which version of HSDS this is, and where this document is.",
        "responses": {
            "200": _answer({"type": "object", "properties": said, "required": sorted(said)}),
            **_faults("400"),
        },
    }


def _lists():
    paths = {}
    for address, of, form, name, summary in LISTS:
        answer = {
            "description": summary,
            "content": {
                JSON: {"schema": _page_of(of)},
                NDJSON: {"schema": {"type": "string"}},
            },
        }
        about = {"summary": summary, "parameters": parameters_of(form)}
        get = about | {
            "operationId": f"getPaginatedListOf{name}",
            "responses": {"200": answer, **_faults("400")},
        }
        post = about | {
            "operationId": f"findPaginatedListOf{name}",
            "description": "The same, with the parameters in the body: so what was searched for"
            " stands in no address. Where both say something, the body counts.",
            "requestBody": _body(form),
            "responses": {"200": answer, **_faults("400", "413", "415")},
        }
        paths[f"/{address}"] = {"get": get, "post": post}
    return paths


def _body(form):
    asked = {
        "type": "object",
        "properties": {name: field.schema for name, field in form.base_fields.items()},
        "additionalProperties": False,
    }
    return {"required": False, "content": {JSON: {"schema": asked}, FORM: {"schema": asked}}}


def _single():
    where = {"name": "id", "in": "path", "required": True, "schema": fields.UUID}
    return {
        f"/{address}/{{id}}": {
            "get": {
                "operationId": name,
                "summary": summary,
                "parameters": [where, *parameters_of(form)],
                "responses": {"200": _answer({"$ref": REF + of}), **_faults("400", "404")},
            }
        }
        for address, of, form, name, summary in ONE
    }


def _answer(schema):
    return {"description": "Found.", "content": {JSON: {"schema": schema}}}


def _faults(*statuses):
    described = {
        "400": "Something was asked that makes no sense; errors names it.",
        "404": "There is nothing here.",
        "413": "The question is too long.",
        "415": "The question is neither JSON nor a form.",
    }
    return {
        status: {
            "description": described[status],
            "content": {PROBLEM: {"schema": {"$ref": REF + "Problem"}}},
        }
        for status in statuses
    }


def _page_of(name):
    return {
        "allOf": [
            {"$ref": REF + "Page"},
            {
                "type": "object",
                "properties": {"contents": {"type": "array", "items": {"$ref": REF + name}}},
                "required": ["contents"],
            },
        ]
    }


def _schemas():
    page = {name: {"type": kind, "description": said} for name, (kind, said) in PAGE.items()}
    whys = {"type": "array", "items": fields.TEXT}
    problem = {
        "type": fields.TEXT,
        "title": fields.TEXT,
        "status": {"type": "integer"},
        "errors": {"type": "object", "additionalProperties": whys},
    }
    nowhere = {"type": "object", "properties": {"id": fields.UUID}, "required": ["id"]}
    return {name: schema_of(table) for name, table in fields.TABLES.items()} | {
        "service_at_location": nowhere,
        "Page": {"type": "object", "properties": page, "required": sorted(page)},
        "Problem": {"type": "object", "properties": problem, "required": ["title", "status"]},
    }


def lists_for_people():
    """Each list with its parameters, for the page of documentation."""
    return [
        {"address": address, "summary": summary, "parameters": parameters_of(form)}
        for address, _of, form, _name, summary in LISTS
    ]
