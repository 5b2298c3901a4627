"""Not known yet: who is to be asked, and by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows.dates import months_later
from flows.ratings import Mark, Rating
from flows.texts import LIMITS, settle, settle_day
from flows.world import Dialogue

WEEKS = (1, 2)
MONTH = "month"
"""Times offered for an answer: so many weeks, or a month."""

_HELD = ("value", "basis", "by", "note", "language")
"""What an edit holds back of a new answer; whoever is to be asked takes its place."""


def known_people(dialogue: Dialogue) -> tuple[str, ...]:
    """Up to three people or departments already named in this assessment, offered again."""
    asked = [rating.ask for rating in dialogue.assessment.ratings.values()]
    owners = [plan.owner for plan in dialogue.assessment.plans.values()]
    return tuple(dict.fromkeys(name for name in (*asked, *owners) if name))[:3]


def name(dialogue: Dialogue, value: str) -> bool:
    """Write down who is to be asked: the item counts as not known, and its note stays."""
    text = settle(dialogue, value, LIMITS["ask"])
    if text:
        _ask(dialogue, " ".join(text.split()))
    return False


def choose(dialogue: Dialogue, value: str) -> bool:
    """Take one of those already named."""
    _ask(dialogue, known_people(dialogue)[int(value)])
    return False


def _ask(dialogue: Dialogue, who: str) -> None:
    conversation, old = dialogue.conversation, dialogue.rating(dialogue.conversation.focus)
    rating = Rating(
        value=Mark.DONT_KNOW, note=old.note, language=conversation.language, ask=who,
        until=old.until if old.ask == who else "",
    )  # fmt: skip
    dialogue.assessment.rate(conversation.focus, rating, dialogue.world.now)
    for held in _HELD:
        conversation.scratch.pop(held, None)
    conversation.aside = "until"


def nobody(dialogue: Dialogue, _value: str) -> bool:
    """Ask nobody after all; the item stays not known."""
    item = dialogue.conversation.focus
    dialogue.assessment.rate(item, replace(dialogue.rating(item), ask="", until=""), dialogue.world.now)
    dialogue.uncover()
    return False


def within(dialogue: Dialogue, value: str) -> bool:
    """Take one of the times offered, counted from today, and go on."""
    today = dialogue.day(dialogue.world.now)
    day = months_later(today, 1) if value == MONTH else today + timedelta(weeks=int(value))
    return _expect(dialogue, day.isoformat())


def until(dialogue: Dialogue, value: str) -> bool:
    """Take a typed date, or the person's own words, and go on."""
    text = settle(dialogue, value, LIMITS["due"])
    day = settle_day(dialogue, text) if text else ""
    return bool(day) and _expect(dialogue, day)


def no_date(dialogue: Dialogue, _value: str) -> bool:
    """Leave open by when, and go on."""
    dialogue.uncover()
    return True


def _expect(dialogue: Dialogue, day: str) -> bool:
    item = dialogue.conversation.focus
    dialogue.assessment.rate(item, replace(dialogue.rating(item), until=day), dialogue.world.now)
    return no_date(dialogue, "")
