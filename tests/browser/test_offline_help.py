"""Help numbers on a device: kept once somebody asks, there when offline, forgotten again."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(request.url);
  return found;
}"""
REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).length"


@pytest.fixture
def device(browser, site):
    context = browser.new_context(base_url=site.address, reduced_motion="reduce")
    yield context
    context.close()


def test_help_numbers_are_kept_only_when_asked_and_forgotten_in_the_same_place(device):
    page = device.new_page()
    page.goto("/help-now/ie/")
    page.goto("/comfort/")
    section = page.locator("#keep-help")
    keep = section.get_by_role("button", name="Keep help numbers on this device")
    expect(keep).to_be_visible()
    assert page.evaluate(REGISTERED) == 0 and page.evaluate(KEPT) == []
    keep.click()
    expect(section.get_by_role("status")).to_contain_text("This device keeps them.")
    page.goto("/stories/")
    kept = [urlsplit(address).path for address in page.evaluate(KEPT)]
    styles = [path for path in kept if path.startswith("/static/css/")]
    assert len(styles) == 2
    assert all(path.startswith("/help-now/") for path in set(kept) - set(styles))

    device.set_offline(True)
    page.goto("/stories/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "You’re offline. These numbers still work."
    )
    page.get_by_role("link", name="Ireland").click()
    expect(page.get_by_role("link", name="Call 116 123")).to_be_visible()
    device.set_offline(False)

    page.goto("/comfort/")
    page.get_by_role("button", name="Forget them on this device").click()
    expect(keep).to_be_visible()
    assert page.evaluate(REGISTERED) == 0 and page.evaluate(KEPT) == []


def test_without_scripts_the_page_says_that_it_cannot_be_done(page_without_scripts):
    page = page_without_scripts
    page.goto("/comfort/")
    section = page.locator("#keep-help")
    expect(section.get_by_text("It can’t be done in this browser at the moment")).to_be_visible()
    expect(section.get_by_role("button")).to_have_count(0)
