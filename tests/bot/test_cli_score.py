"""``cocok score``: the contract's example, readable words, and every way to refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.shell import ROOT, TOOLKIT, failure, folder, run

__all__ = ["folder"]

GOLDEN = json.loads((ROOT / "tests" / "flows" / "golden-score.json").read_text(encoding="utf-8"))
RATINGS = json.dumps(GOLDEN["input"])


def agrees(found: Any, expected: Any) -> bool:
    """Whether all that is expected is found, numbers to four decimals, a share of drawn weightings to two."""
    if isinstance(expected, dict):
        share = expected.get("same_verdict_share", found.get("same_verdict_share"))
        near = share == pytest.approx(found.get("same_verdict_share"), abs=0.02)
        return near and all(agrees(found[key], expected[key]) for key in expected.keys() - {"same_verdict_share"})
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(agrees, found, expected))
    return bool(found == (pytest.approx(expected, abs=1e-4) if isinstance(expected, float) else expected))


def test_the_golden_example_gives_its_result(folder: Path) -> None:
    (folder / "ratings.json").write_text(RATINGS)
    result = run("score", "ratings.json", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert agrees(found, GOLDEN["expected"])


def test_standard_input_is_judged_like_a_file_and_no_database_is_made(folder: Path) -> None:
    assert json.loads(run("score", "-", "--json", given=RATINGS).stdout)["verdict"] == "ready-to-pilot"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "beginning", "score"), [("en", "Recommendation: ", "87.5"), ("id", "Rekomendasi: ", "87,5")]
)
def test_the_summary_speaks_the_language_asked_for(language: str, beginning: str, score: str) -> None:
    result = run("score", "-", "--lang", language, given=RATINGS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(beginning)
    assert score in result.stdout


def test_the_summary_is_short_even_when_nothing_is_known() -> None:
    nothing = json.dumps({"toolkit": "citynet", "length": "quick", "people": [{"id": "a", "ratings": {}}]})
    result = run("score", "-", given=nothing)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) < 25


def test_every_fault_has_its_own_line_and_nothing_is_printed() -> None:
    person = {"id": "a", "ratings": {"X9": 1, "P1": 7}}
    result = run("score", "-", "--json", given=json.dumps({"toolkit": "citynet", "people": [person, person]}))
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert all(line.startswith("cocok: ") for line in lines)
    for fault in ("length is missing", '"X9" is no item', "7 is no rating", "already in the list"):
        assert any(fault in line for line in lines)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", bytes(range(256)), b"[" * 100_000])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_is_no_json_object_is_refused(content: bytes, form: tuple[str, ...]) -> None:
    code, line = failure(run("score", "-", *form, given=content))
    assert code == 2
    assert line.startswith("cocok: the input ")


def test_a_toolkit_that_is_not_there_is_refused() -> None:
    code, line = failure(run("score", "-", given=json.dumps({**GOLDEN["input"], "toolkit": "citynet@9"})))
    assert code == 2
    assert '"citynet@9" is not known' in line


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_a_file_that_cannot_be_read_is_wrong_usage(name: str) -> None:
    code, line = failure(run("score", name))
    assert code == 2
    assert name in line


def test_too_much_is_refused_before_it_is_read(folder: Path) -> None:
    (folder / "large.json").write_bytes(b" " * 10_000_001)
    code, line = failure(run("score", "large.json"))
    assert code == 2
    assert "larger than 10 MB" in line


def test_an_imported_toolkit_can_be_judged_by(folder: Path) -> None:
    text = TOOLKIT.read_text(encoding="utf-8").replace("version = 1", "version = 2", 1)
    (folder / "citynet-2.toml").write_text(text, encoding="utf-8")
    run("toolkit", "import", "citynet-2.toml")
    for name, reference in (("citynet", "citynet@2"), ("citynet@1", "citynet@1")):
        given = json.dumps({**GOLDEN["input"], "toolkit": name})
        assert json.loads(run("score", "-", "--json", given=given).stdout)["toolkit"] == reference
