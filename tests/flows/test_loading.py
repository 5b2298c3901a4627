"""A file either becomes the frozen types or is refused with every fault named as operators see it."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.library import FOLDER
from flows.loading import (
    BrokenFile,
    dump_practice,
    dump_toolkit,
    load_practice,
    load_toolkit,
    parse_practice,
    parse_toolkit,
)
from flows.practice import Practice, Source
from flows.toolkit import Track, Words

SHIPPED = FOLDER / "citynet-1.toml"
DOCUMENT = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))

PRACTICE = {
    "key": "night-bus",
    "name": {"en": "Night bus", "id": "Bus malam"},
    "city": {"en": "Seoul", "id": "Seoul"},
    "what": {"en": "Buses at night.", "id": "Bus pada malam hari."},
}

words = st.dictionaries(st.sampled_from(["en", "id", "ko"]), st.text())
FIELDS = {
    int: st.integers(),
    str: st.text(),
    Words: words,
    tuple[str, ...]: st.lists(st.text()).map(tuple),
    tuple[int, ...]: st.lists(st.integers()).map(tuple),
    tuple[Words, ...]: st.lists(words).map(tuple),
    tuple[Source, ...]: st.lists(st.builds(Source, title=words, url=st.text())).map(tuple),
}
practices = st.builds(Practice, **{name: FIELDS[hint] for name, hint in get_type_hints(Practice).items()})


def faults(document: dict[str, Any], name: str = "some.toml") -> list[str]:
    with pytest.raises(BrokenFile) as refused:
        parse_toolkit(document, name)
    return [str(fault) for fault in refused.value.faults]


def refusal(path: Path) -> str:
    with pytest.raises(BrokenFile) as refused:
        load_toolkit(path)
    assert refused.value.file == path.name
    return str(refused.value)


@pytest.fixture
def document() -> dict[str, Any]:
    return deepcopy(DOCUMENT)


def test_a_toolkit_file_becomes_frozen_types() -> None:
    toolkit = load_toolkit(SHIPPED)
    assert toolkit.reference == "citynet@1"
    assert len(toolkit.items) == 32
    assert all(isinstance(item.track, Track) for item in toolkit.items.values())
    assert all(isinstance(step.weight, float) for step in toolkit.steps)


def test_every_fault_is_told_at_once_with_file_item_and_field(document: dict[str, Any]) -> None:
    step = next(step for step in document["steps"] if step["key"] == "context")
    step["items"][0]["track"] = "magic"
    step["items"][1]["critical"] = 1
    del step["items"][2]["question"]
    step["weight"] = "1"
    document["verdicts"][0]["colour"] = "red"
    document["thresholds"]["coverage"] = "0.7"
    del document["title"]
    ids = [item["id"] for item in step["items"]]
    assert sorted(faults(document)) == sorted(
        [
            "some.toml: title: is missing",
            "some.toml: thresholds.coverage: must be a finite number without quotes",
            f"some.toml: verdict {document['verdicts'][0]['key']}: colour: is not a known field; is it misspelt?",
            "some.toml: step context: weight: must be a finite number without quotes",
            f"some.toml: item {ids[0]}: track: must be 'policy', 'institution', 'infrastructure' or 'cooperation'",
            f"some.toml: item {ids[1]}: critical: must be true or false, without quotes",
            f"some.toml: item {ids[2]}: question: is missing",
        ]
    )


def test_an_entry_without_a_name_is_told_by_its_position(document: dict[str, Any]) -> None:
    del document["steps"][1]["items"][2]["id"]
    step = document["steps"][1]["key"]
    assert faults(document) == [f"some.toml: item number 3 of step {step}: id: is missing"]


def test_a_text_outside_a_table_of_languages_is_refused(document: dict[str, Any]) -> None:
    document["steps"][0]["name"] = "Practice"
    place = f"step {document['steps'][0]['key']}"
    assert faults(document) == [f'some.toml: {place}: name: must be a table such as {{ en = "...", id = "..." }}']


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_thresholds_and_weights_are_finite(document: dict[str, Any], number: float) -> None:
    document["thresholds"]["ready_total"] = number
    document["steps"][0]["weight"] = number
    place = f"step {document['steps'][0]['key']}"
    assert sorted(faults(document)) == [
        f"some.toml: {place}: weight: must be a finite number without quotes",
        "some.toml: thresholds.ready_total: must be a finite number without quotes",
    ]


@pytest.mark.parametrize("values", [[2, 1, 0, -1], [3, 1, 0, -1, -2], [2, 2, 1, 0, -1, -2], [0, 1, 2, -1, -2], []])
def test_the_scale_is_the_five_answers(document: dict[str, Any], values: list[int]) -> None:
    document["scale"] = [{**document["scale"][0], "value": value} for value in values]
    assert faults(document) == [
        "some.toml: scale: must hold the five answers 2, 1, 0, -1, -2, in this order or from -2 to 2"
    ]


def test_the_scale_may_run_either_way(document: dict[str, Any]) -> None:
    document["scale"].reverse()
    assert [answer.value for answer in parse_toolkit(document, "some.toml").scale] == [-2, -1, 0, 1, 2]


def test_the_bases_are_a_b_and_c(document: dict[str, Any]) -> None:
    document["bases"][1]["key"] = "D"
    assert faults(document) == ["some.toml: bases: must hold A, B and C, in this order"]


def test_ids_used_twice_still_load_so_that_lint_can_name_them(document: dict[str, Any]) -> None:
    document["steps"][1]["items"][0]["id"] = document["steps"][0]["items"][0]["id"]
    assert parse_toolkit(document, "some.toml").key == "citynet"


def test_a_practice_part_is_told_by_its_position() -> None:
    parts = [{"en": "a", "id": "b"}, {"en": 3, "id": "b"}]
    with pytest.raises(BrokenFile) as refused:
        parse_practice({**PRACTICE, "parts": parts, "sdgs": ["12"], "sources": [{"title": {"en": "T"}}]}, "p.toml")
    assert [str(fault) for fault in refused.value.faults] == [
        "p.toml: SDG number 1: must be a whole number without quotes",
        "p.toml: part number 2: en: must be text in quotes",
        "p.toml: source number 1: url: is missing",
    ]


def test_a_date_where_text_belongs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "night-bus.toml"
    path.write_text('key = "x"\nname.en = 2013-09-01\ncity.en = "Seoul"\nwhat.en = "Buses"\n', encoding="utf-8")
    with pytest.raises(BrokenFile, match=r"^night-bus\.toml: name\.en: must be text in quotes$"):
        load_practice(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b'key = "citynet', "is not valid TOML: "),
        (b'key = "a"\nkey = "b"', "is not valid TOML: "),
        (b"version = " + b"9" * 5000, "is not valid TOML: "),
        (b'key = "K\xe9"', "is not saved as UTF-8 text (byte 9 does not fit)"),
        (b"key = " + b"[" * 20_000, "nests lists or tables too deeply"),
        (b"#" * 1_000_001, "is larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_toml_is_refused_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "some-1.toml"
    path.write_bytes(content)
    told = refusal(path)
    assert told.startswith(f"some-1.toml: {message}")
    assert "\n" not in told


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.toml") == "none.toml: does not exist"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    assert refusal(folder) == "folder.toml: is a folder, not a file"


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file" / "some.toml").startswith("some.toml: cannot be read: ")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "citynet-1.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SHIPPED.read_bytes())
    assert load_toolkit(path) == load_toolkit(SHIPPED)


def test_a_stored_toolkit_reads_back_equal() -> None:
    toolkit = load_toolkit(SHIPPED)
    assert parse_toolkit(json.loads(dump_toolkit(toolkit)), "stored") == toolkit


@given(practices)
def test_a_stored_practice_reads_back_equal(practice: Practice) -> None:
    assert parse_practice(json.loads(dump_practice(practice)), "stored") == practice


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | words))
def test_whatever_a_field_holds_is_refused_and_never_crashes(value: object) -> None:
    for field in ("scale", "bases", "steps", "thresholds", "title", "minutes"):
        with pytest.raises(BrokenFile):
            parse_toolkit({**DOCUMENT, field: value, "key": 1}, "some.toml")
