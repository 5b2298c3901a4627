"""What the verdict rules ask for: each function says which conditions a case fails, or why they are met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from flows.ratings import Changeable, Plan
from flows.scoring import ItemFigures, Scores, Values, score, values_of
from flows.toolkit import Floor, Length, Toolkit


class Condition(StrEnum):
    """What a rule asks for; a reason says of what, and whether it is met."""

    COVERAGE = "coverage"
    """Enough of the applicable items are rated."""
    KNOWN = "known"
    """A critical item has a value."""
    SCORED = "scored"
    """A step with applicable items has a score."""
    CHANGEABLE = "changeable"
    """What hinders, at a critical item, can be changed."""
    CRITICAL = "critical"
    """A critical item is rated well enough."""
    STEP = "step"
    """A step scores well enough."""
    TOTAL = "total"
    """The total is high enough."""
    PLANNED = "planned"
    """A critical item that hinders has an action with a text and an owner."""
    AGREED = "agreed"
    """The panel is not split on a critical item; value and threshold are those of what splits it."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One condition in the trace. ``item`` or ``step`` names what it is about; neither for coverage and total.

    ``value`` is a median (-2..2), a score (0..100), a share (0..1) or a disagreement index, None when there is none;
    ``threshold`` is in the same unit, None where a value of any size would do.
    """

    condition: Condition
    met: bool = False
    value: float | None
    threshold: float | None
    item: str = ""
    step: str = ""


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that the rules read. ``weights`` has every step, as `flows.scoring.step_weights` gives them."""

    toolkit: Toolkit
    length: Length
    figures: Mapping[str, ItemFigures]
    plans: Mapping[str, Plan]
    weights: Mapping[str, float]
    scores: Scores

    @cached_property
    def critical(self) -> Mapping[str, float]:
        """Values of the critical items that have one."""
        values, items = self.scores.values, self.toolkit.items
        return {item: value for item, value in values.items() if value is not None and items[item].critical}

    def supposing(self, values: Values) -> Case:
        """Give the same case with other item values; who is split, and what is planned, stays."""
        return replace(self, scores=score(self.toolkit, values, self.weights))

    def with_total(self, total: float) -> Case:
        """Give the same case with another total, as other weights would make it."""
        return replace(self, scores=replace(self.scores, total=total))


def build_case(
    toolkit: Toolkit,
    length: Length,
    figures: Mapping[str, ItemFigures],
    plans: Mapping[str, Plan],
    weights: Mapping[str, float],
) -> Case:
    """Make the case of item figures."""
    scores = score(toolkit, values_of(figures), weights)
    return Case(toolkit=toolkit, length=length, figures=figures, plans=plans, weights=weights, scores=scores)


def uninformed(case: Case) -> list[Reason]:
    """List what makes rule 0 hold: too little is known."""
    least, coverage = case.toolkit.thresholds.coverage, case.scores.coverage
    reasons = []
    if coverage < least:
        reasons.append(Reason(condition=Condition.COVERAGE, value=coverage, threshold=least))
    items = case.toolkit.items
    missing = [item for item, value in case.scores.values.items() if value is None and items[item].critical]
    reasons += [Reason(condition=Condition.KNOWN, item=item, value=None, threshold=None) for item in missing]
    unscored = case.scores.unscored
    reasons += [Reason(condition=Condition.SCORED, step=step, value=None, threshold=None) for step in unscored]
    return reasons


def fixed(case: Case) -> list[Reason]:
    """List what makes rule 1 hold: critical items that strongly hinder and cannot be changed."""
    veto = case.toolkit.thresholds.critical_veto
    return [
        Reason(condition=Condition.CHANGEABLE, item=item, value=value, threshold=veto)
        for item, value in case.critical.items()
        if value <= veto and _is_fixed(case, item)
    ]


def rejected(case: Case) -> list[Reason]:
    """List what makes rule 2 hold: steps under their floor, if enough of their items are rated."""
    cut, rated = case.toolkit.thresholds, case.scores.rated
    firm = [floor for floor in cut.reject_floors if rated.get(floor.step, 0) >= cut.reject_min_rated]
    return _under(case, firm)


def unprepared(case: Case) -> list[Reason]:
    """List what makes rule 3 hold: critical items that strongly hinder, and steps under their floor."""
    cut = case.toolkit.thresholds
    hindering = [item for item, value in case.critical.items() if value <= cut.critical_veto]
    return [*_critical(case, hindering, cut.critical_veto), *_under(case, cut.prepare_floors)]


def short_of_ready(case: Case) -> list[Reason]:
    """List what rule 4 asks for and is not met, splits aside."""
    cut = case.toolkit.thresholds
    floors = [Floor(step=step, below=cut.ready_step) for step in case.scores.steps]
    below = _critical(case, _negative(case), cut.critical_ready)
    return [*_short(case, cut.ready_total), *_under(case, floors), *below]


def short_of_adapt(case: Case) -> list[Reason]:
    """List what rule 5 asks for and is not met, splits aside."""
    cut = case.toolkit.thresholds
    reasons = _short(case, cut.adapt_total)
    for item in _negative(case):
        # what cannot be changed needs no action
        missed = Condition.CHANGEABLE if _is_fixed(case, item) else Condition.PLANNED
        if missed is Condition.CHANGEABLE or not _is_planned(case, item):
            value = case.critical[item]
            reasons.append(Reason(condition=missed, item=item, value=value, threshold=cut.critical_ready))
    return reasons


def splits(case: Case) -> tuple[Reason, ...]:
    """List the critical items the panel is split on, each with the figure that says so."""
    cut, reasons = case.toolkit.thresholds, []
    for item in case.critical:
        figure = case.figures[item]
        if figure.split:
            index = figure.disagreement_index
            apart = index is not None and index > cut.split_index
            value, threshold = (index, cut.split_index) if apart else (figure.pole, cut.split_share)
            reasons.append(Reason(condition=Condition.AGREED, item=item, value=value, threshold=threshold))
    return tuple(reasons)


def weakest(case: Case) -> tuple[Reason, ...]:
    """Say why rule 4 holds: the total, the lowest step and the lowest critical item, all of them high enough."""
    cut, scores = case.toolkit.thresholds, case.scores
    reasons = [Reason(condition=Condition.TOTAL, met=True, value=scores.total, threshold=cut.ready_total)]
    step, value = min(scores.steps.items(), key=lambda entry: entry[1])
    reasons.append(Reason(condition=Condition.STEP, met=True, step=step, value=value, threshold=cut.ready_step))
    if case.critical:
        item = min(case.critical, key=case.critical.__getitem__)
        reasons += _critical(case, [item], cut.critical_ready, met=True)
    return tuple(reasons)


def adaptable(case: Case) -> list[Reason]:
    """Say why rule 5 holds: the total, and each critical item below 0 with its plan."""
    cut = case.toolkit.thresholds
    total = Reason(condition=Condition.TOTAL, met=True, value=case.scores.total, threshold=cut.adapt_total)
    planned = [
        Reason(
            condition=Condition.PLANNED, met=True, item=item, value=case.critical[item], threshold=cut.critical_ready
        )
        for item in _negative(case)
    ]
    return [total, *planned]


def _short(case: Case, least: float) -> list[Reason]:
    total = case.scores.total
    if total is not None and total >= least:
        return []
    return [Reason(condition=Condition.TOTAL, value=total, threshold=least)]


def _under(case: Case, floors: Sequence[Floor]) -> list[Reason]:
    steps = case.scores.steps
    return [
        Reason(condition=Condition.STEP, step=floor.step, value=steps[floor.step], threshold=floor.below)
        for floor in floors
        if floor.step in steps and steps[floor.step] < floor.below
    ]


def _critical(case: Case, items: list[str], threshold: float, *, met: bool = False) -> list[Reason]:
    return [
        Reason(condition=Condition.CRITICAL, met=met, item=item, value=case.critical[item], threshold=threshold)
        for item in items
    ]


def _negative(case: Case) -> list[str]:
    return [item for item, value in case.critical.items() if value < case.toolkit.thresholds.critical_ready]


def _is_fixed(case: Case, item: str) -> bool:
    plan = case.plans.get(item)
    return plan is not None and plan.changeable is Changeable.NO


def _is_planned(case: Case, item: str) -> bool:
    plan = case.plans.get(item)
    return plan is not None and bool(plan.action.strip() and plan.owner.strip())
