"""HSDS names its addresses without a slash at the end."""

from django.urls import path

from resources.api import views

app_name = "api"
urlpatterns = [
    path("", views.Root.as_view(), name="root"),
    path("services", views.ServiceList.as_view(), name="services"),
    path("services/<str:uuid>", views.ServiceDetail.as_view(), name="service"),
    path("organizations", views.OrganizationList.as_view(), name="organizations"),
    path("organizations/<str:uuid>", views.OrganizationDetail.as_view(), name="organization"),
    path("service_at_locations", views.ServiceAtLocationList.as_view(), name="at-locations"),
    path(
        "service_at_locations/<str:uuid>",
        views.ServiceAtLocationDetail.as_view(),
        name="at-location",
    ),
    path("taxonomies", views.TaxonomyList.as_view(), name="taxonomies"),
    path("taxonomies/<str:uuid>", views.TaxonomyDetail.as_view(), name="taxonomy"),
    path("taxonomy_terms", views.TermList.as_view(), name="taxonomy-terms"),
    path("taxonomy_terms/<str:uuid>", views.TermDetail.as_view(), name="taxonomy-term"),
    path("openapi.json", views.OpenApi.as_view(), name="openapi"),
    path("profile/<slug:name>.json", views.ProfilePart.as_view(), name="profile"),
    path("directory-hsds.zip", views.Tabular.as_view(), name="tabular"),
    path("directory-hsds.json", views.Download.as_view(), name="download"),
    path("docs/", views.Docs.as_view(), name="docs"),
]
