from django import template

from resources.models import Article

register = template.Library()


@register.inclusion_tag("resources/_featured_article.html")
def featured_article():
    """The piece that home shows: the latest whose day has come, or nothing at all."""
    return {"article": Article.objects.featured()}
