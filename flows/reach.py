"""Which verdict rules can hold at all: a search for ratings that make each of them hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from flows.conditions import build_case
from flows.ratings import Changeable, Plan, Sheet
from flows.scoring import item_figures, step_weights
from flows.toolkit import Item, Length, Toolkit
from flows.verdict import VERDICTS, rule_of

_Row: TypeAlias = Mapping[str, int]
"""One person's value (-2..2) for every item."""

_FEW = 8


def unreachable_rules(toolkit: Toolkit, length: Length) -> list[int]:
    """Rules (0..7) that no panel tried makes hold, some thousands at most.

    The panels run through every level of the total, a split over each critical item, and each critical item and each
    step failing alone; all of it without plans, with every action planned, and with nothing changeable.
    """
    missing = set(range(len(VERDICTS[length])))
    weights = step_weights(toolkit, None)
    for sheets, plans in product(_panels(toolkit.asked(length), toolkit), _plans(toolkit.asked(length))):
        if not missing:
            break
        missing.discard(rule_of(build_case(toolkit, length, item_figures(toolkit, length, sheets), plans, weights)))
    return sorted(missing)


def _plans(items: Sequence[Item]) -> tuple[Mapping[str, Plan], ...]:
    done = Plan(changeable=Changeable.MONTHS, action="action", owner="owner")
    stuck = Plan(changeable=Changeable.NO)
    return {}, {item.id: done for item in items}, {item.id: stuck for item in items}


def _panels(items: Sequence[Item], toolkit: Toolkit) -> Iterator[Sequence[Sheet]]:
    yield ()
    for row in _levels(items, len(items)):
        yield _panel(row)
    for row, item in product(_levels(items, _FEW), _critical(items)):
        yield _panel(*({**row, item.id: value} for value in (-1, -1, 2, 2)))
    for row in _single_failures(items, toolkit):
        yield _panel(row)


def _panel(*rows: _Row) -> tuple[Sheet, ...]:
    return tuple(Sheet(person=str(number), ratings=row) for number, row in enumerate(rows))


def _levels(items: Sequence[Item], rungs: int) -> Iterator[_Row]:
    """Totals from 100 down to 0 in ``4 * rungs`` even steps; what is lower lies spread over the items."""
    for low, rung in product((1, 0, -1, -2), range(rungs, -1, -1)):
        yield {item.id: low + (place * rung % rungs < rung) for place, item in enumerate(items)}


def _single_failures(items: Sequence[Item], toolkit: Toolkit) -> Iterator[_Row]:
    for row in _levels(items, _FEW):
        for item, value in product(_critical(items), (-2, -1)):
            yield {**row, item.id: value}
        for step, held in product(toolkit.steps, (-1, 0, 2)):
            yield {**row, **{item.id: held if item.critical else -2 for item in step.items if item in items}}


def _critical(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.critical]
