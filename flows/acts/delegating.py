"""An item put to a colleague by a link: asked once, and the same link as long as it works."""

from __future__ import annotations

from flows.acts import rating
from flows.inquiry import LIFETIME, Inquiry, Standing
from flows.ratings import Mark
from flows.world import Dialogue


def inquiries_about(dialogue: Dialogue, item: str) -> list[Inquiry]:
    """What colleagues were asked about an item of the assessment in hand, as it stands now, the oldest first."""
    current = dialogue.assessment
    if not current.inquiring:
        return []
    known = {one.token: one for one in (*dialogue.world.shelf.inquiries(current.id), *dialogue.inquiries)}
    return [one for one in known.values() if (one.assessment, one.item) == (current.id, item)]


def working(dialogue: Dialogue, item: str) -> Inquiry | None:
    """The question about an item whose link still works."""
    found = (one for one in inquiries_about(dialogue, item) if one.works(dialogue.world.now))
    return next(found, None)


def waiting(dialogue: Dialogue, item: str) -> Inquiry | None:
    """The latest question about an item that may still be answered."""
    found = [one for one in inquiries_about(dialogue, item) if one.waits(dialogue.world.now)]
    return found[-1] if found else None


def answered(dialogue: Dialogue, item: str) -> Inquiry | None:
    """The latest answer of a colleague to an item that is neither accepted nor changed yet."""
    found = [one for one in inquiries_about(dialogue, item) if one.standing is Standing.ANSWERED]
    return found[-1] if found else None


def delegate(dialogue: Dialogue, _value: str) -> bool:
    """Put the item in focus to a colleague; a link that still works is shown again."""
    conversation, world = dialogue.conversation, dialogue.world
    if working(dialogue, conversation.focus) is None:
        current = dialogue.assessment
        asked = Inquiry(
            token=world.new_id() + world.new_id(), assessment=current.id, item=conversation.focus,
            asker=conversation.person, toolkit=dialogue.toolkit.reference, asked_at=world.now,
            expires_at=world.now + LIFETIME, practice=current.practice, own_practice=current.own_practice,
            city=current.city,
        )  # fmt: skip
        dialogue.inquiries.append(asked)
        current.inquiring = True
    conversation.aside = "ask-colleague"
    return False


def leave_open(dialogue: Dialogue, _value: str) -> bool:
    """Go on meanwhile; what has no answer yet is not known for now."""
    dialogue.conversation.aside = ""
    return dialogue.answered(dialogue.conversation.focus) or rating.rate(dialogue, Mark.DONT_KNOW)
