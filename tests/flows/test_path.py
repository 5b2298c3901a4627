"""What comes next is computed from the toolkit and the answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import path
from flows.assessment import Assessment, Decision, PartChoice
from flows.dialogue import Conversation, Phase
from flows.library import builtin
from flows.ratings import Basis, Changeable, Mark, Plan, Rating, Value
from flows.toolkit import Length
from flows.world import Dialogue, World
from tests.flows.test_texts import NoShelf
from tests.talking import MORNING, numbered_ids

ITEMS = tuple(builtin().toolkit("citynet").items)
values = st.sampled_from([-2, -1, 0, 1, 2, Mark.DONT_KNOW])
sheets = st.dictionaries(st.sampled_from(ITEMS), values)


def assessing(ratings: dict[str, Value], phase: Phase = Phase.ITEMS, length: Length = Length.FULL) -> Dialogue:
    assessment = Assessment(
        id="a", toolkit="citynet", version=1, created_at=MORNING, updated_at=MORNING, practice="owl-bus", length=length
    )
    for item, value in ratings.items():
        assessment.rate(item, Rating(value=value), MORNING)
    world = World(library=builtin(), shelf=NoShelf(), now=MORNING, new_id=numbered_ids())
    here = Conversation(id="c", channel="console", address="1", phase=phase, assessment=assessment)
    return Dialogue(here, world)


def barriers(dialogue: Dialogue) -> list[str]:
    return [item.id for item in path.barriers(dialogue)]


@given(sheets, st.sampled_from(Length))
def test_every_item_of_the_length_has_its_stop_in_the_order_asked(ratings: dict[str, Value], length: Length) -> None:
    dialogue = assessing(ratings, length=length)
    asked = [focus for focus, aspect in path.stops(dialogue) if not aspect]
    assert asked == [item.id for item in dialogue.asked]


@given(sheets)
def test_the_basis_is_asked_right_after_a_critical_number_or_a_negative_one(ratings: dict[str, Value]) -> None:
    dialogue = assessing(ratings)
    walk = path.stops(dialogue)
    for item in dialogue.asked:
        value = ratings.get(item.id)
        founded = isinstance(value, int) and (item.critical or value < 0)
        after = walk[walk.index((item.id, "")) + 1 :][:1]
        assert founded == (after == ((item.id, "basis"),))


@given(sheets)
def test_what_hinders_is_planned_for_critical_first_then_lowest(ratings: dict[str, Value]) -> None:
    dialogue = assessing(ratings)
    found = path.barriers(dialogue)
    assert {item.id for item in found} == {
        item for item, value in ratings.items() if isinstance(value, int) and value < 0
    }
    order = [(not item.critical, ratings[item.id], ITEMS.index(item.id)) for item in found]
    assert order == sorted(order)


@given(sheets)
def test_a_step_forward_and_a_step_back_meet(ratings: dict[str, Value]) -> None:
    dialogue = assessing(ratings)
    walk = path.stops(dialogue)
    assert len(set(walk)) == len(walk)
    for place, stop in enumerate(walk):
        dialogue.goto(*stop)
        assert path.position(dialogue) == place
        assert path.has_previous(dialogue) == (place > 0)
        assert path.has_next(dialogue) == (place + 1 < len(walk))


@given(sheets)
def test_what_waits_first_is_an_answer_or_its_basis(ratings: dict[str, Value]) -> None:
    dialogue = assessing(ratings)
    waiting = path.first_open(dialogue)
    assert (waiting is None) == (set(ratings) == set(ITEMS) and settled(dialogue))
    assert waiting is None or waiting in path.stops(dialogue)


def settled(dialogue: Dialogue) -> bool:
    return not any(path.needs_basis(item, dialogue.rating(item.id).value) for item in dialogue.asked)


def test_a_missing_basis_waits_before_the_next_item() -> None:
    dialogue = assessing({"P1": -1})
    assert path.first_open(dialogue) == ("P1", "basis")
    dialogue.assessment.rate("P1", Rating(value=-1, basis=Basis.ESTIMATE), MORNING)
    assert path.first_open(dialogue) == ("P2", "")


def test_at_most_five_hindrances_are_planned_for_before_the_rest_is_offered() -> None:
    dialogue = assessing(dict.fromkeys(ITEMS[:8], -1), Phase.BARRIERS)
    assert barriers(dialogue) == ["N1", "P1", "P2", "P3", "P4", "P5", "N2", "N3"]
    walk = path.stops(dialogue)
    assert walk[-1] == ("", "rest")
    assert {focus for focus, _ in walk[:-1]} == set(barriers(dialogue)[:5])
    dialogue.conversation.scratch["rest"] = "yes"
    assert {focus for focus, _ in path.stops(dialogue)} == {*barriers(dialogue), ""}


@pytest.mark.parametrize("number", [1, 5])
def test_five_hindrances_or_fewer_offer_no_rest(number: int) -> None:
    dialogue = assessing(dict.fromkeys(ITEMS[:number], -1), Phase.BARRIERS)
    assert ("", "rest") not in path.stops(dialogue)


def test_what_cannot_be_changed_is_asked_no_more_about() -> None:
    dialogue = assessing({"P1": -1}, Phase.BARRIERS)
    assert path.stops(dialogue) == (("P1", "changeable"), ("P1", "action"))
    dialogue.assessment.plan("P1", Plan(changeable=Changeable.MONTHS, action="by-law"), MORNING)
    assert path.stops(dialogue)[2:] == (("P1", "owner"), ("P1", "due"))
    dialogue.assessment.plan("P1", Plan(changeable=Changeable.NO, action="by-law"), MORNING)
    assert path.stops(dialogue) == (("P1", "changeable"),)


@pytest.mark.parametrize(("decision", "asked"), [("keep", False), ("adapt", True), ("replace", True), ("drop", True)])
def test_a_reason_is_asked_for_every_part_not_kept(decision: str, *, asked: bool) -> None:
    dialogue = assessing({}, Phase.PARTS)
    dialogue.assessment.decide(0, PartChoice(decision=Decision(decision)), MORNING)
    assert (("0", "reason") in path.stops(dialogue)) == asked


def test_parts_belong_to_the_full_length_alone() -> None:
    assert path.part_count(assessing({}, Phase.PARTS)) == 5
    assert path.part_count(assessing({}, Phase.PARTS, Length.QUICK)) == 0
    assert path.stops(assessing({}, Phase.PARTS, Length.QUICK)) == ()


def test_a_stop_that_has_gone_counts_as_the_first() -> None:
    dialogue = assessing({"P1": 2})
    dialogue.goto("P1", "basis")
    assert path.position(dialogue) == 0


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase not in {Phase.BARRIERS, Phase.PARTS}])
def test_every_other_phase_has_a_first_stop(phase: Phase) -> None:
    assert path.stops(assessing({}, phase))
