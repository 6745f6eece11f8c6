"""What search engines are told is here: our own pages, and what each app lists."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.module_loading import import_string


class OnePage(Paginator):
    """As much as one sitemap may hold; nobody counts what there is."""

    @property
    def count(self):
        return self.per_page


class Bounded(Sitemap):
    """The list of sitemaps asks no database, and each of them is one query."""

    @property
    def paginator(self):
        return OnePage(self._items(), self.limit)

    def get_latest_lastmod(self):
        """Not told of a whole list: it says nothing of what went."""


class Pages(Bounded):
    def items(self):
        return [
            "home",
            "about",
            "care",
            "review",
            "privacy",
            "safety",
            "accessibility",
            "stories:list",
            "stories:about-letters",
            "resources:list",
            "resources:reading",
            "resources:help_now",
        ]

    def location(self, name):
        return reverse(name)


SECTIONS = {"pages": Pages}


def sections():
    """Every part there is, by its name in the address."""
    return {name: part for each in settings.SITEMAPS for name, part in import_string(each).items()}
