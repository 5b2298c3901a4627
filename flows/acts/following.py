"""Where a deep link leads: to a practice, to a colleague's question, or to an assessment of one's own."""

from __future__ import annotations

from flows.acts import asked, choosing, opening
from flows.assessment import Status
from flows.cards import say
from flows.dialogue import Phase
from flows.links import Goal, Link, read_link
from flows.world import Dialogue


def _named(dialogue: Dialogue, goal: Goal) -> str:
    """What the link being followed names, if it leads there; empty otherwise."""
    link = read_link(dialogue.payload)
    return link.name if link is not None and link.goal is goal else ""


def names_practice(dialogue: Dialogue) -> bool:
    """Whether the link leads to a practice there is."""
    key = _named(dialogue, Goal.PRACTICE)
    return any(practice.key == key for practice in dialogue.world.library.practices)


def names_inquiry(dialogue: Dialogue) -> bool:
    """Whether the link leads to a question, answerable or not."""
    return bool(_named(dialogue, Goal.INQUIRY))


def may_answer(dialogue: Dialogue) -> bool:
    """Whether the link leads to a question this person may answer."""
    token = _named(dialogue, Goal.INQUIRY)
    return bool(token) and asked.refusal(dialogue, token) is None


def names_own(dialogue: Dialogue) -> bool:
    """Whether the link leads to one of the person's own assessments."""
    identifier = _named(dialogue, Goal.RESUME)
    return bool(identifier) and dialogue.world.shelf.taken(identifier) is not None


def begin(dialogue: Dialogue, _value: str) -> bool:
    """Begin an assessment of the practice, as if it had been chosen from the list."""
    key = _named(dialogue, Goal.PRACTICE)
    if not _has_begun(dialogue, key):
        opening.put_away(dialogue, "")
        choosing.choose_practice(dialogue, key)
    return True


def _has_begun(dialogue: Dialogue, key: str) -> bool:
    """Whether just that is in hand without any answer: the same link twice begins one assessment."""
    current = dialogue.conversation.assessment
    reference = dialogue.world.library.practice(key).reference
    return (
        current is not None
        and current.status is Status.OPEN
        and not current.ratings
        and current.own_practice is None
        and current.practice == reference
    )


def take_up(dialogue: Dialogue, _value: str) -> bool:
    """Take a colleague's question in hand."""
    asked.take_up(dialogue, _named(dialogue, Goal.INQUIRY))
    return False


def take(dialogue: Dialogue, _value: str) -> bool:
    """Take the assessment in hand that the link names."""
    return opening.take(dialogue, _named(dialogue, Goal.RESUME))


def decline(dialogue: Dialogue, _value: str) -> bool:
    """Say why a colleague's question cannot be answered here."""
    dialogue.toast = asked.refusal(dialogue, _named(dialogue, Goal.INQUIRY))
    return opening.put_away(dialogue, "")


def remember(dialogue: Dialogue) -> bool:
    """Keep a link in mind until the notice is accepted; False when there is no need."""
    if dialogue.state not in {Phase.LANGUAGE, Phase.CONSENT}:
        return False
    dialogue.conversation.back_to = dialogue.payload
    return True


def stay(dialogue: Dialogue, _value: str) -> bool:
    """Say of a link that leads nowhere why it does not; what is in hand stays there."""
    match read_link(dialogue.payload):
        case Link(Goal.PRACTICE):
            dialogue.toast = say("toast.link-practice")
        case Link(Goal.RESUME, ""):
            dialogue.toast = say("toast.nothing-open")
        case _:
            dialogue.toast = say("toast.no-such-assessment")
    return False
