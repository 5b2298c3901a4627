"""Laws of the judgement, whatever people answer.

Verdicts are ordered from worst to best as `flows.verdict` states it; *not enough information* is outside the order.
A better rating is a higher number instead of a lower one: a *don't know* that becomes a number is no better rating,
it is another question answered. Plans stay as they are.
"""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flows.judgement import Condition, Judgement, assess_robustness, judge
from flows.ratings import Basis, Changeable, Plan, Sheet, Value
from flows.toolkit import Length
from tests.flows.specimens import CRITICAL, DK, FULL, ITEMS, NA, SIZES, TOOLKIT

ORDER = {
    Length.FULL: ("not-recommended", "prepare-first", "discuss-first", "adapt-then-pilot", "ready-to-pilot"),
    Length.QUICK: ("not-now", "has-conditions", "looks-promising"),
}
OUTSIDE = {Length.FULL: "not-enough-information", Length.QUICK: "unknown"}

LENGTHS = st.sampled_from(list(Length))
WEIGHTS = st.none() | st.fixed_dictionaries(dict.fromkeys(SIZES, st.integers(0, 4).map(float))).filter(
    lambda weights: any(weights.values())
)


@st.composite
def sheet(draw: st.DrawFn, person: str = "a", *, marks: bool = True) -> Sheet:
    """Rate around a mood, so that every rule is met often; sometimes with marks and gaps."""
    mood = draw(st.sampled_from([(2, 2, 1), (2, 1, 1, 0), (1, 1, 0, 0, -1), (2, 1, 0, -1, -2), (0, -1, -2)]))
    numbers: st.SearchStrategy[Value | None] = st.sampled_from(mood)
    others: list[Value | None] = [*mood, *mood, DK, NA, None]
    answers = st.sampled_from(others) if marks and draw(st.booleans()) else numbers
    row = {item: draw(numbers if item in CRITICAL and draw(st.integers(0, 9)) else answers) for item in ITEMS}
    stated = {item: value for item, value in row.items() if value is not None}
    stated = {item: value for item, value in stated.items() if not (value is NA and item in CRITICAL)}
    basis = draw(st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(list(Basis)), max_size=4))
    return Sheet(person=person, ratings=stated, basis=basis)


@st.composite
def group(draw: st.DrawFn, least: int = 1, most: int = 7) -> list[Sheet]:
    return [draw(sheet(str(number))) for number in range(draw(st.integers(least, most)))]


@st.composite
def plans(draw: st.DrawFn) -> Mapping[str, Plan]:
    plan = st.builds(
        Plan,
        changeable=st.sampled_from([None, *Changeable]),
        action=st.sampled_from(["", "agree a by-law"]),
        owner=st.sampled_from(["", "the planning office"]),
    )
    return draw(st.dictionaries(st.sampled_from(CRITICAL), plan, max_size=6))


def raised(sheet_: Sheet, item: str, value: int) -> Sheet:
    return replace(sheet_, ratings={**sheet_.ratings, item: value})


def rank(judgement: Judgement) -> int:
    return ORDER[judgement.length].index(judgement.verdict)


@st.composite
def better(draw: st.DrawFn, sheets: list[Sheet]) -> list[Sheet]:
    """Raise one numeric rating of one person, if there is one to raise."""
    place = draw(st.integers(0, len(sheets) - 1))
    row = sheets[place].ratings
    low = [item for item, value in row.items() if isinstance(value, int) and value < 2]
    assume(low)
    item = draw(st.sampled_from(low))
    before = row[item]
    assert isinstance(before, int)
    better_one = raised(sheets[place], item, draw(st.integers(before + 1, 2)))
    return [*sheets[:place], better_one, *sheets[place + 1 :]]


@settings(max_examples=250, deadline=None)
@given(st.data(), LENGTHS, plans(), WEIGHTS)
def test_for_one_person_a_better_rating_never_makes_the_verdict_worse(
    data: st.DataObject, length: Length, planned: Mapping[str, Plan], weights: Mapping[str, float] | None
) -> None:
    before = [data.draw(sheet())]
    after = data.draw(better(before))
    old, new = (judge(TOOLKIT, length, sheets, planned, weights) for sheets in (before, after))
    assert (old.verdict == OUTSIDE[length]) == (new.verdict == OUTSIDE[length])
    if old.rule:
        assert rank(new) >= rank(old)


@settings(max_examples=250, deadline=None)
@given(st.data(), LENGTHS, plans(), WEIGHTS)
def test_for_a_group_a_better_rating_makes_the_verdict_worse_only_by_a_new_split_the_trace_names(
    data: st.DataObject, length: Length, planned: Mapping[str, Plan], weights: Mapping[str, float] | None
) -> None:
    before = data.draw(group(least=2))
    after = data.draw(better(before))
    old, new = (judge(TOOLKIT, length, sheets, planned, weights) for sheets in (before, after))
    assert (old.rule == 0) == (new.rule == 0)
    if old.rule and rank(new) < rank(old):
        assert new.rule == 6
        named = [reason.item for reason in new.because if reason.condition is Condition.AGREED]
        assert any(new.items[item].split and not old.items[item].split for item in named)


def test_a_better_rating_can_split_a_group() -> None:
    def verdict(*answers: int) -> Judgement:
        return judge(TOOLKIT, FULL, [Sheet(person="", ratings=dict.fromkeys(ITEMS, 1) | {"C1": x}) for x in answers])

    old, new = verdict(-1, 0, 0), verdict(-1, 0, 1)
    assert (old.verdict, new.verdict) == ("ready-to-pilot", "discuss-first")
    assert [reason.item for reason in new.because] == ["C1"]


@settings(max_examples=60, deadline=None)
@given(st.data(), LENGTHS, plans())
def test_the_order_of_people_and_of_ratings_never_matters(
    data: st.DataObject, length: Length, planned: Mapping[str, Plan]
) -> None:
    sheets = data.draw(group())
    turned = [
        replace(
            each, ratings=dict(reversed(list(each.ratings.items()))), basis=dict(reversed(list(each.basis.items())))
        )
        for each in data.draw(st.permutations(sheets))
    ]
    assert judge(TOOLKIT, length, sheets, planned) == judge(TOOLKIT, length, turned, planned)
    assert assess_robustness(TOOLKIT, length, sheets, planned) == assess_robustness(TOOLKIT, length, turned, planned)


@settings(max_examples=80, deadline=None)
@given(group(least=0), LENGTHS, plans(), WEIGHTS)
def test_every_figure_stays_within_its_bounds(
    sheets: list[Sheet], length: Length, planned: Mapping[str, Plan], weights: Mapping[str, float] | None
) -> None:
    found = judge(TOOLKIT, length, sheets, planned, weights)
    robustness = assess_robustness(TOOLKIT, length, sheets, planned, weights)
    assert 0 <= found.coverage <= 1
    assert found.total is None or 0 <= found.total <= 100
    assert all(0 <= score <= 100 for score in found.steps.values())
    assert 0 <= robustness.same_verdict_share <= 1
    assert all(-2 <= move.to <= 2 and move.verdict != found.verdict for move in robustness.one_answer_changes)
    verdicts = {*ORDER[length], OUTSIDE[length]}
    assert {found.verdict, robustness.if_unknown_worst, robustness.if_unknown_best} <= verdicts
    for figures in found.items.values():
        assert figures.n + figures.dk + figures.na <= len(sheets)
        assert figures.median is None or (figures.applicable and -2 <= figures.median <= 2)
        assert (figures.agreement is None) == (figures.n < 3)
        assert (figures.disagreement_index is None) == (figures.n < 5)


@settings(max_examples=60, deadline=None)
@given(group(), LENGTHS, plans(), WEIGHTS)
def test_every_verdict_can_be_explained(
    sheets: list[Sheet], length: Length, planned: Mapping[str, Plan], weights: Mapping[str, float] | None
) -> None:
    found = judge(TOOLKIT, length, sheets, planned, weights)
    assert found.because
    assert set(found.obstacles) == {4: set(), 5: {4}}.get(found.rule, {4, 5})
    assert not any(reason.met for reasons in found.obstacles.values() for reason in reasons)
    if found.rule > 3:
        assert all(found.obstacles.values())


@settings(max_examples=60, deadline=None)
@given(group(), WEIGHTS, st.integers(-40, 40))
def test_only_the_proportions_of_the_weights_matter(
    sheets: list[Sheet], weights: Mapping[str, float] | None, power: int
) -> None:
    scaled = {step: weight * 3.0**power for step, weight in (weights or dict.fromkeys(SIZES, 1.0)).items()}
    assert judge(TOOLKIT, FULL, sheets, {}, scaled) == judge(TOOLKIT, FULL, sheets, {}, weights)
    assert assess_robustness(TOOLKIT, FULL, sheets, {}, scaled) == assess_robustness(TOOLKIT, FULL, sheets, {}, weights)


@settings(max_examples=60, deadline=None)
@given(sheet(), LENGTHS)
def test_with_one_person_every_value_is_that_persons_answer(only: Sheet, length: Length) -> None:
    asked = {item.id: only.ratings.get(item.id) for item in TOOLKIT.asked(length)}
    found = judge(TOOLKIT, length, [only])
    assert {item: figures.median for item, figures in found.items.items()} == {
        item: value if isinstance(value, int) else None for item, value in asked.items()
    }
    assert {item for item, figures in found.items.items() if not figures.applicable} == {
        item for item, value in asked.items() if value is NA
    }
    assert not any(figures.split for figures in found.items.values())
    assert found.rule != 6


@settings(max_examples=60, deadline=None)
@given(group(), LENGTHS, plans(), WEIGHTS)
def test_what_is_unknown_bounds_the_verdict(
    sheets: list[Sheet], length: Length, planned: Mapping[str, Plan], weights: Mapping[str, float] | None
) -> None:
    robustness = assess_robustness(TOOLKIT, length, sheets, planned, weights)
    worst, best = robustness.if_unknown_worst, robustness.if_unknown_best
    assert ORDER[length].index(worst) <= ORDER[length].index(best)


@settings(max_examples=60, deadline=None)
@given(group(), LENGTHS, plans(), WEIGHTS)
def test_without_unknown_items_settling_them_changes_nothing(
    sheets: list[Sheet], length: Length, planned: Mapping[str, Plan], weights: Mapping[str, float] | None
) -> None:
    rated = [replace(each, ratings={item: each.ratings.get(item, 0) for item in ITEMS}) for each in sheets]
    known = [
        replace(each, ratings={item: 0 if value is DK else value for item, value in each.ratings.items()})
        for each in rated
    ]
    found = judge(TOOLKIT, length, known, planned, weights)
    assume(not any(figures.unknown for figures in found.items.values()))
    robustness = assess_robustness(TOOLKIT, length, known, planned, weights)
    assert found.verdict == robustness.if_unknown_worst == robustness.if_unknown_best
