"""The store in memory, for trying things out: the same promises, gone at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import datetime
from threading import Lock
from typing import TypeVar

from flows.assessment import Assessment, Rated, Summary
from flows.dialogue import Conversation, Shown, Utterance
from flows.evidence import Evidence
from flows.inquiry import Inquiry
from storage import filing
from storage.errors import LostRace
from storage.plain import instant, kept, storable
from storage.shelves import Entry, MemoryOutbox, Shelves
from storage.store import DeadLetter, Document, Store, UnitOfWork, settle, with_events

T = TypeVar("T")


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

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Do the work at once."""
        return settle(Future(), lambda: self.run(work))

    def close(self) -> None:
        """Forget everything."""
        self.shelves = Shelves()


class MemoryUnit(UnitOfWork):
    """One unit on shelves of its own; ``commit`` puts them in the store's place."""

    def __init__(self, shelves: Shelves, store: MemoryStore | None) -> None:
        """Work on a snapshot; without a store nothing is kept."""
        self._shelves = shelves
        self._store = store
        self._loaded: dict[int, tuple[Conversation, Conversation]] = {}
        self._seen: dict[str, Inquiry] = {}
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
        conversation = kept(found.conversation)
        if conversation.person:
            conversation.consent, conversation.consented_at = self._shelves.people[conversation.person]
        if found.assessment in self._shelves.assessments:
            conversation.assessment = self._hand(self._shelves.assessments[found.assessment][1])
        conversation.inquiry = self.inquiry(found.inquiry)
        self._loaded[id(conversation)] = (conversation, replace(conversation))
        return conversation

    def save(self, conversation: Conversation, at: datetime) -> None:
        """Write a conversation, its assessment's events and its inquiry."""
        if conversation.erased:
            filing.erase(self._shelves, conversation)
            return
        chat = (storable(conversation.channel), storable(conversation.address))
        known = self._shelves.conversations.get(chat)
        _, loaded = self._loaded.get(id(conversation), (conversation, None))
        if (loaded.revision if loaded else None) != (known.conversation.revision if known else None):
            raise LostRace(conversation.id)
        if conversation.person:
            self._shelves.people[conversation.person] = (conversation.consent, conversation.consented_at)
        for touched in with_events(conversation, self._handed):
            filing.replay(self._shelves, touched, conversation.person)
            touched.events.clear()
        if conversation.inquiry:
            self.keep_inquiry(conversation.inquiry)
        self._shelves.conversations[chat] = _entry(conversation, loaded, known, at)
        self._loaded[id(conversation)] = (conversation, replace(conversation))

    def assessment(self, identifier: str, person: str) -> Assessment | None:
        """One assessment of a person."""
        owner, assessment = self._shelves.assessments.get(identifier, ("", None))
        return self._hand(assessment) if assessment is not None and owner == person else None

    def assessments(self, person: str) -> list[Summary]:
        """List a person's assessments."""
        theirs = [assessment for owner, assessment in self._shelves.assessments.values() if owner == person]
        theirs.sort(key=lambda one: one.id)
        theirs.sort(key=lambda one: (one.updated_at, one.created_at), reverse=True)
        return [filing.summary(assessment) for assessment in theirs]

    def history(self, identifier: str) -> list[Rated]:
        """Every answer ever given in an assessment."""
        return list(self._shelves.history.get(identifier, ()))

    def show(self, channel: str, address: str, shown: Shown) -> None:
        """Note which message shows a chat's card."""
        filing.change(self._shelves, (channel, address), shown=kept(shown))

    def reach(self, channel: str, address: str, *, reachable: bool) -> None:
        """Note whether a person can be reached."""
        filing.change(self._shelves, (channel, address), unreachable=not reachable)

    def move(self, channel: str, old: str, new: str) -> None:
        """Give a chat its new address."""
        filing.move(self._shelves, (channel, old), (channel, new))

    def chats(self, person: str) -> list[tuple[str, str]]:
        """List the chats of a person."""
        theirs = [(chat, one) for chat, one in self._shelves.conversations.items() if one.conversation.person == person]
        theirs.sort(key=lambda found: found[1].conversation.id)
        theirs.sort(key=lambda found: found[1].last_seen, reverse=True)
        return [chat for chat, one in theirs if not one.conversation.unreachable]

    def note_utterance(self, channel: str, address: str, message: str, utterance: Utterance) -> None:
        """Note which question a message answered."""
        if found := self._shelves.conversations.get((channel, address)):
            filing.note_utterance(self._shelves, found.conversation.id, storable(message), kept(utterance))

    def utterance(self, channel: str, address: str, message: str) -> Utterance | None:
        """Find which question a message answered."""
        found = self._shelves.conversations.get((channel, address))
        return self._shelves.utterances.get((found.conversation.id, message)) if found else None

    def inquiry(self, token: str) -> Inquiry | None:
        """Find an inquiry by its token."""
        found = self._shelves.inquiries.get(token)
        return None if found is None else self._see(filing.whole(self._shelves, found))

    def keep_inquiry(self, inquiry: Inquiry) -> None:
        """Add an inquiry or write how it stands now."""
        seen = self._seen.get(inquiry.token)
        if inquiry != seen:
            filing.keep_inquiry(self._shelves, kept(inquiry), (seen or inquiry).colleague)
            self._see(inquiry)

    def inquiries(self, assessment: str) -> list[Inquiry]:
        """List the inquiries of an assessment."""
        theirs = [one for one in self._shelves.inquiries.values() if one.assessment == assessment]
        theirs.sort(key=lambda one: (one.asked_at, one.token))
        return [self._see(filing.whole(self._shelves, one)) for one in theirs]

    def evidence(self, identifier: str) -> Evidence | None:
        """Find a piece of evidence."""
        held = [assessment.evidence for _, assessment in self._shelves.assessments.values()]
        return next((pieces[identifier] for pieces in held if identifier in pieces), None)

    def keep_evidence(self, evidence: Evidence) -> None:
        """Write what is known of a file."""
        for key, (owner, assessment) in self._shelves.assessments.items():
            if evidence.id in assessment.evidence:
                found = filing.told_of_file(assessment.evidence[evidence.id], kept(evidence))
                pieces = assessment.evidence | {evidence.id: found}
                self._shelves.assessments[key] = (owner, replace(assessment, evidence=pieces))

    def evidence_paths(self) -> set[str]:
        """List where all files of evidence lie."""
        held = [assessment.evidence.values() for _, assessment in self._shelves.assessments.values()]
        return {piece.path for pieces in held for piece in pieces if piece.path}

    def everything(self, person: str) -> dict[str, object]:
        """Collect what is stored about a person."""
        from storage.recollection import recollected

        return recollected(self._shelves, person)

    def set_aside(self, letter: DeadLetter) -> None:
        """Keep an input that could not be handled."""
        self._shelves.letters.setdefault(storable(letter.key), kept(letter))

    def dead_letters(self) -> list[DeadLetter]:
        """List the inputs that were set aside."""
        letters = sorted(self._shelves.letters.values(), key=lambda letter: letter.key)
        return sorted(letters, key=lambda letter: letter.at, reverse=True)

    def purge_dead_letters(self, before: datetime) -> int:
        """Forget inputs set aside long ago."""
        old = [key for key, letter in self._shelves.letters.items() if letter.at < before]
        for key in old:
            del self._shelves.letters[key]
        return len(old)

    def purge_unconsented(self, before: datetime) -> int:
        """Forget people who never consented."""
        chats = self._shelves.conversations.items()
        old = {chat for chat, one in chats if not one.conversation.person and one.last_seen < before}
        filing.forget(self._shelves, old)
        return len(old)

    def purge_inactive(self, before: datetime) -> int:
        """Forget people who stayed away."""
        chats = self._shelves.conversations.values()
        away = self._shelves.people.keys() - {one.conversation.person for one in chats if one.last_seen >= before}
        for person in away:
            filing.forget_person(self._shelves, person)
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
        handed.inquiring = any(one.assessment == handed.id for one in self._shelves.inquiries.values())
        self._handed.append(handed)
        return handed

    def _see(self, inquiry: Inquiry) -> Inquiry:
        self._seen[inquiry.token] = inquiry
        return inquiry


def _entry(conversation: Conversation, loaded: Conversation | None, known: Entry | None, at: datetime) -> Entry:
    """Take what changed since it was loaded; the rest stays as it is by now."""
    blank = replace(conversation, assessment=None, inquiry=None)
    if loaded and known:
        names = [field.name for field in fields(Conversation) if field.name not in {"assessment", "inquiry"}]
        changed = {name: value for name in names if (value := getattr(conversation, name)) != getattr(loaded, name)}
        blank = replace(known.conversation, **changed)
    return Entry(
        conversation=kept(replace(blank, scratch=conversation.scratch if conversation.person else {})),
        assessment=conversation.assessment.id if conversation.assessment else "",
        inquiry=conversation.inquiry.token if conversation.inquiry else "",
        created_at=known.created_at if known else at,
    )


def _keep(shelf: dict[tuple[str, int], Document], key: str, version: int, document: str, at: datetime) -> bool:
    if (key, version) in shelf:
        return False
    shelf[key, version] = Document(key=storable(key), version=version, text=storable(document), imported_at=instant(at))
    return True
