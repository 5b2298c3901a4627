"""The one door to what is kept: units of work that roll back unless committed, behind one protocol for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from flows.assessment import Assessment, Rated, Summary
from flows.dialogue import Conversation, Shown, Utterance
from flows.evidence import Evidence
from flows.inquiry import Inquiry
from flows.ratings import Rating
from storage.errors import LostRace

T = TypeVar("T")


FILE_FACTS = ("name", "size", "media_type", "sha256", "path", "custody", "refusal")
"""What is found out about the file of a piece of evidence."""

REMEMBERED = 200
"""Of how many messages a person wrote in a chat it is known what they answered: the latest ones."""

CARD = "card"
"""The lane of the card itself: a chat has at most one such message waiting, the latest."""


@dataclass(frozen=True, kw_only=True)
class OutgoingMessage:
    """A message to send. ``body`` is plain data only its channel reads; ``id`` is 0 until it is stored.

    Messages of one ``lane`` of a chat go out in order; lanes do not wait for each other. In the lane ``CARD`` a newer
    message takes the place of the one that waits, and ``stamp`` says which is which.
    """

    channel: str
    address: str
    kind: str
    body: Mapping[str, object]
    created_at: datetime
    lane: str = CARD
    stamp: str = ""
    id: int = 0
    attempts: int = 0


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """An input that could not be handled, set aside so that it blocks nobody. ``body`` is what the platform sent."""

    key: str
    channel: str
    address: str
    body: str
    error: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Document:
    """One version of a toolkit or a practice as imported: JSON text."""

    key: str
    version: int
    text: str
    imported_at: datetime


class Outbox(Protocol):
    """Messages waiting to be sent, in order per chat: a chat's next one is given out when the one before is done."""

    def post(self, message: OutgoingMessage, lease: timedelta = timedelta(0)) -> None:
        """Add a message; whoever posts it may keep it from everybody else for a while, to send it at once."""

    def claim(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[OutgoingMessage]:
        """Take up to ``limit`` due messages of a channel, oldest first; nobody else gets them within the lease."""

    def sent(self, message: int) -> None:
        """Forget a message that was sent."""

    def drawn(self, channel: str, address: str, stamp: str) -> None:
        """Forget a chat's card that was drawn, unless a newer one has taken its place."""

    def waits(self, channel: str, address: str) -> bool:
        """Whether a chat's card is still to be drawn: then its person has not seen the present question."""

    def drop(self, channel: str, address: str) -> None:
        """Forget everything that waits for a chat, whose person cannot be reached; what was given up stays."""

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
        """Write the conversation, the events of its assessment and its inquiry; forget everything when it is erased.

        Raises LostRace when it changed since it was loaded. Before consent what people typed (``scratch``) is not
        kept. A message about the erasure itself is posted after this.
        """

    def assessment(self, identifier: str, person: str) -> Assessment | None:
        """One assessment of a person."""

    def assessments(self, person: str) -> list[Summary]:
        """List a person's assessments, the last changed first."""

    def history(self, identifier: str) -> list[Rated]:
        """Every change of an answer's value or basis, in order, with what it replaced; without notes."""

    def show(self, channel: str, address: str, shown: Shown) -> None:
        """Note which message shows a chat's card. No race is lost by it; a chat that is gone is passed over."""

    def reach(self, channel: str, address: str, *, reachable: bool) -> None:
        """Note whether a person can be reached in a chat. No race is lost by it."""

    def move(self, channel: str, old: str, new: str) -> None:
        """Give a chat its new address, with all that belongs to it.

        Whoever consented at the new address stays there; then the old chat is only noted as out of reach.
        """

    def chats(self, person: str) -> list[tuple[str, str]]:
        """List the chats of a person as (channel, address), the last used first; those out of reach are left out."""

    def note_utterance(self, channel: str, address: str, message: str, utterance: Utterance) -> None:
        """Note which question a written message answered; the latest note holds.

        A chat that is gone is passed over, and of each the latest ``REMEMBERED`` messages are known.
        """

    def utterance(self, channel: str, address: str, message: str) -> Utterance | None:
        """Find which question a written message answered."""

    def inquiry(self, token: str) -> Inquiry | None:
        """Find a question to a colleague, with what is assessed, by the token of its link."""

    def keep_inquiry(self, inquiry: Inquiry) -> None:
        """Add an inquiry or write how it stands now. Raises LostRace when it was taken up by somebody else."""

    def inquiries(self, assessment: str) -> list[Inquiry]:
        """List the inquiries of an assessment, the oldest first."""

    def evidence(self, identifier: str) -> Evidence | None:
        """Find a piece of evidence by id."""

    def keep_evidence(self, evidence: Evidence) -> None:
        """Write what is known of a piece's file now (``FILE_FACTS``); one that is gone is passed over.

        What the person says of it is written with its assessment.
        """

    def evidence_paths(self) -> set[str]:
        """List where all files lie that belong to a piece of evidence."""

    def everything(self, person: str) -> dict[str, object]:
        """Collect all that is stored about a person, table by table, as plain data that JSON holds.

        Moments are ISO text with a zone; ids of other people are left out.
        """

    def set_aside(self, letter: DeadLetter) -> None:
        """Keep an input that could not be handled; the same key once."""

    def dead_letters(self) -> list[DeadLetter]:
        """List the inputs that were set aside, the newest first."""

    def purge_dead_letters(self, before: datetime) -> int:
        """Forget inputs set aside before a moment; returns how many."""

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

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Do the work soon, in a thread of the store, as ``run`` does.

        On SQLite the works that wait together share one transaction, so that one flush to the disk serves them all; a
        work may therefore be done twice from the start, and its future is settled only after the commit. A work begins
        no other unit and waits for no other work.
        """

    def _once(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.unit() as unit:
            result = work(unit)
            unit.commit()
        return result


def settle(future: Future[T], work: Callable[[], T]) -> Future[T]:
    """Do something at once and give its result, or what it raised, to a future."""
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - it is for whoever asks the future
        future.set_exception(error)
    return future


def with_events(conversation: Conversation, handed: Iterable[Assessment]) -> list[Assessment]:
    """Find what a unit has to write: the assessment in hand and those handed out before, each once."""
    held = (*handed, conversation.assessment)
    return list({id(assessment): assessment for assessment in held if assessment and assessment.events}.values())


def remembered(event: Rated) -> Rated | None:
    """Find what the history keeps of an answer: no words, and nothing (None) unless value or basis changed."""
    before, after = event.old or Rating(), event.new
    if (before.value, before.basis) == (after.value, after.basis):
        return None
    blank = before.value is None and before.basis is None
    return replace(event, old=None if blank else _bare(before), new=_bare(after))


def _bare(rating: Rating) -> Rating:
    return Rating(value=rating.value, basis=rating.basis, language=rating.language)


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
