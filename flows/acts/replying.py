"""A colleague's answer back with who asked: accepted as it is, or taken as the beginning of a change."""

from __future__ import annotations

from dataclasses import replace

from flows import path
from flows.acts import opening, rating
from flows.assessment import Assessment
from flows.cards import say
from flows.dialogue import Phase
from flows.inquiry import Inquiry, Standing
from flows.ratings import Rating
from flows.texts import LIMITS
from flows.world import Dialogue

ON_TOP = "aside.reply"
"""Where the token of the answer lies whose card is shown."""


def reply(dialogue: Dialogue, token: str) -> Inquiry | None:
    """A colleague's answer that waits for this person's decision; None if it is not theirs, or no longer waits."""
    person = dialogue.conversation.person
    if not token or not person or any(one.token == token for one in dialogue.inquiries):
        return None
    inquiry = dialogue.world.shelf.inquiry(token)
    if inquiry is None or inquiry.asker != person or inquiry.standing is not Standing.ANSWERED:
        return None
    return inquiry if inquiry.rating is not None else None


def on_top(dialogue: Dialogue) -> Inquiry | None:
    """The answer whose card lies over the present one."""
    return reply(dialogue, dialogue.conversation.scratch.get(ON_TOP, ""))


def assessment_of(dialogue: Dialogue, inquiry: Inquiry) -> Assessment | None:
    """The assessment an answer belongs to, in hand or from the shelf."""
    current = dialogue.conversation.assessment
    return current if current and current.id == inquiry.assessment else dialogue.world.shelf.taken(inquiry.assessment)


def show(dialogue: Dialogue, value: str) -> bool:
    """Lay a colleague's answer over the present card, in place of any other that lies there."""
    dialogue.uncover()
    dialogue.conversation.scratch[ON_TOP] = value
    dialogue.conversation.aside = "reply"
    return False


def accept(dialogue: Dialogue, _value: str) -> bool:
    """Take the answer over, marked with who gave it, into the assessment it belongs to."""
    inquiry = on_top(dialogue)
    dialogue.uncover()
    current = assessment_of(dialogue, inquiry) if inquiry else None
    if inquiry is None or inquiry.rating is None or current is None:
        dialogue.toast = say("toast.reply-gone")
        return False
    old = current.ratings.get(inquiry.item, Rating())
    note = _together(old.note, inquiry.rating.note)
    current.rate(inquiry.item, replace(inquiry.rating, note=note, by=inquiry.by), dialogue.world.now)
    _settle(dialogue, inquiry)
    dialogue.toast = say("toast.reply-accepted")
    return current is dialogue.conversation.assessment


def _together(own: str, theirs: str) -> str:
    """Both notes where there is room for them: neither person's words are lost by the other's."""
    notes = list(dict.fromkeys(note for note in (own, theirs) if note))
    both = "\n".join(notes)
    return both if len(both) <= 2 * LIMITS["note"] else theirs


def _settle(dialogue: Dialogue, inquiry: Inquiry) -> None:
    dialogue.inquiries.append(replace(inquiry, standing=Standing.SETTLED))


def is_asked_here(dialogue: Dialogue) -> bool:
    """Whether the answer just accepted is to the item in focus."""
    return any(one.item == dialogue.conversation.focus for one in dialogue.inquiries)


def has_lost_its_place(dialogue: Dialogue) -> bool:
    """Whether what is asked has gone with the answer just accepted."""
    return (dialogue.conversation.focus, dialogue.conversation.aspect) not in path.stops(dialogue)


def pass_on(dialogue: Dialogue, _value: str) -> bool:
    """Leave the item that has just been answered for the one after it."""
    conversation = dialogue.conversation
    conversation.scratch = {key: text for key, text in conversation.scratch.items() if key == "rest"}
    dialogue.goto(*[stop for stop in path.stops(dialogue) if stop[0] == conversation.focus][-1])
    return True


def may_amend(dialogue: Dialogue) -> bool:
    """Whether the item of the answer looked at can be changed: it is still asked in its assessment."""
    inquiry = on_top(dialogue)
    current = assessment_of(dialogue, inquiry) if inquiry else None
    if inquiry is None or current is None or current.length is None:
        return False
    return any(item.id == inquiry.item for item in dialogue.about(current).asked)


def amend(dialogue: Dialogue, _value: str) -> bool:
    """Open the item for changing, with the colleague's answer held as the change."""
    conversation, inquiry = dialogue.conversation, on_top(dialogue)
    current = assessment_of(dialogue, inquiry) if inquiry else None
    if inquiry is None or inquiry.rating is None or current is None:
        raise LookupError(conversation.phase)
    rest = {key: text for key, text in conversation.scratch.items() if key == "rest"}
    if current is not conversation.assessment:
        opening.put_away(dialogue, "")
        conversation.assessment, rest = current, {}
    given = inquiry.rating
    held = {"value": str(given.value), "basis": given.basis or "", "by": inquiry.by, "language": given.language}
    held["note"] = _together(current.ratings.get(inquiry.item, Rating()).note, given.note)
    conversation.aside, conversation.back_to = "", Phase.REVIEW
    conversation.scratch = {**rest, "reply": inquiry.token, **{key: text for key, text in held.items() if text}}
    dialogue.goto(inquiry.item)
    return False


def stop_editing(dialogue: Dialogue, value: str) -> bool:
    """Return to the review; the answer a change began with is decided on."""
    inquiry = reply(dialogue, dialogue.conversation.scratch.get("reply", ""))
    current = dialogue.assessment
    if inquiry is not None and (inquiry.assessment, inquiry.item) == (current.id, dialogue.conversation.focus):
        _settle(dialogue, inquiry)
    dialogue.conversation.scratch.pop("reply", None)
    return rating.stop_editing(dialogue, value)
