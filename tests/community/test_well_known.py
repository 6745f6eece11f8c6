"""Addresses that programs look for."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_whoever_found_a_weakness_learns_where_to_say_so(client, settings):
    page = client.get("/.well-known/security.txt")
    said = dict(line.split(": ", 1) for line in page.text.splitlines())
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    assert said["Contact"] == f"mailto:{settings.CONTACT_EMAIL}"
    assert said["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    good_for = datetime.fromisoformat(said["Expires"]) - timezone.now()
    assert timedelta(days=30) < good_for < timedelta(days=365), "RFC 9116 § 2.5.5"


def test_password_managers_find_where_a_password_is_changed(client):
    assert client.get("/.well-known/change-password").url == "/accounts/password/change/"
