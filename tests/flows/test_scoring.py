"""From ratings to item values, step scores, coverage and total."""

from dataclasses import replace

import pytest

from flows.judgement import judge
from flows.ratings import Value
from flows.scoring import item_figures, step_score, weighted_mean
from tests.flows.specimens import DK, FULL, ITEMS, NA, QUICK, SIZES, TOOLKIT, judge_one, people, ratings

GOLDEN_STEPS = dict(zip(SIZES, (87.5, 87.5, 62.5, 54.1667, 66.6667, 68.75), strict=True))


def value_of(item: str, *answers: Value | None) -> float | None:
    """One answer per person; everyone also rates N4, so all of them take part in the step Need."""
    rows = [{"N4": 0} if answer is None else {"N4": 0, item: answer} for answer in answers]
    return item_figures(TOOLKIT, FULL, people(*rows))[item].median


def test_a_group_value_is_the_median_and_keeps_its_half() -> None:
    assert value_of("N1", 2, -1, 1) == 1
    assert value_of("N1", 2, 1) == 1.5


def test_an_item_rated_by_exactly_half_of_the_participants_has_a_value() -> None:
    assert value_of("N1", 2, 2, DK, None) == 2


def test_an_item_rated_by_fewer_than_half_of_the_participants_is_unknown() -> None:
    figures = item_figures(TOOLKIT, FULL, people(*({"N4": 0, "N1": answer} for answer in (2, DK, DK))))["N1"]
    assert (figures.median, figures.applicable, figures.unknown) == (None, True, True)
    assert (figures.n, figures.dk, figures.na) == (1, 2, 0)


def test_dont_know_is_not_zero() -> None:
    assert value_of("N2", 2, DK) == 2
    assert judge_one(ratings(2, N2=DK)).steps["need"] == 100


def test_an_item_most_call_not_applicable_drops_out() -> None:
    figures = item_figures(TOOLKIT, FULL, people(*({"N4": 0, "N2": answer} for answer in (NA, NA, 2))))["N2"]
    assert (figures.median, figures.applicable, figures.unknown) == (None, False, False)


def test_an_item_half_call_not_applicable_still_applies() -> None:
    figures = item_figures(TOOLKIT, FULL, people(*({"N4": 0, "N2": answer} for answer in (NA, NA, 1, 2))))["N2"]
    assert (figures.median, figures.applicable) == (1.5, True)


def test_a_critical_item_is_never_not_applicable() -> None:
    assert judge_one(ratings(2, N1=NA)).items["N1"].unknown


def test_participants_are_those_who_answered_anything_in_the_step() -> None:
    sheets = people({"N1": 2}, {"N2": DK}, {"N2": NA}, {"P1": 2})
    assert item_figures(TOOLKIT, FULL, sheets)["N1"].median is None
    assert item_figures(TOOLKIT, FULL, [*sheets[:2], *sheets[3:]])["N1"].median == 2


def test_in_the_quick_length_answers_to_other_items_make_nobody_a_participant() -> None:
    sheets = people({"N1": 2}, {"N4": 1}, {"N3": 1})
    assert item_figures(TOOLKIT, FULL, sheets)["N1"].median is None
    assert item_figures(TOOLKIT, QUICK, sheets)["N1"].median == 2
    assert "N4" not in item_figures(TOOLKIT, QUICK, sheets)


def test_without_people_every_item_is_unknown() -> None:
    figures = item_figures(TOOLKIT, FULL, [])
    assert tuple(figures) == ITEMS
    assert all(figure.unknown for figure in figures.values())


@pytest.mark.parametrize(
    ("values", "score"),
    [((1, 2, 1, 2), 87.5), ((1, -1, 0, 1, -1, 1), 54.1667), ((-2, -2), 0), ((2,), 100), ((-1, 0, 0, 0, -1), 40)],
)
def test_step_scores(values: tuple[float, ...], score: float) -> None:
    assert step_score(values) == pytest.approx(score, abs=0.0001)


def test_the_bounds_of_a_dont_know() -> None:
    known = (1, -1, 0, 1, -1)
    assert step_score(known) == 50
    assert step_score((*known, -2)) == pytest.approx(41.67, abs=0.005)
    assert step_score((*known, 2)) == pytest.approx(58.33, abs=0.005)


def test_equal_weights_give_the_golden_total() -> None:
    assert weighted_mean(GOLDEN_STEPS, dict.fromkeys(SIZES, 1.0)) == pytest.approx(71.18, abs=0.005)


def test_one_weight_at_a_time_gives_the_known_total() -> None:
    weights = {**dict.fromkeys(SIZES, 0.14), "capacity": 0.30}
    assert weighted_mean(GOLDEN_STEPS, weights) == pytest.approx(68.46, abs=0.005)


def test_a_step_of_which_nothing_applies_hands_its_weight_on_pro_rata() -> None:
    judgement = judge_one(ratings(1, practice=NA, need=2), weights={"practice": 7, "need": 3})
    assert "practice" not in judgement.steps
    assert judgement.coverage == 1
    assert judgement.total == pytest.approx((3 * 100 + 4 * 75) / 7)


def test_when_every_weighted_step_drops_out_the_others_count_alike() -> None:
    others = dict.fromkeys(SIZES, 0.0)
    judgement = judge_one(ratings(1, practice=NA, need=2), weights={**others, "practice": 1})
    assert judgement.total == pytest.approx((100 + 4 * 75) / 5)


def test_a_step_of_weight_zero_does_not_count() -> None:
    assert judge_one(ratings(1, practice=-2), weights={"practice": 0}).total == 75


def test_the_largest_and_the_smallest_weights_still_make_a_mean() -> None:
    assert judge_one(ratings(1), weights=dict.fromkeys(SIZES, 1.7e308)).total == 75
    assert judge_one(ratings(1), weights=dict.fromkeys(SIZES, 5e-324)).total == 75


def test_a_total_that_is_a_threshold_on_paper_is_exactly_it() -> None:
    steps = dict.fromkeys(SIZES, 70.0)
    assert weighted_mean(steps, dict(zip(SIZES, (0.1, 0.2, 0.3, 0.7, 1 / 3, 1 / 7), strict=True))) == 70


def test_coverage_counts_rated_among_applicable_items() -> None:
    row = ratings(1, P1=NA, P2=NA, P3=DK, P4=None)
    assert judge_one(row).coverage == pytest.approx(28 / 30)


def test_a_step_nobody_rated_has_no_score_and_the_total_rests_on_the_others() -> None:
    judgement = judge_one(ratings(1, practice=DK))
    assert "practice" not in judgement.steps
    assert (judgement.total, judgement.rule) == (75, 0)


def test_nothing_rated_has_no_total_and_no_coverage() -> None:
    judgement = judge_one({})
    assert (judgement.total, judgement.coverage, judgement.steps, judgement.rule) == (None, 0, {}, 0)


def test_the_weight_of_a_toolkit_holds_unless_another_is_given() -> None:
    heavy = replace(TOOLKIT, steps=tuple(replace(step, weight=2.0) for step in TOOLKIT.steps))
    sheets = people(ratings(1, need=2, practice=-1))
    assert judge(heavy, FULL, sheets).total == judge(TOOLKIT, FULL, sheets).total
    one_less = judge(heavy, FULL, sheets, weights={"need": 0.0}).total
    assert one_less == judge(TOOLKIT, FULL, sheets, weights={"need": 0.0}).total
    assert judge(heavy, FULL, sheets, weights={"need": 2.0}).total == judge(TOOLKIT, FULL, sheets).total
