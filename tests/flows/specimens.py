"""A toolkit for the tests of the judgement: the built-in one's ids and thresholds, without its wording."""

from __future__ import annotations

from collections.abc import Mapping

from flows.judgement import Judgement, Robustness, assess_robustness, judge
from flows.ratings import Changeable, Mark, Plan, Sheet, Value
from flows.toolkit import Answer, BasisOption, Floor, Item, Length, Step, Thresholds, Toolkit, Track

DK, NA = Mark.DONT_KNOW, Mark.NOT_APPLICABLE
FULL, QUICK = Length.FULL, Length.QUICK
CRITICAL = ("N1", "C1", "C3", "K1", "A1", "R1")
IN_QUICK = ("P1", "N1", "N2", "C1", "C3", "K1", "K4", "A1", "A3", "R1")
SIZES = {"practice": 5, "need": 4, "context": 7, "capacity": 7, "adaptation": 4, "risk": 5}
LETTERS = {"practice": "P", "need": "N", "context": "C", "capacity": "K", "adaptation": "A", "risk": "R"}

THRESHOLDS = Thresholds(
    coverage=0.70,
    critical_veto=-1.5,
    critical_ready=0.0,
    reject_floors=(Floor(step="need", below=40.0), Floor(step="practice", below=30.0)),
    reject_min_rated=2,
    prepare_floors=(Floor(step="capacity", below=40.0), Floor(step="context", below=40.0)),
    ready_total=70.0,
    ready_step=50.0,
    adapt_total=55.0,
    split_share=1 / 3,
    split_index=1.0,
    steady=0.90,
    fairly_steady=0.70,
    agreement_high=0.6,
    agreement_medium=0.2,
)


def _item(name: str) -> Item:
    words = {"en": name}
    return Item(
        id=name,
        name=words,
        question=words,
        why=words,
        evidence=words,
        example=words,
        source="a source",
        track=Track.POLICY,
        critical=name in CRITICAL,
        quick=name in IN_QUICK,
    )


def _step(key: str) -> Step:
    items = tuple(_item(f"{LETTERS[key]}{number}") for number in range(1, SIZES[key] + 1))
    return Step(key=key, name={"en": key}, items=items)


TOOLKIT = Toolkit(
    key="citynet",
    version=1,
    languages=("en",),
    title={"en": "A toolkit"},
    status={"en": "A draft"},
    origin={"en": "Here"},
    scale=tuple(Answer(value=value, name={"en": str(value)}) for value in (2, 1, 0, -1, -2)),
    dont_know={"en": "dk"},
    not_applicable={"en": "na"},
    bases=tuple(BasisOption(key=key, name={"en": key}) for key in "ABC"),
    thresholds=THRESHOLDS,
    rules=(),
    verdicts=(),
    steps=tuple(_step(key) for key in SIZES),
)

ITEMS = tuple(TOOLKIT.items)
FIXED = Plan(changeable=Changeable.NO)
PLANNED = Plan(changeable=Changeable.MONTHS, action="agree a by-law", owner="the planning office")


def items_of(step: str) -> tuple[str, ...]:
    """Ids of a step's items."""
    return tuple(item for item in ITEMS if TOOLKIT.step_of[item].key == step)


def ratings(everything: Value = 1, /, **exceptions: Value | None) -> dict[str, Value]:
    """Rate every item alike, but for steps or items named; None leaves an item unanswered."""
    given: dict[str, Value | None] = dict.fromkeys(ITEMS, everything)
    for name, value in exceptions.items():
        given.update(dict.fromkeys(items_of(name) if name in SIZES else (name,), value))
    return {item: value for item, value in given.items() if value is not None}


def people(*rows: Mapping[str, Value]) -> list[Sheet]:
    """One sheet per row of ratings."""
    return [Sheet(person=f"person {number}", ratings=row) for number, row in enumerate(rows)]


def judge_one(
    row: Mapping[str, Value],
    plans: Mapping[str, Plan] | None = None,
    length: Length = FULL,
    weights: Mapping[str, float] | None = None,
) -> Judgement:
    """Judge one person's ratings."""
    return judge(TOOLKIT, length, people(row), plans or {}, weights)


def examine_one(
    row: Mapping[str, Value], plans: Mapping[str, Plan] | None = None, weights: Mapping[str, float] | None = None
) -> Robustness:
    """Put one person's verdict to the test."""
    return assess_robustness(TOOLKIT, FULL, people(row), plans or {}, weights)
