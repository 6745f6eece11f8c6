"""The reading room: pieces written elsewhere, introduced in our own words."""

import re
from urllib.parse import urlsplit

from django.core.validators import validate_slug
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.directory import Service
from resources.models.facets import TaxonomyTerm
from resources.validators import plain_text, web_address

MOST_BESIDE = 4


def slugs(text):
    for slug in text.split():
        validate_slug(slug)


class ArticleQuerySet(models.QuerySet):
    def published(self):
        """From its day on, a piece is in the room; without a day only editors see it."""
        return self.filter(featured_from__lte=timezone.localdate())

    def featured(self):
        return self.published().first()


class Article(models.Model):
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("No words of loss: it stands in a browser’s history."),
        error_messages={"unique": _("Another piece has this address already.")},
    )
    display_title = models.CharField(
        _("title here"), max_length=200, validators=[plain_text], help_text=_("In our own words.")
    )
    teaser = models.TextField(
        _("in two sentences"),
        max_length=400,
        blank=True,
        validators=[plain_text],
        help_text=_("For home."),
    )
    mentions = models.CharField(
        _("mentions"),
        max_length=200,
        blank=True,
        validators=[plain_text],
        help_text=_("Facts that complete “Mentions …”, for the lists."),
    )
    before_reading = models.TextField(
        _("before you read"),
        max_length=600,
        blank=True,
        validators=[plain_text],
        help_text=_("What it describes, in facts. Shown before everything else."),
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=10_000,
        validators=[plain_text],
        help_text=_("Our own words; a blank line begins a paragraph. Quote nothing."),
    )
    title = models.CharField(_("its own title"), max_length=300, validators=[plain_text])
    publisher = models.CharField(_("publisher"), max_length=100, validators=[plain_text])
    author = models.CharField(_("author"), max_length=100, blank=True, validators=[plain_text])
    published_on = models.DateField(_("published on"), null=True, blank=True)
    canonical_url = models.URLField(
        _("where it is"), max_length=500, unique=True, validators=[web_address]
    )
    services = models.ManyToManyField(
        Service, blank=True, related_name="articles", verbose_name=_("places beside it")
    )
    topics = models.CharField(
        _("what it is about"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        validators=[slugs],
        help_text=_(
            "As the address of a list of stories has it, with spaces between: stillbirth "
            "first-days names. Places and stories about the same stand beside the piece."
        ),
    )
    featured_from = models.DateField(
        _("featured from"),
        null=True,
        blank=True,
        help_text=_("Home shows the latest. Without a day, only editors see the piece."),
    )
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)
    edited_at = models.DateTimeField(_("last edited"), null=True, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-featured_from", "-pk"]
        verbose_name = _("piece")
        verbose_name_plural = _("reading room")
        constraints = [
            models.CheckConstraint(
                condition=Q(canonical_url__startswith="http://")
                | Q(canonical_url__startswith="https://"),
                name="resources_article_says_where_it_is",
                violation_error_message=_("The address begins with https:// or http://."),
            ),
            models.CheckConstraint(
                condition=~Q(display_title="") & ~Q(introduction="") & ~Q(publisher=""),
                name="resources_article_is_introduced",
                violation_error_message=_(
                    "A piece needs a title, an introduction and its publisher."
                ),
            ),
        ]

    def __str__(self):
        return self.display_title

    def get_absolute_url(self):
        return reverse("resources:article", args=[self.slug])

    @property
    def host(self):
        """Where the link goes, in a few letters."""
        return urlsplit(self.canonical_url).hostname or ""

    def about(self):
        return self.topics.split()

    def alike(self):
        """Other pieces about one of the same."""
        same = Q(pk__in=[])
        for topic in self.about():
            same |= Q(topics__regex=rf"(^| ){re.escape(topic)}( |$)")
        return Article.objects.published().filter(same).exclude(pk=self.pk)[:MOST_BESIDE]

    def places_about(self):
        """Places for the same losses, besides those an editor chose; confirmed lately only."""
        losses = TaxonomyTerm.objects.filter(taxonomy="loss", code__in=self.about())
        places = Service.objects.published().standing().filter(terms__in=losses)
        return places.exclude(articles=self).distinct().order_by("name")[:MOST_BESIDE]


class ArticleFact(models.Model):
    """A line of the plain list beside a piece: who, when, where."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="facts")
    position = models.PositiveSmallIntegerField(_("place in the list"))
    label = models.CharField(_("what"), max_length=60, validators=[plain_text])
    text = models.CharField(_("fact"), max_length=300, validators=[plain_text])
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[web_address])

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="resources_fact_has_its_own_place",
                violation_error_message=_("Another fact has this place in the list."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def host(self):
        return urlsplit(self.url).hostname or ""
