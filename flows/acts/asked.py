"""A colleague's question: taken up by its link, answered, and sent back. It touches no assessment of who answers."""

from __future__ import annotations

from dataclasses import replace

from flows.acts.opening import put_away
from flows.cards import Said, say
from flows.cleaning import clean_line
from flows.dialogue import Phase
from flows.inquiry import Inquiry, Standing
from flows.path import needs_basis
from flows.ratings import Basis, Rating, parse_value
from flows.texts import LIMITS, settle
from flows.toolkit import Item, Toolkit
from flows.world import Dialogue

DONE = "done"
"""The aspect of a question that was answered and sent."""


def refusal(dialogue: Dialogue, token: str) -> Said | None:
    """Why this person cannot answer the question behind a link; None when they can."""
    inquiry, person = dialogue.world.shelf.inquiry(token), dialogue.conversation.person
    if inquiry is None:
        return say("toast.inquiry-unknown")
    if inquiry.asker == person:
        return say("toast.inquiry-own")
    theirs = inquiry.colleague == person
    if theirs and inquiry.standing in {Standing.ANSWERED, Standing.SETTLED}:
        return say("toast.inquiry-answered")
    if not theirs and inquiry.standing is not Standing.OPEN:
        return say("toast.inquiry-used")
    return None if inquiry.waits(dialogue.world.now) else say("toast.inquiry-expired")


def take_up(dialogue: Dialogue, token: str) -> None:
    """Take a question in hand, for oneself alone; the person's own assessment is put away."""
    put_away(dialogue, "")
    inquiry = dialogue.world.shelf.inquiry(token)
    if inquiry is not None and inquiry.standing is Standing.OPEN:
        inquiry = replace(inquiry, standing=Standing.TAKEN, colleague=dialogue.conversation.person, rating=None)
    dialogue.conversation.inquiry = inquiry
    _resume(dialogue)


def waits(dialogue: Dialogue) -> bool:
    """Whether a question is in hand that may still be answered."""
    inquiry = dialogue.conversation.inquiry
    return inquiry is not None and inquiry.standing is Standing.TAKEN and inquiry.waits(dialogue.world.now)


def go_on(dialogue: Dialogue, _value: str) -> bool:
    """Return to the question in hand."""
    put_away(dialogue, "")
    _resume(dialogue)
    return False


def _resume(dialogue: Dialogue) -> None:
    """Point at what is asked next of the question in hand."""
    inquiry = dialogue.conversation.inquiry
    if inquiry is None:
        return
    rating = inquiry.rating or Rating()
    if rating.value is None:
        aspect = ""
    else:
        aspect = "basis" if needs_basis(item_of(dialogue, inquiry), rating.value) and not rating.basis else "note"
    dialogue.goto(inquiry.item, aspect)


def lapse(dialogue: Dialogue) -> Said | None:
    """Drop a question in hand that can no longer be answered, and give the reason; None when there is none such."""
    conversation = dialogue.conversation
    inquiry, here = conversation.inquiry, dialogue.state is Phase.ASKED
    if inquiry is None:
        return say("toast.inquiry-withdrawn") if here else None
    if inquiry.standing is not Standing.TAKEN or waits(dialogue):
        return None
    conversation.inquiry = None
    return say("toast.inquiry-expired")


def toolkit_of(dialogue: Dialogue, inquiry: Inquiry) -> Toolkit:
    """The toolkit a question comes from; raises UnknownEntry."""
    return dialogue.world.library.toolkit(inquiry.toolkit)


def item_of(dialogue: Dialogue, inquiry: Inquiry) -> Item:
    """The item a question is about; raises UnknownEntry."""
    return toolkit_of(dialogue, inquiry).items[inquiry.item]


def rate(dialogue: Dialogue, value: str) -> bool:
    """Hold the colleague's rating."""
    given, old = parse_value(value), _rating(dialogue)
    basis = old.basis if old.value == given else None
    _hold(dialogue, replace(old, value=given, basis=basis, language=dialogue.conversation.language))
    return True


def found_on(dialogue: Dialogue, value: str) -> bool:
    """Hold what the rating rests on."""
    _hold(dialogue, replace(_rating(dialogue), basis=Basis(value)))
    return True


def write(dialogue: Dialogue, value: str) -> bool:
    """Take a note, or the name under which the answer is sent."""
    if dialogue.conversation.aspect == "name":
        return _send(dialogue, value)
    text = settle(dialogue, value, LIMITS["note"])
    if text:
        _hold(dialogue, replace(_rating(dialogue), note=text))
    return bool(text)


def leave_out(dialogue: Dialogue, _value: str) -> bool:
    """Send no note."""
    _hold(dialogue, replace(_rating(dialogue), note=""))
    return True


def _send(dialogue: Dialogue, value: str) -> bool:
    """Send the answer to who asked; it is theirs from here on."""
    name = clean_line(settle(dialogue, value, LIMITS["by"], needs_letter=True))
    inquiry = dialogue.conversation.inquiry
    if name and inquiry is not None:
        dialogue.conversation.inquiry = replace(
            inquiry, standing=Standing.ANSWERED, by=name, answered_at=dialogue.world.now
        )
        dialogue.news = inquiry.token
        dialogue.goto(inquiry.item, DONE)
    return False


def _rating(dialogue: Dialogue) -> Rating:
    inquiry = dialogue.conversation.inquiry
    return (inquiry.rating if inquiry else None) or Rating()


def _hold(dialogue: Dialogue, rating: Rating) -> None:
    if dialogue.conversation.inquiry is not None:
        dialogue.conversation.inquiry = replace(dialogue.conversation.inquiry, rating=rating)
