"""How far a group agrees: figures over the ratings of one item, or over rankings.

An item's ratings come as counts over the five categories -2, -1, 0, 1, 2, so that their order cannot matter. Results
are rounded to nine decimals: a figure that is exactly a threshold on paper is then exactly it here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

SCALE = (-2, -1, 0, 1, 2)
DECIMALS = 9


def disagreement_index(scores: Sequence[float]) -> float:
    """Give IPR / IPRAS of the RAND/UCLA appropriateness method; above 1 the group disagrees.

    ``scores`` lie on 1..9, at least one. IPR is the range between the 30th and 70th percentile; IPRAS, the range that
    would still be agreement, grows with the distance of its middle from 5 (Fitch et al. 2001, constants 2.35 and 1.5).
    """
    low, high = percentile(scores, 30), percentile(scores, 70)
    still_agreement = 2.35 + 1.5 * abs(5 - (low + high) / 2)
    return round((high - low) / still_agreement, DECIMALS)


def percentile(scores: Sequence[float], percent: float) -> float:
    """Find a percentile (0..100) by linear interpolation between order statistics (Hyndman and Fan's type 7)."""
    ordered = sorted(scores)
    whole, part = divmod(percent * (len(ordered) - 1), 100)
    below = ordered[int(whole)]
    above = ordered[min(int(whole) + 1, len(ordered) - 1)]
    return below + (above - below) * part / 100


def agreement(counts: Sequence[float]) -> float:
    """Give van der Eijk's A (2001) over K >= 3 ordered categories: 1 all in one, 0 uniform, -1 half at each end.

    The counts are peeled into layers of equal height; A is the mean of the layers' values, weighted by their size.
    Raises ValueError for fewer than three categories or without any rating.
    """
    everyone = sum(counts)
    if len(counts) < 3 or everyone <= 0:
        msg = "agreement needs at least three categories and one rating"
        raise ValueError(msg)
    total, left = 0.0, list(counts)
    while any(left):
        height = min(count for count in left if count)
        pattern = [count > 0 for count in left]
        total += _layer(pattern) * height * sum(pattern) / everyone
        left = [count - height if count else 0 for count in left]
    return round(total, DECIMALS)


def _layer(pattern: Sequence[bool]) -> float:
    """Give A of one layer: its unimodality, less the more categories it fills."""
    filled, categories = sum(pattern), len(pattern)
    triples = Counter(combinations(pattern, 3))
    closed = triples[True, True, False] + triples[False, True, True]
    gaps = triples[True, False, True]
    unimodal = 1.0
    if gaps:
        unimodal = ((categories - 2) * closed - (categories - 1) * gaps) / ((categories - 2) * (closed + gaps))
    return unimodal * (1 - (filled - 1) / (categories - 1))


def on_nine_points(counts: Sequence[int]) -> list[int]:
    """Ratings -2..2, given as five counts, on the nine-point scale of the disagreement index: y = 2x + 5."""
    return [2 * value + 5 for value, times in zip(SCALE, counts, strict=True) for _ in range(times)]


def smaller_pole(counts: Sequence[int]) -> float:
    """Give the smaller of the shares (0..1) at {-2, -1} and at {1, 2}, given five counts with at least one rating."""
    return min(counts[0] + counts[1], counts[3] + counts[4]) / sum(counts)


def kendall_w(rankings: Sequence[Sequence[float]]) -> float:
    """Give Kendall's coefficient of concordance W (0..1), corrected for ties.

    Only for rankings, such as barriers put in order of priority, never for ratings. ``rankings`` holds one row per
    judge with the rank of each thing ranked; tied things carry their mean rank. Raises ValueError for fewer than two
    things, or when every judge ties everything and W has no meaning.
    """
    judges, things = len(rankings), len(rankings[0]) if rankings else 0
    sums: list[float] = [sum(ranks) for ranks in zip(*rankings, strict=True)]
    ties = sum(times**3 - times for row in rankings for times in Counter(row).values())
    largest = judges * judges * (things**3 - things) - judges * ties
    if largest <= 0:
        msg = "concordance needs two things to rank and a judge who tells them apart"
        raise ValueError(msg)
    middle = sum(sums) / things
    spread = sum((total - middle) * (total - middle) for total in sums)
    return round(12 * spread / largest, DECIMALS)
