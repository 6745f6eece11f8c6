"""What the tests of coming in and going out share."""

import re

from django.conf import settings
from django.urls import reverse

PASSWORD = "a quiet kettle sings"
SIGN_UP = {"email": "marnie@example.org", "pen_name": "Marnie", "password1": PASSWORD}
SIGN_UP |= {"care": "on", "keeping": "on"}


def link_in(letter):
    return re.search(rf"{settings.SITE_URL}(/\S+)", letter.body)[1]


def code_in(letter):
    return re.search(r"^\d{6}$", letter.body, re.MULTILINE)[0]


def sign_in(client, email="marnie@example.org", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def confirm_again(client, post):
    """Shows by a code that it is them, as who chose no password is asked to."""
    client.post(reverse("members:code-again"), {"send": "1"})
    return client.post(reverse("members:code-again"), {"code": code_in(post())})


def is_in(client):
    return client.get(reverse("members:space")).status_code == 200
