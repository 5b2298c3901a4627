"""From ratings to scores: item figures, step scores, total and coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from statistics import median
from typing import TypeAlias

from flows.agreement import DECIMALS, SCALE, agreement, disagreement_index, on_nine_points, smaller_pole
from flows.ratings import Mark, Sheet
from flows.toolkit import Item, Length, Toolkit

Values: TypeAlias = Mapping[str, float | None]
"""The value (-2..2) of every applicable item by id, None while unknown. Items that are not applicable are absent."""


@dataclass(frozen=True, kw_only=True)
class ItemFigures:
    """One item over all people.

    ``median`` (-2..2) is None when the item is unknown or not applicable. ``n``, ``dk`` and ``na`` count people with a
    numeric rating, *don't know* and *not applicable*. ``agreement`` (-1..1) and ``pole`` (0..1, the smaller of the
    shares at the two ends) need three numeric ratings, ``disagreement_index`` (>= 0) needs five.
    """

    median: float | None
    n: int
    dk: int
    na: int
    applicable: bool
    disagreement_index: float | None
    agreement: float | None
    pole: float | None
    split: bool

    @property
    def unknown(self) -> bool:
        """Whether the item applies here but has no value yet."""
        return self.applicable and self.median is None


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What follows from the item values.

    ``steps`` holds the steps that have a score (0..100), ``rated`` how many items each of them rests on, ``unscored``
    the steps with applicable items of which none is known. ``total`` is 0..100, None without any step score.
    ``coverage`` is 0..1.
    """

    values: Values
    coverage: float
    total: float | None
    steps: Mapping[str, float]
    rated: Mapping[str, int]
    unscored: tuple[str, ...]


def item_figures(toolkit: Toolkit, length: Length, sheets: Sequence[Sheet]) -> dict[str, ItemFigures]:
    """Count every item of the length, in the order asked.

    Participants of an item are the people with a rating of any kind for an item of its step, within the length.
    """
    figures: dict[str, ItemFigures] = {}
    cut = toolkit.thresholds
    for items in _asked_by_step(toolkit, length):
        ratings = [sheet.ratings for sheet in sheets if any(item.id in sheet.ratings for item in items)]
        for item in items:
            given = [row.get(item.id) for row in ratings]
            figures[item.id] = _figures(
                tuple(given.count(value) for value in SCALE),
                given.count(Mark.DONT_KNOW),
                given.count(Mark.NOT_APPLICABLE),
                len(given),
                item.critical,
                (cut.split_share, cut.split_index),
            )
    return figures


def _asked_by_step(toolkit: Toolkit, length: Length) -> Iterable[list[Item]]:
    grouped: dict[str, list[Item]] = {}
    for item in toolkit.asked(length):
        grouped.setdefault(toolkit.step_of[item.id].key, []).append(item)
    return grouped.values()


@lru_cache(maxsize=8192)
def _figures(  # noqa: PLR0913, PLR0917 - the whole key under which equal answers share one result
    counts: tuple[int, ...],
    dk: int,
    na: int,
    participants: int,
    critical: bool,  # noqa: FBT001 - see above
    cuts: tuple[float, float],
) -> ItemFigures:
    n = sum(counts)
    known = n > 0 and 2 * n >= participants
    index = disagreement_index(on_nine_points(counts)) if n >= 5 else None
    pole = smaller_pole(counts) if n >= 3 else None
    share_cut, index_cut = cuts
    return ItemFigures(
        median=_median(counts) if known else None,
        n=n,
        dk=dk,
        na=na,
        applicable=critical or 2 * na <= participants,
        disagreement_index=index,
        agreement=agreement(counts) if n >= 3 else None,
        pole=pole,
        split=(index is not None and index > index_cut) or (pole is not None and pole >= share_cut),
    )


def _median(counts: Sequence[int]) -> float:
    return float(median([value for value, times in zip(SCALE, counts, strict=True) for _ in range(times)]))


def values_of(figures: Mapping[str, ItemFigures]) -> dict[str, float | None]:
    """Give the values the scores and the verdict rest on."""
    return {item: figure.median for item, figure in figures.items() if figure.applicable}


def score(toolkit: Toolkit, values: Values, weights: Mapping[str, float]) -> Scores:
    """Derive step scores, total and coverage from item values; ``weights`` by step as `step_weights` gives them.

    Coverage is 0 when nothing applies, so that rule 0 holds.
    """
    grouped: dict[str, list[float]] = {}
    for item, value in values.items():
        rated = grouped.setdefault(toolkit.step_of[item].key, [])
        if value is not None:
            rated.append(value)
    steps = {step: step_score(rated) for step, rated in grouped.items() if rated}
    counts = {step: len(rated) for step, rated in grouped.items() if rated}
    return Scores(
        values=values,
        coverage=sum(counts.values()) / len(values) if values else 0.0,
        total=weighted_mean(steps, weights),
        steps=steps,
        rated=counts,
        unscored=tuple(step for step, rated in grouped.items() if not rated),
    )


def step_score(values: Sequence[float]) -> float:
    """Give 50 * (1 + mean / 2) of values -2..2, 0..100; written so that a round score comes out exact."""
    return 50 + 25 * sum(values) / len(values)


def step_weights(toolkit: Toolkit, weights: Mapping[str, float] | None) -> dict[str, float]:
    """Give every step its weight: as given, else the toolkit's own (1 unless its file says otherwise)."""
    return {step.key: (weights or {}).get(step.key, step.weight) for step in toolkit.steps}


def counting_steps(steps: Mapping[str, float], weights: Mapping[str, float]) -> list[str]:
    """List the scored steps with a weight above 0.

    When all that are left weigh 0 (every step with a weight dropped out) all of them count: shares handed out pro rata
    to ever smaller equal weights stay equal.
    """
    return [step for step in steps if weights[step] > 0] or list(steps)


def weighted_mean(steps: Mapping[str, float], weights: Mapping[str, float]) -> float | None:
    """Give the total (0..100) of step scores; None without any. Only the weights' proportions matter."""
    counting = counting_steps(steps, weights)
    if not counting:
        return None
    largest = max(weights[step] for step in counting)
    shares = {step: weights[step] / largest if largest else 1.0 for step in counting}
    return round(fsum(shares[step] * steps[step] for step in counting) / fsum(shares.values()), DECIMALS)
