"""What the store in memory is made of: shelves of unchanging values, and the outbox on them."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta

from flows.assessment import Assessment, Rated
from flows.dialogue import Conversation
from storage.plain import instant, kept, plain
from storage.store import Document, Outbox, OutgoingMessage

Chat = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A message in the outbox."""

    message: OutgoingMessage
    not_before: datetime
    lease_until: datetime | None = None
    last_error: str = ""
    given_up: bool = False


@dataclass(kw_only=True)
class Shelves:
    """Everything kept. Values are never changed in place, so that a copy of the dictionaries is a snapshot."""

    conversations: dict[Chat, tuple[Conversation, str, datetime]] = field(default_factory=dict)
    people: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)
    assessments: dict[str, tuple[str, Assessment]] = field(default_factory=dict)
    history: dict[str, tuple[Rated, ...]] = field(default_factory=dict)
    deliveries: dict[str, tuple[Chat, datetime]] = field(default_factory=dict)
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

    def post(self, message: OutgoingMessage) -> None:
        """Add a message."""
        self._shelves.posted += 1
        stored = replace(kept(message), body=plain(message.body), id=self._shelves.posted, attempts=0)
        self._shelves.waiting[stored.id] = Waiting(message=stored, not_before=stored.created_at)

    def claim(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[OutgoingMessage]:
        """Take due messages."""
        first: dict[Chat, Waiting] = {}
        for waiting in self._shelves.waiting.values():
            if not waiting.given_up and waiting.message.channel == channel:
                first.setdefault((waiting.message.channel, waiting.message.address), waiting)
        due = [one for one in first.values() if max(one.not_before, one.lease_until or one.not_before) <= now]
        return [self._take(waiting, now + lease) for waiting in due[:limit]]

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
