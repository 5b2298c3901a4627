"""The typeface: it has every character we print, and texts keep to their room."""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import locales_folder
from bot.languages import LANGUAGES
from bot.report.look import ELLIPSIS, FONTS, MISSING, NOTHING, fit, glyphs, printable, width, wrap
from flows.library import FOLDER


def catalogue_texts(language: str) -> str:
    with (locales_folder() / language / "LC_MESSAGES" / "bot.po").open("rb") as lines:
        return "".join(str(message.string) for message in read_po(lines, locale=language))


def lacking(text: str) -> set[str]:
    return {character for character in text if character.isprintable() and ord(character) not in glyphs()}


def test_the_typeface_has_every_character_of_the_catalogues() -> None:
    assert {language: lacking(catalogue_texts(language)) for language in LANGUAGES} == {key: set() for key in LANGUAGES}


def test_the_typeface_has_every_character_of_toolkits_and_practices() -> None:
    files = [*FOLDER.glob("*.toml"), *(FOLDER / "practices").glob("*.toml")]
    assert files
    assert {path.name: lacking(path.read_text("utf-8")) for path in files} == {path.name: set() for path in files}


def test_the_typeface_has_the_signs_of_the_report() -> None:
    assert lacking("→‹›±·–—“”‘’•≥≤−×□…" + MISSING + ELLIPSIS + NOTHING) == set()


def test_the_licence_lies_beside_the_typeface_and_both_stay_small() -> None:
    files = list(Path(FONTS).iterdir())
    assert "LICENSE.md" in {file.name for file in files}
    assert sum(file.stat().st_size for file in files) < 3_000_000


@given(st.text())
def test_what_is_printable_has_a_glyph_for_every_character(text: str) -> None:
    shown = printable(text)
    assert all(ord(character) in glyphs() for character in shown)
    assert printable(shown) == shown


def test_a_missing_character_stays_visible() -> None:
    assert printable("서울 bus\x00\n🚌") == "□□ bus □"


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=382), max_size=300), st.integers(60, 900))
def test_wrapped_lines_keep_to_their_room_and_lose_nothing(text: str, room: int) -> None:
    shown = printable(text)
    lines = wrap(shown, room, 30)
    assert all(width(line, 30) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(shown.split())


@given(st.text(max_size=300), st.integers(1, 3))
def test_a_fitted_text_has_no_more_lines_than_allowed_and_shows_where_it_was_cut(text: str, lines: int) -> None:
    fitted = fit(text, 300, lines, [40, 34, 28])
    assert len(fitted.lines) <= lines
    assert all(width(line, fitted.size) <= 300 for line in fitted.lines)
    whole = "".join("".join(fitted.lines).split()) == "".join(printable(text).split())
    assert whole or fitted.lines[-1].endswith(ELLIPSIS)
