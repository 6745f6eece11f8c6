"""allauth's addresses under its own names, two of them with pages of ours."""

from django.urls import include, path

from .account_views import Reauthenticate, SignIn

urlpatterns = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("reauthenticate/", Reauthenticate.as_view(), name="account_reauthenticate"),
    path("", include("allauth.urls")),
]
