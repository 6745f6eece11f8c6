"""The instruments of this folder do notice what they are for."""

import pytest

from tests.browser.logged import about_somebody, names_on
from tests.browser.reading import CONTRAST, Watch, barriers, overflow


@pytest.fixture
def watch(site, browser):
    return Watch(browser.new_context(base_url=site.address), origin=site.address, visitor=True)


def test_a_cookie_is_noticed(watch, site):
    watch.context.add_cookies([{"name": "trace", "value": "1", "url": site.address}])
    assert watch.end() == ["cookie: trace"]


def test_storage_is_noticed(watch):
    page = watch.context.new_page()
    page.goto("/robots.txt")
    page.evaluate("() => localStorage.setItem('trace', '1')")
    assert watch.end() == [f"storage used: {page.url}"]


def test_a_broken_policy_is_noticed(watch):
    page = watch.context.new_page()
    page.goto("/")
    page.evaluate("() => document.body.setAttribute('onclick', 'alert(1)')")
    problems = watch.end()
    assert any("policy" in problem for problem in problems), problems


def test_a_request_elsewhere_is_noticed(watch):
    page = watch.context.new_page()
    page.goto("/robots.txt")
    page.evaluate("() => { new Image().src = 'http://127.0.0.1:9/elsewhere.png' }")
    assert any("elsewhere.png" in problem for problem in watch.end())


def test_a_broken_script_is_noticed(watch):
    page = watch.context.new_page()
    page.goto("/robots.txt")
    page.evaluate("() => setTimeout(() => { throw new Error('broken') }, 0)")
    page.wait_for_timeout(50)
    assert any("broken" in problem for problem in watch.end())


def test_barriers_are_noticed_to_the_strictest_level(visitor):
    visitor.goto("/")
    visitor.evaluate(
        "() => document.querySelector('main').insertAdjacentHTML('beforeend',"
        " '<p id=grey><font color=#6b6b6b>Grey</font></p><img src=/static/img/pane.svg>')"
    )
    found = " ".join(barriers(visitor))
    assert "image-alt" in found
    assert "color-contrast-enhanced" in found
    of_colour = " ".join(barriers(visitor, CONTRAST))
    assert "color-contrast-enhanced" in of_colour and "image-alt" not in of_colour


def test_overflow_is_noticed(visitor):
    visitor.set_viewport_size({"width": 320, "height": 600})
    visitor.goto("/robots.txt")
    assert overflow(visitor) == 0
    visitor.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<hr width=400>')")
    assert overflow(visitor) > 0


@pytest.mark.parametrize(
    "line",
    [
        "WARNING mail to marnie@example.org",
        '10.0.0.7 - - "GET / HTTP/1.1"',
        "Not Found: /stories/k7f3qx/",
        "GET /resources/?q=molar",
        "code 204518 sent",
        "story k7f3qx sent",
    ],
)
def test_p03_a_line_about_somebody_is_noticed(line):
    assert about_somebody(line, ["k7f3qx"])
    assert not about_somebody(
        "2026-11-28 15:00:01,113 [42] [INFO] Listening at: http://127.0.0.1:1"
    )


def test_p03_the_names_that_a_log_could_repeat_are_known(site):
    assert {"Marnie"} & {*names_on(site)} or len(names_on(site)) > 10
