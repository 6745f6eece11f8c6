from math import ceil
from urllib.parse import urlencode

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView, View

from community.comfort import Comfort, on_this_device
from resources import countries, emergency, helplines
from resources.corrections import usual_time_in_words
from resources.forms import Filter
from resources.models import Article, Service, Status
from resources.words import in_words, places_found

A_PAGE = 12
A_SHEET = 60  # places to print: more would be a book


class ServiceList(View):
    """The directory.  The filter is a GET form, so that every choice has an address."""

    def get(self, request):
        asked = Filter(request.GET)
        request.may_be_indexed = not request.GET
        page = _page_number(request.GET.get("page", ""))
        found = asked.places().translated(get_language()).counted().prefetch_related("phones")
        places = found[(page - 1) * A_PAGE : page * A_PAGE].with_facets()
        if not places and page > 1:
            return redirect(_address(asked.chosen))
        total = places[0].total if places else 0
        pages = ceil(total / A_PAGE)
        country = asked.chosen["country"][0] if len(asked.chosen.get("country", "")) == 1 else ""
        context = {
            "asked": asked,
            "places": places,
            "found": places_found(total, country) if total else "",
            "shown": in_words(A_PAGE) if page == 1 and pages > 1 else "",
            "only_from_elsewhere": page == 1
            and country in countries.COUNTRIES
            and not any(place.is_own for place in places),
            "country": countries.in_a_sentence(country) if country else "",
            "page": page,
            "pages": pages,
            "earlier": _address(asked.chosen, page - 1) if page > 1 else "",
            "later": _address(asked.chosen, page + 1) if page < pages else "",
            "corrected_within": usual_time_in_words(),
            "here": _address(asked.chosen),
            "printed": _address(asked.chosen, view="print"),
        }
        return render(request, "resources/service_list.html", context)


def _page_number(said):
    """1 for whatever is no page; nobody typed it, so nobody needs to hear of it."""
    return int(said) if said.isascii() and said.isdigit() and 0 < len(said) < 6 and int(said) else 1


def _address(chosen, page=1, view="list"):
    query = dict(chosen) | ({"page": page} if page > 1 else {})
    address = reverse(f"resources:{view}")
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


class PlacesToPrint(View):
    """The chosen places as a sheet for a noticeboard or a midwife’s drawer, with its day on it."""

    def get(self, request):
        asked = Filter(request.GET)
        request.may_be_indexed = False
        places = asked.places().standing().translated(get_language())
        places = places.prefetch_related("phones")[:A_SHEET]
        country = asked.countries[0] if len(asked.countries) == 1 else ""
        context = {
            "asked": asked,
            "places": places.with_facets(),
            "today": timezone.localdate(),
            "here": request.build_absolute_uri(_address(asked.chosen)),
            "back": _address(asked.chosen),
            "emergency": emergency.NUMBERS.get(country, []),
            "lines": helplines.of_country(country) if country else [],
        }
        return render(request, "resources/print.html", context)


class ServiceDetail(DetailView):
    context_object_name = "place"

    def get_queryset(self):
        there = Service.objects.published() | Service.objects.no_longer_listed()
        return there.for_reading().telling_if_open().translated(get_language())

    def get_object(self):
        return super().get_object().as_translated()

    def render_to_response(self, context, **kwargs):
        """What ceased is gone (410): search engines forget it, and people read where to go."""
        if self.object.status != Status.ACTIVE:
            kwargs["status"] = 200 if self.object.status == Status.CLOSED else 410
        return super().render_to_response(context, **kwargs)

    def get_template_names(self):
        is_listed = self.object.status == Status.ACTIVE
        return [f"resources/{'service_detail' if is_listed else 'no_longer_listed'}.html"]

    def get_context_data(self, **context):
        place = self.object
        if place.status == Status.ACTIVE:
            context["articles"] = place.articles.published()
        else:
            self.request.may_be_indexed = False
            instead = place.replaced_by
            context["instead"] = instead if instead and instead.status == Status.ACTIVE else None
            alike = {"country": place.facets["area"], "loss": place.facets["loss"]}
            context["alike"] = _address(alike)
        return super().get_context_data(**context)


class ArticleList(ListView):
    template_name = "resources/article_list.html"
    context_object_name = "articles"

    def get_queryset(self):
        return Article.objects.published()


class ArticleDetail(DetailView):
    template_name = "resources/article_detail.html"
    context_object_name = "article"

    def get_queryset(self):
        return Article.objects.published().prefetch_related("facts")

    def get_context_data(self, **context):
        article = self.object
        return super().get_context_data(
            places=[*article.services.published().order_by("name"), *article.places_about()],
            alike=article.alike(),
            **context,
        )


# Crisis help asks nothing of the database or the session, and of the reader only a country.


@require_safe
def help_now(request):
    return help_page(request, "help_now.html")


@require_safe
def help_country(request, code):
    if code != code.lower() and code.upper() in countries.COUNTRIES:
        return HttpResponsePermanentRedirect(reverse("resources:help_country", args=[code.lower()]))
    code = code.upper()
    if code not in countries.COUNTRIES:
        return help_page(request, "help_now.html", {"unknown": True}, status=404)
    lines = helplines.of_country(code)
    context = {
        "code": code,
        "country": countries.country_name(code),
        "in_country": countries.in_a_sentence(code),
        "emergency": emergency.NUMBERS.get(code, []),
        "lines": lines,
        "written": [line for line in lines if line.written],
        "lapsed": helplines.lapsed(code),
    }
    return help_page(request, "help_country.html", context)


def help_page(request, template, context=None, status=200):
    everywhere = {
        "comfort": on_this_device(request) or Comfort(),
        "countries": countries.by_name(helplines.countries()),
        "anywhere": helplines.of_country(countries.ANY_COUNTRY),
    }
    return render(request, f"resources/{template}", everywhere | (context or {}), status=status)
