import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from community.members.models import Member

pytestmark = pytest.mark.django_db


def create(*arguments, email="marnie@example.org", pen_name="Marnie", **options):
    out = io.StringIO()
    call_command(
        "create_member", f"--email={email}", f"--pen-name={pen_name}", *arguments, stdout=out
    )
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch):
    """What stands on standard input."""

    def say(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    say("")
    return say


def test_the_account_can_be_used_at_once(client, typed):
    assert create("--password=a quiet kettle sings") == (
        "Marnie can sign in as marnie@example.org.\n"
    )
    client.post(
        reverse("account_login"),
        {"login": "marnie@example.org", "password": "a quiet kettle sings"},
    )
    assert client.get(reverse("members:space")).status_code == 200


@pytest.mark.parametrize("arguments", [[], ["--password", "-"], ["--password=-"]])
def test_the_password_can_come_from_standard_input(typed, arguments):
    typed("a quiet kettle sings\r\n")
    create(*arguments)
    assert Member.objects.get().check_password("a quiet kettle sings")


def test_without_a_password_a_code_is_the_way_in(typed):
    create()
    assert not Member.objects.get().has_usable_password()


def test_a_group_opens_the_admin_and_gives_no_more(typed):
    create("--group=moderators")
    made = Member.objects.get()
    assert [group.name for group in made.groups.all()] == ["moderators"]
    assert made.is_staff
    assert not made.is_superuser


def test_an_administrator_may_do_everything(typed):
    create("--superuser")
    assert Member.objects.get().is_superuser


def test_somebody_else_opens_no_admin(typed):
    create()
    assert not Member.objects.get().is_staff


def test_a_second_run_is_a_sentence_and_changes_nothing(typed):
    create("--password=a quiet kettle sings")
    with pytest.raises(CommandError, match="There is an account for"):
        create("--superuser", email="Marnie@example.org", pen_name="Other")
    assert not Member.objects.get().is_superuser


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"email": "marnie"}, "email"),
        ({"email": ""}, "blank"),
        ({"pen_name": "Admin"}, "Choose another name"),
        ({"pen_name": ""}, "blank"),
        ({"pen_name": "x" * 41}, "shorter"),
    ],
)
def test_what_cannot_be_is_a_sentence(typed, wrong, sentence):
    with pytest.raises(CommandError, match=sentence):
        create(**wrong)
    assert not Member.objects.exists()


def test_a_weak_password_is_a_sentence(typed):
    with pytest.raises(CommandError, match="ten characters"):
        create("--password=short")


def test_a_group_that_is_not_there_is_a_sentence(typed):
    with pytest.raises(CommandError, match="invalid choice"):
        create("--group=bishops")
