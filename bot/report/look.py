"""The look shared by picture and PDF: colours, the bundled typeface, and how much room a text takes in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Source Sans 3"
REGULAR = "SourceSans3-Regular"
BOLD = "SourceSans3-Semibold"

INK = "#17262e"
QUIET = "#4a5b65"
ACCENT = "#0d5560"
PALE = "#d5e6e8"
TRACK = "#e6ecee"
PAPER = "#ffffff"

MISSING = "□"
ELLIPSIS = "…"
NOTHING = "–"

_UNSEEN = frozenset({"Cc", "Cf"})
_VARIATION = range(0xFE00, 0xFE10)


@cache
def _font(name: str) -> TTFont:
    font = TTFont(name, FONTS / f"{name}.ttf")
    pdfmetrics.registerFont(font)
    return font


@cache
def glyphs() -> frozenset[int]:
    """Code points that both weights can show. Also makes the typeface known to the PDF library."""
    known = frozenset(_font(REGULAR).face.charToGlyph) & frozenset(_font(BOLD).face.charToGlyph)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return known


def printable(text: str) -> str:
    """``text`` with every character the typeface lacks shown as ``MISSING``, spaces plain, control characters gone."""
    shown: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        shown.append(_shown(character, after=shown[-1] if shown else ""))
    return "".join(shown)


def _shown(character: str, after: str) -> str:
    kind = unicodedata.category(character)
    if character.isspace():
        return " "
    if kind in _UNSEEN or ord(character) in _VARIATION:
        return ""
    if ord(character) in glyphs():
        return character
    return "" if kind.startswith("M") and after in {MISSING, ""} else MISSING


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of ``text`` in the unit of ``size``, without kerning."""
    glyphs()
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than ``room``; a word that is wider by itself is broken."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text, room, size, bold=bold):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, bold=bold) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def _pieces(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        rest = word
        while width(rest, size, bold=bold) > room and len(rest) > 1:
            head = _longest(rest, room, size, bold=bold)
            pieces.append(head)
            rest = rest[len(head) :]
        pieces.append(rest)
    return pieces


def _longest(text: str, room: float, size: float, *, bold: bool) -> str:
    """The longest beginning of ``text`` that fits, at least one character."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle], size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low]


@dataclass(frozen=True)
class Fitted:
    """Lines of text at the size at which they fit."""

    lines: tuple[str, ...]
    size: float
    bold: bool = False


def fit(text: str, room: float, lines: int, sizes: Sequence[float], *, bold: bool = False) -> Fitted:
    """``text`` in at most ``lines`` lines at the first of ``sizes`` that allows it, else cut with an ellipsis."""
    text = printable(text)
    for size in sizes:
        wrapped = wrap(text, room, size, bold=bold)
        if len(wrapped) <= lines and not _breaks_words(wrapped, text):
            return Fitted(tuple(wrapped), size, bold)
    wrapped = wrap(text, room, sizes[-1], bold=bold)
    if len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], _cut(" ".join(wrapped[lines - 1 :]), room, sizes[-1], bold=bold)]
    return Fitted(tuple(wrapped), sizes[-1], bold)


def _breaks_words(lines: Sequence[str], text: str) -> bool:
    return " ".join(lines) != " ".join(text.split())


def _cut(text: str, room: float, size: float, *, bold: bool) -> str:
    return _longest(text, room - width(ELLIPSIS, size, bold=bold), size, bold=bold).rstrip() + ELLIPSIS
