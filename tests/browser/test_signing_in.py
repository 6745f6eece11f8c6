"""Coming in with what somebody has: a passkey, which only a browser can use."""

import re

from playwright.sync_api import expect

from community.management.commands.prepare_trial import PASSWORD
from tests.browser.test_pages import look_everywhere
from tests.browser.test_pages_of_members import signed_in

A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PAGES = ["2fa/", "2fa/webauthn/add/", "2fa/totp/activate/"]


def codes_beside_a_passkey(page):
    """Make one, on a phone that isn't there, and read the codes that stand in for it."""
    phone = page.context.new_cdp_session(page)
    phone.send("WebAuthn.enable")
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": A_PHONE})
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Carry on").click()
    page.get_by_role("button", name="Make a passkey on this device").click()
    expect(page.get_by_role("main")).to_contain_text("the only time they are shown")
    return re.findall(r"\b\d{8}\b", page.get_by_role("main").inner_text())


def test_a_passkey_is_made_signs_in_and_stands_beside_a_password(site, open_page):
    """By name of the site, because a passkey belongs to a name and not to a number."""
    site.manage(
        "create_member", "--email=heron@example.org", "--pen-name=Heron", words=PASSWORD + "\n"
    )
    address = site.address.replace("127.0.0.1", "localhost")
    page = signed_in(open_page, "heron@example.org", base_url=address)
    codes = codes_beside_a_passkey(page)
    assert len(codes) == 10
    problems = [problem for each in PAGES for problem in seen(page, f"/accounts/{each}")]

    sign_out(page)
    page.goto("/accounts/login/?next=/me/dates/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Dates", level=1)).to_be_visible()

    sign_out(page)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("heron@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    problems += look_everywhere(page)
    page.get_by_label("The code").fill(codes[0])
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="My space")).to_be_visible()
    problems += seen(page, "/me/account/devices/")
    assert problems == []


def seen(page, path):
    page.goto(path)
    return [f"{path}: {problem}" for problem in look_everywhere(page)]


def sign_out(page):
    page.goto("/me/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(lambda address: "/me/" not in address)
