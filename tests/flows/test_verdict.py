"""The rule table, rule by rule and at its boundaries, with what the trace says."""

from dataclasses import replace

import pytest

from flows.judgement import Condition, Judgement, Reason, flagged, judge
from flows.ratings import Changeable, Plan, Value
from flows.toolkit import Length
from flows.verdict import VERDICTS
from tests.flows.specimens import (
    CRITICAL,
    DK,
    FIXED,
    FULL,
    NA,
    PLANNED,
    QUICK,
    TOOLKIT,
    items_of,
    judge_one,
    people,
    ratings,
)


def said(reasons: tuple[Reason, ...]) -> list[tuple[Condition, str, float | None, float | None]]:
    return [(reason.condition, reason.item or reason.step, reason.value, reason.threshold) for reason in reasons]


def test_coverage_of_exactly_seventy_percent_is_enough() -> None:
    left_out: dict[str, Value | None] = dict.fromkeys(("P3", "P4", "P5", "N4", "C6", "C7", "K6", "K7", "R5"))
    two_away: dict[str, Value | None] = {"A4": NA, "R4": NA}
    assert judge_one(ratings(1, **left_out, **two_away)).coverage == 0.70
    assert judge_one(ratings(1, **left_out, **two_away)).rule == 4
    assert judge_one(ratings(1, **left_out, **two_away, A3=DK)).rule == 0


def test_too_little_coverage_is_named_with_its_threshold() -> None:
    judgement = judge_one(ratings(1, P2=DK, P3=DK, P4=DK, P5=DK, N2=DK, N3=DK, N4=DK, C4=DK, C5=DK, C6=DK))
    assert (judgement.verdict, judgement.rule) == ("not-enough-information", 0)
    assert said(judgement.because) == [(Condition.COVERAGE, "", 22 / 32, 0.70)]


@pytest.mark.parametrize("item", CRITICAL)
@pytest.mark.parametrize("answer", [DK, None])
def test_an_unknown_critical_item_is_not_enough_information(item: str, answer: Value | None) -> None:
    judgement = judge_one(ratings(2, **{item: answer}))
    assert judgement.rule == 0
    assert said(judgement.because) == [(Condition.KNOWN, item, None, None)]


def test_a_step_without_a_score_is_not_enough_information() -> None:
    judgement = judge_one(ratings(2, practice=DK, P1=NA))
    assert judgement.rule == 0
    assert said(judgement.because) == [(Condition.SCORED, "practice", None, None)]


def test_a_step_of_which_nothing_applies_asks_for_nothing() -> None:
    judgement = judge_one(ratings(1, practice=NA))
    assert judgement.verdict == "ready-to-pilot"


def test_a_critical_item_that_cannot_be_changed_is_not_recommended() -> None:
    judgement = judge_one(ratings(2, C1=-2), {"C1": FIXED})
    assert (judgement.verdict, judgement.rule) == ("not-recommended", 1)
    assert said(judgement.because) == [(Condition.CHANGEABLE, "C1", -2, -1.5)]


@pytest.mark.parametrize("changeable", [None, Changeable.MONTHS, Changeable.YEARS])
def test_only_no_makes_a_hindrance_fixed(changeable: Changeable | None) -> None:
    judgement = judge_one(ratings(2, C1=-2), {"C1": replace(PLANNED, changeable=changeable)})
    assert (judgement.verdict, judgement.rule) == ("prepare-first", 3)
    assert said(judgement.because) == [(Condition.CRITICAL, "C1", -2, -1.5)]


def test_a_veto_begins_at_exactly_minus_one_and_a_half() -> None:
    at = judge(TOOLKIT, FULL, people(ratings(2, C1=-1), ratings(2, C1=-2)), {"C1": FIXED})
    above = judge(TOOLKIT, FULL, people(ratings(2, C1=-1), ratings(2, C1=-1)), {"C1": FIXED})
    assert (at.items["C1"].median, at.rule) == (-1.5, 1)
    assert (above.items["C1"].median, above.rule) == (-1, 7)


def test_a_fixed_item_that_is_not_critical_is_no_veto() -> None:
    assert judge_one(ratings(2, C4=-2), {"C4": FIXED}).rule == 4


def test_a_need_below_forty_is_not_recommended() -> None:
    low = judge_one(ratings(2, N1=0, N2=-1, N3=-1, N4=0))
    assert (low.verdict, low.rule, low.steps["need"]) == ("not-recommended", 2, 37.5)
    assert said(low.because) == [(Condition.STEP, "need", 37.5, 40)]
    above = judge_one(ratings(2, N1=0, N2=-1, N3=0, N4=0))
    assert (above.rule, above.steps["need"]) == (5, 43.75)


def test_a_practice_below_thirty_is_not_recommended() -> None:
    low = judge_one(ratings(2, practice=-1, P1=-1, P2=-1, P3=-1, P4=-1, P5=-2))
    assert (low.rule, low.steps["practice"]) == (2, 20)
    at = judge_one(ratings(2, practice=-1, P5=0))
    assert (at.rule, at.steps["practice"]) == (5, 30)


def test_one_rated_item_rejects_nothing() -> None:
    alone = judge_one(ratings(2, practice=NA, P1=-2))
    assert (alone.steps["practice"], alone.rule) == (0, 5)
    two = judge_one(ratings(2, practice=NA, P1=-2, P2=-2))
    assert (two.steps["practice"], two.rule) == (0, 2)


@pytest.mark.parametrize(("step", "kept"), [("capacity", "K1"), ("context", "C1")])
def test_capacity_and_context_below_forty_ask_to_prepare_first(step: str, kept: str) -> None:
    low = judge_one(ratings(2, **{step: -1, kept: 0, "C3": 0}), {"C3": PLANNED})
    assert (low.verdict, low.rule) == ("prepare-first", 3)
    assert [reason.step for reason in low.because] == [step]
    assert low.because[0].threshold == 40


@pytest.mark.parametrize("step", ["capacity", "context"])
def test_a_score_of_exactly_forty_is_not_below_it(step: str) -> None:
    answers: tuple[Value, ...] = (0, -1, 0, -1, 0, NA, NA)
    judgement = judge_one(ratings(2) | dict(zip(items_of(step), answers, strict=True)))
    assert (judgement.steps[step], judgement.rule) == (40, 5)


def at_total(total: float) -> dict[str, Value]:
    """Rate five items of a step so that it scores exactly 55 or 70; steps of four items get all ones."""
    row = ratings(1)
    for step in ("practice", "context", "capacity", "risk"):
        five: list[Value] = [1, 0, 0, 0, 0] if total == 55 else [1, 1, 1, 1, 0]
        row |= dict(zip(items_of(step), [*five, NA, NA], strict=False))
    return row


@pytest.mark.parametrize(("total", "rule"), [(70, 4), (55, 5)])
def test_totals_of_exactly_seventy_and_fifty_five_are_enough(total: float, rule: int) -> None:
    weights = {"need": 0.0, "adaptation": 0.0, "practice": 0.1, "context": 0.7, "capacity": 1 / 3, "risk": 1 / 7}
    row = at_total(total)
    judgement = judge_one(row, weights=weights)
    assert (judgement.total, judgement.rule) == (total, rule)
    lower = judge_one(row | {"P1": 0}, weights=weights)
    assert lower.rule == {4: 5, 5: 7}[rule]


def test_a_step_of_exactly_fifty_is_ready_and_below_is_not() -> None:
    assert judge_one(ratings(2, risk=0)).rule == 4
    below = judge_one(ratings(2, risk=0, R5=-1))
    assert (below.verdict, below.rule) == ("adapt-then-pilot", 5)
    assert said(below.obstacles[4]) == [(Condition.STEP, "risk", 45, 50)]


def test_a_ready_verdict_shows_how_close_it_is() -> None:
    judgement = judge_one(ratings(2, context=1, C3=0))
    assert (judgement.verdict, judgement.rule, judgement.obstacles) == ("ready-to-pilot", 4, {})
    assert all(reason.met for reason in judgement.because)
    assert said(judgement.because) == [
        (Condition.TOTAL, "", judgement.total, 70),
        (Condition.STEP, "context", judgement.steps["context"], 50),
        (Condition.CRITICAL, "C3", 0, 0),
    ]


def test_a_critical_item_below_zero_with_an_action_asks_to_adapt_first() -> None:
    judgement = judge_one(ratings(2, C1=-1), {"C1": PLANNED})
    assert (judgement.verdict, judgement.rule) == ("adapt-then-pilot", 5)
    assert said(judgement.because)[1:] == [(Condition.PLANNED, "C1", -1, 0), (Condition.CRITICAL, "C1", -1, 0)]
    assert said(judgement.obstacles[4]) == [(Condition.CRITICAL, "C1", -1, 0)]


@pytest.mark.parametrize(
    "plan",
    [
        Plan(),
        Plan(action="agree a by-law"),
        Plan(owner="the planning office"),
        Plan(action=" ", owner="the planning office"),
        Plan(action="agree a by-law", owner="\t"),
    ],
)
def test_an_action_without_text_or_owner_is_no_plan(plan: Plan) -> None:
    judgement = judge_one(ratings(2, C1=-1), {"C1": plan})
    assert (judgement.verdict, judgement.rule) == ("prepare-first", 7)
    assert said(judgement.because) == [(Condition.PLANNED, "C1", -1, 0)]
    assert said(judgement.obstacles[4]) == [(Condition.CRITICAL, "C1", -1, 0)]


def test_every_critical_item_below_zero_needs_its_own_plan() -> None:
    judgement = judge_one(ratings(2, C1=-1, K1=-1), {"C1": PLANNED})
    assert (judgement.rule, [reason.item for reason in judgement.because]) == (7, ["K1"])
    assert judge_one(ratings(2, C1=-1, K1=-1), {"C1": PLANNED, "K1": PLANNED}).rule == 5


def test_a_plan_does_not_help_what_cannot_be_changed() -> None:
    judgement = judge_one(ratings(2, C1=-1), {"C1": replace(PLANNED, changeable=Changeable.NO)})
    assert judgement.rule == 7
    assert said(judgement.because) == [(Condition.CHANGEABLE, "C1", -1, 0)]


def test_no_at_a_critical_item_that_does_not_hinder_changes_nothing() -> None:
    assert judge_one(ratings(2, C1=0), {"C1": FIXED}).rule == 4


def panel(rest: Value = 2, plans: dict[str, Plan] | None = None, **by_item: tuple[Value, ...]) -> Judgement:
    rows = [
        ratings(rest, **{item: answers[place] for item, answers in by_item.items()})
        for place in range(len(next(iter(by_item.values()))))
    ]
    return judge(TOOLKIT, FULL, people(*rows), plans or {})


def test_a_split_critical_item_asks_to_discuss_first() -> None:
    judgement = panel(C1=(2, 2, -1))
    assert (judgement.verdict, judgement.rule) == ("discuss-first", 6)
    assert said(judgement.because) == [(Condition.AGREED, "C1", 1 / 3, 1 / 3)]
    assert said(judgement.obstacles[4]) == said(judgement.obstacles[5]) == said(judgement.because)


def test_a_split_by_the_disagreement_index_shows_the_index() -> None:
    judgement = panel(C1=(-2, -2, -1, 1, 2, 2, 1))
    assert judgement.rule == 6
    assert judgement.because[0].value == judgement.items["C1"].disagreement_index
    assert judgement.because[0].threshold == 1


def test_a_split_where_only_rule_five_would_hold_asks_to_discuss_first() -> None:
    judgement = panel(C1=(-1, -1, 2), plans={"C1": PLANNED})
    assert (judgement.items["C1"].median, judgement.rule) == (-1, 6)


def test_a_split_where_neither_rule_would_hold_asks_to_prepare_first() -> None:
    judgement = panel(C1=(-1, -1, 2))
    assert judgement.rule == 7
    assert [reason.condition for reason in judgement.because] == [Condition.PLANNED, Condition.AGREED]


def test_a_split_on_another_item_stops_nothing() -> None:
    judgement = panel(C4=(2, 2, -2))
    assert judgement.items["C4"].split
    assert judgement.rule == 4


def test_everything_neutral_asks_to_prepare_first() -> None:
    judgement = judge_one(ratings(0))
    assert (judgement.verdict, judgement.rule) == ("prepare-first", 7)
    assert said(judgement.because) == [(Condition.TOTAL, "", 50, 55)]
    assert said(judgement.obstacles[4]) == [(Condition.TOTAL, "", 50, 70)]


def test_an_earlier_rule_may_be_all_that_keeps_a_better_one_from_holding() -> None:
    judgement = judge_one(ratings(2, K2=DK, K1=0, K3=-1, K4=-1, K5=-1, K6=-1, K7=-1))
    assert judgement.rule == 3
    assert judgement.obstacles[5] == ()
    assert [reason.condition for reason in judgement.obstacles[4]] == [Condition.STEP]


def quick(plans: dict[str, Plan] | None = None, **exceptions: Value | None) -> tuple[str, int]:
    judgement = judge_one(ratings(1, **exceptions), plans, QUICK)
    return judgement.verdict, judgement.rule


def test_the_quick_length_has_its_own_verdicts() -> None:
    assert quick(N1=DK) == ("unknown", 0)
    assert quick({"C1": FIXED}, C1=-2) == ("not-now", 1)
    assert quick(N1=-1, N2=-1) == ("not-now", 2)
    assert quick(C1=-2) == ("has-conditions", 3)
    assert quick() == ("looks-promising", 4)
    assert quick({"C1": PLANNED}, C1=-1) == ("has-conditions", 5)
    assert quick(C1=-1) == ("has-conditions", 7)


def test_a_split_in_the_quick_length_has_conditions() -> None:
    sheets = people(ratings(2), ratings(2), ratings(2, C1=-1))
    judgement = judge(TOOLKIT, QUICK, sheets)
    assert (judgement.verdict, judgement.rule) == ("has-conditions", 6)


def test_the_quick_length_ignores_other_items() -> None:
    full = ratings(1)
    only = {item.id: full[item.id] for item in TOOLKIT.asked(QUICK)}
    assert judge_one(full | {"C4": -2, "K2": DK}, length=QUICK) == judge_one(only, length=QUICK)


def test_a_single_poor_practice_item_rejects_nothing_in_the_quick_length() -> None:
    assert quick(P1=-2) == ("has-conditions", 5)


@pytest.mark.parametrize("length", list(Length))
def test_every_rule_has_a_verdict_in_each_length(length: Length) -> None:
    assert len(VERDICTS[length]) == 8


def test_what_is_split_unknown_or_critical_and_negative_is_flagged() -> None:
    rows = [ratings(1, C1=-1, C4=-2, K2=DK, P2=value, R4=NA) for value in (2, 2, -2)]
    assert flagged(TOOLKIT, judge(TOOLKIT, FULL, people(*rows))) == ("P2", "C1", "K2")


def test_a_toolkit_without_critical_items_is_judged_by_its_scores() -> None:
    plain = tuple(
        replace(step, items=tuple(replace(item, critical=False) for item in step.items)) for step in TOOLKIT.steps
    )
    judgement = judge(replace(TOOLKIT, steps=plain), FULL, people(ratings(2)))
    assert judgement.rule == 4
    assert [reason.condition for reason in judgement.because] == [Condition.TOTAL, Condition.STEP]
