"""The whole main job, by hand: a visitor reads, a member writes, moderators decide."""

import re
import secrets

import pytest
from playwright.sync_api import expect

PASSWORD = "the-kettle-has-just-clicked-off"
LANE = "There is a lane behind the hospital where the laundry vans turn round."
NAMED = "I found out later he was called Desmond Applegarth."
FIRST_NAME = "I found out later he was called Desmond, and he says I may say so."


def a_word():
    """Letters only: a pen name is not a number."""
    return "".join(secrets.choice("abcdefghij") for _ in range(6))


@pytest.fixture
def moderators(site, open_page):
    """Two moderators at their own computers, signed in."""
    pages = []
    for pen_name in (f"Sorrel {a_word()}", f"Bryony {a_word()}"):
        email = f"{pen_name.split()[1]}@example.org"
        site.manage(
            "create_member",
            f"--email={email}",
            f"--pen-name={pen_name}",
            "--password=-",
            "--group=moderators",
            words=PASSWORD,
        )
        page = open_page()
        sign_in(page, email)
        pages.append(page)
    return pages


def sign_in(page, email):
    page.goto("/accounts/login/")
    page.get_by_label("email", exact=False).first.fill(email)
    page.get_by_label("password", exact=False).first.fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/login/" not in address)  # a press doesn't wait for it


def sign_up(site, page, email, pen_name):
    page.goto("/write/")
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Your email address").fill(email)
    page.get_by_label("The name you write under").fill(pen_name)
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_label("I’ll be with others").check()
    page.get_by_label("You may keep what I write").check()
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("main")).to_contain_text("the newest file in")
    letter = site.wait_for_mail(email).get_content()
    page.goto(re.search(r"https?://\S+", letter)[0])
    page.get_by_role("main").get_by_role("button").first.click()


def open_case(page, title):
    page.goto("/admin/moderation/case/")
    page.get_by_role("button", name=title).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def tick_what_was_looked_for(page):
    for tick in page.locator("input[name=looked_for]").all():
        tick.check()


def publish(page, title):
    open_case(page, title)
    tick_what_was_looked_for(page)
    page.locator("summary", has_text=re.compile("^Publish$")).click()
    page.get_by_role("button", name="Publish it", exact=True).click()
    expect(page.locator("body")).to_contain_text("Done: published")


def write_over_two_sittings(page, email, title):
    page.goto("/write/")
    page.get_by_role("button", name="Open an empty page").click()
    page.get_by_label("Your story").fill(LANE)
    page.get_by_role("button", name="Save and leave it for now").click()
    expect(page.get_by_role("heading", name="My space")).to_be_visible()
    page.context.clear_cookies()

    sign_in(page, email)
    page.goto("/me/")
    page.get_by_role("link", name="(no title yet)").click()
    expect(page.get_by_label("Your story")).to_have_value(LANE)
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your story").fill(f"{LANE}\n\n{NAMED}")
    page.get_by_role("button", name="Save and carry on").click()

    page.get_by_label("Stillbirth").check()
    page.get_by_label("Father").check()
    page.get_by_role("button", name="Save and carry on").click()
    page.get_by_label("giving birth").check()
    page.get_by_role("button", name="Save and carry on").click()
    page.get_by_label("My pen name").check()
    page.get_by_role("button", name="Save and carry on").click()
    page.get_by_label("Yes, letters are welcome").check()
    page.get_by_role("button", name="Save and carry on").click()


def send(page, answer=None):
    page.get_by_label("I agree that the people I chose").check()
    if answer:
        page.get_by_label("Anything you’d like to tell the moderator").fill(answer)
    page.get_by_role("button", name="Send it to be read").click()
    expect(page.get_by_role("heading", name="with a moderator")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_story_from_the_first_word_to_taking_it_down(site, open_page, moderators, scripts):
    asker, publisher = moderators
    visitor = open_page(visitor=True, java_script_enabled=scripts)
    member = open_page(java_script_enabled=scripts)
    name = a_word()
    title, email = f"The lane {name}", f"halloran-{name}@example.org"

    visitor.goto("/stories/")
    visitor.locator("summary", has_text="Choose what you read").click()
    visitor.get_by_role("combobox", name="What happened").select_option("stillbirth")
    visitor.get_by_role("combobox", name="Who is writing").select_option("father")
    visitor.get_by_role("button", name="Show stories").click()
    visitor.get_by_role("link", name="What the tide table said").click()
    expect(visitor.get_by_role("main")).to_contain_text("This story describes giving birth.")

    sign_up(site, member, email, f"Halloran {name}")
    sign_in_if_asked(member, email)
    write_over_two_sittings(member, email, title)
    expect(member.get_by_role("main")).to_contain_text("This is the page as readers will see it.")
    send(member)
    pk = re.search(r"/write/(\w+)/sent/", member.url)[1]
    story = f"/stories/{pk}/"
    assert visitor.goto(story).status == 404
    assert publisher.goto(story).status == 404

    open_case(asker, title)
    asker.locator("summary", has_text="Ask the author something").click()
    message = asker.get_by_label("What you’ll say to them").locator("visible=true")
    message.fill("You give his full name. If he is happy to be named, tell us.")
    asker.get_by_role("button", name="Send the question").click()
    assert visitor.goto(story).status == 404

    mail = site.wait_for_mail(email, count=2)
    assert mail["Subject"] == "There is something for you"
    assert "Desmond" not in mail.get_content() and title not in mail.get_content()
    member.goto("/me/")
    expect(member.get_by_role("main")).to_contain_text("A question for you")
    member.get_by_role("link", name=title, exact=True).click()
    expect(member.get_by_role("main")).to_contain_text("You give his full name.")
    member.get_by_role("link", name="Change the words first").click()
    member.get_by_label("Your story").fill(f"{LANE}\n\n{FIRST_NAME}")
    member.get_by_role("button", name="See how it will look").click()
    send(member, answer="He says yes.")

    publish(publisher, title)
    visitor.goto("/stories/")
    visitor.get_by_role("link", name=title).click()
    expect(visitor.get_by_role("main")).to_contain_text(FIRST_NAME)
    expect(visitor.get_by_role("main")).not_to_contain_text("Applegarth")

    member.goto(f"/write/{pk}/")
    member.get_by_label("Your story").fill(f"{LANE}\n\nI have kept the card with the heron on it.")
    member.get_by_role("button", name="See how it will look").click()
    send(member)
    visitor.goto(story)
    expect(visitor.get_by_role("main")).to_contain_text(FIRST_NAME)
    publish(asker, title)
    visitor.goto(story)
    expect(visitor.get_by_role("main")).to_contain_text("heron")

    member.goto(f"/write/{pk}/sent/")
    member.get_by_role("button", name="Take it down now").click()
    expect(member.get_by_role("heading", name="Taken down by you")).to_be_visible()
    assert visitor.goto(story).status == 404
    expect(visitor.get_by_role("main")).to_contain_text("may have taken it down")
    visitor.goto("/stories/")
    expect(visitor.get_by_role("main")).not_to_contain_text(title)


def sign_in_if_asked(page, email):
    page.goto("/me/")
    if "/accounts/" in page.url:
        sign_in(page, email)


def test_a_note_is_offered_and_one_press_publishes_it(site, open_page, moderators):
    asker, _ = moderators
    member = open_page()
    name = a_word()
    title, email = f"Second Tuesday {name}", f"heron-{name}@example.org"
    words = f"--email={email}", f"--pen-name=Heron {name}", "--password=-"
    site.manage("create_member", *words, words=PASSWORD)
    sign_in(member, email)
    write_over_two_sittings(member, email, title)
    send(member)
    pk = re.search(r"/write/(\w+)/sent/", member.url)[1]

    open_case(asker, title)
    tick_what_was_looked_for(asker)
    asker.locator("summary", has_text="with a note before reading").click()
    asker.get_by_label("bleeding").check()
    message = asker.get_by_label("What you’ll say to them").locator("visible=true")
    message.fill("May we say that it describes bleeding?")
    asker.get_by_role("button", name="Ask the author about the note").click()

    member.goto(f"/write/{pk}/sent/")
    expect(member.get_by_role("main")).to_contain_text("giving birth and bleeding")
    member.get_by_role("button", name="Add the note and publish it").click()
    member.goto(f"/stories/{pk}/")
    expect(member.get_by_role("main")).to_contain_text("giving birth and bleeding")


def test_the_desk_saves_by_itself_and_keeps_what_an_ended_session_sent(site, open_page):
    member = open_page()
    name = a_word()
    email = f"fern-{name}@example.org"
    words = f"--email={email}", f"--pen-name=Fern {name}", "--password=-"
    site.manage("create_member", *words, words=PASSWORD)
    sign_in(member, email)
    member.goto("/write/")
    member.get_by_role("button", name="Open an empty page").click()
    desk = member.url
    member.get_by_label("Your story").press_sequentially("There was a man with a broom.")
    expect(member.get_by_role("status")).to_contain_text("Saved at", timeout=15_000)
    member.goto(desk)
    expect(member.get_by_label("Your story")).to_have_value("There was a man with a broom.")

    member.goto(f"{desk}name/")
    member.get_by_label("Another name, for this story").check()
    member.get_by_label("The other name").fill("Wren")
    member.get_by_role("link", name="Your story").click()
    member.goto(f"{desk}name/")
    expect(member.get_by_label("The other name")).to_have_value("Wren")

    member.goto(desk)
    member.get_by_label("Your story").fill("He swept the other end of the lane.")
    member.get_by_role("link", name="Leave this site").click()
    member.wait_for_url("**/robots.txt")
    sign_in(member, email)
    member.goto(desk)
    expect(member.get_by_label("Your story")).to_have_value("He swept the other end of the lane.")
    member.get_by_label("Your story").fill("He swept the other end.")
    session = [c for c in member.context.cookies() if "csrf" not in c["name"]]
    for cookie in session:
        member.context.clear_cookies(name=cookie["name"])
    member.get_by_role("button", name="Save and carry on").click()
    member.get_by_label("email", exact=False).first.fill(email)
    member.get_by_label("password", exact=False).first.fill(PASSWORD)
    member.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(member).to_have_url(desk)
    expect(member.get_by_label("Your story")).to_have_value("He swept the other end.")
    expect(member.get_by_role("main")).to_contain_text("they aren’t saved yet")
