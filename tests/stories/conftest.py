import pytest

from tests import factories
from tests.stories.places import on_each_rung


@pytest.fixture
def moderator():
    return factories.moderator()


@pytest.fixture
def writer():
    return factories.member()


@pytest.fixture
def people(moderator, writer):
    return {"visitor": None, "member": factories.member(), "author": writer, "moderator": moderator}


@pytest.fixture
def stories(writer):
    """By rung, of one author; a test can have others of its own."""
    return on_each_rung(writer)
