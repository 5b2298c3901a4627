"""Our bot behind a webhook, with its HTTP server, in the loop of the test."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from bot.channels.telegram.channel import Access, Telegram
from bot.channels.telegram.webhook import PATH
from bot.desk import FrontDesk
from bot.handle import House
from bot.server import application, listen, serve
from storage.store import open_store
from tests.telegram.server import TelegramServer

SECRET = "rahasia-webhook"  # noqa: S105 - of no real bot


@asynccontextmanager
async def hooked_on(telegram: TelegramServer, house: House, *, attended: bool = True) -> AsyncIterator[str]:
    """Run the bot until the block ends; gives the webhook's address, when it is ``attended`` if that is wanted."""
    listener = listen("127.0.0.1", 0)
    root = f"http://127.0.0.1:{listener.getsockname()[1]}"
    access = Access(
        token=telegram.token, api_url=telegram.url, rate=0, chat_rate=0, webhook_url=root + PATH, webhook_secret=SECRET
    )
    channel = Telegram(FrontDesk(house=house), access, "id", lambda prefix: setattr(house, "link", prefix))
    app = application(lambda: None, {channel.name: channel.well}, channel.routes())
    parts = [asyncio.create_task(serve(app, listener)), asyncio.create_task(channel.run())]
    try:
        if attended:
            await asyncio.wait_for(telegram.attended(), 10)
        yield f"{root}{PATH}"
    finally:
        for part in parts:
            part.cancel()
            with suppress(asyncio.CancelledError):
                await part
        house.store.close()


def impatient(house: House, file: Path) -> House:
    """The house on a store that waits for a lock for a moment only."""
    house.store.close()
    house.store = open_store(f"sqlite:///{file}", patience=0.1)
    return house


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep everybody else from writing to an SQLite database."""
    holder = sqlite3.connect(file, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        yield
    finally:
        holder.close()
