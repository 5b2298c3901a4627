"""Language, consent, and which assessment is in hand."""

from __future__ import annotations

from dataclasses import replace

from flows import path
from flows.cards import say
from flows.inquiry import Standing
from flows.world import Dialogue


def speak(dialogue: Dialogue, value: str) -> bool:
    """Choose the language; the same card appears again in it."""
    dialogue.conversation.language = value
    return False


def consent(dialogue: Dialogue, _value: str) -> bool:
    """Record the consent: from here on answers are kept. The link the person came by, if any, is followed now."""
    conversation = dialogue.conversation
    conversation.person = dialogue.world.new_id()
    conversation.consent = dialogue.world.notice.version
    conversation.consented_at = dialogue.world.now
    dialogue.payload, conversation.back_to = conversation.back_to, ""
    return bool(dialogue.payload)


def erase(dialogue: Dialogue, _value: str) -> bool:
    """Ask the store to delete everything kept of the person. Who opens a link they had begun on may answer it."""
    inquiry = dialogue.conversation.inquiry
    if inquiry is not None and inquiry.standing is Standing.TAKEN:
        dialogue.inquiries.append(replace(inquiry, standing=Standing.OPEN, colleague="", rating=None))
    put_away(dialogue, "")
    dialogue.conversation.inquiry = None
    dialogue.conversation.erased = True
    return False


def put_away(dialogue: Dialogue, _value: str) -> bool:
    """Leave the assessment in hand where it is; it stays in the person's list. So does a question not answered yet."""
    conversation = dialogue.conversation
    conversation.assessment = None
    if conversation.inquiry is not None and conversation.inquiry.standing is not Standing.TAKEN:
        conversation.inquiry = None
    conversation.scratch = {}
    conversation.back_to = conversation.aside = ""
    dialogue.goto("")
    return False


def open_aside(dialogue: Dialogue, value: str) -> bool:
    """Show another card over the present one."""
    dialogue.conversation.aside = value
    return False


def close_aside(dialogue: Dialogue, _value: str) -> bool:
    """Return to the card below."""
    dialogue.uncover()
    return False


def take(dialogue: Dialogue, value: str) -> bool:
    """Take one of the person's assessments in hand; unknown ones are not theirs."""
    put_away(dialogue, "")
    dialogue.conversation.assessment = dialogue.world.shelf.taken(value)
    return True


def focus_on(dialogue: Dialogue, value: str) -> bool:
    """Look at one part of the present phase: a step of the review, a page of a list."""
    dialogue.goto(value)
    return False


def previous_page(dialogue: Dialogue, _value: str) -> bool:
    """Go back one page in a list."""
    page = int(dialogue.conversation.focus) - 1
    dialogue.goto(str(page) if page else "")
    return False


def missing(dialogue: Dialogue, _value: str) -> bool:
    """Say that there is no such assessment."""
    dialogue.toast = say("toast.no-such-assessment")
    return False


def recap_at(dialogue: Dialogue, _value: str) -> bool:
    """Return to where an assessment was left, with where things stand on top."""
    dialogue.goto(*(path.first_open(dialogue) or ("", "")))
    dialogue.conversation.aside = "recap"
    return False
