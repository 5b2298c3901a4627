"""Evidence, agreement and the confidence they give together."""

import pytest

from flows.confidence import Confidence
from flows.judgement import judge
from flows.ratings import Basis, Sheet, Value
from flows.toolkit import Length
from tests.flows.specimens import DK, FULL, ITEMS, QUICK, TOOLKIT, ratings


def confidence(bases: str, *rows: dict[str, Value], length: Length = FULL) -> Confidence:
    """Judge people who rest their first ratings on ``bases``, one letter an item."""
    basis = dict(zip(ITEMS, map(Basis, bases), strict=False))
    sheets = [Sheet(person=str(number), ratings=row, basis=basis) for number, row in enumerate(rows)]
    return judge(TOOLKIT, length, sheets).confidence


@pytest.mark.parametrize(
    ("bases", "evidence"),
    [
        ("", "limited"),
        ("A", "robust"),
        ("AC", "robust"),
        ("AABC", "robust"),
        ("ABC", "medium"),
        ("BC", "medium"),
        ("ABCC", "medium"),
        ("ABCCC", "limited"),
        ("C", "limited"),
    ],
)
def test_evidence_is_what_half_of_the_bases_are(bases: str, evidence: str) -> None:
    assert confidence(bases, ratings(1)).evidence == evidence


def test_only_ratings_that_carry_a_basis_count_as_evidence() -> None:
    unrated = ratings(1, P2=None, P3=None)
    assert confidence("ACC", unrated).evidence == "robust"
    assert confidence("ACC", ratings(1, P2=DK, P3=DK)).evidence == "limited"


def test_evidence_for_other_items_does_not_count_in_the_quick_length() -> None:
    assert confidence("CAAA", ratings(1), length=QUICK).evidence == "limited"


def test_agreement_is_the_median_over_items_with_a_figure() -> None:
    alike = (ratings(1), ratings(1), ratings(2))
    assert confidence("A", *alike).agreement == "high"
    spread = (ratings(2), ratings(0), ratings(-2))
    assert confidence("A", *spread).agreement == "low"
    between = (ratings(2), ratings(1), ratings(1), ratings(-1))
    assert confidence("A", *between).agreement == "medium"


def test_agreement_of_exactly_three_fifths_is_high() -> None:
    rows = [ratings(value) for value in (-1, 0, 0, 1, 1)]
    assert judge(TOOLKIT, FULL, [Sheet(person="", ratings=row) for row in rows]).items["P1"].agreement == 0.6
    assert confidence("A", *rows).agreement == "high"


@pytest.mark.parametrize("rows", [(), (ratings(1),), (ratings(1), ratings(1)), (ratings(1), ratings(1), {})])
def test_fewer_than_three_ratings_say_nothing_of_agreement(rows: tuple[dict[str, Value], ...]) -> None:
    assert confidence("A", *rows).agreement is None


HIGH = (ratings(1), ratings(1), ratings(1))
MEDIUM = (ratings(2), ratings(1), ratings(1), ratings(-1))
LOW = (ratings(2), ratings(0), ratings(-2))
NONE = (ratings(1),)


@pytest.mark.parametrize(
    ("bases", "rows", "level"),
    [
        ("A", HIGH, "high"),
        ("A", MEDIUM, "medium"),
        ("A", LOW, "low"),
        ("A", NONE, "medium"),
        ("B", HIGH, "medium"),
        ("B", MEDIUM, "medium"),
        ("B", LOW, "low"),
        ("B", NONE, "medium"),
        ("C", HIGH, "low"),
        ("C", MEDIUM, "low"),
        ("C", LOW, "low"),
        ("C", NONE, "low"),
    ],
)
def test_the_level_needs_both_evidence_and_agreement(
    bases: str, rows: tuple[dict[str, Value], ...], level: str
) -> None:
    assert confidence(bases, *rows).level == level
