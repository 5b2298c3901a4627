"""Figures of agreement against published and recomputed values, and what a split is."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.agreement import agreement, disagreement_index, kendall_w, on_nine_points, percentile
from flows.scoring import item_figures
from tests.flows.specimens import FULL, THRESHOLDS, TOOLKIT, people

COUNTS = st.lists(st.integers(0, 12), min_size=5, max_size=5).filter(any)


def counts(*values: int) -> tuple[int, ...]:
    return tuple(values.count(value) for value in (-2, -1, 0, 1, 2))


def test_percentiles_interpolate_as_type_7() -> None:
    assert percentile([1, 2, 3, 4, 5, 6, 7, 8, 9], 30) == pytest.approx(3.4)
    assert percentile([1, 2, 3, 4, 5, 6, 7, 8, 9], 70) == pytest.approx(6.6)
    assert percentile([9, 1], 50) == 5
    assert percentile([4], 70) == 4
    assert percentile([1, 2, 3], 100) == 3


def test_the_published_panel_of_fifteen_agrees() -> None:
    scores = [4, 5, 6, *[7] * 5, *[8] * 5, *[9] * 2]
    assert (percentile(scores, 30), percentile(scores, 70)) == (7, 8)
    assert disagreement_index(scores) == pytest.approx(1.0 / 6.1)


@pytest.mark.parametrize(
    ("scores", "index"),
    [([1, 2, 3, 4, 5, 6, 7, 8, 9], 1.362), ([1, 1, 2, 2, 5, 8, 8, 9, 9], 2.553), ([7, 7, 8, 8, 8, 8, 9, 9, 9], 0.082)],
)
def test_the_disagreement_index_on_nine_points(scores: Sequence[float], index: float) -> None:
    assert disagreement_index(scores) == pytest.approx(index, abs=0.0005)


@pytest.mark.parametrize(
    ("values", "index"), [((2, 2, 2, 1, 1, 1, 1), 0.292), ((-2, -2, -1, 1, 2, 2, 1), 2.043), ((-2, -2, 2, 2), 3.404)]
)
def test_the_disagreement_index_of_ratings(values: tuple[int, ...], index: float) -> None:
    assert disagreement_index(on_nine_points(counts(*values))) == pytest.approx(index, abs=0.0005)


@pytest.mark.parametrize(
    ("frequencies", "value"),
    [
        ((30, 40, 210, 130, 530, 50, 10), 0.6113333),
        ((2, 0, 1, 1), 1 / 12),
        ((2, 0, 0, 2), -1),
        ((1, 1, 1, 1), 0),
        ((4, 0, 0, 0), 1),
        ((0, 0, 0, 4, 3), 0.7857),
        ((2, 1, 0, 2, 2), -0.1984),
        ((0, 1, 2, 2, 0), 0.6),
        ((0, 2, 1, 4, 1), 0.4167),
    ],
)
def test_agreement_reproduces_known_values(frequencies: Sequence[float], value: float) -> None:
    # 1/12 is published as 0.08
    assert agreement(frequencies) == pytest.approx(value, abs=0.00005)


def test_agreement_that_is_a_threshold_on_paper_is_exactly_it() -> None:
    assert agreement((0, 1, 2, 2, 0)) == THRESHOLDS.agreement_high


@pytest.mark.parametrize("frequencies", [(), (3, 4), (0, 0, 0)])
def test_agreement_refuses_what_has_no_agreement(frequencies: Sequence[float]) -> None:
    with pytest.raises(ValueError, match="at least three categories and one rating"):
        agreement(frequencies)


@given(COUNTS)
def test_agreement_lies_between_minus_one_and_one_and_reads_the_same_from_either_end(frequencies: list[int]) -> None:
    assert -1 <= agreement(frequencies) <= 1
    assert agreement(frequencies) == pytest.approx(agreement(frequencies[::-1]))


@given(COUNTS, st.integers(2, 5))
def test_agreement_depends_on_shares_not_on_the_number_of_people(frequencies: list[int], times: int) -> None:
    assert agreement([count * times for count in frequencies]) == pytest.approx(agreement(frequencies))


@given(COUNTS)
def test_the_disagreement_index_is_never_negative_and_reads_the_same_from_either_end(frequencies: list[int]) -> None:
    index = disagreement_index(on_nine_points(frequencies))
    assert index >= 0
    assert index == pytest.approx(disagreement_index(on_nine_points(frequencies[::-1])))


def test_kendalls_w_of_the_published_example() -> None:
    judges = [[1, 3, 2], [1, 2, 3], [2, 3, 1], [3, 1, 2]]
    assert kendall_w(judges) == pytest.approx(1 / 16)


def test_kendalls_w_is_one_when_judges_agree_even_with_ties() -> None:
    assert kendall_w([[1, 2, 3], [1, 2, 3]]) == 1
    assert kendall_w([[1.5, 1.5, 3], [1.5, 1.5, 3]]) == 1


@pytest.mark.parametrize("rankings", [[], [[]], [[1]], [[2, 2, 2], [2, 2, 2]]])
def test_kendalls_w_refuses_rankings_without_meaning(rankings: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="two things to rank"):
        kendall_w(rankings)


@settings(max_examples=50)
@given(st.lists(st.permutations([1, 2, 3, 4]), min_size=1, max_size=6))
def test_kendalls_w_lies_between_zero_and_one(rankings: list[list[int]]) -> None:
    assert 0 <= kendall_w(rankings) <= 1


def is_split(*values: int) -> bool:
    return item_figures(TOOLKIT, FULL, people(*({"N1": value} for value in values)))["N1"].split


def test_a_median_of_plus_one_can_hide_a_split() -> None:
    figures = item_figures(TOOLKIT, FULL, people(*({"N1": value} for value in (-2, -2, -1, 1, 2, 2, 1))))["N1"]
    assert figures.median == 1
    assert figures.split


def test_four_people_at_both_ends_are_split_by_thirds_alone() -> None:
    figures = item_figures(TOOLKIT, FULL, people(*({"N1": value} for value in (-2, -2, 2, 2))))["N1"]
    assert figures.disagreement_index is None
    assert figures.agreement == -1
    assert figures.split


def test_exactly_a_third_at_both_ends_is_a_split() -> None:
    assert is_split(-1, 0, 1)
    assert is_split(-1, -1, 0, 0, 1, 1)
    assert not is_split(-1, 0, 0, 1)
    assert not is_split(-1, -1, 0, 0, 0, 1, 1)


def test_two_people_are_never_split() -> None:
    figures = item_figures(TOOLKIT, FULL, people({"N1": -2}, {"N1": 2}))["N1"]
    assert (figures.split, figures.agreement, figures.disagreement_index) == (False, None, None)


def test_the_disagreement_index_needs_five_ratings() -> None:
    rows = [{"N1": value} for value in (0, 0, 0, 0, 1)]
    assert item_figures(TOOLKIT, FULL, people(*rows[1:]))["N1"].disagreement_index is None
    assert item_figures(TOOLKIT, FULL, people(*rows))["N1"].disagreement_index is not None


def test_the_index_finds_splits_that_thirds_do_not() -> None:
    def thirds(values: Sequence[int]) -> bool:
        return 3 * min(sum(value < 0 for value in values), sum(value > 0 for value in values)) >= len(values)

    every = itertools.combinations_with_replacement((-2, -1, 0, 1, 2), 7)
    by_index = [values for values in every if is_split(*values) and not thirds(values)]
    assert all(disagreement_index(on_nine_points(counts(*values))) > 1 for values in by_index)
    assert by_index
