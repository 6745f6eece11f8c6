"""The reading room for a feed reader (Atom, RFC 4287)."""

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from community.feeds import DatedFeed, midnight
from resources.models import Article

LONGEST = 20


class ReadingRoom(DatedFeed):
    """A piece’s title, its day here, where it is, and what it describes: not the introduction."""

    link = reverse_lazy("resources:reading")
    author_name = settings.SITE_NAME

    def title(self):
        return _("Reading room – %(site)s") % {"site": settings.SITE_NAME}

    def items(self):
        return Article.objects.published()[:LONGEST]

    def item_title(self, article):
        return article.display_title

    def item_description(self, article):
        said = [_("At %(publisher)s.") % {"publisher": article.publisher}]
        if article.mentions:
            said.append(_("Mentions %(mentions)s.") % {"mentions": article.mentions})
        return " ".join(said)

    def item_pubdate(self, article):
        return midnight(article.featured_from)

    item_updateddate = item_pubdate

    def item_extra_kwargs(self, _article):
        return {"language": settings.LANGUAGE_CODE}
