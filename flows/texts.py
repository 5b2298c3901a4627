"""Typed text on its way into the record: cleaned, bounded, and never cut silently."""

from __future__ import annotations

from flows.cards import Number, say
from flows.cleaning import clean
from flows.dates import NoSuchDay, read_day
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
    "ask": 120,
    "evidence": 500,
    "shows": 200,
    "by": 100,
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


def settle_day(dialogue: Dialogue, text: str) -> str:
    """A settled text as the day it names (ISO), or as it is if it names none.

    An empty string and a toast for a day that has passed, or that no calendar has; a toast says which day was read.
    """
    today = dialogue.day(dialogue.world.now)
    try:
        day = read_day(text, today)
    except NoSuchDay:
        dialogue.toast = say("toast.no-such-day")
        return ""
    if day is None:
        return text
    if day < today:
        dialogue.toast = say("toast.day-past", day=day)
        return ""
    dialogue.toast = say("toast.day", day=day)
    return day.isoformat()
