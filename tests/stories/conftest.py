import pytest

from tests import factories


@pytest.fixture
def moderator():
    return factories.moderator()


@pytest.fixture
def writer():
    return factories.member()
