"""Text as it is kept: composed, folded, and without what nobody can see."""

from __future__ import annotations

import unicodedata

FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters to Unicode, invisible to people."""

JOINERS = frozenset("\u200c\u200d")
"""Invisible too, but some scripts and emoji need them between characters."""


def clean(text: str) -> str:
    """Normal form C, white space folded, nothing invisible; line breaks stay, empty lines go."""
    kept = (character for character in unicodedata.normalize("NFC", text) if _is_kept(character))
    lines = (" ".join(line.split()) for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line.strip("".join(JOINERS)))


def clean_line(text: str) -> str:
    """The same in one line, and without joiners: a name."""
    return " ".join(clean("".join(" " if c.isspace() else c for c in text if c not in JOINERS)).split())


def _is_kept(character: str) -> bool:
    if character in JOINERS or character.isspace():
        return True
    return unicodedata.category(character)[0] != "C" and character not in FILLERS
