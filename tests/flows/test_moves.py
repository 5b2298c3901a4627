"""The table of the conversation and the machine made of it."""

from __future__ import annotations

from copy import deepcopy

import pytest

from flows.conversation import show
from flows.dialogue import Phase
from flows.moves import CONSENTED, MACHINE, TRANSITIONS, Move, fire
from flows.world import Dialogue
from tests.talking import TALKING, Person, at

TRIGGERS = {move.trigger for move in TRANSITIONS}
AFTERWARDS = {move.then for move in TRANSITIONS}


def sources(move: Move) -> tuple[Phase, ...]:
    return (move.sources,) if isinstance(move.sources, Phase) else move.sources


def dialogue_of(person: Person) -> Dialogue:
    return Dialogue(deepcopy(person.conversation), person.world())


@pytest.mark.parametrize("phase", TALKING)
def test_every_button_shown_is_known_to_the_table_in_its_phase(phase: Phase) -> None:
    person = at(phase)
    for choice in show(person.conversation, person.world()).choices:
        assert any(move.trigger == choice.trigger and phase in sources(move) for move in TRANSITIONS), choice


@pytest.mark.parametrize("phase", TALKING)
def test_every_button_shown_moves(phase: Phase) -> None:
    person = at(phase)
    for choice in show(person.conversation, person.world()).choices:
        assert fire(dialogue_of(person), choice.trigger, choice.value), choice


@pytest.mark.parametrize("phase", TALKING)
def test_an_unknown_trigger_moves_nothing(phase: Phase) -> None:
    dialogue = dialogue_of(at(phase))
    before = deepcopy(dialogue.conversation)
    assert not fire(dialogue, "no such trigger")
    assert dialogue.conversation == before


@pytest.mark.parametrize("phase", TALKING)
def test_a_trigger_of_another_phase_moves_nothing(phase: Phase) -> None:
    person = at(phase)
    for trigger in TRIGGERS - {move.trigger for move in TRANSITIONS if phase in sources(move)}:
        dialogue = dialogue_of(person)
        before = deepcopy(dialogue.conversation)
        assert not fire(dialogue, trigger, "x")
        assert dialogue.conversation == before


def test_the_machine_holds_no_conversation() -> None:
    at(Phase.REPORT)
    assert MACHINE.models == []


def test_every_phase_can_be_reached_from_the_first() -> None:
    reached, waiting = {Phase.LANGUAGE}, [Phase.LANGUAGE]
    while waiting:
        phase = waiting.pop()
        for move in TRANSITIONS:
            if phase in sources(move) and move.target and move.target not in reached:
                reached.add(move.target)
                waiting.append(move.target)
    assert reached == set(Phase)


def test_what_follows_an_act_is_in_the_table() -> None:
    assert AFTERWARDS <= TRIGGERS


@pytest.mark.parametrize("phase", [phase for phase in CONSENTED if phase is not Phase.HOME])
def test_home_and_back_lead_out_of_every_phase(phase: Phase) -> None:
    for trigger in ("home", "back", "mine", "assess", "forget"):
        assert any(move.trigger == trigger and phase in sources(move) for move in TRANSITIONS)


def test_rows_after_an_unconditional_one_are_never_dead() -> None:
    settled: set[tuple[str, Phase]] = set()
    for move in TRANSITIONS:
        keys = {(move.trigger, phase) for phase in sources(move)}
        assert not keys & settled, move
        settled |= keys if move.when is None else set()
