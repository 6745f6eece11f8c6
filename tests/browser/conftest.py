"""Real pages of a real site in a real Chromium, watched while a test uses them."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.logged import about_somebody, names_on
from tests.browser.reading import Watch
from tests.browser.running import Site, own_cache, own_database

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """Where Chromium is.  Without one these tests skip, or fail if REQUIRE_BROWSER is set."""
    # The one without windows is the same browser, and costs a third.
    names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found and os.environ.get("REQUIRE_BROWSER"):
        pytest.fail("REQUIRE_BROWSER is set, and there is no Chromium.")
    if not found:
        pytest.skip("no Chromium")
    return found


@pytest.fixture(scope="session")
def site(chromium, tmp_path_factory):
    """A site as ``script/server`` makes it: directory, examples and demo logins."""
    with own_database("site") as database:
        site = Site(tmp_path_factory.mktemp("site"), **database, **own_cache())
        site.begin_with("prepare_trial")
        site.start()
        yield site
        site.stop()
        names = names_on(site)
    said = site.log.read_text()
    assert "Traceback" not in said, said
    assert about_somebody(said, names) == [], "the log says who did what (P03)"


# Not for the whole session: while Playwright runs, Django refuses the database to other tests.
@pytest.fixture(scope="package")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(site, browser):
    """Opens pages, each as another person's; at the end nothing may have gone wrong on any.

    ``visitor`` says that this person asked for nothing that needs remembering: no cookie, no
    storage.  Options of Playwright's ``new_context`` pass through.
    """
    watches = []

    def open_page(*, visitor=False, **options):
        options = {"base_url": site.address, "reduced_motion": "reduce"} | options
        context = browser.new_context(**options)
        watch = Watch(context, origin=options["base_url"], visitor=visitor)
        watches.append(watch)
        return context.new_page()

    yield open_page
    problems = [problem for watch in watches for problem in watch.end()]
    assert problems == []


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def page_without_scripts(open_page):
    return open_page(java_script_enabled=False)


@pytest.fixture
def visitor(open_page):
    return open_page(visitor=True)


@pytest.fixture
def visitor_without_scripts(open_page):
    return open_page(visitor=True, java_script_enabled=False)
