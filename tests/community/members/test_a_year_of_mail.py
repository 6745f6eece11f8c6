"""A year's mail to one member, as the files that leave: each as the design has it (§ 7)."""

import email
import email.policy
import re
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as site
from django.test import Client

from community.members import noting
from community.members.mail import a_private_link, something_for_you, weekly_note
from community.members.models import MailChoice, Member
from community.members.stopping import Kind
from tests import factories
from tests.community.members.coming_in import PASSWORD, SIGN_UP, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "post@lit.example"
BACKEND = "django.core.mail.backends.filebased.EmailBackend"
FIRST_LINES = {
    "Confirm your email address": "Use this link within a day.",
    "Your sign-in code": "It works for ten minutes.",
    "Choose a new password": "Use this link within a day.",
    "Your account": "If this was you, there is nothing to do but sign in.",
    "A change to your account": "If this was you, there is nothing to do.",
    "There is something for you": "Sign in when you’re ready. It will wait.",
    "Your weekly note": "Sign in when you’re ready.",
    "A note from Small Hours": "You asked us to write about now.",
}
# One mail for whoever told us something, who may have no account.
ONLY_ONCE = "Open this when you’re ready. It will wait."
TELLING = re.compile(
    r"loss|lost|bab(y|ies)|pregnan|miscarr|still|birth|born|grie|died|death|memor|anniv|remind"
    r"|stor(y|ies)\b|letter|moderat|publish|declin|report|quillwort|heather|support|help",
    re.IGNORECASE,
)
STOP = re.compile(rf"{site.SITE_URL}(/me/email/stop/[\w.-]+/)")


@pytest.fixture
def sent(settings, tmp_path, run_jobs):
    """Every mail file so far, as what is in it."""
    settings.MAIL_TRANSPORT = {"EMAIL_BACKEND": BACKEND, "EMAIL_FILE_PATH": str(tmp_path)}

    def read():
        run_jobs()
        files = [path.read_bytes() for path in sorted(Path(tmp_path).iterdir())]
        pieces = [piece for file in files for piece in file.split(b"-" * 79 + b"\n")]
        read = [piece for piece in pieces if piece.strip()]
        return [email.message_from_bytes(it, policy=email.policy.default) for it in read]

    return read


def signs_up(pen_name):
    Client().post("/accounts/signup/", {**SIGN_UP, "email": ADDRESS, "pen_name": pen_name})


def joins():
    signs_up("Old Heather")
    member = Member.objects.get()
    member.emailaddress_set.update(verified=True)
    return member


def changes_the_password():
    client = Client()
    sign_in(client, ADDRESS)
    new = {"oldpassword": PASSWORD, "password1": "another quiet kettle"}
    assert client.post("/accounts/password/change/", new).status_code == 302


def asked_whether_they_would_write(member):
    MailChoice.of(member, Kind.OFFER)
    MailChoice.objects.resume()  # as they tick it
    something_for_you(member, Kind.OFFER)


def a_year_of(member):
    """Something of every kind, each in a month of its own."""
    yield "01-05", lambda: signs_up("Somebody Else")
    yield "02-03", lambda: Client().post("/accounts/login/code/", {"email": ADDRESS})
    yield "03-03", lambda: Client().post("/accounts/password/reset/", {"email": ADDRESS})
    yield "04-03", changes_the_password
    yield "05-03", lambda: factories.published(member, title="Quillwort", body="Stillborn.")
    yield "06-03", lambda: factories.delivered(factories.wanting(factories.member()), member)
    yield "07-03", lambda: something_for_you(member, Kind.LETTER)
    yield "08-03", lambda: weekly_note(member)
    yield "09-03", noting.send_due
    yield "09-13", lambda: asked_whether_they_would_write(member)
    yield "10-03", lambda: a_private_link(ADDRESS, "/report/receipt/x/")


@pytest.fixture
def year(sent):
    with time_machine.travel("2027-01-03T10:00Z", tick=False) as clock:
        member = joins()
        sent()
        factories.date(member, day=3, month=9, words="Quillwort", wish="on")
        for day, happens in a_year_of(member):
            clock.move_to(f"2027-{day}T10:00Z")
            happens()
            sent()
        yield [message for message in sent() if message["To"] == ADDRESS]


def test_every_mail_of_a_year_reads_as_designed(year):
    seen = set()
    for message in year:
        body = message.get_content()
        lines = [line for line in body.splitlines() if line]
        seen.add(message["Subject"])
        assert lines[0] in (FIRST_LINES[message["Subject"]], ONLY_ONCE)
        assert str(message["From"]) == "Small Hours <hello@example.org>"
        assert message.get_content_type() == "text/plain" and not message.is_multipart()
        assert not {"List-Id", "Reply-To", "X-Mailer", "Cc"} & {*message.keys()}
        assert message["Auto-Submitted"] == "auto-generated"
        everything = "\n".join([*map(str, message.values()), body])
        without_keys = re.sub(r"[\w-]{20,}[\w.=-]*", "", everything)
        assert not TELLING.search(without_keys.replace("/report/receipt/", "")), without_keys
        assert "<" not in body and "[" not in body
        assert not re.search(r"\d{6}", message["Subject"])
        why = lines[-3] if STOP.search(lines[-1]) else lines[-1]
        assert why.startswith("You have this because"), body
    assert seen == {*FIRST_LINES}


def test_each_kind_is_stopped_from_the_mail_alone_by_one_press(year):
    stopped = {}
    for message in year:
        link = STOP.search(message.get_content().strip().splitlines()[-1])
        header = (message["List-Unsubscribe"] or "").strip()
        assert bool(link) == bool(header)
        if not link:
            continue
        assert header == f"<{link[0]}>"
        pair = message["List-Unsubscribe-Post"].split("=")
        program = Client(enforce_csrf_checks=True)
        before = {*MailChoice.objects.exclude(stopped_at=None).values_list("kind", flat=True)}
        assert program.get(link[1]).status_code == program.head(link[1]).status_code == 200
        after = {*MailChoice.objects.exclude(stopped_at=None).values_list("kind", flat=True)}
        assert after == before
        assert program.post(link[1], dict([pair])).status_code == 200
        after = {*MailChoice.objects.exclude(stopped_at=None).values_list("kind", flat=True)}
        assert len(after - before) == (0 if link[1] in stopped else 1)
        stopped.setdefault(link[1], after - before)
        assert not program.cookies
    assert set().union(*stopped.values()) == {*Kind.values}


@pytest.mark.parametrize("name", ["Stille, Stunden", "Petites Heures «é»", 'The "Small" Hours'])
def test_whatever_the_site_is_called_is_the_sender(name, sent, settings):
    from_whom = email.utils.formataddr((name, "hello@example.org"))
    settings.DEFAULT_FROM_EMAIL, settings.SITE_NAME = from_whom, name
    with time_machine.travel("2027-03-14T10:00Z", tick=False):
        factories.date(wish="on")
        noting.send_due()
        (message,) = sent()
    (whom,) = message["From"].addresses
    assert (whom.display_name, whom.addr_spec) == (name, "hello@example.org")
    assert message["Subject"] == f"A note from {name}"
