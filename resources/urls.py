from django.urls import path
from django.views.decorators.http import require_safe

from resources import offline_views, suggestion_views, views
from resources.feeds import ReadingRoom

app_name = "resources"
urlpatterns = [
    path("resources/", views.ServiceList.as_view(), name="list"),
    path("resources/reading/", views.ArticleList.as_view(), name="reading"),
    path("resources/reading/<slug:slug>/", views.ArticleDetail.as_view(), name="article"),
    path("resources/print/", views.PlacesToPrint.as_view(), name="print"),
    path("resources/suggest/", suggestion_views.Suggest.as_view(), name="suggest"),
    path("resources/suggest/sent/", suggestion_views.suggested, name="suggested"),
    path(
        "resources/suggest/sent/and/",
        suggestion_views.suggested,
        {"help_first": True},
        name="suggested_and_more",
    ),
    path("resources/<slug:slug>/", views.ServiceDetail.as_view(), name="detail"),
    path("feeds/reading/", require_safe(ReadingRoom()), name="reading_feed"),
    path("help-now/", views.help_now, name="help_now"),
    path("help-now/offline/", offline_views.offline, name="help_offline"),
    path("help-now.js", offline_views.worker, name="help_worker"),
    path("help-now/<str:code>/", views.help_country, name="help_country"),
]
