"""A message changed after it was sent: what it had answered, and what becomes of that. Nothing is written unasked."""

from __future__ import annotations

from flows import path
from flows.acts import rating
from flows.acts.places import Place, place_of
from flows.answers import basis_of, value_of
from flows.assessment import Status
from flows.cards import Said, say
from flows.dialogue import Phase, Utterance
from flows.ratings import parse_value
from flows.taps import Edited
from flows.texts import settle, settle_day
from flows.world import Dialogue

CORRECTABLE = (Phase.ITEMS, Phase.REVIEW, Phase.BARRIERS, Phase.PARTS, Phase.VERDICT, Phase.REPORT)
"""Phases a rating can be changed from without losing anything typed but not settled."""

_FIELDS = ("phase", "focus", "aspect", "aside")


def is_rating(dialogue: Dialogue, utterance: Utterance | None) -> bool:
    """Whether a message had answered an item of the assessment in hand, and that answer can be changed from here."""
    conversation = dialogue.conversation
    if utterance is None or conversation.assessment is None or utterance.subject != conversation.assessment.id:
        return False
    asked = utterance.phase is Phase.ITEMS and not utterance.aside and utterance.aspect in {"", "basis"}
    if not asked or dialogue.state not in CORRECTABLE:
        return False
    item = dialogue.toolkit.items.get(utterance.focus)
    if item not in dialogue.asked or not dialogue.answered(utterance.focus):
        return False
    return not utterance.aspect or path.needs_basis(item, dialogue.rating(item.id).value)


def reread(dialogue: Dialogue, edited: Edited) -> str:
    """The changed message as *item|value|basis* for ``correct``; empty, with a remark, if it says what it said."""
    utterance = edited.utterance
    if utterance is None:
        return ""
    item, old = dialogue.toolkit.items[utterance.focus], dialogue.rating(utterance.focus)
    if utterance.aspect:
        basis = basis_of(dialogue.toolkit, edited.text)
        same, held = basis == old.basis, f"{item.id}|{old.value if basis else ''}|{basis or ''}"
    else:
        value = value_of(dialogue.toolkit, item, edited.text)
        same, held = value == old.value, f"{item.id}|{'' if value is None else value}|"
    if same:
        dialogue.toast = say("toast.edited-same")
        return ""
    return held


def correct(dialogue: Dialogue, value: str) -> bool:
    """Begin to change a rating, with what the changed message says as the new one, held until it is confirmed."""
    item, given, basis = value.split("|")
    rating.edit(dialogue, item)
    dialogue.uncover()
    if not given:
        dialogue.toast = say("toast.edited-choose")
        return False
    dialogue.toast = say("toast.edited-rating")
    dialogue.conversation.scratch["value"] = str(parse_value(given))
    if not basis:
        return True
    dialogue.conversation.scratch["basis"] = basis
    dialogue.goto(item, "confirm")
    return False


def offer(dialogue: Dialogue, edited: Edited) -> bool:
    """Ask whether a changed text is to stand where the earlier one stands; else say how to change that answer."""
    conversation, utterance = dialogue.conversation, edited.utterance
    place = place_of(dialogue, utterance) if utterance else None
    if utterance is None or place is None:
        dialogue.toast = _otherwise(dialogue, utterance)
        return False
    text = settle(dialogue, edited.text, place.limit, needs_letter=place.lettered)
    text = settle_day(dialogue, text) if place.dated and text else text
    if not text:
        return False
    if text == place.text:
        dialogue.toast = say("toast.edited-same")
        return False
    dialogue.uncover()
    conversation.scratch |= {f"aside.{name}": str(getattr(utterance, name)) for name in _FIELDS}
    conversation.scratch["aside.text"] = text
    conversation.aside = "edited"
    return True


def held_text(dialogue: Dialogue) -> tuple[Place, str] | None:
    """The place a changed message is about and its new text, None if there is nothing of the kind any more."""
    scratch = dialogue.conversation.scratch
    if "aside.text" not in scratch:
        return None
    fields = {name: scratch[f"aside.{name}"] for name in ("focus", "aspect", "aside")}
    phase = Phase(scratch["aside.phase"])
    place = place_of(dialogue, Utterance(subject=dialogue.conversation.subject, phase=phase, **fields))
    return (place, scratch["aside.text"]) if place else None


def put_in_place(dialogue: Dialogue, _value: str) -> bool:
    """Put the changed text in the place of the earlier one; whether a verdict has to be looked over because of it."""
    held = held_text(dialogue)
    dialogue.uncover()
    if held is not None:
        place, text = held
        place.put(text)
        dialogue.toast = say("toast.edited-kept")
    given = dialogue.state in {Phase.VERDICT, Phase.REPORT}
    return given and dialogue.assessment.status is Status.OPEN


def _otherwise(dialogue: Dialogue, utterance: Utterance | None) -> Said:
    """How to change what a message had answered, where the message itself cannot."""
    if not dialogue.conversation.person:
        return say("toast.not-here")
    if dialogue.state is Phase.ASKED:
        return say("toast.edited-asked")
    return _another_way(dialogue, utterance) if utterance else say("toast.edited")


def _another_way(dialogue: Dialogue, utterance: Utterance) -> Said:
    conversation = dialogue.conversation
    if utterance.phase is Phase.OWN and utterance.subject in {conversation.id, conversation.subject}:
        return say("toast.edited-own")
    if utterance.subject != conversation.subject:
        return say("toast.edited-elsewhere")
    if utterance.phase is Phase.CITY and conversation.assessment is not None:
        return say("toast.edited-city") if conversation.assessment.ratings else say("toast.edited-city-back")
    several = utterance.phase is Phase.ITEMS and utterance.aside in {"evidence", "shows"}
    return say("toast.edited-evidence") if several else say("toast.edited")
