"""People who change a message after it was sent, for tests of what becomes of it."""

from __future__ import annotations

from bot.exchange import Inbound
from bot.render import Screen
from flows.dialogue import Phase, Utterance
from flows.evidence import Attachment, EvidenceKind
from tests.talking import CHANNEL, Person

CHANGED = "What stands here was changed"
PHOTO = Attachment(kind=EvidenceKind.PHOTO, file="p1", media_type="image/jpeg", caption="The stop")


def said(person: Person, phase: Phase, focus: str = "", aspect: str = "", aside: str = "") -> Utterance:
    """What a message answered in the assessment in hand."""
    subject = person.conversation.subject
    return Utterance(subject=subject, phase=phase, focus=focus, aspect=aspect, aside=aside)


def annotated() -> Person:
    """Someone past an item with a note, evidence, and another that somebody is to be asked about."""
    person = Person().enter().begin(length="full")
    person.choose("aside", "note")
    person.say("The first note")
    person.send(PHOTO)
    person.choose("aside", "evidence")
    person.say("RPJMD, page 40")
    person.rate(-1)
    person.choose("aside", "ask")
    person.say("Bappeda")
    person.say("next spring, I think")
    return person


def write(person: Person, text: str, message: int, *, edited: bool = False) -> Screen:
    """Write a message with the platform's number of it, the card before having been drawn; or change it."""
    with person.house.store.unit() as unit:
        assert person.last is not None
        unit.outbox.drawn(CHANNEL, person.address, person.last.stamp)
        unit.commit()
    key = f"{message} {text}"
    inbound = Inbound(
        channel=CHANNEL, address=person.address, key=key, text=text, message=str(message), edited=edited
    )  # fmt: skip
    person.last = person.house.handle(inbound, person.now)
    person.seen.append(person.last.screen)
    return person.last.screen
