"""How the store in memory puts things on its shelves, moves them and takes them away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flows.assessment import (
    Assessment,
    Attached,
    Begun,
    Detached,
    Event,
    HeaderChanged,
    PartDecided,
    Planned,
    Rated,
    Summary,
    VerdictGiven,
)
from flows.dialogue import Conversation, Utterance
from flows.evidence import Evidence
from flows.inquiry import Inquiry, Standing
from flows.ratings import Rating
from storage.errors import LostRace
from storage.plain import kept
from storage.shelves import Chat, MemoryOutbox, Shelves
from storage.store import CARD, FILE_FACTS, REMEMBERED, remembered


def replay(shelves: Shelves, assessment: Assessment, person: str) -> None:
    """Write what happened to an assessment since it was loaded; ``events`` stays as it is."""
    events = kept(assessment.events)
    if any(isinstance(event, Begun) for event in events):
        stored = replace(assessment, ratings={}, plans={}, parts={}, verdicts=[], evidence={}, events=[])
    else:
        person, stored = shelves.assessments[assessment.id]
    stored = kept(replace(stored, updated_at=assessment.updated_at, events=[]))
    for event in events:
        _apply(stored, event, kept(replace(assessment, events=[])))
    others = [one.evidence.keys() for _, one in shelves.assessments.values() if one.id != stored.id]
    if any(stored.evidence.keys() & taken for taken in others):
        raise LostRace(assessment.id)
    shelves.assessments[assessment.id] = (person, stored)
    steps = tuple(step for event in events if isinstance(event, Rated) and (step := remembered(event)))
    shelves.history[assessment.id] = shelves.history.get(assessment.id, ()) + steps


def _apply(stored: Assessment, event: Event, current: Assessment) -> None:
    match event:
        case Rated():
            stored.ratings[event.item] = event.new
        case Planned():
            stored.plans[event.item] = event.plan
        case PartDecided():
            stored.parts[event.part] = event.choice
        case VerdictGiven():
            stored.verdicts.append(event.record)
        case Attached():
            stored.evidence[event.evidence.id] = event.evidence
        case Detached():
            stored.evidence.pop(event.identifier, None)
        case HeaderChanged():
            for name in ("practice", "own_practice", "city", "profile", "length", "status"):
                setattr(stored, name, getattr(current, name))
        case Begun():
            pass


def change(shelves: Shelves, chat: Chat, **fields: Any) -> None:
    """Change something of a conversation, if it is there."""
    if found := shelves.conversations.get(chat):
        shelves.conversations[chat] = replace(found, conversation=replace(found.conversation, **fields))


def move(shelves: Shelves, old: Chat, new: Chat) -> None:
    """Give a chat its new address, as ``chats.move`` does."""
    if old == new:
        return
    taken = shelves.conversations.get(new)
    if old in shelves.conversations:
        if taken and taken.conversation.person:
            change(shelves, old, unreachable=True)
        else:
            change(shelves, old, address=new[1])
            shelves.conversations[new] = shelves.conversations.pop(old)
    outbox = MemoryOutbox(shelves)
    if any(
        (one.message.channel, one.message.address, one.message.lane) == (*new, CARD) for one in shelves.waiting.values()
    ):
        outbox.remove(*old, lambda one: one.message.lane == CARD)
    for key, one in shelves.waiting.items():
        if (one.message.channel, one.message.address) == old:
            shelves.waiting[key] = replace(one, message=replace(one.message, address=new[1]))
    shelves.deliveries = {key: (new if chat == old else chat, at) for key, (chat, at) in shelves.deliveries.items()}
    shelves.letters = {
        key: replace(letter, address=new[1]) if (letter.channel, letter.address) == old else letter
        for key, letter in shelves.letters.items()
    }


def note_utterance(shelves: Shelves, conversation: str, message: str, utterance: Utterance) -> None:
    """Note what a message answered, and forget which ones the oldest answered."""
    shelves.utterances[conversation, message] = utterance
    theirs = [key for key in shelves.utterances if key[0] == conversation]
    for key in theirs[:-REMEMBERED]:
        del shelves.utterances[key]


def whole(shelves: Shelves, inquiry: Inquiry) -> Inquiry:
    """Tell an inquiry with what is assessed, as that is now."""
    _, assessment = shelves.assessments[inquiry.assessment]
    return replace(
        inquiry,
        toolkit=f"{assessment.toolkit}@{assessment.version}",
        practice=assessment.practice,
        own_practice=assessment.own_practice,
        city=assessment.city,
    )


def keep_inquiry(shelves: Shelves, inquiry: Inquiry, expected: str) -> None:
    """Write an inquiry; raises LostRace when it is not open and the colleague not the one expected."""
    known = shelves.inquiries.get(inquiry.token)
    people = {inquiry.asker, inquiry.colleague} - {""}
    taken = known is not None and known.standing is not Standing.OPEN and known.colleague != expected
    if taken or inquiry.assessment not in shelves.assessments or not people <= shelves.people.keys():
        raise LostRace(inquiry.token)
    shelves.inquiries[inquiry.token] = inquiry


def told_of_file(known: Evidence, found: Evidence) -> Evidence:
    """Take over what was found out about the file of a piece of evidence."""
    return replace(known, **{name: getattr(found, name) for name in FILE_FACTS})


def erase(shelves: Shelves, erased: Conversation) -> None:
    """Forget a conversation and its person."""
    if erased.person:
        forget_person(shelves, erased.person)
    forget(shelves, {(erased.channel, erased.address)})


def forget_person(shelves: Shelves, person: str) -> None:
    """Forget a person with all that is theirs."""
    for inquiry in list(shelves.inquiries.values()):
        if inquiry.colleague == person:
            _unname(shelves, inquiry)
    shelves.people.pop(person, None)
    for key in [key for key, (owner, _) in shelves.assessments.items() if owner == person]:
        del shelves.assessments[key]
        shelves.history.pop(key, None)
    shelves.inquiries = {
        token: one
        for token, one in shelves.inquiries.items()
        if one.asker != person and one.assessment in shelves.assessments
    }
    forget(shelves, {chat for chat, one in shelves.conversations.items() if one.conversation.person == person})


def forget(shelves: Shelves, chats: set[Chat]) -> None:
    """Forget chats with all that was received from and waits for them."""
    gone = [shelves.conversations.pop(chat).conversation.id for chat in chats if chat in shelves.conversations]
    shelves.utterances = {key: one for key, one in shelves.utterances.items() if key[0] not in gone}
    shelves.deliveries = {key: one for key, one in shelves.deliveries.items() if one[0] not in chats}
    shelves.letters = {key: one for key, one in shelves.letters.items() if (one.channel, one.address) not in chats}
    shelves.waiting = {
        key: one for key, one in shelves.waiting.items() if (one.message.channel, one.message.address) not in chats
    }


def _unname(shelves: Shelves, inquiry: Inquiry) -> None:
    """Take the name of who answered from an inquiry and from the answer that was accepted."""
    answer = inquiry.rating and replace(inquiry.rating, by="")
    shelves.inquiries[inquiry.token] = replace(inquiry, colleague="", by="", rating=answer)
    owner, assessment = shelves.assessments[inquiry.assessment]
    accepted = assessment.ratings.get(inquiry.item, Rating())
    if accepted.by and accepted.by in {inquiry.by, inquiry.rating.by if inquiry.rating else ""}:
        ratings = assessment.ratings | {inquiry.item: replace(accepted, by="")}
        shelves.assessments[inquiry.assessment] = (owner, replace(assessment, ratings=ratings))


def summary(assessment: Assessment) -> Summary:
    """Tell an assessment in one line of a list."""
    return Summary(
        id=assessment.id,
        toolkit=f"{assessment.toolkit}@{assessment.version}",
        practice=assessment.practice,
        own_practice=assessment.own_practice,
        city=assessment.city,
        status=assessment.status,
        length=assessment.length,
        answered=sum(rating.value is not None for rating in assessment.ratings.values()),
        updated_at=assessment.updated_at,
        verdict=assessment.verdicts[-1].key if assessment.verdicts else "",
    )
