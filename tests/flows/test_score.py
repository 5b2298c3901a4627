"""The input and output of the shell command that judges ratings: the golden example, and every fault named."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from flows.score import ScoreInputError, score_ratings
from flows.toolkit import Toolkit
from tests.flows.specimens import CRITICAL, DK, ITEMS, NA, TOOLKIT, ratings

GOLDEN = json.loads((Path(__file__).parent / "golden-score.json").read_text(encoding="utf-8"))


def resolve(reference: str) -> Toolkit:
    return {"citynet": TOOLKIT, "citynet@1": TOOLKIT}[reference]


def given(**changes: object) -> dict[str, Any]:
    person = {"id": "a", "ratings": ratings(1)}
    everything = {"toolkit": "citynet", "length": "full", "people": [person], **changes}
    return {name: value for name, value in everything.items() if value is not None}


def rated(row: Mapping[str, object], **fields: object) -> dict[str, Any]:
    return given(people=[{"id": "a", "ratings": dict(row)}], **fields)


def score(source: str | bytes | Mapping[str, object]) -> Any:
    return json.loads(json.dumps(score_ratings(source, resolve), allow_nan=False))


def faults(source: str | bytes | Mapping[str, object]) -> tuple[str, ...]:
    with pytest.raises(ScoreInputError) as refusal:
        score_ratings(source, resolve)
    assert str(refusal.value) == "\n".join(refusal.value.faults)
    return refusal.value.faults


def test_the_golden_example() -> None:
    found, expected = score(GOLDEN["input"]), GOLDEN["expected"]
    assert found["toolkit"] == "citynet@1"
    for name in ("people", "verdict", "rule", "confidence"):
        assert found[name] == expected[name]
    for name in ("coverage", "total"):
        assert found[name] == pytest.approx(expected[name], abs=0.00005)
    assert found["steps"] == pytest.approx(expected["steps"], abs=0.00005)
    robustness, wanted = found["robustness"], dict(expected["robustness"])
    assert robustness["same_verdict_share"] == pytest.approx(wanted.pop("same_verdict_share"), abs=0.02)
    moves = [{"item": move["item"], "to": move["to"]} for move in robustness["one_answer_changes"]]
    assert moves == wanted.pop("one_answer_changes")
    assert {move["verdict"] for move in robustness["one_answer_changes"]} == {"adapt-then-pilot"}
    assert {name: robustness[name] for name in wanted} == wanted


def test_the_output_has_exactly_the_fields_promised() -> None:
    found = score(rated(ratings(1, C4=NA, K2=DK)))
    assert list(found) == [
        "toolkit",
        "people",
        "coverage",
        "total",
        "steps",
        "items",
        "verdict",
        "rule",
        "because",
        "robustness",
        "confidence",
    ]
    assert tuple(found["items"]) == ITEMS
    nothing = {"median": None, "disagreement_index": None, "agreement": None, "split": False}
    assert found["items"]["C4"] == {**nothing, "n": 0, "dk": 0, "na": 1, "applicable": False}
    assert found["items"]["K2"] == {**nothing, "n": 0, "dk": 1, "na": 0, "applicable": True}
    assert found["items"]["P1"] == {**nothing, "median": 1, "n": 1, "dk": 0, "na": 0, "applicable": True}


def test_text_bytes_and_an_object_are_read_alike() -> None:
    text = json.dumps(GOLDEN["input"])
    assert score(text) == score(text.encode()) == score(b"\xef\xbb\xbf" + text.encode()) == score(GOLDEN["input"])


def test_a_pinned_toolkit_is_found() -> None:
    assert score(given(toolkit="citynet@1"))["toolkit"] == "citynet@1"


def test_plans_reach_the_verdict() -> None:
    row = ratings(2, C1=-1)
    assert score(rated(row))["rule"] == 7
    assert score(rated(row, actions={"C1": {"text": "a by-law", "owner": "the planning office"}}))["rule"] == 5
    assert score(rated(row, actions={"C1": {"text": "a by-law"}}))["rule"] == 7
    fixed = rated(row, changeable={"C1": "no"}, actions={"C1": {"text": "a by-law", "owner": "the planning office"}})
    assert score(fixed)["rule"] == 7
    assert score(rated(ratings(2, C1=-2), changeable={"C1": "no"}))["rule"] == 1


def test_the_basis_reaches_the_confidence() -> None:
    person = {"id": "a", "ratings": ratings(1), "basis": {"N1": "A"}}
    assert score(given(people=[person]))["confidence"] == {"evidence": "robust", "agreement": None, "level": "medium"}


def test_weights_reach_the_total() -> None:
    assert score(rated(ratings(1, need=2), weights={"need": 5}))["total"] == 87.5


def test_other_items_are_accepted_and_ignored_in_the_quick_length() -> None:
    found = score(rated(ratings(1, C4=-2), length="quick"))
    assert (found["verdict"], "C4" in found["items"]) == ("looks-promising", False)


def because(row: Mapping[str, object], **fields: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = score(rated(row, **fields))["because"]
    return found


def test_the_reasons_name_items_and_steps() -> None:
    assert because(ratings(2, C1=-2)) == [{"item": "C1", "value": -2, "threshold": -1.5}]
    assert because(ratings(2, N1=DK)) == [{"item": "N1", "value": None, "threshold": None}]
    assert because(ratings(2, need=-1, N1=0)) == [{"step": "need", "value": 31.25, "threshold": 40}]


def test_missing_coverage_is_told_by_the_items_to_find_out() -> None:
    missing = ["P1", "P2", "P3", "P4", "N1", "N2", "N3", "C2", "C4", "C5"]
    found = because(ratings(2, **dict.fromkeys(missing, DK)))
    assert found == [{"item": item, "value": None, "threshold": None} for item in missing]


def test_a_low_total_is_told_by_the_steps_that_hold_it_down() -> None:
    found = because(ratings(0, need=2, practice=0), weights={"practice": 0})
    assert found == [
        {"step": step, "value": 50, "threshold": 70} for step in ("context", "capacity", "adaptation", "risk")
    ]


@pytest.mark.parametrize(
    "row", [ratings(value) for value in (-2, -1, 0, 1, 2)] + [ratings(1, C1=value) for value in (-2, -1, 0)]
)
def test_every_verdict_has_a_reason(row: Mapping[str, object]) -> None:
    found = because(row)
    assert found
    assert all(list(reason) in (["item", "value", "threshold"], ["step", "value", "threshold"]) for reason in found)


@pytest.mark.parametrize(
    "value", [-3, 3, 1.0, 0.5, True, False, None, "2", "DK", "", [], {}, float("nan"), float("inf"), 10**400]
)
def test_what_is_no_rating_is_refused(value: object) -> None:
    (fault,) = faults(rated(ratings(1) | {"P1": value}))
    assert fault.startswith('person "a": ratings: P1: ')
    assert fault.endswith("is no rating; use -2, -1, 0, 1, 2, dk or na")


@pytest.mark.parametrize("item", CRITICAL)
def test_a_critical_item_cannot_be_called_not_applicable(item: str) -> None:
    assert faults(rated(ratings(1, **{item: NA}))) == (
        f'person "a": ratings: {item}: a critical item cannot be na; use dk for don\'t know',
    )


def test_unknown_items_are_refused_wherever_they_stand() -> None:
    found = faults(
        given(
            people=[{"id": "a", "ratings": {"Z1": 1}, "basis": {"Z2": "A"}}],
            changeable={"Z3": "no"},
            actions={"Z4": {"text": "", "owner": ""}},
        )
    )
    assert found == (
        'person "a": ratings: "Z1" is no item of citynet@1',
        'person "a": basis: "Z2" is no item of citynet@1',
        'changeable: "Z3" is no item of citynet@1',
        'actions: "Z4" is no item of citynet@1',
    )


def test_two_people_of_one_name_are_refused() -> None:
    person = {"id": "a", "ratings": {}}
    assert faults(given(people=[person, person])) == ('person number 2: "a" is already in the list',)


@pytest.mark.parametrize("people", [[], {}, "a", 1])
def test_nobody_is_refused(people: object) -> None:
    assert faults(given(people=people)) == ("people: must be a list of at least one person",)


@pytest.mark.parametrize("name", ["toolkit", "length", "people"])
def test_what_is_missing_is_named(name: str) -> None:
    assert faults(given(**{name: None})) == (f"the input: {name} is missing",)


@pytest.mark.parametrize("toolkit", ["other", "citynet@2", "", 1, ["citynet"]])
def test_an_unknown_toolkit_is_refused(toolkit: object) -> None:
    (fault,) = faults(given(toolkit=toolkit))
    assert fault == f"toolkit: {json.dumps(toolkit)} is not known; give a key or key@version"


@pytest.mark.parametrize("length", ["short", "Full", 1, []])
def test_an_unknown_length_is_refused(length: object) -> None:
    assert faults(given(length=length)) == (f"length: {json.dumps(length)} must be one of full, quick",)


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("weights", [], "weights: must be an object"),
        ("weights", {"practise": 1}, 'weights: "practise" is no step of citynet@1'),
        ("weights", {"need": -1}, "weights: need: -1 must be a finite number, 0 or more"),
        ("weights", {"need": True}, "weights: need: true must be a finite number, 0 or more"),
        ("weights", {"need": "1"}, 'weights: need: "1" must be a finite number, 0 or more'),
        ("weights", {"need": float("nan")}, "weights: need: NaN must be a finite number, 0 or more"),
        ("weights", {"need": float("inf")}, "weights: need: Infinity must be a finite number, 0 or more"),
        (
            "weights",
            {step.key: 0 for step in TOOLKIT.steps},
            "weights: at least one step must weigh more than 0",
        ),
        ("changeable", [], "changeable: must be an object"),
        ("changeable", {"C1": "never"}, 'changeable: C1: "never" must be one of months, years, no'),
        ("actions", {"C1": "a by-law"}, "actions: C1: must be an object with text and owner"),
        ("actions", {"C1": {"text": 1}}, "actions: C1: text: 1 must be text"),
        ("actions", {"C1": {"text": "a", "by": "b"}}, 'actions: C1: unknown field "by"'),
        ("people", [1], "person number 1: must be an object"),
        ("people", [{"ratings": {}}], "person number 1: id is missing"),
        ("people", [{"id": " ", "ratings": {}}], 'person number 1: id: " " must be text'),
        ("people", [{"id": 1, "ratings": {}}], "person number 1: id: 1 must be text"),
        ("people", [{"id": "a"}], "person number 1: ratings is missing"),
        ("people", [{"id": "a", "ratings": []}], 'person "a": ratings: must be an object'),
        ("people", [{"id": "a", "ratings": {}, "basis": "A"}], 'person "a": basis: must be an object'),
        (
            "people",
            [{"id": "a", "ratings": {}, "basis": {"N1": "D"}}],
            'person "a": basis: N1: "D" must be one of A, B, C',
        ),
        ("people", [{"id": "a", "ratings": {}, "role": "x"}], 'person number 1: unknown field "role"'),
        ("comment", "hello", 'the input: unknown field "comment"'),
    ],
)
def test_a_wrong_part_is_named(field: str, value: object, fault: str) -> None:
    assert faults(given(**{field: value})) == (fault,)


def test_a_weight_beyond_every_number_is_refused() -> None:
    text = json.dumps(given(weights={"need": 1})).replace('"need": 1', '"need": 1e999')
    assert faults(text) == ("weights: need: Infinity must be a finite number, 0 or more",)
    (fault,) = faults(given(weights={"need": 10**400}))
    assert fault.endswith("... must be a finite number, 0 or more")


def test_every_fault_is_told_at_once() -> None:
    person = {"id": "a", "ratings": {"P1": 9, "Z9": 1, "N1": "na"}, "basis": {"P1": "Q"}}
    found = faults(given(toolkit="citynet", length="x", people=[person, person], weights={"need": -1}, extra=1))
    assert len(found) == 12


def test_what_can_be_checked_without_the_toolkit_still_is() -> None:
    found = faults(given(toolkit="other", people=[{"id": "a", "ratings": {"Z1": 1, "P1": 5}}], weights={"x": -1}))
    assert [fault.partition(":")[0] for fault in found] == ["toolkit", 'person "a"', "weights"]


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}", "nonsense", b"\xff\xfe\xfd", "[" * 100_000, "1" * 5000])
def test_broken_json_is_refused(text: str | bytes) -> None:
    (fault,) = faults(text)
    assert fault.startswith("the input is not readable JSON: ")


@pytest.mark.parametrize("text", ["[]", "1", "null", '"a"', "NaN"])
def test_json_that_is_no_object_is_refused(text: str) -> None:
    assert faults(text) == ("the input must be a JSON object",)


def test_a_key_given_twice_is_refused() -> None:
    text = json.dumps(given()).replace('"P1": 1', '"P1": 1, "P1": 2')
    assert faults(text) == ('the key "P1" appears twice in one object',)


def test_a_value_that_nests_deeply_is_named_without_being_shown() -> None:
    deep: object = 1
    for _ in range(100_000):
        deep = [deep]
    assert faults(rated(ratings(1) | {"P1": deep})) == (
        'person "a": ratings: P1: a value that nests too deeply is no rating; use -2, -1, 0, 1, 2, dk or na',
    )
