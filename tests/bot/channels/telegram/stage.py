"""Our bot and people on one loopback platform, one step at a time: each act ends when everything has come to rest."""

from __future__ import annotations

import asyncio
import inspect
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.telegram.channel import Telegram
from bot.handle import House
from tests.bot.channels.telegram.official import Official
from tests.bot.channels.telegram.running import bot_on, housed
from tests.talking import MORNING, numbered_ids
from tests.telegram.calls import Call
from tests.telegram.server import TelegramServer
from tests.telegram.shapes import Json

HARMLESS = ("message is not modified", "query is too old", "message to edit not found")
PATIENCE = 20.0
"""Seconds in which everything must have come to rest; a PDF takes one or two of them."""


@dataclass
class Clock:
    """The bot's clock, which stands still unless it is set ahead."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


@dataclass
class Stage:
    """A platform with our bot on it."""

    telegram: TelegramServer
    channel: Telegram
    house: House
    clock: Clock
    database: Path

    async def official(self, name: str = "Rina", language: str | None = "id") -> Official:
        """Someone new."""
        return Official(self, await self.telegram.person(name, language))

    async def at_item(self, language: str = "en") -> Official:
        """Someone new who stands at the first question."""
        rina = await self.official("Rina", language)
        return await (await rina.enter(language)).begin()

    async def settled(self) -> None:
        """Wait until every input is answered and everything that was to be sent is sent."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not self._at_rest():
            assert asyncio.get_running_loop().time() < deadline, f"no rest: {self._rows()} {self.telegram.calls.codes}"
            await asyncio.sleep(0.002)

    def overtake(self) -> int:
        """Reserve the number of an update that comes late, by a way of its own."""
        mailbox = self.telegram.world.mailbox
        mailbox._next += 1  # noqa: SLF001 - as if it were on its way
        return mailbox._next - 1  # noqa: SLF001

    async def bring(self, number: int, message: Json) -> None:
        """Let a message come at last, as a webhook would post it."""
        await self.channel._take([{"update_id": number, "message": message}])  # noqa: SLF001 - what the route calls
        await self.settled()

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.clock.now += timedelta(**time)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What a query finds in the database, read beside the bot."""
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(query).fetchall()

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """All rows of all tables."""
        tables = [str(name) for (name,) in self.rows("select name from sqlite_master where type = 'table'")]
        return {table: self.rows(f"select * from {table}") for table in tables}  # noqa: S608 - the database's own names

    def _at_rest(self) -> bool:
        busy = self.channel._delivery._tasks  # noqa: SLF001 - what is under way is nobody else's business
        return not self.telegram.world.mailbox.waiting and not busy and not self._rows()

    def _rows(self) -> list[tuple[object, ...]]:
        return self.rows("select address, kind, attempts, last_error from outbox where state = 'pending'")


def refusals(stage: Stage) -> list[str]:
    """What the platform refused of our bot's calls, but for what was planned, or says that all is as it should be."""
    failed = [call for call in stage.telegram.calls if call.code != 200 and not call.fate]
    told = [f"{call.method}: {call.answer.get('description')}" for call in failed]
    return [line for line in told if not any(harmless in line for harmless in HARMLESS)]


def answered_once(stage: Stage) -> bool:
    """Whether every press got one answer, and no press that never was got any."""
    answered = Counter(call.parameters.recorded["callback_query_id"] for call in _answers(stage))
    return answered == Counter(list(stage.telegram.world.queries))


def _answers(stage: Stage) -> list[Call]:
    return stage.telegram.calls.of("answerCallbackQuery")


def on_stage(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """A test whose first argument is a stage; its other arguments are given by pytest as always.

    Afterwards nothing was refused, and every press was answered once.
    """

    async def run(folder: Path, others: dict[str, Any]) -> None:
        async with staged(folder) as stage:
            await test(stage, **others)
            await stage.settled()
            assert refusals(stage) == []
            assert answered_once(stage)

    def wrapper(tmp_path: Path, **others: Any) -> None:
        asyncio.run(run(tmp_path, others))

    signature = inspect.signature(test)
    parameters = [inspect.signature(wrapper).parameters["tmp_path"], *list(signature.parameters.values())[1:]]
    wrapper.__name__, wrapper.__module__, wrapper.__doc__ = test.__name__, test.__module__, test.__doc__
    wrapper.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined] # what pytest sees
    return wrapper


@asynccontextmanager
async def staged(folder: Path, new_id: Callable[[], str] | None = None) -> AsyncIterator[Stage]:
    """Set the stage: the bot up and introduced, nobody there yet."""
    clock, database = Clock(), folder / "cocok.db"
    house = housed(f"sqlite:///{database}", folder)
    house.new_id = new_id or numbered_ids()
    async with TelegramServer() as telegram, bot_on(telegram, house, clock) as channel:
        stage = Stage(telegram, channel, house, clock, database)
        await telegram.attended()
        await stage.settled()
        yield stage
