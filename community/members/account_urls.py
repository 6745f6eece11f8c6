"""allauth's addresses under its own names, three of them with pages of ours."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path

from .account_views import Reauthenticate, SignIn, choose_first_password

urlpatterns = [
    path("login/", SignIn.as_view(), name="account_login"),
    path("reauthenticate/", Reauthenticate.as_view(), name="account_reauthenticate"),
    path("password/set/", login_required(choose_first_password), name="account_set_password"),
    path("", include("allauth.urls")),
]
