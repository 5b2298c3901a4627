"""The conditions of the conversation's moves."""

from __future__ import annotations

from flows import path
from flows.assessment import Status
from flows.world import Dialogue


def has_aside(dialogue: Dialogue) -> bool:
    """Whether another card lies over the phase's own."""
    return bool(dialogue.conversation.aside)


def is_describing(dialogue: Dialogue) -> bool:
    """Whether it is asked what a piece of evidence shows."""
    return dialogue.conversation.aside == "shows"


def is_editing(dialogue: Dialogue) -> bool:
    """Whether one answer is being changed from the review."""
    return dialogue.editing


def is_focused(dialogue: Dialogue) -> bool:
    """Whether the phase shows a part of itself (one step of the review, suggestions for a city)."""
    return bool(dialogue.conversation.focus or dialogue.conversation.aspect)


def is_own(dialogue: Dialogue) -> bool:
    """Whether the person described the practice themselves."""
    return dialogue.assessment.own_practice is not None


def has_barriers(dialogue: Dialogue) -> bool:
    """Whether any item lies below 0."""
    return bool(path.barriers(dialogue))


def has_parts(dialogue: Dialogue) -> bool:
    """Whether there are essential parts to decide on."""
    return path.part_count(dialogue) > 0


def nothing_taken(dialogue: Dialogue) -> bool:
    """Whether there is no such assessment of this person."""
    return dialogue.conversation.assessment is None


def is_finished(dialogue: Dialogue) -> bool:
    """Whether the assessment in hand has its verdict."""
    return dialogue.assessment.status is Status.FINISHED


def lacks_city(dialogue: Dialogue) -> bool:
    """Whether the receiving city is still open."""
    return dialogue.assessment.city is None


def lacks_length(dialogue: Dialogue) -> bool:
    """Whether the length is still open."""
    return dialogue.assessment.length is None


def lacks_answers(dialogue: Dialogue) -> bool:
    """Whether an item is still unanswered, or does not say what its rating rests on."""
    return path.first_open(dialogue) is not None
