"""Golden conversations: what a person sees from the notice to the verdict, in both languages and both lengths.

``make transcripts`` writes them anew; the difference is then read by someone who thinks in the language.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.channels.console import Lines
from bot.demo import Demo
from bot.handle import House
from flows.library import builtin
from storage.store import open_store

FOLDER = Path(__file__).parent / "transcripts"
NAMES = sorted(path.stem for path in FOLDER.glob("*.script"))
UPDATE = "COCOK_UPDATE_TRANSCRIPTS" in os.environ

FOREIGN = {
    "id": "the and of your you is are not with what this that answer back skip yes no help question step please keep "
    "about from which done start data-driven draft find next why how firm recommendation report picture saved",
    "en": "yang dan dari untuk tidak bapak ibu kota dengan apa ini itu jawaban kembali lewati ya bantuan pertanyaan "
    "langkah mohon silakan sudah belum mulai rancangan mengapa rekomendasi laporan gambar tersimpan adalah",
}
"""Words of the other language that would betray a sentence left untranslated."""


def clock() -> Iterator[datetime]:
    """A minute passes with every look at the clock."""
    start = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    return (start + timedelta(minutes=minute) for minute in count())


def play(name: str, folder: Path) -> tuple[int, str]:
    """Run a script on an SQLite store that is read anew for every line; gives exit code and transcript."""
    language, _, length = name.partition("-")
    out, times = io.StringIO(), clock()
    store = open_store(f"sqlite:///{folder / 'cocok.db'}")
    house = House(store=store, library=builtin())
    with (FOLDER / f"{name}.script").open(encoding="utf-8") as script:
        demo = Demo(
            house=house, person=Lines(script, out), folder=folder, language=language,
            quick=length == "quick", clock=lambda: next(times),
        )  # fmt: skip
        code = demo.run(until_verdict=True)
    store.close()
    return code, out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_the_conversation_reads_as_it_did(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, transcript = play(name, Path())
    golden = FOLDER / f"{name}.txt"
    if UPDATE:
        golden.write_text(transcript, encoding="utf-8")
    assert transcript == golden.read_text(encoding="utf-8")
    assert code == 0


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_other_language_is_left(name: str) -> None:
    shown = [line for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line[:1] != ">"]
    words = set(re.findall(r"[a-z][a-z-]*", " ".join(shown).casefold()))
    assert words & set(FOREIGN[name[:2]].split()) == set()


def test_each_language_and_length_has_its_transcript() -> None:
    assert {name.rsplit("-", 1)[0] if name.count("-") > 1 else name for name in NAMES} >= {
        "id-full", "id-quick", "en-full", "en-quick"
    }  # fmt: skip
