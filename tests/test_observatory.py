"""The instrument itself: it takes points for what is missing."""

import pytest

from tests.observatory import grade

GOOD = {
    "content-security-policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
COOKIE = "__Host-session=x; HttpOnly; Path=/; SameSite=Lax; Secure"
MOVED = "https://lit.example/"


def test_a_site_that_does_all_of_it_has_the_best_grade():
    assert grade(GOOD, [COOKIE], MOVED) == ("A+", 135)


@pytest.mark.parametrize("name", ["content-security-policy", "strict-transport-security"])
def test_without_a_header_it_has_not(name):
    assert grade({**GOOD, name: ""}, [COOKIE], MOVED)[0] != "A+"


@pytest.mark.parametrize("unsafe", ["'unsafe-inline'", "'unsafe-eval'", "data:", "*"])
def test_nor_with_an_unsafe_policy(unsafe):
    policy = f"default-src 'none'; script-src {unsafe}; frame-ancestors 'none'"
    assert grade({**GOOD, "content-security-policy": policy}, [], MOVED)[0] != "A+"


@pytest.mark.parametrize("part", ["; HttpOnly", "; SameSite=Lax", "; Secure"])
def test_nor_with_a_careless_cookie(part):
    assert grade(GOOD, [COOKIE.replace(part, "")], MOVED)[0] != "A+"


def test_nor_where_plain_http_is_answered():
    assert grade(GOOD, [], "")[0] != "A+"
