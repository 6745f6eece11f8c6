from django.urls import path

from community.moderation import decision_views as views

app_name = "decisions"
urlpatterns = [
    path("", views.letters, name="letters"),
    path("<slug:key>/", views.letter, name="letter"),
    path("<slug:key>/think-again/", views.ask, name="ask"),
    path("<slug:key>/take-back/", views.take_back, name="take-back"),
]
