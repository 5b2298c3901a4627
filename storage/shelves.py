"""What the store in memory is made of: shelves of unchanging values, and the outbox on them."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta

from flows.assessment import Assessment, Rated
from flows.dialogue import Conversation, Utterance
from flows.inquiry import Inquiry
from storage.plain import instant, kept, plain
from storage.store import CARD, DeadLetter, Document, Outbox, OutgoingMessage

Chat = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A message in the outbox."""

    message: OutgoingMessage
    not_before: datetime
    lease_until: datetime | None = None
    last_error: str = ""
    given_up: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A conversation without what it has in hand, of which it keeps the names."""

    conversation: Conversation
    assessment: str
    inquiry: str
    created_at: datetime

    @property
    def last_seen(self) -> datetime:
        """When its person wrote last."""
        return self.conversation.seen_at or self.created_at


@dataclass(kw_only=True)
class Shelves:
    """Everything kept. Values are never changed in place, so that a copy of the dictionaries is a snapshot."""

    conversations: dict[Chat, Entry] = field(default_factory=dict)
    people: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)
    assessments: dict[str, tuple[str, Assessment]] = field(default_factory=dict)
    history: dict[str, tuple[Rated, ...]] = field(default_factory=dict)
    deliveries: dict[str, tuple[Chat, datetime]] = field(default_factory=dict)
    inquiries: dict[str, Inquiry] = field(default_factory=dict)
    utterances: dict[tuple[str, str], Utterance] = field(default_factory=dict)
    letters: dict[str, DeadLetter] = field(default_factory=dict)
    waiting: dict[int, Waiting] = field(default_factory=dict)
    toolkits: dict[tuple[str, int], Document] = field(default_factory=dict)
    practices: dict[tuple[str, int], Document] = field(default_factory=dict)
    posted: int = 0

    def snapshot(self) -> Shelves:
        """Put the same things on shelves of their own."""
        return replace(self, **{shelf.name: copy(getattr(self, shelf.name)) for shelf in fields(self)})


class MemoryOutbox(Outbox):
    """The outbox of one unit."""

    def __init__(self, shelves: Shelves) -> None:
        """Work on a unit's shelves."""
        self._shelves = shelves

    def post(self, message: OutgoingMessage, lease: timedelta = timedelta(0)) -> None:
        """Add a message."""
        if message.lane == CARD:
            self.remove(message.channel, message.address, lambda one: one.message.lane == CARD)
        self._shelves.posted += 1
        stored = replace(kept(message), body=plain(message.body), id=self._shelves.posted, attempts=0)
        until = stored.created_at + lease if lease else None
        self._shelves.waiting[stored.id] = Waiting(message=stored, not_before=stored.created_at, lease_until=until)

    def claim(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[OutgoingMessage]:
        """Take due messages."""
        first: dict[tuple[str, str], Waiting] = {}
        for waiting in self._shelves.waiting.values():
            if not waiting.given_up and waiting.message.channel == channel:
                first.setdefault((waiting.message.address, waiting.message.lane), waiting)
        due = [one for one in first.values() if max(one.not_before, one.lease_until or one.not_before) <= now]
        return [self._take(waiting, now + lease) for waiting in due[:limit]]

    def drawn(self, channel: str, address: str, stamp: str) -> None:
        """Forget a card that was drawn."""
        self.remove(channel, address, lambda one: one.message.lane == CARD and one.message.stamp == stamp)

    def waits(self, channel: str, address: str) -> bool:
        """Whether a card is still to be drawn."""
        return any(
            one.message.lane == CARD and not one.given_up
            for one in self._shelves.waiting.values()
            if (one.message.channel, one.message.address) == (channel, address)
        )

    def drop(self, channel: str, address: str) -> None:
        """Forget what waits for a chat."""
        self.remove(channel, address, lambda one: not one.given_up)

    def remove(self, channel: str, address: str, stale: Callable[[Waiting], bool]) -> None:
        """Forget some of what waits for a chat."""
        chat = (channel, address)
        self._shelves.waiting = {
            key: one
            for key, one in self._shelves.waiting.items()
            if (one.message.channel, one.message.address) != chat or not stale(one)
        }

    def _take(self, waiting: Waiting, until: datetime) -> OutgoingMessage:
        message = replace(waiting.message, attempts=waiting.message.attempts + 1)
        self._shelves.waiting[message.id] = replace(waiting, message=message, lease_until=until)
        return kept(message)

    def sent(self, message: int) -> None:
        """Forget a message that was sent."""
        self._shelves.waiting.pop(message, None)

    def retry(self, message: int, not_before: datetime, error: str) -> None:
        """Offer it again later."""
        if waiting := self._shelves.waiting.get(message):
            later = replace(waiting, not_before=instant(not_before), lease_until=None, last_error=error)
            self._shelves.waiting[message] = later

    def give_up(self, message: int, error: str) -> None:
        """Keep it unsent."""
        if waiting := self._shelves.waiting.get(message):
            self._shelves.waiting[message] = replace(waiting, given_up=True, lease_until=None, last_error=error)

    def purge(self, before: datetime) -> int:
        """Delete old given-up messages."""
        waiting = self._shelves.waiting
        old = [key for key, one in waiting.items() if one.given_up and one.message.created_at < before]
        for key in old:
            del waiting[key]
        return len(old)
