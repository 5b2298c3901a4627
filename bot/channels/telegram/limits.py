"""Own sending limits, so that the platform need not refuse: overall, for each chat, for each group."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from time import monotonic

from aiolimiter import AsyncLimiter

BURST = 4
"""Messages a chat may get at once before it is held to its rate."""

GROUP = 20
"""Messages a group may get in a minute."""

REMEMBERED = 2_000
"""Chats whose recent messages are counted; who wrote longer ago than so many others is free again anyway."""


class Limits:
    """Rates in messages a second; 0 switches a limit off. What the platform asks to wait for is always obeyed."""

    def __init__(self, rate: float, chat_rate: float) -> None:
        """Begin with nothing sent."""
        self._overall = AsyncLimiter(max(rate, 1), max(rate, 1) / rate) if rate else None
        self._chat_rate = chat_rate
        self._chats: OrderedDict[str, AsyncLimiter] = OrderedDict()
        self._quiet: dict[str, float] = {}

    async def admit(self, address: str) -> None:
        """Return when a message may be sent to a chat."""
        await self._silence(address)
        if self._chat_rate:
            await self._chat(address).acquire()
        if self._overall is not None:
            await self._overall.acquire()

    def hush(self, address: str, seconds: float) -> None:
        """Send nothing to a chat for a while."""
        self._quiet[address] = monotonic() + seconds

    def quiet(self, address: str) -> float:
        """Seconds for which nothing may be sent to a chat."""
        return max(0.0, self._quiet.get(address, 0.0) - monotonic())

    async def _silence(self, address: str) -> None:
        while wait := self.quiet(address):  # noqa: ASYNC110 - a second refusal may have prolonged it meanwhile
            await asyncio.sleep(wait)
        self._quiet.pop(address, None)

    def _chat(self, address: str) -> AsyncLimiter:
        known = self._chats.pop(address, None) or self._limiter(address)
        self._chats[address] = known
        if len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        return known

    def _limiter(self, address: str) -> AsyncLimiter:
        if address.startswith("-"):
            return AsyncLimiter(GROUP, 60)
        return AsyncLimiter(BURST, BURST / self._chat_rate)
