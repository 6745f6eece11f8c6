"""A member's record: opened on record, never one's own, never what is private (A13, A29)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.members.models import Consent
from community.moderation.models import Case, Decision, MemberNote, Proposal, Sanction
from community.moderation.records import forget
from community.moderation.sanctions import Doing, in_the_way
from community.moderation.states import Look
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:moderation_record_changelist")
LETTER = "You wrote that hers was harder.\n\nLeave out the weeks."


@pytest.fixture
def member():
    return factories.member("Wren", email="marker@example.org")


@pytest.fixture
def moderator():
    return factories.moderator("Bramble Thorne")


@pytest.fixture
def lead():
    return factories.moderator("Odile", group="lead-moderators")


def record(member):
    return reverse("admin:moderation_record_change", args=[member.pk])


def press(person, member, do, **fields):
    return browser_of(person).post(record(member), {"do": do, **fields}, follow=True)


def opened(person, member):
    return press(person, member, "open").text


def sanction(person, member, kind, **fields):
    said = {"kind": kind, "days": 7, "rule": "compare", "letter": LETTER} | fields
    return press(person, member, "sanction", **{f"sanction-{k}": v for k, v in said.items()})


# ---- who sees what


def test_opening_it_is_a_press_and_on_record(member, moderator):
    story = factories.published(member, title="The heron")
    unnamed = factories.published(member, title="The wren", byline="no-name")
    browser = browser_of(moderator)
    closed = browser.get(record(member)).text
    assert "Open what is on record" in closed and "The heron" not in closed
    assert story.pk not in closed and not Decision.objects.filter(action=Look.MEMBER).exists()
    page = browser.post(record(member), {"do": "open"}, follow=True).text
    assert "The heron" in page and reverse("admin:stories_story_change", args=[story.pk]) in page
    assert "The wren" not in page and unnamed.pk not in page
    look = Decision.objects.get(action=Look.MEMBER)
    assert (look.by, look.object_id) == (moderator, str(member.pk))
    browser.post(record(member), {"do": "open"})
    assert Decision.objects.filter(action=Look.MEMBER).count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "The heron" not in browser.get(record(member)).text


def test_a13_no_email_no_draft_no_own_copy(member, moderator):
    draft = factories.draft(member, title="Only mine")
    story = factories.published(member, title="The heron")
    story.title = "Not sent yet"
    story.save()
    taken_back = factories.pending(member, title="Taken back")
    taken_back.take_back()
    Consent.give(member, "kept-date", wording="a birthday")
    page = opened(moderator, member)
    assert "The heron" in page and taken_back.pk in page
    for private in ("marker@", "Only mine", draft.pk, "Not sent yet", "Taken back", "a birthday"):
        assert private not in page.replace("Taken back by its author", "")


@pytest.mark.parametrize("group", ["moderators", "lead-moderators"])
def test_nobody_opens_their_own(group):
    person = factories.moderator("Rowan Hale", group=group)
    for response in (browser_of(person).get(record(person)), press(person, person, "open")):
        assert response.status_code == 404
    assert 'class="field-pen_name"' not in browser_of(person).get(LIST, {"q": "Rowan"}).text


def test_who_is_no_moderator_finds_nothing(member):
    editor = factories.moderator(group="directory-editors")
    for person, status in ((None, 302), (factories.member(), 404), (editor, 404)):
        for address in (LIST, record(member)):
            assert browser_of(person).get(address).status_code == status
            assert browser_of(person).post(address, {"do": "open"}).status_code in (status, 405)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("number", ["0", "999999", "x", "²", "9" * 30, "_61_"])
def test_a_number_nobody_has_is_not_here(moderator, number):
    address = f"/admin/moderation/record/{number}/change/"
    assert browser_of(moderator).get(address).status_code == 404


def test_what_was_decided_stands_there_and_ends(member, moderator):
    story = factories.pending(member)
    factories.decline(story, by=moderator)
    factories.sanction(member, "read-only", letter=LETTER)
    page = opened(factories.moderator(), member)
    assert "not published" in page and "Leave out the weeks." in page and "Until " in page


# ---- finding it


def test_a29_members_are_found_by_pen_name_only(member, moderator):
    browser = browser_of(moderator)

    def rows(query):
        page = browser.get(LIST + query)
        return page.status_code == 200 and page.text.count('class="field-pen_name"')

    assert rows("?q=wren") == 1
    assert rows("") == rows("?q=marker") == rows("?q=example.org") == rows("?q=@") == 0
    for guess in ("email__startswith=marker", "password__startswith=a", "story__title=The"):
        ours, none = (browser.get(f"{LIST}?{guess}{more}") for more in ("", "zz"))
        assert (ours.status_code, none.status_code) == (400, 400)
    for order in ("1", "-2", "9", "email", "-1.2"):
        assert browser.get(f"{LIST}?q=wren&o={order}").status_code in (200, 302)
    for odd in ("_to_field=email", "_popup=1", "q=%00", "e=1"):
        assert "marker@" not in browser.get(f"{LIST}?{odd}", follow=True).text
    listed = browser.get(f"{LIST}?q=wren").text
    assert "marker@" not in listed and timezone.localtime(member.joined_at).strftime("%B") in listed


def test_nobody_changes_or_deletes_a_member_here(member, lead):
    for name in ("add", "delete"):
        args = [member.pk] if name == "delete" else []
        address = reverse(f"admin:moderation_record_{name}", args=args)
        assert browser_of(lead).get(address).status_code == 404
        assert browser_of(lead).post(address, {"post": "yes"}).status_code == 404
    history = reverse("admin:moderation_record_history", args=[member.pk])
    assert browser_of(lead).get(history).status_code == 302


def test_it_asks_the_same_however_much_there_is(member, moderator, django_assert_max_num_queries):
    browser = browser_of(moderator)
    browser.post(record(member), {"do": "open"})
    for _ in range(2):
        with django_assert_max_num_queries(18):
            assert browser.get(record(member)).status_code == 200
        for _ in range(3):
            factories.published(member)
            factories.sanction(member, "note", letter=f"{_}")
            member.moderators_notes.create(by_name="Odile", text="…")


# ---- notes among moderators


def test_a_note_is_for_moderators_and_kept_for_a_year(member, moderator):
    press(moderator, member, "note", **{"note-text": "Wrote at night; ask gently."})
    press(moderator, member, "note", **{"note-text": "Wrote at night; ask gently."})
    note = MemberNote.objects.get()
    assert (note.by, note.by_name) == (moderator, "Bramble Thorne")
    assert "ask gently" in opened(factories.moderator(), member)
    assert "ask gently" not in browser_of(member).get("/me/").text
    for days, left in ((364, 1), (366, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            forget()
        assert MemberNote.objects.count() == left


@pytest.mark.parametrize("text", ["", "  \x00 ", "x" * 2001])
def test_a_note_that_is_none_keeps_its_words(member, moderator, text):
    response = press(moderator, member, "note", **{"note-text": text})
    assert response.status_code == 422 and not MemberNote.objects.exists()
    assert text.strip(" \x00") in response.text


# ---- sanctions


def test_a_moderator_writes_to_a_member_and_stops_nothing(member, moderator):
    page = opened(moderator, member)
    assert "Write to them" in page and "Suspended" not in page
    assert sanction(moderator, member, "note", days="").status_code == 200
    letter = Sanction.objects.get().decision.message.get_absolute_url()
    assert "Leave out the weeks." in browser_of(member).get(letter).text
    for kind in ("letters-off", "read-only", "suspended"):
        assert sanction(moderator, member, kind).status_code == 422
    assert Sanction.objects.get().kind == "note"
    theirs = factories.sanction(member, "read-only")
    assert press(moderator, member, "", lift=theirs.pk).status_code == 404
    assert in_the_way(member, Doing.SEND)


def test_a_lead_stops_something_for_a_time_and_lifts_it(member, lead):
    sanction(lead, member, "read-only", days=14)
    given = Sanction.objects.get()
    assert given.lasts() and (given.ends_at - timezone.now()).days in (12, 13)
    lift = {"lift": given.pk, f"lift-{given.pk}-letter": "It was too long."}
    assert "lifted, from now on" in press(lead, member, "open").text
    empty = press(lead, member, "", **lift | {f"lift-{given.pk}-letter": " "})
    assert empty.status_code == 422 and "Write to them, in a sentence or two." in empty.text
    assert in_the_way(member, Doing.SEND)
    assert "Lifted" in press(lead, member, "", **lift).text
    assert not in_the_way(member, Doing.SEND)
    assert Decision.objects.first().message.text == "It was too long."
    assert "ended already" in press(lead, member, "", **lift).text
    for number in ("", "x", "9" * 30, "²"):
        assert press(lead, member, "", lift=number).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": ""},
        {"kind": "erase"},
        {"days": ""},
        {"days": "9999"},
        {"rule": ""},
        {"letter": ""},
        {"letter": "Hello\n\n…\n\nOdile"},
        {"letter": "x" * 4001},
    ],
)
def test_what_is_missing_is_asked_for_and_the_words_stay(member, lead, fields):
    said = {"note": "She was asked before."} | fields
    response = sanction(lead, member, said.pop("kind", "read-only"), **said)
    assert response.status_code == 422 and not Sanction.objects.exists()
    assert "She was asked before." in response.text
    assert said.get("letter", LETTER).splitlines()[-1:] != [] or not said["letter"]


def test_a_letter_begins_with_the_usual_words(member, lead):
    fields = {"sanction-kind": "read-only", "sanction-rule": "compare", "sanction-days": 14}
    response = press(lead, member, "begin", **fields)
    assert response.status_code == 200 and not Sanction.objects.exists()
    assert "For a while you can read here" in response.text and "one loss beside" in response.text
    assert press(lead, member, "begin").status_code == 200


def test_suspending_waits_for_another_moderator(member, lead, moderator):
    page = sanction(lead, member, "suspended", days=28, note="The third time.").text
    assert "another moderator has to agree" in page.lower()
    assert not in_the_way(member, Doing.SEND) and "Take the proposal back" in page
    proposal = Proposal.objects.get()
    seen = {"proposal": proposal.pk, "second-letter": LETTER}
    refused = press(lead, member, "confirm", **seen)
    assert not Sanction.objects.exists() and "Leave out the weeks." in refused.text
    assert "Wren" in browser_of(moderator).get(LIST).text
    front = browser_of(moderator).get("/admin/").text
    assert "One proposal about a member" in front and "Nothing is waiting to be read" in front
    assert "proposal about a member" not in browser_of(lead).get("/admin/").text
    case = reverse("admin:moderation_case_change", args=[proposal.case_id])
    assert browser_of(moderator).get(case).url == record(member)
    page = opened(moderator, member)
    for words in ("The third time.", "twenty-eight days", "Leave out the weeks."):
        assert words in page
    press(moderator, member, "confirm", **seen | {"proposal": 0})
    assert not Sanction.objects.exists()
    press(moderator, member, "confirm", **seen)
    assert Sanction.objects.get().decision.proposed_by == lead
    assert in_the_way(member, Doing.CHANGE)
    press(moderator, member, "confirm", **seen)
    assert Sanction.objects.count() == 1


@pytest.mark.parametrize("who", ["lead", "moderator"])
def test_a_proposal_goes_back_from_either(member, lead, moderator, who):
    sanction(lead, member, "suspended")
    person = {"lead": lead, "moderator": moderator}[who]
    press(person, member, "send-back", proposal=Proposal.objects.get().pk)
    assert not Proposal.objects.open().exists() and not Sanction.objects.exists()
    assert not Case.objects.open().exists()


def test_one_lead_alone_suspends_and_the_log_says_so(member, lead):
    sanction(lead, member, "suspended")
    assert Sanction.objects.get().decision.remark == "alone"


def test_somebody_erased_meanwhile_is_not_here(member, lead):
    sanction(lead, member, "note", days="")
    pk = member.pk
    member.delete()
    member.pk = pk
    assert sanction(lead, member, "note").status_code == 404
