"""The conversation's phases and moves as a picture, drawn from its table: Mermaid text for the README."""

from __future__ import annotations

from collections.abc import Iterator

from flows.dialogue import Phase
from flows.moves import CONSENTED, MACHINE, TRANSITIONS, Move

ANYWHERE = "anywhere"
"""Stands for every phase after consent, so that a move all of them have is one arrow."""


def diagram() -> str:
    """A Mermaid state diagram of every move that leaves its phase, one arrow per pair of phases."""
    first = next(phase for phase in Phase if phase.name == MACHINE.initial)
    lines = [
        "stateDiagram-v2",
        f"    [*] --> {first}",
        f'    state "any phase after consent" as {ANYWHERE}',
    ]
    lines += [f"    {source} --> {target}: {', '.join(triggers)}" for (source, target), triggers in _arrows().items()]
    lines += [f"    {phase} --> [*]" for phase in _ends()]
    lines += [
        f"    note right of {ANYWHERE}",
        "        Answering, skipping and leafing stay in a phase",
        "    end note",
    ]
    return "\n".join(lines)


def _arrows() -> dict[tuple[str, str], list[str]]:
    """Triggers by source and target, in the order of the table."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in TRANSITIONS:
        for source in _sources(move):
            if move.target is not None and source != move.target:
                triggers = found.setdefault((source, move.target), [])
                triggers += [] if move.trigger in triggers else [move.trigger]
    return found


def _sources(move: Move) -> Iterator[str]:
    if move.sources == CONSENTED:
        yield ANYWHERE
    else:
        yield from move.sources if isinstance(move.sources, tuple) else (move.sources,)


def _ends() -> list[Phase]:
    left = {
        source
        for move in TRANSITIONS
        for source in ((move.sources,) if isinstance(move.sources, str) else move.sources)
    }
    return [phase for phase in Phase if phase not in left]
