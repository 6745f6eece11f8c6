import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from community.members import groups, sign_ups
from tests.factories import moderator

pytestmark = pytest.mark.django_db


def test_the_three_groups_come_with_the_migrations():
    assert set(groups.ALL) <= set(Group.objects.values_list("name", flat=True))


def test_granting_makes_the_permission_django_would_and_no_second_one():
    wanted = "members.view_consent"
    Permission.objects.filter(codename="view_consent").delete()
    for _ in range(2):
        groups.grant(apps, groups.MODERATORS, [wanted])
    made = Permission.objects.get(codename="view_consent")
    assert (made.content_type.app_label, made.content_type.model) == ("members", "consent")
    assert moderator().has_perm(wanted)


# A day without new accounts says nothing about anybody who has one.
MAY = {groups.LEAD_MODERATORS: {sign_ups.MAY_PAUSE}}


@pytest.mark.parametrize("group", groups.ALL)
def test_no_group_may_touch_members_mail_groups_or_addresses(group):
    theirs = moderator(group=group).get_all_permissions() - MAY.get(group, set())
    for label in ["members", "auth", "account", "sessions", "admin", "django_tasks_database"]:
        assert not {p for p in theirs if p.startswith(f"{label}.")}


def test_a_member_in_no_group_may_nothing():
    person = moderator()
    person.groups.clear()
    assert person.get_all_permissions() == set()
