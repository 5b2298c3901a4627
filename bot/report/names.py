"""Names of the files a person takes away: readable, and safe on every file system they may be saved to."""

from __future__ import annotations

import unicodedata
from datetime import date
from enum import StrEnum

from bot.i18n import Translator
from flows.assessment import City
from flows.cards import say
from flows.practice import Practice

LONGEST = 120
"""Bytes in UTF-8, extension included: room enough for any file system and for a sync folder's own suffixes."""

_FORBIDDEN = frozenset('<>:"/\\|?*')
_INTERNATIONAL = "en"


class Kind(StrEnum):
    """What the file holds; the value is its extension."""

    PDF = "pdf"
    PICTURE = "png"


def file_name(  # noqa: PLR0913 - a name of six parts
    kind: Kind, practice: Practice, city: City | None, day: date, tell: Translator, *, copy: int = 1
) -> str:
    """``Rekomendasi - Owl Bus - Banda Aceh - 2026-11-23.pdf``.

    The practice goes by its international (English) name in every language, so that the files of one case lie
    together wherever they come from; only the first word follows the reader's language. From the second ``copy`` on the
    name is numbered: ``… - 2026-11-23 (2).pdf``.
    """
    first = _safe(tell(say("report.file")))
    name = practice.name.get(_INTERNATIONAL) or next(iter(practice.name.values()), "")
    number = f" ({copy})" if copy > 1 else ""
    last = f"{day:%Y-%m-%d}{number}.{kind.value}"
    middle = _share([_safe(name), _safe(city.name if city else "")], LONGEST - len(f"{first} -  - {last}".encode()))
    return " - ".join([first, *middle, last])


def _safe(text: str) -> str:
    """``text`` without what a file system or a reader could trip over, in one line."""
    kept = "".join(" " if character in _FORBIDDEN or character.isspace() else character for character in text)
    normal = unicodedata.normalize("NFC", kept)
    visible = (character for character in normal if not unicodedata.category(character).startswith("C"))
    return " ".join("".join(visible).split()).strip(" .-")


def _share(texts: list[str], room: int) -> list[str]:
    """The texts that are not empty, cut to ``room`` bytes together; what one leaves unused goes to the others."""
    shared = [text for text in texts if text]
    room -= len(" - ") * max(0, len(shared) - 1)
    by_length = sorted(range(len(shared)), key=lambda place: len(shared[place].encode()))
    for done, place in enumerate(by_length):
        shared[place] = _cut(shared[place], room // (len(shared) - done))
        room -= len(shared[place].encode())
    return [text for text in shared if text]


def _cut(text: str, room: int) -> str:
    """At most ``room`` bytes, never half a character nor a base without its accent."""
    kept = text.encode()[:room].decode(errors="ignore")
    while kept != text and kept and unicodedata.combining(text[len(kept)]):
        kept = kept[:-1]
    return kept.rstrip(" .-")
