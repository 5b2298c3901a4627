"""Typed text on its way into the record: cleaned, bounded, and never cut silently."""

from __future__ import annotations

import calendar
from datetime import date

from flows.cards import Number, say
from flows.cleaning import clean
from flows.world import Dialogue

LIMITS = {
    "note": 500,
    "name": 80,
    "city": 80,
    "what": 500,
    "link": 300,
    "parts": 500,
    "action": 300,
    "owner": 120,
    "due": 60,
    "reason": 300,
}
"""Longest text per use, in characters, chosen so that a card still holds it on every channel."""


def settle(dialogue: Dialogue, text: str, limit: int, *, needs_letter: bool = False) -> str:
    """The text as it will be kept, or an empty string and a toast that says what is wrong with it."""
    cleaned = clean(text[: limit * 20])
    if not cleaned or (needs_letter and not any(character.isalpha() for character in cleaned)):
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
