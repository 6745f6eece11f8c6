"""What goes against somebody's words rests on a sentence of the guidelines."""

import pytest
from django.core.exceptions import ValidationError

from community.moderation.states import Action, State
from community.moderation.two_people import propose
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rule", ["", "made-up"])
def test_nothing_goes_against_its_author_without_a_sentence_of_the_guidelines(rule):
    moderator, waiting, shown = factories.moderator(), factories.pending(), factories.published()
    said = {"message": "Because.", "rule": rule}
    for move in (
        lambda: waiting.decline(by=moderator, version=waiting.sent, **said),
        lambda: shown.remove(by=moderator, **said),
        lambda: shown.cover(by=moderator, **said),
        lambda: propose(
            waiting.open_case(), Action.DECLINE, by=moderator, version=waiting.sent, **said
        ),
    ):
        with pytest.raises(ValidationError):
            move()
    for story, state in ((waiting, State.PENDING), (shown, State.PUBLISHED)):
        story.refresh_from_db()
        assert (story.state, story.covered_at) == (state, None)


def test_the_log_keeps_the_sentence_and_the_letter_the_passage():
    story = factories.published()
    said = {"message": "Because.", "rule": "names", "passage": "the laundry vans"}
    decision = story.remove(by=factories.moderator(), **said)
    assert decision.rule == "names"
    assert decision.message.passage == "the laundry vans"
