from django.urls import path

from community.moderation import views

app_name = "moderation"
urlpatterns = [
    path("told/<str:token>/", views.receipt, name="receipt"),
    path("told/<str:token>/think-again/", views.ask_again, name="ask-again"),
    path("<slug:kind>/<slug:pk>/", views.Tell.as_view(), name="report"),
]
