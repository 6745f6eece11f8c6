"""The directory editors' desk."""

from django import forms
from django.contrib import admin
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources import countries, helplines
from resources.corrections import first_told
from resources.desk_admin import EditorsDesk
from resources.exchange_admin import ExchangeDesk
from resources.hsds_admin import HsdsDesk
from resources.models import (
    Article,
    ArticleFact,
    Assurance,
    Change,
    Language,
    Organization,
    Phone,
    Publisher,
    Schedule,
    Service,
    ServiceArea,
    TaxonomyTerm,
    Translation,
    picture,
)
from resources.suggestion_admin import SuggestionDesk

WHOLE_ADDRESSES = {models.URLField: {"assume_scheme": "https"}}


class EditedAdmin(admin.ModelAdmin):
    """Remembers that a person changed something, so that no later load undoes it."""

    formfield_overrides = WHOLE_ADDRESSES
    readonly_fields = ["edited_at"]

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            form.instance.edited_at = timezone.now()
            form.instance.save()


class Country(admin.SimpleListFilter):
    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        used = set(ServiceArea.objects.order_by().values_list("code", flat=True).distinct())
        anywhere = (countries.ANY_COUNTRY, countries.country_name(countries.ANY_COUNTRY))
        return [anywhere, *countries.by_name(used)]

    def queryset(self, request, queryset):
        return queryset.filter(service_areas__code=self.value()) if self.value() else queryset


class PhoneInline(admin.StackedInline):
    model = Phone
    fields = [("type", "number", "dial"), ("keyword", "description"), ("language", "always_open")]
    extra = 0


class ServiceAreaInline(admin.StackedInline):
    model = ServiceArea
    extra = 0


class LanguageInline(admin.StackedInline):
    model = Language
    extra = 0


class ScheduleInline(admin.StackedInline):
    model = Schedule
    fields = [("byday", "timezone"), ("opens_at", "closes_at"), ("valid_from", "valid_to")]
    extra = 0


class TranslationInline(admin.StackedInline):
    model = Translation
    extra = 0


@admin.register(Service)
class ServiceAdmin(EditorsDesk, ExchangeDesk, HsdsDesk, SuggestionDesk, EditedAdmin):
    list_display = ["name", "kind", "assurance", "assured_on", "edited_at"]
    list_filter = ["assurance", "status", "kind", Country, "assured_on", "cost"]
    list_per_page = 50
    search_fields = ["name", "slug", "organization__name", "description", "phones__number"]
    date_hierarchy = "assured_on"
    ordering = ["assured_on", "name"]
    prepopulated_fields = {"slug": ["name"]}
    raw_id_fields = ["replaced_by"]
    inlines = [PhoneInline, ScheduleInline, ServiceAreaInline, LanguageInline, TranslationInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "organization", "kind", "status", "description"]}),
        (_("If it closed"), {"fields": ["closing_note", "replaced_by"]}),
        (
            _("How to reach them"),
            {
                "fields": [
                    "url",
                    "email",
                    "hours",
                    "cost",
                    "fees_description",
                    "application_process",
                ]
            },
        ),
        (_("Who it is for"), {"fields": ["terms"]}),
        (
            _("How we know it"),
            {"fields": ["assurance", "assured_on", "source_url", "edited_at"]},
        ),
    ]
    new_fieldsets = [*fieldsets[:-1], (_("How you know it"), {"fields": ["source_url"]})]

    def get_urls(self):
        ours = [*self.desk_urls(), *self.exchange_urls(), *self.suggestion_urls()]
        return [*ours, *self.hsds_urls(), *super().get_urls()]

    def get_prepopulated_fields(self, request, obj=None):
        # An address that is known already stays: people have kept it.
        return {} if obj else self.prepopulated_fields

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.new_fieldsets

    def get_readonly_fields(self, request, obj=None):
        # How and when it was confirmed is said by looking again, never by editing.
        confirmed = ["assurance", "assured_on", "source_url"]
        return [*self.readonly_fields, *confirmed, "slug"] if obj else self.readonly_fields

    def save_model(self, request, obj, form, change):
        if not change:
            obj.assurance, obj.assured_on = Assurance.SITE, timezone.localdate()
        super().save_model(request, obj, form, change)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "terms":
            kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "radiolist"})
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        request.before = picture(obj) if obj else {}
        return super().get_form(request, obj, change, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        service = Service.objects.get(pk=form.instance.pk)
        if change:
            service.reckon_standing()  # a number that changed has been seen by nobody yet
            service.save()
        else:
            service.confirm_all(by=request.user)
            self.entered(request, service)
        changes = Change.between(service, request.before, picture(service), by=request.user)
        told_at = first_told(service) if changes else None
        for written in changes:
            written.told_at = told_at
        Change.objects.bulk_create(changes)
        _tell_help_now()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        _tell_help_now()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        _tell_help_now()


def _tell_help_now():
    # A full disk must not lose an editor's work; the failure is logged.
    transaction.on_commit(helplines.write, robust=True)


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    formfield_overrides = WHOLE_ADDRESSES
    list_display = ["name", "website"]
    search_fields = ["name", "description"]


@admin.register(Publisher)
class PublisherAdmin(admin.ModelAdmin):
    formfield_overrides = WHOLE_ADDRESSES
    list_display = ["name", "licence", "url"]


@admin.register(TaxonomyTerm)
class TaxonomyTermAdmin(admin.ModelAdmin):
    list_display = ["code", "taxonomy", "label"]
    list_filter = ["taxonomy"]


class ArticleFactInline(admin.StackedInline):
    model = ArticleFact
    fields = [("position", "label"), "text", "url"]
    formfield_overrides = WHOLE_ADDRESSES
    extra = 0


@admin.register(Article)
class ArticleAdmin(EditedAdmin):
    list_display = ["display_title", "publisher", "featured_from", "edited_at"]
    list_filter = ["publisher", "featured_from"]
    search_fields = ["display_title", "title", "author", "introduction"]
    prepopulated_fields = {"slug": ["display_title"]}
    inlines = [ArticleFactInline]
    fieldsets = [
        (None, {"fields": ["display_title", "slug", "featured_from"]}),
        (
            _("What we say"),
            {"fields": ["teaser", "mentions", "before_reading", "introduction"]},
        ),
        (
            _("The original"),
            {"fields": ["title", "publisher", "author", "published_on", "canonical_url"]},
        ),
        (_("Beside it"), {"fields": ["topics", "services", "edited_at"]}),
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Ticks: Django’s two boxes need scripts, and are in somebody’s way who uses a reader."""
        kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "sh-many"})
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields
