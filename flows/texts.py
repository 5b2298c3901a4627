"""Typed text on its way into the record: cleaned, bounded, and never cut silently."""

from __future__ import annotations

import calendar
import unicodedata
from datetime import date

from flows.cards import Number, say
from flows.world import Dialogue

LIMITS = {"note": 500, "own": 500, "action": 300, "owner": 120, "due": 60, "reason": 300}
"""Longest text per use, in characters, chosen so that a card still holds it on every channel."""


def clean(text: str) -> str:
    """Normal form C, white space folded, and no control, format or unassigned characters (line breaks stay)."""
    kept = (
        character
        for character in unicodedata.normalize("NFC", text)
        if character in "\u200d\u200c" or character.isspace() or unicodedata.category(character)[0] != "C"
    )
    lines = (" ".join(line.split()) for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def settle(dialogue: Dialogue, text: str, limit: int, *, needs_letter: bool = False) -> str:
    """The text as it will be kept, or an empty string and a toast that says what is wrong with it."""
    cleaned = clean(text[: limit * 20])
    if not cleaned.strip("\n\u200d\u200c") or (needs_letter and not any(character.isalpha() for character in cleaned)):
        dialogue.toast = say("toast.text-empty")
        return ""
    if len(cleaned) > limit or len(text) > limit * 20:
        dialogue.toast = say("toast.text-too-long", limit=Number(limit), length=Number(len(text)))
        return ""
    return cleaned


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month if it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
