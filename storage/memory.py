"""The store in memory, for trying things out: the same promises, gone at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Lock

from flows.assessment import (
    Assessment,
    Begun,
    Event,
    HeaderChanged,
    PartDecided,
    Planned,
    Rated,
    Summary,
    VerdictGiven,
)
from flows.dialogue import Conversation
from storage.errors import LostRace
from storage.plain import instant, kept, storable
from storage.shelves import Chat, MemoryOutbox, Shelves
from storage.store import Document, Store, UnitOfWork, remembered, with_events


class MemoryStore(Store):
    """Dictionaries behind the protocol."""

    def __init__(self, patience: float = 5.0) -> None:
        """Begin empty."""
        self.shelves = Shelves()
        self._writer = Lock()
        self._patience = patience

    @contextmanager
    def unit(self, *, read_only: bool = False) -> Iterator[UnitOfWork]:
        """Begin a unit of work."""
        if read_only:
            yield MemoryUnit(self.shelves.snapshot(), None)
            return
        if not self._writer.acquire(timeout=self._patience):
            detail = "another unit of work is writing"
            raise LostRace(detail)
        try:
            yield MemoryUnit(self.shelves.snapshot(), self)
        finally:
            self._writer.release()

    def close(self) -> None:
        """Forget everything."""
        self.shelves = Shelves()


class MemoryUnit(UnitOfWork):
    """One unit on shelves of its own; ``commit`` puts them in the store's place."""

    def __init__(self, shelves: Shelves, store: MemoryStore | None) -> None:
        """Work on a snapshot; without a store nothing is kept."""
        self._shelves = shelves
        self._store = store
        self._loaded: dict[int, tuple[Conversation, int]] = {}
        self._handed: list[Assessment] = []
        self._outbox = MemoryOutbox(shelves)

    @property
    def outbox(self) -> MemoryOutbox:
        """The messages to send."""
        return self._outbox

    def commit(self) -> None:
        """Make it last."""
        if self._store is not None:
            self._store.shelves = self._shelves.snapshot()

    def first_delivery(self, key: str, channel: str, address: str, at: datetime) -> bool:
        """Note a delivery."""
        first = key not in self._shelves.deliveries
        self._shelves.deliveries.setdefault(storable(key), ((storable(channel), storable(address)), instant(at)))
        return first

    def conversation(self, channel: str, address: str) -> Conversation | None:
        """Load a conversation."""
        found = self._shelves.conversations.get((channel, address))
        if found is None:
            return None
        stored, held, _ = found
        conversation = kept(stored)
        if conversation.person:
            conversation.consent, conversation.consented_at = self._shelves.people[conversation.person]
        if held in self._shelves.assessments:
            conversation.assessment = self._hand(self._shelves.assessments[held][1])
        self._loaded[id(conversation)] = (conversation, conversation.revision)
        return conversation

    def save(self, conversation: Conversation, at: datetime) -> None:
        """Write a conversation and its assessment's events."""
        if conversation.erased:
            self._erase(conversation)
            return
        chat = (storable(conversation.channel), storable(conversation.address))
        known = self._shelves.conversations.get(chat)
        _, revision = self._loaded.get(id(conversation), (conversation, None))
        if revision != (known[0].revision if known else None):
            raise LostRace(conversation.id)
        for touched in with_events(conversation, self._handed):
            self._replay(touched, conversation.person)
            touched.events.clear()
        assessment = conversation.assessment
        scratch = conversation.scratch if conversation.person else {}
        stored = kept(replace(conversation, assessment=None, scratch=scratch))
        self._shelves.conversations[chat] = (stored, assessment.id if assessment else "", known[2] if known else at)
        if stored.person:
            self._shelves.people[stored.person] = (stored.consent, stored.consented_at)
        self._loaded[id(conversation)] = (conversation, conversation.revision)

    def assessment(self, identifier: str, person: str) -> Assessment | None:
        """One assessment of a person."""
        owner, assessment = self._shelves.assessments.get(identifier, ("", None))
        return self._hand(assessment) if assessment is not None and owner == person else None

    def assessments(self, person: str) -> list[Summary]:
        """List a person's assessments."""
        theirs = [assessment for owner, assessment in self._shelves.assessments.values() if owner == person]
        theirs.sort(key=lambda one: one.id)
        theirs.sort(key=lambda one: (one.updated_at, one.created_at), reverse=True)
        return [_summary(assessment) for assessment in theirs]

    def history(self, identifier: str) -> list[Rated]:
        """Every answer ever given in an assessment."""
        return list(self._shelves.history.get(identifier, ()))

    def purge_unconsented(self, before: datetime) -> int:
        """Forget people who never consented."""
        old = {
            chat
            for chat, (stored, _, created) in self._shelves.conversations.items()
            if not stored.person and (stored.seen_at or created) < before
        }
        self._forget(old)
        return len(old)

    def purge_inactive(self, before: datetime) -> int:
        """Forget people who stayed away."""
        chats = self._shelves.conversations.values()
        away = self._shelves.people.keys() - {one.person for one, _, at in chats if (one.seen_at or at) >= before}
        for person in away:
            self._forget_person(person)
        return len(away)

    def purge_deliveries(self, before: datetime) -> int:
        """Forget old deliveries."""
        old = [key for key, (_, at) in self._shelves.deliveries.items() if at < before]
        for key in old:
            del self._shelves.deliveries[key]
        return len(old)

    def add_toolkit(self, key: str, version: int, document: str, at: datetime) -> bool:
        """Keep a toolkit version."""
        return _keep(self._shelves.toolkits, key, version, document, at)

    def toolkits(self) -> list[Document]:
        """Every toolkit version."""
        return [document for _, document in sorted(self._shelves.toolkits.items())]

    def add_practice(self, key: str, version: int, document: str, at: datetime) -> bool:
        """Keep a practice version."""
        return _keep(self._shelves.practices, key, version, document, at)

    def practices(self) -> list[Document]:
        """Every practice version."""
        return [document for _, document in sorted(self._shelves.practices.items())]

    def _hand(self, assessment: Assessment) -> Assessment:
        handed = kept(assessment)
        self._handed.append(handed)
        return handed

    def _replay(self, assessment: Assessment, person: str) -> None:
        events = kept(assessment.events)
        if any(isinstance(event, Begun) for event in events):
            stored = replace(assessment, ratings={}, plans={}, parts={}, verdicts=[], events=[])
        else:
            person, stored = self._shelves.assessments[assessment.id]
        stored = kept(replace(stored, updated_at=assessment.updated_at, events=[]))
        for event in events:
            _apply(stored, event, kept(replace(assessment, events=[])))
        self._shelves.assessments[assessment.id] = (person, stored)
        steps = tuple(step for event in events if isinstance(event, Rated) and (step := remembered(event)))
        self._shelves.history[assessment.id] = self._shelves.history.get(assessment.id, ()) + steps

    def _erase(self, erased: Conversation) -> None:
        if erased.person:
            self._forget_person(erased.person)
        self._forget({(erased.channel, erased.address)})

    def _forget_person(self, person: str) -> None:
        shelves = self._shelves
        shelves.people.pop(person, None)
        for key in [key for key, (owner, _) in shelves.assessments.items() if owner == person]:
            del shelves.assessments[key]
            shelves.history.pop(key, None)
        self._forget({chat for chat, (one, _, _) in shelves.conversations.items() if one.person == person})

    def _forget(self, chats: set[Chat]) -> None:
        shelves = self._shelves
        for chat in chats:
            shelves.conversations.pop(chat, None)
        shelves.deliveries = {key: one for key, one in shelves.deliveries.items() if one[0] not in chats}
        shelves.waiting = {
            key: one for key, one in shelves.waiting.items() if (one.message.channel, one.message.address) not in chats
        }


def _keep(shelf: dict[tuple[str, int], Document], key: str, version: int, document: str, at: datetime) -> bool:
    if (key, version) in shelf:
        return False
    shelf[key, version] = Document(key=storable(key), version=version, text=storable(document), imported_at=instant(at))
    return True


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
        case HeaderChanged():
            for name in ("practice", "own_practice", "city", "profile", "length", "status"):
                setattr(stored, name, getattr(current, name))
        case Begun():
            pass


def _summary(assessment: Assessment) -> Summary:
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
