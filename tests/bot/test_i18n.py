"""Numbers, dates, lists and plurals as each language writes them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.i18n import Translator, translator
from bot.languages import LANGUAGES
from flows.cards import Listing, Local, Message, Number, Said, Verbatim, count, say

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "indonesian", "english"),
    [
        (Number(62.5, 1), "62,5", "62.5"),
        (Number(75.0, 1), "75", "75"),
        (Number(20000), "20.000", "20,000"),
        (Number(-1, 1), "-1", "-1"),
        (Number(0.81, percent=True), "81%", "81%"),
        (Number(0.815, 1, percent=True), "81,5%", "81.5%"),
        (DAY, "23 November 2026", "23 November 2026"),
        (date(2027, 5, 1), "1 Mei 2027", "1 May 2027"),
        (Listing((Verbatim("a"), Verbatim("b"))), "a dan b", "a and b"),
        (Listing((Verbatim("a"), Verbatim("b"), Number(1.5, 1))), "a, b, dan 1,5", "a, b and 1.5"),
        (Listing((Verbatim("a"),)), "a", "a"),
        (Listing(()), "", ""),
        (Verbatim("{n} %s"), "{n} %s", "{n} %s"),
        (Local({"id": "Kebutuhan", "en": "Need"}), "Kebutuhan", "Need"),
    ],
)
def test_each_language_writes_it_its_own_way(said: Said, indonesian: str, english: str) -> None:
    assert [translator("id")(said), translator("en")(said)] == [indonesian, english]


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [(1, "1 bulan", "1 month"), (3, "3 bulan", "3 months"), (1000, "1.000 bulan", "1,000 months")],
)
def test_a_sentence_takes_the_form_its_number_needs(number: int, indonesian: str, english: str) -> None:
    said = count("barrier.in-months", number)
    assert indonesian in translator("id")(said)
    assert translator("en")(said).endswith(english)


def test_what_is_said_inside_a_sentence_is_translated_too() -> None:
    said = say("confirm.step", step=Local({"id": "Risiko", "en": "Risk"}), old=say("score.none"), new=Number(62.5, 1))
    assert "62,5" in translator("id")(said)
    assert "Risk: no score" in translator("en")(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_braces_a_person_wrote_stay_braces(language: str) -> None:
    assert "{n}{note}" in translator(language)(say("item.note", note=Verbatim("{n}{note}")))


def test_a_key_without_a_sentence_shows_itself() -> None:
    assert translator("en")(Message("no.such-key")) == "no.such-key"


def test_a_catalogue_that_was_not_compiled_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.i18n.LOCALES", {"ms": "ms_MY"})
    with pytest.raises(FileNotFoundError, match="bot"):
        Translator("ms")


def test_a_translator_is_loaded_once() -> None:
    assert translator("id") is translator("id")
    assert (translator("id").language, str(translator("en").locale)) == ("id", "en_GB")
