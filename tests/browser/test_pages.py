"""Every kind of page, in both widths and both lights: nothing in anybody's way."""

import re

import pytest

from tests.browser.reading import CONTRAST, EVERY_RULE, barriers, overflow, use_long_words

PAGES = {
    "home": "/",
    "stories": "/stories/",
    "stories, filtered": "/stories/?loss=stillbirth&role=father",
    "stories, none": "/stories/?loss=molar&lang=cy",
    "what to expect before writing": "/write/",
    "directory": "/resources/",
    "directory, filtered": "/resources/?country=IE&loss=stillbirth",
    "places to print": "/resources/print/?country=IE",
    "a suggestion was sent": "/resources/suggest/sent/",
    "letters": "/letters/",
    "a letter for anyone": "/letters/any/?n=4",
    "reading room": "/resources/reading/",
    "help now": "/help-now/",
    "help now in a country": "/help-now/ie/",
    "reading comfort": "/comfort/",
    "about": "/about/",
    "care": "/care/",
    "review": "/review/",
    "privacy": "/privacy/",
    "safety": "/safety/",
    "accessibility": "/accessibility/",
    "not here": "/stories/zzzzzz/",
}
# The first page of a kind, found where a reader would find it.
FOUND = {
    "story": ("/stories/", r"/stories/[a-z0-9]{6}/"),
    "place": ("/resources/", r"/resources/(?!reading|print|suggest)[a-z0-9-]+/"),
    "article": ("/resources/reading/", r"/resources/reading/[a-z0-9-]+/"),
}
WITH_A_TOKEN = {
    "suggest a place": "/resources/suggest/",
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
    "code by email": "/accounts/login/code/",
    "another password": "/accounts/password/reset/",
}


def find(page, kind):
    where, pattern = FOUND[kind]
    page.goto(where)
    links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.pathname)")
    return next(link for link in links if re.fullmatch(pattern, link))


def look_everywhere(page, widths=(390, 1280)):
    """What is in somebody's way on the open page, wherever they look at it."""
    found = []
    for scheme, rules in (("light", EVERY_RULE), ("dark", CONTRAST)):
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{scheme}, {width}: {barrier}" for barrier in barriers(page, rules)]
    return found + too_wide(page)


def too_wide(page):
    found = []
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        if overflow(page):
            found.append(f"{width}: {overflow(page)} pixels too wide")
    return found


@pytest.mark.parametrize("kind", [*PAGES, *FOUND])
def test_a_page_is_in_nobodys_way(visitor, kind):
    visitor.goto(PAGES.get(kind) or find(visitor, kind))
    assert look_everywhere(visitor) == []
    use_long_words(visitor)
    assert too_wide(visitor) == []


@pytest.mark.parametrize("kind", WITH_A_TOKEN)
def test_a_form_for_signing_in_is_in_nobodys_way(page, kind):
    page.goto(WITH_A_TOKEN[kind])
    assert look_everywhere(page) == []


@pytest.mark.parametrize("kind", ["home", "stories", "story", "directory", "article", "help now"])
def test_a_page_can_be_read_without_scripts(visitor_without_scripts, kind):
    page = visitor_without_scripts
    page.goto(PAGES.get(kind) or find(page, kind))
    assert page.locator("h1").count() == 1
    for words in ("Need help now?", "Leave this site"):
        assert page.get_by_role("link", name=words).first.is_visible()


def test_leaving_takes_one_press(visitor):
    visitor.goto("/")
    visitor.get_by_role("link", name="Leave this site").click()
    visitor.wait_for_url("**/robots.txt")


def test_on_paper_the_numbers_stand_and_what_can_only_be_pressed_does_not(visitor):
    visitor.emulate_media(media="print")
    visitor.goto("/help-now/ie/")
    calls = visitor.locator("main a[href^='tel:']")
    assert calls.count() and all(call.is_visible() for call in calls.all())
    visitor.goto("/letters/any/")
    assert visitor.locator("main .letter").is_visible()
    for name in ("Open another letter", "Leave this site"):
        assert not visitor.get_by_role("link", name=name).is_visible()
