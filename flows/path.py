"""What comes next: the stops of each phase, computed from the toolkit and the answers, and stored nowhere.

A stop is a pair ``(focus, aspect)``. Going forward and back is a step along the stops of the present phase; a phase
without stops is passed over. So *back* has no limit, and a changed answer changes the way ahead at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from flows.dialogue import Phase
from flows.inquiry import Standing
from flows.practice import MAX_PARTS
from flows.ratings import Basis, Changeable, Rating, Value, parse_value
from flows.toolkit import Item, Length
from flows.world import Dialogue

Stop: TypeAlias = tuple[str, str]

OWN_FIELDS = ("name", "city", "what", "link", "parts")
PROFILE_FIELDS = ("class", "office", "role", "familiarity", "dimension")
FIRST_BARRIERS = 5
"""How many hindrances are planned for before the rest is offered."""


def stops(dialogue: Dialogue, phase: Phase | None = None) -> tuple[Stop, ...]:
    """The stops of a phase (the present one by default) in the order they are asked."""
    walk = _WALKS.get(phase or dialogue.state)
    return walk(dialogue) if walk else (("", ""),)


def position(dialogue: Dialogue) -> int:
    """Where the conversation stands among the present phase's stops; 0 if its stop has gone."""
    here = (dialogue.conversation.focus, dialogue.conversation.aspect)
    walk = stops(dialogue)
    return walk.index(here) if here in walk else 0


def has_next(dialogue: Dialogue) -> bool:
    """Whether the present phase has a stop after this one."""
    return position(dialogue) + 1 < len(stops(dialogue))


def has_previous(dialogue: Dialogue) -> bool:
    """Whether the present phase has a stop before this one."""
    return position(dialogue) > 0


def needs_basis(item: Item, value: Value | None) -> bool:
    """Whether a rating must say what it rests on: every number on a critical item, and every negative one."""
    return isinstance(value, int) and (item.critical or value < 0)


def pending_value(dialogue: Dialogue) -> Value | None:
    """The new answer chosen while an item is being changed, before it is confirmed."""
    text = dialogue.conversation.scratch.get("value")
    return parse_value(text) if text else None


def pending_rating(dialogue: Dialogue, item: str) -> Rating:
    """The rating of an item as it will be once the held change is confirmed."""
    basis = dialogue.conversation.scratch.get("basis")
    pending = dialogue.rating(item).answered(pending_value(dialogue), Basis(basis) if basis else None)
    by, note = (dialogue.conversation.scratch.get(key, "") for key in ("by", "note"))
    return replace(pending, by=by, note=note or pending.note) if by and pending.value is not None else pending


def barriers(dialogue: Dialogue) -> tuple[Item, ...]:
    """Items below 0: critical ones first, then the lowest, then in the order asked."""

    def low(item: Item) -> int | None:
        value = dialogue.rating(item.id).value
        return value if isinstance(value, int) and value < 0 else None

    found = [(item, value) for item in dialogue.asked if (value := low(item)) is not None]
    return tuple(item for item, value in sorted(found, key=lambda pair: (not pair[0].critical, pair[1])))


def first_unanswered(dialogue: Dialogue) -> str:
    """The first item without an answer, or an empty string when all have one."""
    return next((item.id for item in dialogue.asked if not dialogue.answered(item.id)), "")


def first_open(dialogue: Dialogue) -> Stop | None:
    """The first stop of the items that waits: an answer, or what a given one rests on. None when nothing does."""
    for item in dialogue.asked:
        rating = dialogue.rating(item.id)
        if rating.value is None:
            return item.id, ""
        if needs_basis(item, rating.value) and rating.basis is None:
            return item.id, "basis"
    return None


def part_count(dialogue: Dialogue) -> int:
    """How many essential parts the practice names; they are asked about only in the full length."""
    practice = dialogue.practice
    return len(practice.parts[:MAX_PARTS]) if practice and dialogue.length is Length.FULL else 0


def _item_stops(dialogue: Dialogue) -> tuple[Stop, ...]:
    if dialogue.editing:
        return _edit_stops(dialogue, dialogue.toolkit.items[dialogue.conversation.focus])
    # walked several times with every tap: the plain way is made once, and only given answers are looked at
    toolkit, length = dialogue.toolkit, dialogue.length
    ratings = dialogue.assessment.ratings
    founded = {
        toolkit.place(item, length)
        for key, rating in ratings.items()
        if needs_basis(item := toolkit.items[key], rating.value) and toolkit.is_asked(item, length)
    }
    walk: list[Stop] = [(item.id, "") for item in toolkit.asked(length)]
    for place in sorted(founded, reverse=True):
        walk.insert(place, (walk[place - 1][0], "basis"))
    return tuple(walk)


def _edit_stops(dialogue: Dialogue, item: Item) -> tuple[Stop, ...]:
    value = pending_value(dialogue)
    basis = [(item.id, "basis")] if needs_basis(item, value) else []
    differs = value is not None and pending_rating(dialogue, item.id) != dialogue.rating(item.id)
    confirm = [(item.id, "confirm")] if differs else []
    return ((item.id, ""), *basis, *confirm)


def _asked_stops(dialogue: Dialogue) -> tuple[Stop, ...]:
    """A colleague's question; once it is answered there is only the thanks."""
    inquiry, item = dialogue.conversation.inquiry, dialogue.conversation.focus
    if inquiry is None or inquiry.standing is not Standing.TAKEN:
        return ((item, dialogue.conversation.aspect),)
    rating = inquiry.rating or Rating()
    basis = ("basis",) if needs_basis(dialogue.toolkit.items[item], rating.value) else ()
    return tuple((item, aspect) for aspect in ("", *basis, "note", "name"))


def _barrier_stops(dialogue: Dialogue) -> tuple[Stop, ...]:
    walk: list[Stop] = []
    for number, item in enumerate(barriers(dialogue)):
        if number == FIRST_BARRIERS:
            walk.append(("", "rest"))
            if not dialogue.conversation.scratch.get("rest"):
                break
        walk += _plan_stops(dialogue, item.id)
    return tuple(walk)


def _plan_stops(dialogue: Dialogue, item: str) -> list[Stop]:
    plan = dialogue.assessment.plans.get(item)
    if plan and plan.changeable is Changeable.NO:
        return [(item, "changeable")]
    details = ("owner", "due") if plan and plan.action else ()
    return [(item, aspect) for aspect in ("changeable", "action", *details)]


def _part_stops(dialogue: Dialogue) -> tuple[Stop, ...]:
    number = part_count(dialogue)
    if not number:
        return ()
    walk: list[Stop] = [("", "")]
    for part in range(number):
        walk.append((str(part), "decision"))
        choice = dialogue.assessment.parts.get(part)
        if choice and choice.decision and choice.decision != "keep":
            walk.append((str(part), "reason"))
    return tuple(walk)


def _own_stops(_dialogue: Dialogue) -> tuple[Stop, ...]:
    return tuple((field, "") for field in OWN_FIELDS)


def _profile_stops(_dialogue: Dialogue) -> tuple[Stop, ...]:
    return (("", ""), *((field, "") for field in PROFILE_FIELDS))


_WALKS: Mapping[Phase, Callable[[Dialogue], tuple[Stop, ...]]] = {
    Phase.OWN: _own_stops,
    Phase.PROFILE: _profile_stops,
    Phase.ITEMS: _item_stops,
    Phase.ASKED: _asked_stops,
    Phase.BARRIERS: _barrier_stops,
    Phase.PARTS: _part_stops,
}
"""Phases with stops of their own; every other phase is a single one."""
