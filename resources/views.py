from math import ceil
from urllib.parse import urlencode

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView, View

from community.comfort import Comfort, on_this_device
from resources import countries, emergency, helplines
from resources.forms import DirectoryForm
from resources.models import Article, Service
from resources.words import in_words, places_found

A_PAGE = 12


class ServiceList(View):
    """The directory.  The filter is a GET form, so that every choice has an address."""

    def get(self, request):
        form = DirectoryForm(request.GET)
        request.may_be_indexed = not request.GET
        page = _page_number(request.GET.get("page", ""))
        found = form.places().counted().prefetch_related("phones")
        places = found[(page - 1) * A_PAGE : page * A_PAGE].with_facets()
        if not places and page > 1:
            return redirect(_address(form.chosen))
        total = places[0].total if places else 0
        pages = ceil(total / A_PAGE)
        country = form.chosen.get("country", "")
        context = {
            "form": form,
            "places": places,
            "found": places_found(total, country) if total else "",
            "shown": in_words(A_PAGE) if page == 1 and pages > 1 else "",
            "only_from_elsewhere": page == 1
            and country in countries.COUNTRIES
            and not any(place.is_own for place in places),
            "country": countries.in_a_sentence(country) if country else "",
            "page": page,
            "pages": pages,
            "earlier": _address(form.chosen, page - 1) if page > 1 else "",
            "later": _address(form.chosen, page + 1) if page < pages else "",
        }
        return render(request, "resources/service_list.html", context)


def _page_number(said):
    """1 for whatever is no page; nobody typed it, so nobody needs to hear of it."""
    return int(said) if said.isascii() and said.isdigit() and 0 < len(said) < 6 and int(said) else 1


def _address(chosen, page=1):
    query = {name: "on" if value is True else value for name, value in chosen.items()}
    if page > 1:
        query["page"] = page
    address = reverse("resources:list")
    return f"{address}?{urlencode(query)}" if query else address


class ServiceDetail(DetailView):
    template_name = "resources/service_detail.html"
    context_object_name = "place"

    def get_queryset(self):
        return Service.objects.published().for_reading()

    def get_context_data(self, **context):
        return super().get_context_data(articles=self.object.articles.published(), **context)


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
        beside = self.object.services.published().order_by("name")
        return super().get_context_data(places=beside, **context)


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
