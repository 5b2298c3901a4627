"""Updates on their way to the bot: queues, numbers, lifetimes, and what is asked for by ``getUpdates``."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from tests.telegram.mishaps import Mishaps
from tests.telegram.refusals import HOOKED, OTHER_POLL, conflict, refuse
from tests.telegram.shapes import Clock, Json

DAY = 86_400.0
CALLBACK = 150.0
LIMIT = 100
LONGEST = 50
FIRST = 7_000_001
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
"""Kinds of updates a bot gets only when it asks for them."""


def callback_queue(person: int) -> int:
    """The queue of a person's button presses: another than that of their messages."""
    return person + (3 << 33)


def member_queue(chat: int) -> int:
    """The queue of what becomes of the bot in a chat."""
    return chat + (5 << 33)


@dataclass(slots=True, eq=False)
class Waiting:
    """An update that was not yet confirmed. ``left``: how often it must still be delivered."""

    number: int
    queue: int
    body: Json
    expires: float
    left: int


@dataclass
class Mailbox:
    """The updates of one bot. In a queue the order holds; among queues it does not when mishaps shake them."""

    clock: Clock
    mishaps: Mishaps
    lifetimes: dict[str, float] = field(default_factory=lambda: {"callback_query": CALLBACK})
    allowed: list[str] = field(default_factory=list)
    waiting: deque[Waiting] = field(default_factory=deque)
    taken: Callable[[Waiting], None] | None = None
    expired: int = 0
    attended: asyncio.Event = field(default_factory=asyncio.Event)
    _next: int = FIRST
    _poll: asyncio.Future[bool] | None = None
    _late: dict[int, deque[tuple[str, Json]]] = field(default_factory=lambda: defaultdict(deque))

    def put(self, kind: str, body: Json, queue: int) -> None:
        """Send an update on its way, if the bot wants that kind."""
        if not self.wants(kind):
            return
        # webhooks are late on their way to the bot, with the numbers they have
        if (self.taken or not self.mishaps.shake) and not self._late.get(queue):
            self._arrive(kind, body, queue)
            return
        self._late[queue].append((kind, body))
        asyncio.get_running_loop().call_later(self.mishaps.delay(), self._release, queue)

    def wants(self, kind: str) -> bool:
        """Whether the bot gets updates of a kind."""
        return kind in self.allowed if self.allowed else kind not in UNASKED

    def _release(self, queue: int) -> None:
        # whoever is due first releases the head of the queue, so that its order holds
        kind, body = self._late[queue].popleft()
        self._arrive(kind, body, queue)

    def _arrive(self, kind: str, body: Json, queue: int) -> None:
        number = self._next
        self._next += 1
        expires = self.clock.now() + self.lifetimes.get(kind, DAY)
        update = Waiting(number, queue, {"update_id": number, kind: body}, expires, self.mishaps.deliveries)
        self.waiting.append(update)
        if self.taken:
            self.taken(update)
        if self._poll and not self._poll.done():
            self._poll.set_result(True)

    def confirm(self, offset: int) -> None:
        """Forget the updates before an offset that were delivered often enough; a negative one keeps the last few."""
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
            return
        again = []
        while self.waiting and self.waiting[0].number < offset:
            update = self.waiting.popleft()
            update.left -= 1
            if update.left > 0:
                again.append(update)
        self.waiting.extendleft(reversed(again))

    def batch(self, limit: int) -> list[Json]:
        """The oldest updates that live, in order."""
        now = self.clock.now()
        found = list(islice(self.waiting, limit))
        if any(update.expires < now for update in found):
            self.expire(now)
            found = list(islice(self.waiting, limit))
        return [update.body for update in found]

    def expire(self, now: float) -> None:
        """Drop what nobody fetched in time."""
        before = len(self.waiting)
        self.waiting = deque(update for update in self.waiting if update.expires >= now)
        self.expired += before - len(self.waiting)

    def drop(self, update: Waiting) -> None:
        """Forget one update: it was accepted, or it expired."""
        if update in self.waiting:
            self.waiting.remove(update)

    def clear(self) -> None:
        """Forget everything on the way."""
        self.waiting.clear()

    def allow(self, kinds: Any) -> None:
        """Remember which kinds the bot asked for; None leaves it as it was, an empty list means the usual ones."""
        if kinds is None:
            return
        if not isinstance(kinds, list):
            refuse("can't parse allowed_updates: array of strings expected")
        self.allowed = [str(kind) for kind in kinds]

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """Answer ``getUpdates``: at once when something waits, else when something comes, at the latest in time."""
        if self.taken:
            raise conflict(HOOKED)
        self.attended.set()
        self.end_poll(OTHER_POLL)
        if offset:
            self.confirm(offset)
        limit = limit if 1 <= limit <= LIMIT else LIMIT
        found = self.batch(limit)
        if found or seconds <= 0:
            return found
        self._poll = poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, min(seconds, LONGEST))
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        return self.batch(limit)

    def end_poll(self, reason: str) -> None:
        """Turn away whoever is polling."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(conflict(reason))
            self._poll = None
