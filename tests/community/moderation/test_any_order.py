"""Whoever does what in whatever order: what is promised holds after each step.

``HYPOTHESIS_PROFILE=thorough`` walks many more ways, and others each time.
"""

import os

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from community.moderation.sanctions import ACTIONS
from community.moderation.states import ANSWERS, APPEALS_ANSWERS, MOVES, Action, Look
from tests.community.moderation.anything import Anything
from tests.community.moderation.letters_and_sanctions import Writers

QUICK = settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[*HealthCheck],
)
PROFILES = {
    "quick": QUICK,
    "thorough": settings(QUICK, derandomize=False, max_examples=500),
}
LOOKS = {Look.OPEN, Look.HAND_BACK, Look.HAND_OVER, Look.PROPOSE, Look.SEND_BACK}
LOOKS |= {Look.SAFETY, Look.CALM}
FEW = 3
# What leads anywhere comes more often than what undoes it.
OFTEN = {"decide": 8, "write_and_send": 4, "tell": 4, "act_on_what_is_up": 4, "settle": 3}
OFTEN |= {"ask_to_think_again": 5, "think_again": 6, "answer_what_is_proposed": 4, "propose": 2}
OFTEN |= {"accept": 4, "stand_by": 2}


def takes_a_step(step):
    return hasattr(step, "__code__") and step.__code__.co_varnames[1:4] == ("n", "w", "k")


STEPS = [
    name
    for group in Anything.__mro__[:5]
    for name, step in vars(group).items()
    if takes_a_step(step)
    for _ in range(OFTEN.get(name, 1))
]
a_step = st.tuples(st.sampled_from(STEPS), st.integers(0, 2), st.integers(0, 3), st.integers(0, 59))

# One of each, so that chance need not come by all of them.
ONE_OF_EACH = [
    ("decide", 0, 0, 0),
    ("act_on_what_is_up", 0, 0, 0),
    ("ask_to_think_again", 0, 0, 0),
    ("think_again", 0, 0, 2),  # who decided it first, and then somebody else
    ("think_again", 0, 2, 2),
    ("decide", 1, 0, 0),
    ("tell", 1, 0, 0),
    ("withdraw", 1, 0, 0),
    ("settle", 1, 0, 0),
    ("open_case", 2, 0, 0),
    ("pass_on", 2, 0, 15),
    ("open_case", 2, 0, 0),
    ("hand_back", 2, 0, 0),
    ("decide", 2, 3, 2),
    ("stand_by", 2, 0, 0),
    ("write_and_send", 1, 0, 0),
    ("decide", 1, 0, 0),
    ("act_on_what_is_up", 1, 0, 1),
    ("act_on_what_is_up", 1, 2, 2),
    ("ask_to_think_again", 1, 0, 0),
    ("think_again", 1, 3, 0),
    ("open_a_page_and_leave_it", 2, 0, 0),
    ("write_and_send", 2, 0, 0),
    ("decide", 2, 3, 6),  # about the words on that page
    ("act_on_what_is_up", 1, 0, 0),
    ("ask_to_think_again", 1, 0, 0),
    ("think_again", 1, 3, 1),
    ("write_and_send", 0, 0, 0),
    ("decide", 0, 0, 1),
    ("accept", 0, 0, 0),
    ("tell", 0, 0, 0),
    ("settle", 0, 0, 0),
    ("write_and_send", 0, 0, 0),
    ("decide", 0, 0, 3),
    ("take_back", 0, 0, 0),
    ("write_and_send", 0, 0, 0),
    ("propose", 0, 0, 0),
    ("answer_what_is_proposed", 0, 2, 3),
    ("climb_or_descend", 0, 0, 3),
    ("write_and_send", 0, 0, 3),
    ("decide", 0, 0, 5),  # for moderators only
]

# Letters, sanctions, shields: one of each.
OF_LETTERS = [
    ("write_a_letter", 0, 0, 1),
    ("propose", 0, 0, 0),
    ("answer_what_is_proposed", 0, 2, 3),
    ("decide", 0, 2, 2),
    ("give_a_sanction", 1, 0, 1),
    ("send", 0, 0, 1),  # may not
    ("days_go_by", 0, 0, 8),
    ("send", 0, 0, 1),  # may again
    ("decide", 0, 2, 0),
    ("take_down", 0, 2, 0),
    ("write_a_letter", 0, 1, 0),
    ("call_back", 1, 0, 0),
    ("send", 1, 0, 1),
    ("decide", 1, 0, 0),
    ("call_back", 1, 0, 0),
    ("put_up_a_shield", 0, 0, 0),
    ("write_a_letter", 0, 2, 1),
    ("decide", 2, 0, 0),  # takes two
    ("propose", 2, 0, 0),
    ("answer_what_is_proposed", 0, 1, 0),
    ("lift_a_shield", 0, 0, 0),
    ("write_a_letter", 0, 1, 1),
    ("propose", 3, 0, 1),
    ("answer_what_is_proposed", 0, 2, 0),
    ("give_a_sanction", 1, 0, 0),
    ("give_a_sanction", 1, 0, 2),
    ("lift_a_sanction", 1, 0, 0),
    ("propose_to_suspend", 2, 0, 0),
    ("answer_what_is_proposed", 0, 2, 0),
    ("put_up_a_shield", 0, 1, 1),  # suspended
]
AROUND_LETTERS = {Action.SHIELD, Action.UNSHIELD, Action.LIFT, *ACTIONS.values()}

# One takes back their own worry, and not what has become another's as well.
OF_WORRY = [
    ("open_case", 0, 0, 0),
    ("worry", 0, 0, 0),
    ("write_down", 0, 0, 0),
    ("calm", 0, 0, 0),
    *[(step, 0, 0, 0) for step in ("worry", "propose")],
    ("open_case", 0, 1, 0),
    ("answer_what_is_proposed", 0, 1, 3),
    ("open_case", 0, 0, 0),
    ("calm", 0, 0, 0),  # sent back by another
    ("decide", 0, 0, 0),
    ("open_case", 1, 0, 0),
    ("worry", 1, 0, 0),
    ("hand_back", 1, 0, 0),
    ("open_case", 1, 2, 0),
    ("worry", 1, 2, 0),  # joins them
    ("calm", 1, 2, 0),
    ("hand_back", 1, 2, 0),
    ("open_case", 1, 0, 0),
    ("calm", 1, 0, 0),
    ("decide", 1, 0, 0),
    ("open_case", 2, 0, 0),
    ("worry", 2, 0, 0),
    ("hand_back", 2, 0, 0),
    ("open_case", 2, 3, 0),
    ("write_down", 2, 3, 0),
    ("hand_back", 2, 3, 0),
    ("open_case", 2, 0, 0),
    ("calm", 2, 0, 0),
    ("decide", 2, 0, 0),
]

# Of two moderators one decided alone what the other wrote, who asks about it.
OF_TWO = [("decide", 2, 0, 4), ("ask_to_think_again", 2, 0, 0), ("think_again", 2, 0, 0)]


def test_nor_with_letters_sanctions_and_shields(db, guarded):
    world = Writers()
    steps = sorted(name for name, step in vars(Writers).items() if takes_a_step(step))
    a_step = st.tuples(st.sampled_from(steps), *(st.integers(0, n) for n in (2, 3, 59)))

    @settings(PROFILES[os.environ.get("HYPOTHESIS_PROFILE", "quick")], max_examples=FEW)
    @given(st.integers(1, 4), st.lists(a_step, min_size=30, max_size=36))
    @example(4, OF_LETTERS)
    def walk(here, steps):
        with world.begun(here):
            for name, *chosen in steps:
                getattr(world, name)(*chosen)
                world.check()

    walk()
    moved = {Action.SUBMIT, Action.TAKE_BACK, Action.WITHDRAW, Action.PUBLISH, Action.RETURN}
    assert moved | {Action.DECLINE, Action.REMOVE} | AROUND_LETTERS <= world.happened


def test_whatever_is_done_in_whatever_order_what_is_promised_holds(db, guarded):
    world = Anything()

    @settings(PROFILES[os.environ.get("HYPOTHESIS_PROFILE", "quick")])
    @given(st.integers(1, 4), st.lists(a_step, min_size=50, max_size=60))
    @example(4, ONE_OF_EACH)
    @example(2, OF_TWO)
    @example(4, OF_WORRY)
    def walk(here, steps):
        with world.begun(here):
            for name, *chosen in steps:
                getattr(world, name)(*chosen)
                world.check()

    walk()
    # It is worth something if it comes by everything.  A place is corrected, and no story.
    assert {*MOVES, *APPEALS_ANSWERS, *ANSWERS, *LOOKS} - {Action.CORRECT} <= world.happened
