"""The rule table: which verdict the scores give, and what decided it.

From worst to best: not-recommended, prepare-first, discuss-first, adapt-then-pilot, ready-to-pilot; in the quick length
not-now, has-conditions, looks-promising. *Not enough information* (*unknown*) stands outside this order. A better
rating never makes the verdict worse, but for one case: in a group it can split the panel on a critical item, which
turns rule 4 or 5 into rule 6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows.conditions import (
    Case,
    Reason,
    adaptable,
    fixed,
    rejected,
    short_of_adapt,
    short_of_ready,
    splits,
    uninformed,
    unprepared,
    weakest,
)
from flows.toolkit import Length

READY, ADAPT, DISCUSS, OTHERWISE = 4, 5, 6, 7

VERDICTS: Mapping[Length, tuple[str, ...]] = {
    Length.FULL: (
        "not-enough-information",
        "not-recommended",
        "not-recommended",
        "prepare-first",
        "ready-to-pilot",
        "adapt-then-pilot",
        "discuss-first",
        "prepare-first",
    ),
    Length.QUICK: (
        "unknown",
        "not-now",
        "not-now",
        "has-conditions",
        "looks-promising",
        "has-conditions",
        "has-conditions",
        "has-conditions",
    ),
}
"""Verdict keys by rule number."""

_GATES: tuple[Callable[[Case], list[Reason]], ...] = (uninformed, fixed, rejected, unprepared)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The rule that holds and why.

    ``because`` is what decided: the conditions that failed (rules 0 to 3, 6, 7), or that are met, followed by what kept
    rule 4 from holding (rules 4, 5). ``obstacles`` says for each better rule, 4 and then 5, which of its own conditions
    fail; an empty tuple means that only an earlier rule kept it from holding.
    """

    rule: int
    because: tuple[Reason, ...]
    obstacles: Mapping[int, tuple[Reason, ...]]


def verdict_of(case: Case) -> str:
    """Give the verdict key."""
    return VERDICTS[case.length][rule_of(case)]


def rule_of(case: Case) -> int:
    """Find the first rule that holds (0..7)."""
    for number, failings in enumerate(_GATES):
        if failings(case):
            return number
    ready, adapt = not short_of_ready(case), not short_of_adapt(case)
    if splits(case):
        return DISCUSS if ready or adapt else OTHERWISE
    if ready:
        return READY
    return ADAPT if adapt else OTHERWISE


def decide(case: Case) -> Decision:
    """Find the rule that holds, with its trace."""
    rule, apart = rule_of(case), splits(case)
    obstacles = {READY: (*short_of_ready(case), *apart), ADAPT: (*short_of_adapt(case), *apart)}
    match rule:
        case 4:
            return Decision(rule=rule, because=weakest(case), obstacles={})
        case 5:
            because = (*adaptable(case), *obstacles[READY])
            return Decision(rule=rule, because=because, obstacles={READY: obstacles[READY]})
        case 6:
            because = apart
        case 7:
            because = obstacles[ADAPT]
        case gate:
            because = tuple(_GATES[gate](case))
    return Decision(rule=rule, because=because, obstacles=obstacles)
