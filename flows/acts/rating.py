"""Answers to the items: given, founded, noted, changed."""

from __future__ import annotations

from dataclasses import replace

from flows import path
from flows.cards import say
from flows.dialogue import Phase
from flows.ratings import Basis, Rating, parse_value
from flows.texts import LIMITS, settle
from flows.world import Dialogue


def rate(dialogue: Dialogue, value: str) -> bool:
    """Record a rating, or hold it until it is confirmed when an answer is being changed."""
    item = dialogue.conversation.focus
    if dialogue.editing:
        dialogue.conversation.scratch = {**_kept(dialogue, "reply"), "value": value}
    else:
        old = dialogue.rating(item)
        given = parse_value(value)
        basis = old.basis if old.value == given else None
        _record(dialogue, item, old.answered(given, basis))
    return True


def found_on(dialogue: Dialogue, value: str) -> bool:
    """Record what the rating rests on."""
    if dialogue.editing:
        dialogue.conversation.scratch["basis"] = value
    else:
        item = dialogue.conversation.focus
        _record(dialogue, item, replace(dialogue.rating(item), basis=Basis(value)))
    return True


def change(dialogue: Dialogue, _value: str) -> bool:
    """Make a held change real."""
    item, value = dialogue.conversation.focus, path.pending_value(dialogue)
    if value is not None:
        given = path.pending_rating(dialogue, item)
        _record(dialogue, item, given, dialogue.conversation.scratch.get("language", ""))
        dialogue.conversation.scratch = _kept(dialogue, "reply")
    return True


def _record(dialogue: Dialogue, item: str, rating: Rating, language: str = "") -> None:
    """Keep a rating with the language it was asked in; the conversation's if no other is named."""
    rating = replace(rating, language=language or dialogue.conversation.language)
    dialogue.assessment.rate(item, rating, dialogue.world.now)


def _annotate(dialogue: Dialogue, text: str) -> None:
    """Set the note on the item in focus; the rating beside it stays as it was given."""
    item = dialogue.conversation.focus
    dialogue.assessment.rate(item, replace(dialogue.rating(item), note=text), dialogue.world.now)
    dialogue.conversation.aside = ""


def note(dialogue: Dialogue, value: str) -> bool:
    """Keep a note on the item in focus."""
    text = settle(dialogue, value, LIMITS["note"])
    if text:
        _annotate(dialogue, text)
        dialogue.toast = say("toast.note-kept")
    return False


def drop_note(dialogue: Dialogue, _value: str) -> bool:
    """Remove the note on the item in focus."""
    _annotate(dialogue, "")
    dialogue.toast = say("toast.note-removed")
    return False


def look_over(dialogue: Dialogue, _value: str) -> bool:
    """Look over the answers so far; a change held back is dropped."""
    conversation = dialogue.conversation
    conversation.aside = conversation.back_to = ""
    conversation.scratch = _kept(dialogue)
    dialogue.goto("")
    return False


def _kept(dialogue: Dialogue, *also: str) -> dict[str, str]:
    """What an edit leaves alone: the wish to plan for every hindrance."""
    return {key: value for key, value in dialogue.conversation.scratch.items() if key in {"rest", *also}}


def edit(dialogue: Dialogue, value: str) -> bool:
    """Begin to change one answer from the review."""
    dialogue.conversation.back_to = Phase.REVIEW
    dialogue.conversation.scratch = _kept(dialogue)
    dialogue.goto(value)
    return False


def stop_editing(dialogue: Dialogue, _value: str) -> bool:
    """Return to the step of the review the item belongs to."""
    step = dialogue.toolkit.step_of[dialogue.conversation.focus].key
    dialogue.conversation.back_to = ""
    dialogue.conversation.scratch = _kept(dialogue)
    dialogue.goto(step)
    return False
