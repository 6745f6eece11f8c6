import pytest
from django.core.mail import send_mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from community.members import groups
from community.members.models import Email, Member
from tests.factories import member, moderator

pytestmark = pytest.mark.django_db

CHANGELIST = reverse("admin:members_member_changelist")
OUTBOX = reverse("admin:members_email_changelist")


@pytest.fixture
def boss(client):
    person = Member.objects.create_superuser("ines@example.org", "Ines", "a quiet kettle sings")
    client.force_login(person)
    return person


@pytest.fixture
def marnie():
    return member("Marnie", email="marnie@example.org")


def test_an_administrator_finds_members_by_name_and_address(client, boss, marnie):
    for words in ("Marnie", "marnie@example"):
        page = client.get(CHANGELIST, {"q": words}).content.decode()
        assert "marnie@example.org" in page


def test_an_administrator_can_close_an_account_but_not_move_it_to_another_address(
    client, boss, marnie
):
    url = reverse("admin:members_member_change", args=[marnie.pk])
    client.post(url, {"pen_name": "Marnie", "email": "x@example.org", "is_superuser": ""})
    marnie.refresh_from_db()
    assert not marnie.is_active
    assert marnie.email == "marnie@example.org"


def test_a_pen_name_like_anothers_is_refused_in_the_admin_too(client, boss, marnie):
    other = member("Wren")
    url = reverse("admin:members_member_change", args=[other.pk])
    page = client.post(url, {"pen_name": "MARN1E", "is_active": "on"})
    assert "looks the same" in page.content.decode()


def test_nobody_is_made_or_deleted_in_the_admin(client, boss, marnie):
    assert client.get(reverse("admin:members_member_add")).status_code == 404
    delete = reverse("admin:members_member_delete", args=[marnie.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 404
    assert Member.objects.filter(pk=marnie.pk).exists()


# ---- moderators see no address, by any door (A29)


@pytest.fixture(params=groups.ALL)
def staff(request, client):
    person = moderator(group=request.param)
    client.force_login(person)
    return person


@pytest.mark.parametrize(
    "url",
    [
        CHANGELIST,
        f"{CHANGELIST}?email__startswith=m",
        f"{CHANGELIST}?q=marnie",
        OUTBOX,
        reverse("admin:account_emailaddress_changelist"),
        reverse("admin:auth_group_changelist"),
        reverse("admin:django_tasks_database_dbtaskresult_changelist"),
        f"{reverse('admin:autocomplete')}?app_label=members&model_name=member&field_name=groups&term=m",
    ],
)
def test_a29_no_list_filter_or_search_over_members_opens(client, staff, marnie, url):
    assert client.get(url).status_code in (302, 403, 404)


@pytest.mark.parametrize("action", ["change", "history", "delete"])
def test_a29_no_page_of_a_member_opens(client, staff, marnie, action):
    for url in [
        reverse(f"admin:members_member_{action}", args=[marnie.pk]),
        reverse(f"admin:members_member_{action}", args=[10_000]),
    ]:
        assert client.get(url).status_code in (302, 403, 404)


def test_a29_a_permission_given_by_mistake_opens_nothing(client, staff, marnie, django_user_model):
    from django.contrib.auth.models import Permission

    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="members"))
    assert client.get(CHANGELIST).status_code == 404
    assert client.get(OUTBOX).status_code == 404


def test_the_front_page_of_the_admin_shows_moderators_no_address(client, staff, marnie):
    page = client.get(reverse("admin:index"))
    assert "@example.org" not in page.content.decode()


# ---- the outbox


def test_an_administrator_sees_what_is_in_trouble_and_not_what_it_says(client, boss):
    send_mail("Your sign-in code", "123456", None, ["marnie@example.org"])
    Email.objects.update(trouble="OSError", tries=6)
    send_mail("Another", "Body", None, ["wren@example.org"])
    page = client.get(OUTBOX, {"state": "trouble"}).content.decode()
    assert "marnie@example.org" in page
    assert "OSError" in page
    assert "wren@example.org" not in page
    one = client.get(
        reverse("admin:members_email_change", args=[Email.objects.get(tries=6).pk])
    ).content.decode()
    assert "123456" not in page + one


def test_an_administrator_can_have_it_tried_again(client, boss):
    send_mail("Subject", "Body", None, ["marnie@example.org"])
    DBTaskResult.objects.all().delete()
    email = Email.objects.get()
    client.post(OUTBOX, {"action": "send_again", "_selected_action": [email.pk]})
    assert DBTaskResult.objects.get().args_kwargs["args"] == [email.pk]


@pytest.mark.parametrize("state", ["", "waiting", "sent", "nonsense", "\x00"])
def test_the_outboxs_filter_bears_anything(client, boss, state):
    assert client.get(OUTBOX, {"state": state}).status_code == 200
