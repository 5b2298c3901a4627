"""The one door to what is kept: units of work that roll back unless committed, behind one protocol for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from flows.assessment import Assessment, Rated, Summary
from flows.dialogue import Conversation
from flows.ratings import Rating
from storage.errors import LostRace

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class OutgoingMessage:
    """A message to send. ``body`` is plain data only its channel reads; ``id`` is 0 until it is stored."""

    channel: str
    address: str
    kind: str
    body: Mapping[str, object]
    created_at: datetime
    id: int = 0
    attempts: int = 0


@dataclass(frozen=True, kw_only=True)
class Document:
    """One version of a toolkit or a practice as imported: JSON text."""

    key: str
    version: int
    text: str
    imported_at: datetime


class Outbox(Protocol):
    """Messages waiting to be sent, in order per chat: a chat's next one is given out when the one before is done."""

    def post(self, message: OutgoingMessage) -> None:
        """Add a message."""

    def claim(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[OutgoingMessage]:
        """Take up to ``limit`` due messages of a channel, oldest first; nobody else gets them within the lease."""

    def sent(self, message: int) -> None:
        """Forget a message that was sent."""

    def retry(self, message: int, not_before: datetime, error: str) -> None:
        """Offer it again from a moment on."""

    def give_up(self, message: int, error: str) -> None:
        """Keep it unsent, for the operator to see."""

    def purge(self, before: datetime) -> int:
        """Delete given-up messages posted before a moment; returns how many."""


class UnitOfWork(Protocol):
    """Everything one input reads and changes, as one transaction. Raises ``StoreError`` and its kinds only."""

    @property
    def outbox(self) -> Outbox:
        """The messages to send that belong to this unit."""

    def commit(self) -> None:
        """Make it last. Without this the unit leaves nothing behind, and a read-only unit never does."""

    def first_delivery(self, key: str, channel: str, address: str, at: datetime) -> bool:
        """Note a platform's delivery; False when it was noted before."""

    def conversation(self, channel: str, address: str) -> Conversation | None:
        """Lock and load the conversation in a chat, with the assessment in hand."""

    def save(self, conversation: Conversation, at: datetime) -> None:
        """Write the conversation and the events of its assessment; forget everything when it is erased.

        Raises LostRace when it changed since it was loaded. Before consent what people typed (``scratch``) is not
        kept. A message about the erasure itself is posted after this.
        """

    def assessment(self, identifier: str, person: str) -> Assessment | None:
        """One assessment of a person."""

    def assessments(self, person: str) -> list[Summary]:
        """List a person's assessments, the last changed first."""

    def history(self, identifier: str) -> list[Rated]:
        """Every change of an answer's value or basis, in order, with what it replaced; without notes."""

    def purge_unconsented(self, before: datetime) -> int:
        """Forget conversations without consent and without input since a moment; returns how many."""

    def purge_inactive(self, before: datetime) -> int:
        """Forget people who were last seen before a moment in every chat, with all that is theirs; returns how many."""

    def purge_deliveries(self, before: datetime) -> int:
        """Forget deliveries noted before a moment; returns how many."""

    def add_toolkit(self, key: str, version: int, document: str, at: datetime) -> bool:
        """Keep one version of a toolkit (JSON text); False when that version is there: versions never change."""

    def toolkits(self) -> list[Document]:
        """Every version of every toolkit, by key and version."""

    def add_practice(self, key: str, version: int, document: str, at: datetime) -> bool:
        """Keep one version of a practice (JSON text); False when that version is there: versions never change."""

    def practices(self) -> list[Document]:
        """Every version of every practice, by key and version."""


class Store(Protocol):
    """Where everything is kept."""

    def unit(self, *, read_only: bool = False) -> AbstractContextManager[UnitOfWork]:
        """Begin a unit of work; one writes at a time on SQLite, readers never wait."""

    def close(self) -> None:
        """Let go of every connection."""

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do the work in a unit and commit. A lost race is tried once more from the start, then raised."""
        try:
            return self._once(work)
        except LostRace:
            return self._once(work)

    def _once(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.unit() as unit:
            result = work(unit)
            unit.commit()
        return result


def with_events(conversation: Conversation, handed: Iterable[Assessment]) -> list[Assessment]:
    """Find what a unit has to write: the assessment in hand and those handed out before, each once."""
    held = (*handed, conversation.assessment)
    return list({id(assessment): assessment for assessment in held if assessment and assessment.events}.values())


def remembered(event: Rated) -> Rated | None:
    """Find what the history keeps of an answer: no notes, and nothing (None) unless value or basis changed."""
    before, after = event.old or Rating(), event.new
    if (before.value, before.basis) == (after.value, after.basis):
        return None
    blank = before.value is None and before.basis is None
    return replace(event, old=None if blank else replace(before, note=""), new=replace(after, note=""))


def open_store(url: str, *, patience: float = 5.0) -> Store:
    """Open ``sqlite:///file``, ``postgresql+psycopg://…`` or ``memory://``.

    ``patience`` is how many seconds a unit waits for a lock before the race is lost. A new SQLite file gets its schema
    at once; an old schema is StoreOutdated, one from a later version StoreTooNew.
    """
    if url == "memory://":
        from storage.memory import MemoryStore

        return MemoryStore(patience)
    from storage.sql import open_sql

    return open_sql(url, patience)
