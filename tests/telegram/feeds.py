"""What reaches a person's phone, in order, and waiting for more of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Protocol

from tests.telegram.shapes import Event


class Feed(Protocol):
    """The events of one person since they have their account."""

    events: list[Event]

    async def more(self, within: float) -> bool:
        """Wait for at least one more event, for so many seconds at most; whether there is one."""


class Wire(Protocol):
    """The way to a server: in the same loop, or over HTTP to another process."""

    async def do(self, verb: str, **details: Any) -> Any:
        """Do one thing: what a person does (``tests.telegram.acts``), or what the test does to Telegram."""

    def feed(self, person: int) -> Feed:
        """What reaches a person."""


class LocalFeed:
    """The feed of a person on a server in the same loop: complete at any moment."""

    def __init__(self) -> None:
        """Begin empty."""
        self.events: list[Event] = []
        self._waiting: list[asyncio.Future[bool]] = []

    def take(self, event: Event) -> None:
        """Add an event, and wake whoever waits."""
        self.events.append(event)
        while self._waiting:
            waiting = self._waiting.pop()
            if not waiting.done():
                waiting.set_result(True)

    async def more(self, within: float) -> bool:
        """Wait for at least one more event, for so many seconds at most; whether there is one."""
        waiting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        with suppress(TimeoutError):
            return await asyncio.wait_for(waiting, within)
        return False
