"""Our bot on a loopback platform: the real channel, house and store, in the loop of the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.telegram.channel import Access, Telegram
from bot.desk import FrontDesk
from bot.files import Files
from bot.handle import House
from bot.service import LEASE
from flows.library import builtin
from storage.store import open_store
from tests.telegram.server import TelegramServer


def housed(url: str, folder: Path) -> House:
    """Furnish a house for a channel."""
    return House(
        store=open_store(url),
        library=builtin(),
        files=Files(folder / "files"),
        errands=frozenset({"telegram"}),
        lease=LEASE,
    )


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def bot_on(
    telegram: TelegramServer, house: House, clock: Callable[[], datetime] = _now, *, chat_rate: float = 0
) -> AsyncIterator[Telegram]:
    """Run the bot, by long polling, until the block ends; ``chat_rate`` is its own limit for each chat."""

    def link(prefix: str) -> None:
        house.link = prefix

    access = Access(token=telegram.token, api_url=telegram.url, rate=0, chat_rate=chat_rate)
    channel = Telegram(FrontDesk(house=house, clock=clock), access, "id", link)
    task = asyncio.create_task(channel.run())
    try:
        yield channel
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        house.store.close()
