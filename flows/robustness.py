"""How firm a verdict is: other weights, the unknown settled, one person away, one answer moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from flows.agreement import DECIMALS
from flows.conditions import Case, build_case
from flows.ratings import Sheet
from flows.scoring import counting_steps, item_figures
from flows.verdict import verdict_of

if TYPE_CHECKING:
    import numpy as np

DRAWS = 10_000
SEED = 1


class Steadiness(StrEnum):
    """How often other step weights give the same verdict."""

    STEADY = "steady"
    FAIRLY_STEADY = "fairly-steady"
    FRAGILE = "fragile"


@dataclass(frozen=True, kw_only=True)
class Move:
    """An item whose value, one point away at ``to`` (-2..2), would give another verdict."""

    item: str
    to: float
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Robustness:
    """The verdict under other assumptions; verdicts are keys.

    ``same_verdict_share`` (0..1) is the share of step weightings, drawn uniformly, that give the same verdict.
    """

    same_verdict_share: float
    label: Steadiness
    if_unknown_worst: str
    if_unknown_best: str
    one_person_changes: bool
    one_answer_changes: tuple[Move, ...]


def examine(case: Case, sheets: Sequence[Sheet]) -> Robustness:
    """Put the case to the test; ``sheets`` are the ratings it was made of."""
    share, verdict = same_verdict_share(case), verdict_of(case)
    cut = case.toolkit.thresholds
    label = Steadiness.STEADY if share >= cut.steady else Steadiness.FAIRLY_STEADY
    return Robustness(
        same_verdict_share=share,
        label=label if share >= cut.fairly_steady else Steadiness.FRAGILE,
        if_unknown_worst=_if_unknown(case, -2.0),
        if_unknown_best=_if_unknown(case, 2.0),
        one_person_changes=len(sheets) > 1 and any(other != verdict for other in _without_one(case, sheets)),
        one_answer_changes=tuple(_telling_moves(case)),
    )


def same_verdict_share(case: Case) -> float:
    """Give the share (0..1) of uniformly drawn step weightings with the same verdict.

    Steps without a score or with weight 0 keep weight 0. The total alone depends on the weights, so the verdict is
    found once for each range between the totals at which a rule starts to hold.
    """
    import numpy as np

    counting = counting_steps(case.scores.steps, case.weights)
    if not counting:
        return 1.0
    totals = np.round(_weightings(len(counting)) @ np.array([case.scores.steps[step] for step in counting]), DECIMALS)
    cut, verdict = case.toolkit.thresholds, verdict_of(case)
    starts = sorted((cut.ready_total, cut.adapt_total))
    ranges = np.bincount(np.searchsorted(starts, totals, side="right"), minlength=len(starts) + 1)
    same = [verdict_of(case.with_total(start)) == verdict for start in (-1.0, *starts)]
    return float(ranges[same].sum() / DRAWS)


@cache
def _weightings(steps: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Draw points of the unit simplex uniformly, one a row; a fixed seed makes every run the same."""
    import numpy as np

    gaps = np.random.default_rng(SEED).standard_exponential((DRAWS, steps))
    gaps /= gaps.sum(axis=1, keepdims=True)
    gaps.setflags(write=False)
    return gaps


def _if_unknown(case: Case, value: float) -> str:
    values = case.scores.values
    return verdict_of(case.supposing({item: value if known is None else known for item, known in values.items()}))


def _without_one(case: Case, sheets: Sequence[Sheet]) -> Iterator[str]:
    for left_out in range(len(sheets)):
        others = [sheet for place, sheet in enumerate(sheets) if place != left_out]
        figures = item_figures(case.toolkit, case.length, others)
        yield verdict_of(build_case(case.toolkit, case.length, figures, case.plans, case.weights))


def _telling_moves(case: Case) -> Iterator[Move]:
    now, values = verdict_of(case), case.scores.values
    for item, value in values.items():
        if value is None:
            continue
        for to in (value - 1, value + 1):
            if -2 <= to <= 2:
                verdict = verdict_of(case.supposing({**values, item: to}))
                if verdict != now:
                    yield Move(item=item, to=to, verdict=verdict)
