"""The files a person takes away: nothing that lies there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.takeaway import write_takeaway
from flows.dialogue import Conversation, Phase
from flows.ratings import Rating
from storage.store import open_store
from tests.bot.report.specimen import THEN, assessment
from tests.talking import MORNING, house_on

FIRST = {
    "Recommendation - Owl Bus - Banda Aceh - 2026-11-23.pdf",
    "Recommendation - Owl Bus - Banda Aceh - 2026-11-23.png",
}
SECOND = {name.replace("23.", "23 (2).") for name in FIRST}
THIRD = {name.replace("23.", "23 (3).") for name in FIRST}


def write(folder: Path, *, changed: int | None = None) -> set[str]:
    """Write the files of an assessment, with one answer changed, and tell their names."""
    found = assessment()
    if changed is not None:
        found.rate("P1", Rating(value=changed), THEN)
    conversation = Conversation(id="c", channel="console", address="1001", language="en", assessment=found)
    return {path.name for path in write_takeaway(house_on(open_store("memory://")), conversation, folder, MORNING)}


def test_the_same_assessment_keeps_its_files(tmp_path: Path) -> None:
    assert write(tmp_path) == FIRST
    assert write(tmp_path) == FIRST
    assert {path.name for path in tmp_path.iterdir()} == FIRST


def test_another_assessment_of_the_same_practice_city_and_day_gets_numbered_files(tmp_path: Path) -> None:
    write(tmp_path)
    first = {name: (tmp_path / name).read_bytes() for name in FIRST}
    assert write(tmp_path, changed=-2) == SECOND
    assert write(tmp_path, changed=-1) == THIRD
    assert write(tmp_path, changed=-2) == SECOND
    assert {name: (tmp_path / name).read_bytes() for name in FIRST} == first


def test_picture_and_report_carry_the_same_number(tmp_path: Path) -> None:
    (tmp_path / min(FIRST)).write_bytes(b"something else")
    assert write(tmp_path) == SECOND


def test_without_an_assessment_there_is_nothing_to_take_away(tmp_path: Path) -> None:
    conversation = Conversation(id="c", channel="console", address="1001", phase=Phase.HOME)
    with pytest.raises(LookupError):
        write_takeaway(house_on(open_store("memory://")), conversation, tmp_path, MORNING)
    assert list(tmp_path.iterdir()) == []
