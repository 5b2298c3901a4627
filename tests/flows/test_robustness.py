"""How firm a verdict is under other weights, unknown items, fewer people and moved answers."""

import pytest

from flows.judgement import Move, assess_robustness, judge
from flows.ratings import Value
from tests.flows.specimens import (
    CRITICAL,
    DK,
    FIXED,
    FULL,
    ITEMS,
    NA,
    PLANNED,
    QUICK,
    SIZES,
    TOOLKIT,
    examine_one,
    items_of,
    judge_one,
    people,
    ratings,
)


def test_a_flat_profile_is_steady_even_exactly_at_a_threshold() -> None:
    flat = ratings(1)
    for step in ("practice", "context", "capacity", "risk"):
        five: list[Value] = [1, 1, 1, 1, 0]
        flat |= dict(zip(items_of(step), [*five, NA, NA], strict=False))
    weights = {"need": 0.0, "adaptation": 0.0}
    assert judge_one(flat, weights=weights).total == 70
    assert examine_one(flat, weights=weights).same_verdict_share == 1


def test_an_uneven_profile_depends_on_the_weights() -> None:
    strong = examine_one(ratings(1, practice=2, need=2))
    assert (strong.same_verdict_share, strong.label) == (1, "steady")
    uneven = examine_one(ratings(1, capacity=0, context=0, need=2))
    assert 0 < uneven.same_verdict_share < 1


def test_a_share_matches_the_area_that_gives_the_verdict() -> None:
    # two steps count; 100 w + 50 (1 - w) >= 70 for w >= 0.4, so 60 percent of the weightings
    weights = {"practice": 0.0, "context": 0.0, "capacity": 0.0, "adaptation": 0.0}
    robustness = examine_one(ratings(2, risk=0), weights=weights)
    assert robustness.same_verdict_share == pytest.approx(0.60, abs=0.02)
    assert robustness.label == "fragile"


@pytest.mark.parametrize(("low", "label"), [((0, 0, 0, 0, 1), "fragile"), ((0, 1, 0, 1, 1), "fairly-steady")])
def test_labels_follow_the_share(low: tuple[int, ...], label: str) -> None:
    # 100 w + s (1 - w) >= 70 with s = 55 gives 2/3 of the weightings, with s = 65 it gives 6/7
    weights = dict.fromkeys(SIZES, 0.0) | {"need": 1.0, "risk": 1.0}
    row = ratings(2) | {f"R{number}": value for number, value in enumerate(low, start=1)}
    assert examine_one(row, weights=weights).label == label


def test_steps_of_weight_zero_stay_out() -> None:
    weights = dict.fromkeys(SIZES, 0.0) | {"need": 1.0}
    assert examine_one(ratings(0, need=2), weights=weights).same_verdict_share == 1


def test_a_verdict_the_total_does_not_decide_is_steady() -> None:
    assert examine_one(ratings(2, C1=-2)).same_verdict_share == 1
    assert examine_one({}).same_verdict_share == 1


def test_the_same_ratings_give_the_same_share_every_time() -> None:
    row = ratings(1, capacity=0)
    assert examine_one(row) == examine_one(row)


def test_unknown_and_unanswered_items_are_settled_at_both_ends() -> None:
    assert judge_one(ratings(1, K1=DK, K2=None)).rule == 0
    robustness = examine_one(ratings(1, K1=DK, K2=None))
    assert (robustness.if_unknown_worst, robustness.if_unknown_best) == ("prepare-first", "ready-to-pilot")


def test_what_nobody_rated_at_all_can_turn_out_either_way() -> None:
    robustness = examine_one({})
    assert (robustness.if_unknown_worst, robustness.if_unknown_best) == ("not-recommended", "ready-to-pilot")


def test_items_that_do_not_apply_are_not_settled() -> None:
    row = ratings(2, P3=NA, P4=NA, P5=NA)
    assert examine_one(row).if_unknown_worst == judge_one(row).verdict == "ready-to-pilot"


def test_an_unknown_item_at_its_worst_meets_its_plan() -> None:
    assert examine_one(ratings(2, K1=DK), {"K1": FIXED}).if_unknown_worst == "not-recommended"


def test_one_person_alone_is_never_left_out() -> None:
    assert not examine_one(ratings(2)).one_person_changes


def test_leaving_out_one_person_can_change_the_verdict() -> None:
    together = people(ratings(2), ratings(2), ratings(2, C1=-2))
    assert judge(TOOLKIT, FULL, together).verdict == "discuss-first"
    assert assess_robustness(TOOLKIT, FULL, together).one_person_changes
    alike = people(ratings(2), ratings(2), ratings(1))
    assert not assess_robustness(TOOLKIT, FULL, alike).one_person_changes


def test_leaving_out_the_only_one_who_knows_changes_the_verdict() -> None:
    assert assess_robustness(TOOLKIT, FULL, people(ratings(2), ratings(2, N1=DK))).one_person_changes


def test_moves_name_every_item_that_decides_by_a_point() -> None:
    robustness = examine_one(ratings(2, **dict.fromkeys(CRITICAL, 0)))
    down = {(move.item, move.to, move.verdict) for move in robustness.one_answer_changes}
    assert down == {(item, -1, "prepare-first") for item in CRITICAL}


def test_moves_keep_plans_and_go_up_as_well_as_down() -> None:
    robustness = examine_one(ratings(2, C1=-1), {"C1": PLANNED})
    assert robustness.one_answer_changes == (
        Move(item="C1", to=-2, verdict="prepare-first"),
        Move(item="C1", to=0, verdict="ready-to-pilot"),
    )


def test_moves_never_leave_the_scale_and_move_medians_of_halves() -> None:
    sheets = people(ratings(2, C1=0), ratings(2, C1=-1))
    moves = assess_robustness(TOOLKIT, FULL, sheets, {"C1": PLANNED}).one_answer_changes
    assert moves == (
        Move(item="C1", to=-1.5, verdict="prepare-first"),
        Move(item="C1", to=0.5, verdict="ready-to-pilot"),
    )
    extreme = assess_robustness(TOOLKIT, FULL, people(ratings(2)))
    assert extreme.one_answer_changes == ()


def test_items_without_a_value_are_not_moved() -> None:
    moves = examine_one(ratings(0, N1=DK, C4=NA)).one_answer_changes
    assert moves == ()


def test_robustness_of_the_quick_length_speaks_its_verdicts() -> None:
    robustness = assess_robustness(TOOLKIT, QUICK, people({}))
    assert (robustness.if_unknown_worst, robustness.if_unknown_best) == ("not-now", "looks-promising")


def test_moves_agree_with_judging_the_moved_answers() -> None:
    row = {item: 0 if item[0] in "KR" else 1 for item in ITEMS}
    now = judge_one(row).verdict
    steps = [(item, to) for item in ITEMS for to in (row[item] - 1, row[item] + 1)]
    moved = {(item, to, judge_one({**row, item: to}).verdict) for item, to in steps}
    expected = {move for move in moved if move[2] != now}
    assert expected
    assert {(move.item, move.to, move.verdict) for move in examine_one(row).one_answer_changes} == expected
