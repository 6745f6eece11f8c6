"""How the API answers: pages, lines, and what was wrong with a question."""

import json
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from resources.api import parameters
from resources.hsds import objects

KINDS = {str: "a string", int: "a number", bool: "true or false"}
LARGEST_QUESTION = 10_000  # bytes
FORM = "application/x-www-form-urlencoded"
FORMS = (FORM, "multipart/form-data", "")
JSON, NDJSON, PROBLEM = "application/json", "application/x-ndjson", "application/problem+json"


class Refused(Exception):
    """What was asked cannot be answered; ``reasons`` says why, by parameter."""

    def __init__(self, reasons, status=400):
        self.reasons, self.status = reasons, status
        super().__init__(reasons)


def problem(status, title, **more):
    """A fault as RFC 9457 has it."""
    body = {"type": "about:blank", "title": str(title), "status": status} | more
    return JsonResponse(body, status=status, content_type=PROBLEM)


def refusal(refused):
    named = {name: [str(why) for why in whys] for name, whys in refused.reasons.items()}
    return problem(refused.status, _("This question can’t be answered as it is."), errors=named)


@method_decorator(csrf_exempt, name="dispatch")
class Endpoint(View):
    """Open to every site and kept out of search engines; asked by GET, and lists by POST too.

    A POST carries its question in the body, so that it stands in no address and no log.
    """

    http_method_names = ["get", "head", "post", "options"]
    parameters = parameters.Nothing

    def dispatch(self, request, *args, **kwargs):
        request.may_be_indexed = False
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Http404:
            response = problem(404, _("There is nothing here."))
        except Refused as refused:
            response = refusal(refused)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response

    def get(self, request, **kwargs):
        return self.answer(self.read(request.GET), **kwargs)

    def options(self, request, *args, **kwargs):
        """What a browser asks before it lets a page of another site ask."""
        response = HttpResponse(status=204)
        response["Allow"] = ", ".join(self._allowed_methods())
        response["Access-Control-Allow-Methods"] = response["Allow"]
        response["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
        return response

    def http_method_not_allowed(self, request, *args, **kwargs):
        response = problem(405, _("This can only be read."))
        response["Allow"] = ", ".join(self._allowed_methods())
        return response

    def read(self, *sources):
        form = self.parameters.of(*(dict(source.lists()) for source in sources))
        if not form.is_valid():
            raise Refused(form.errors)
        return form.cleaned_data

    def answer(self, asked, **kwargs):
        raise NotImplementedError


class One(Endpoint):
    """One thing, by its id.  What cannot be an id is found as little as what is none of ours."""

    def answer(self, asked, uuid):
        try:
            return self.answer_one(asked, UUID(uuid))
        except ValueError as error:
            raise Http404 from error

    def answer_one(self, asked, uuid):
        raise NotImplementedError


class List(Endpoint):
    """Everything of one kind, in HSDS pages or as lines.

    A subclass says what is found, as a queryset or a list, and how one of it is drawn.
    """

    def find(self, asked):
        raise NotImplementedError

    def draw(self, asked):
        """The function that makes an object of what was found."""
        return lambda found: found

    def post(self, request):
        self.read(request.GET)  # nothing that makes no sense is passed over
        return self.answer(self.read(request.GET, question(request, self.parameters)))

    def answer(self, asked):
        found, draw = self.find(asked), self.draw(asked)
        if asked["format"] == "ndjson":
            lines = (text(draw(each)) + "\n" for each in one_by_one(found))
            return StreamingHttpResponse(lines, content_type=NDJSON)
        return HttpResponse(text(self.page(asked, found, draw)), content_type=JSON)

    def page(self, asked, found, draw):
        """One page in the HSDS envelope.  A page after the last is empty."""
        size, number = asked["per_page"], asked["page"]
        total = len(found) if isinstance(found, list) else found.count()
        pages = max(1, -(-total // size))
        contents = [draw(each) for each in found[(number - 1) * size : number * size]]
        return envelope(total, pages, number, contents)


def envelope(total, pages, number, contents):
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number == pages,
        "empty": not contents,
        "contents": contents,
    }


def in_one(draw, found):
    """Everything in one page of the envelope, sent as it is read."""

    def pieces():
        count = 0
        yield '{"contents":['
        for count, each in enumerate(one_by_one(found), start=1):
            yield ("," if count > 1 else "") + text(draw(each))
        said = envelope(count, 1, 1, range(count))
        del said["contents"]
        yield "]," + text(said)[1:]

    return StreamingHttpResponse(pieces(), content_type=JSON)


def one_by_one(found):
    """Each of what was found, never all of it in memory."""
    if isinstance(found, list):
        yield from found
        return
    for batch in objects.in_batches(found):
        yield from batch


def text(said):
    return json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def question(request, form):
    """What a POST asks: a form, or an object in JSON, as a mapping of names to lists of values."""
    if request.content_type in FORMS:
        return request.POST
    if request.content_type != JSON:
        raise Refused({"Content-Type": [_("Send JSON, or a form.")]}, status=415)
    if len(request.body) > LARGEST_QUESTION:
        raise Refused({"body": [_("This is longer than any question.")]}, status=413)
    try:
        said = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refused({"body": [_("This is not JSON.")]}) from error
    if not isinstance(said, dict):
        raise Refused({"body": [_("Send an object, with parameters by name.")]})
    return Said({name: _word(name, value, form) for name, value in said.items()})


class Said(dict):
    """An object in JSON, read as a form is."""

    def lists(self):
        return ((name, [value]) for name, value in self.items())


def _word(name, value, form):
    """``value`` as a form would have it, if it is of the type the parameter has."""
    wanted = form.base_fields[name].in_json if name in form.base_fields else object
    if isinstance(value, float) and value.is_integer() and wanted is int:
        value = int(value)
    if wanted is object or type(value) is wanted:
        return str(value).lower() if wanted is bool else str(value)
    raise Refused({name: [_("This is %s in JSON.") % KINDS[wanted]]})
