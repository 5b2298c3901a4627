"""Golden conversations on Telegram: everything a person sees, taken from the platform, in both languages and lengths.

``make transcripts`` writes them anew; the difference is then read by someone who thinks in the language.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.channels.telegram.plays import PLAYS
from tests.bot.channels.telegram.stage import refusals, staged
from tests.telegram.history import history
from tests.test_transcripts import FOREIGN, UPDATE

FOLDER = Path(__file__).parents[3] / "transcripts" / "telegram"
NAMES = ("id-quick", "id-full", "id-colleague", "en-quick", "en-full", "en-colleague")

_SWITCH = {"> [English]": "en", "> [Bahasa Indonesia]": "id"}
_ADDRESS = re.compile(r"https?://\S+")


async def told(language: str, length: str, folder: Path) -> dict[str, str]:
    """Play a conversation; gives what each person saw, by the name of the transcript."""
    async with staged(folder) as stage:
        person, *colleagues = await PLAYS[length](stage, language)
        assert refusals(stage) == []
        seen = {f"{language}-{length}": history(person.person)}
        return seen | {f"{language}-colleague": history(one.person) for one in colleagues}


@pytest.mark.parametrize("length", PLAYS)
@pytest.mark.parametrize("language", FOREIGN)
def test_the_conversation_reads_as_it_did(language: str, length: str, tmp_path: Path) -> None:
    for name, transcript in asyncio.run(told(language, length, tmp_path)).items():
        golden = FOLDER / f"{name}.txt"
        if UPDATE:
            golden.write_text(transcript, encoding="utf-8")
        assert transcript == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_other_language_is_left(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    for language, line in spoken(text, name[:2]):
        words = set(re.findall(r"[a-z][a-z-]*", _ADDRESS.sub("", line).casefold()))
        assert words & set(FOREIGN[language].split()) == set(), line


def spoken(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Each line shown, with the language it must be in."""
    others = {"id": "en", "en": "id"}
    for line in text.splitlines():
        if line in _SWITCH:
            language = _SWITCH[line]
        elif line in {"> /bahasa", "> /language"}:
            language = others[language]
        elif not line.startswith(">"):
            yield language, line


@pytest.mark.parametrize("name", NAMES)
def test_a_transcript_holds_no_ids_and_no_times(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert re.search(r"\d{2}:\d{2}:\d{2}|message_id|\b1001\b", text) is None


def test_every_transcript_is_played() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(NAMES)
