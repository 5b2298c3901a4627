"""The judgement of an assessment: from people's ratings to a verdict, why, how firm and how sure.

All of it is pure: equal ratings, in whatever order, give equal judgements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flows.conditions import Case, Condition, Reason, build_case
from flows.confidence import Confidence, assess
from flows.ratings import Plan, Sheet
from flows.robustness import Move, Robustness, examine
from flows.scoring import ItemFigures, item_figures, step_weights
from flows.toolkit import Length, Toolkit
from flows.verdict import VERDICTS, decide

__all__ = [
    "Condition",
    "Confidence",
    "ItemFigures",
    "Judgement",
    "Move",
    "Reason",
    "Robustness",
    "assess_robustness",
    "flagged",
    "judge",
]

NO_PLANS: Mapping[str, Plan] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What a set of ratings comes to.

    ``toolkit`` is ``key@version``. ``coverage`` is 0..1, ``total`` and ``steps`` (those with a score) are 0..100;
    ``items`` has every item of the length. ``because`` is what decided. ``obstacles`` says what kept rule 4 and then
    rule 5 from holding: keys 4 and 5, only 4 under rule 5, none under rule 4; an empty tuple means that only an
    earlier rule stood in the way.
    """

    toolkit: str
    length: Length
    people: int
    coverage: float
    total: float | None
    steps: Mapping[str, float]
    items: Mapping[str, ItemFigures]
    verdict: str
    rule: int
    because: tuple[Reason, ...]
    obstacles: Mapping[int, tuple[Reason, ...]]
    confidence: Confidence


def judge(
    toolkit: Toolkit,
    length: Length,
    sheets: Sequence[Sheet],
    plans: Mapping[str, Plan] = NO_PLANS,
    weights: Mapping[str, float] | None = None,
) -> Judgement:
    """Judge the ratings: one sheet per person, plans by item id, step weights (a step left out keeps the toolkit's).

    Cheap enough for every card; robustness is asked for apart.
    """
    case = _case(toolkit, length, sheets, plans, weights)
    decision, scores = decide(case), case.scores
    return Judgement(
        toolkit=toolkit.reference,
        length=length,
        people=len(sheets),
        coverage=scores.coverage,
        total=scores.total,
        steps=scores.steps,
        items=case.figures,
        verdict=VERDICTS[length][decision.rule],
        rule=decision.rule,
        because=decision.because,
        obstacles=decision.obstacles,
        confidence=assess(toolkit, length, sheets, case.figures),
    )


def assess_robustness(
    toolkit: Toolkit,
    length: Length,
    sheets: Sequence[Sheet],
    plans: Mapping[str, Plan] = NO_PLANS,
    weights: Mapping[str, float] | None = None,
) -> Robustness:
    """Say how firm the verdict on the same ratings is: 10,000 other weightings and every single change."""
    return examine(_case(toolkit, length, sheets, plans, weights), sheets)


def flagged(toolkit: Toolkit, judgement: Judgement) -> tuple[str, ...]:
    """List the items to discuss and to rate again: split, unknown, or critical and below 0."""
    ready = toolkit.thresholds.critical_ready
    return tuple(
        item
        for item, figure in judgement.items.items()
        if figure.split
        or figure.unknown
        or (toolkit.items[item].critical and figure.median is not None and figure.median < ready)
    )


def _case(
    toolkit: Toolkit,
    length: Length,
    sheets: Sequence[Sheet],
    plans: Mapping[str, Plan],
    weights: Mapping[str, float] | None,
) -> Case:
    figures = item_figures(toolkit, length, sheets)
    return build_case(toolkit, length, figures, plans, step_weights(toolkit, weights))
