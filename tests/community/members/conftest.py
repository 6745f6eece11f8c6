import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from community.members.models import Device
from tests.community.members.coming_in import PASSWORD
from tests.community.members.planting import plant
from tests.factories import member


@pytest.fixture
def marnie(db):
    """A member with a password and a confirmed address, who has signed in before."""
    person = member("Marnie", email="marnie@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Device.meet(person, "/")  # what tests browse with, so that signing in is nothing new
    return person


@pytest.fixture
def post(run_jobs):
    """Does the waiting jobs and returns the newest mail."""

    def newest():
        run_jobs()
        return mail.outbox[-1] if mail.outbox else None

    return newest


@pytest.fixture
def leaving(db):
    """A member with a mark wherever they, or somebody about them, can have left it."""
    return plant()
