"""The map of the site.  Apps are named here as strings."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from community import views, well_known
from community.ageing import ages

urlpatterns = [
    path("", views.Page.as_view(template_name="home.html"), name="home"),
    path("about/", views.Page.as_view(template_name="pages/about.html"), name="about"),
    path("care/", views.Page.as_view(template_name="pages/care.html"), name="care"),
    path("review/", include("community.moderation.public_urls")),
    path(
        "privacy/",
        views.Page.as_view(template_name="pages/privacy.html", extra_context={"ages": ages}),
        name="privacy",
    ),
    path("safety/", views.Page.as_view(template_name="pages/safety.html"), name="safety"),
    path(
        "accessibility/",
        views.Page.as_view(template_name="pages/accessibility.html"),
        name="accessibility",
    ),
    path("leave/", views.leave, name="leave"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(".well-known/security.txt", well_known.security, name="security-txt"),
    path(".well-known/change-password", well_known.change_password, name="change-password"),
    path("policy-report/", well_known.policy_report, name="policy-report"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.sitemap, name="sitemap-part"),
    path("", include("stories.urls")),
    path("", include("resources.urls")),
    path("api/", include("resources.api.urls")),
    path("report/", include("community.moderation.urls")),
    path("me/decisions/", include("community.moderation.decision_urls")),
    path("me/", include("community.members.urls")),
    path("accounts/", include("community.members.account_urls")),
    # Django's own short way to any object of any kind tells staff what exists.
    path("admin/r/<path:object>/", views.not_here, name="admin-short-way"),
    path("admin/", admin.site.urls),
]

handler400 = "community.views.bad_request"
handler403 = "community.views.permission_denied"
handler404 = "community.views.page_not_found"
handler500 = "community.views.server_error"

admin.site.site_header = f"{settings.SITE_NAME} moderation"
admin.site.site_title = f"{settings.SITE_NAME} moderation"
