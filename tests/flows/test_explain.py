"""The verdict in words: every judgement can be explained, in each language, from its own trace."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import translator
from bot.languages import LANGUAGES
from flows import explain
from flows.cards import Listing, Message, Said
from flows.judgement import Judgement, Robustness, assess_robustness, judge
from flows.library import builtin
from flows.ratings import Changeable, Mark, Plan, Sheet, Value
from flows.toolkit import Length

CITYNET = builtin().toolkit("citynet")
ITEMS = tuple(CITYNET.items)
FIXED = Plan(changeable=Changeable.NO)
PLANNED = Plan(changeable=Changeable.MONTHS, action="agree a by-law", owner="the planning office")

sheets = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(ITEMS, st.sampled_from([-2, -1, 0, 1, 1, 2, 2, Mark.DONT_KNOW]))
)
plans = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from([FIXED, PLANNED]))


def judged(
    ratings: Mapping[str, Value], plans: Mapping[str, Plan] | None = None, length: Length = Length.FULL
) -> tuple[Judgement, Robustness]:
    people = [Sheet(person="a", ratings=ratings)]
    return judge(CITYNET, length, people, plans or {}), assess_robustness(CITYNET, length, people, plans or {})


def alike(value: Value, **others: Value) -> dict[str, Value]:
    return {**dict.fromkeys(ITEMS, value), **others}


def everything(judgement: Judgement, robustness: Robustness) -> list[Said]:
    change = explain.change(CITYNET, judgement, robustness)
    return [
        explain.why(CITYNET, judgement),
        explain.why(CITYNET, judgement, most=None),
        *explain.obstacles(CITYNET, judgement),
        *([change] if change else []),
        *explain.changes(CITYNET, robustness),
        *explain.firmness(CITYNET, judgement, robustness),
        explain.confidence(judgement),
        explain.limits(judgement),
    ]


def keys(said: Said) -> set[str]:
    """Every key of the catalogues that a sentence uses."""
    match said:
        case Message():
            return {said.key}.union(*map(keys, said.values.values()))
        case Listing(parts):
            return set[str]().union(*map(keys, parts))
        case _:
            return set()


@settings(deadline=None, max_examples=60)
@given(sheets, plans, st.sampled_from(Length))
def test_every_judgement_is_explained_in_every_language(
    ratings: dict[str, Value], planned: dict[str, Plan], length: Length
) -> None:
    for said in everything(*judged(ratings, planned, length)):
        for language in LANGUAGES:
            text = translator(language)(said)
            assert text.strip()
            assert "{" not in text
            assert not [key for key in keys(said) if key in text]


@settings(deadline=None, max_examples=60)
@given(sheets, plans)
def test_the_chat_names_the_first_reasons_and_counts_the_rest(
    ratings: dict[str, Value], planned: dict[str, Plan]
) -> None:
    judgement, _ = judged(ratings, planned)
    reasons = [reason for reason in judgement.because if not reason.met] or judgement.because
    assert ("why.more" in keys(explain.why(CITYNET, judgement))) == (len(reasons) > explain.SHOWN)
    assert "why.more" not in keys(explain.why(CITYNET, judgement, most=None))


@pytest.mark.parametrize(
    ("ratings", "planned", "key"),
    [
        (alike(1, N1=Mark.DONT_KNOW), {}, "reason.known"),
        ({}, {}, "reason.coverage"),
        (alike(2, C1=-2), {"C1": FIXED}, "reason.veto"),
        (alike(2, C1=-1), {"C1": FIXED}, "reason.fixed"),
        (alike(2, C1=-2), {}, "reason.strongly"),
        (alike(2, C1=-1), {}, "reason.planned"),
        (alike(2, C1=-1), {"C1": PLANNED}, "reason.critical"),
        (alike(0), {}, "reason.total"),
        (alike(1), {}, "reason.total-met"),
    ],
)
def test_what_decided_is_said(ratings: dict[str, Value], planned: dict[str, Plan], key: str) -> None:
    judgement, _ = judged(ratings, planned)
    assert key in keys(explain.why(CITYNET, judgement, most=None))


def test_the_answer_to_improve_first_is_a_critical_one_that_hinders() -> None:
    judgement, robustness = judged(alike(2, C1=-1))
    said = explain.change(CITYNET, judgement, robustness)
    assert isinstance(said, Message)
    assert said.key == "change.better"
    assert "(C1)" in translator("en")(said)


def test_where_no_single_answer_matters_nothing_is_said_of_one() -> None:
    judgement, robustness = judged({})
    assert robustness.one_answer_changes == ()
    assert explain.change(CITYNET, judgement, robustness) is None


def test_what_is_unknown_is_told_only_where_something_is() -> None:
    known, unknown = judged(alike(1)), judged(alike(1, P2=Mark.DONT_KNOW))
    assert not any(key.startswith("firm.unknown") for said in explain.firmness(CITYNET, *known) for key in keys(said))
    assert any(key.startswith("firm.unknown") for said in explain.firmness(CITYNET, *unknown) for key in keys(said))


@pytest.mark.parametrize(("length", "key"), [(Length.FULL, "verdict.limits"), (Length.QUICK, "verdict.limits-quick")])
def test_every_verdict_says_what_it_is_not(length: Length, key: str) -> None:
    judgement, _ = judged(alike(1), length=length)
    assert keys(explain.limits(judgement)) == {key}
