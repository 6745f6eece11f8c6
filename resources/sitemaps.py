from community.sitemaps import Bounded
from resources.models import Article, Service


class Places(Bounded):
    def items(self):
        return Service.objects.published().only("slug").order_by("slug")


class Articles(Bounded):
    def items(self):
        return Article.objects.published().only("slug").order_by("slug")


SECTIONS = {"places": Places, "articles": Articles}
