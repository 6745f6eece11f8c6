"""A moderator reads a name as it will stand on the wall."""

import pytest

from community.moderation.models import Case, Decision
from community.moderation.states import Action, State
from tests import factories
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    factories.moderator()  # so that there is somebody else
    return factories.moderator()


def review(entry):
    return f"/admin/stories/remembrance/{entry.pk}/change/"


def test_names_have_a_tab_and_open_as_they_will_stand(moderator):
    entry = factories.sent_remembrance(name="Ada Rose Hale", body="She had his thumbs.")
    queue = browser_of(moderator).get("/admin/moderation/case/?tab=remembrance").text
    assert "Names (1)" in queue and "Ada Rose Hale" in queue and "9 March" in queue
    assert "She had his thumbs." not in browser_of(moderator).get(review(entry)).text
    factories.claim(entry, moderator)
    page = browser_of(moderator).get(review(entry)).text
    assert "For the names wall." in page and "She had his thumbs." in page
    assert "<mark" in page and "A full name" in page
    assert "a whole name with its day" in page and "Publish it" in page
    assert "Readers see no pen name." in page and entry.author.pen_name not in page


def test_a_day_alone_can_be_opened_told_about_and_answered(moderator):
    entry = factories.remembered(name="", body="")
    factories.told(entry)
    browser = browser_of(moderator)
    queue = browser.get("/admin/moderation/case/?tab=reports").text
    assert "A day without words" in queue
    case = Case.objects.reported().get()
    assert Case.objects.all().claim(case.pk, by=moderator)
    page = browser.get(f"/admin/moderation/case/{case.pk}/report/").text
    assert "9 March" in page


def test_what_is_decided_reaches_its_author_by_what_they_call_it(moderator):
    entry = factories.sent_remembrance(name="Wren")
    factories.decline(entry, by=moderator)
    letter = entry.last_word()
    page = browser_of(entry.author).get(letter.get_absolute_url()).text
    assert "<bdi>Wren</bdi>" in page and f'href="/me/names/{entry.pk}/"' in page
    assert entry.state == State.DECLINED
    assert Decision.objects.filter(action=Action.DECLINE).get().proposed_by == moderator


def test_nobody_reads_their_own_there(moderator):
    entry = factories.sent_remembrance(moderator)
    assert browser_of(moderator).get(review(entry)).status_code == 404
