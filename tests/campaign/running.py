"""The bot as a process that can be killed, and the campaign: people, the platform, the bot, and its deaths."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.server import listen
from tests.bot.shell import ROOT
from tests.telegram.server import TelegramServer


class BotProcess:
    """``cocok run`` as its operator starts it, on a database and a log in a folder."""

    def __init__(self, telegram: TelegramServer, folder: Path, *, webhook: bool = False, **settings: str) -> None:
        """Prepare; ``settings`` are those beside token, address, database and webhook, by their names."""
        self.folder = folder
        self.url = f"sqlite:///{folder / 'cocok.db'}"
        given = {
            "COCOK_TELEGRAM_TOKEN": telegram.token,
            "COCOK_TELEGRAM_API_URL": telegram.url,
            "COCOK_TELEGRAM_RATE": "0",
            "COCOK_TELEGRAM_CHAT_RATE": "0",
            "COCOK_DATABASE_URL": self.url,
            "COCOK_LOG_FORMAT": "text",
        }
        if webhook:
            with listen("127.0.0.1", 0) as free:
                port = str(free.getsockname()[1])
            given |= {"COCOK_HTTP_PORT": port, "COCOK_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}"}
            given["COCOK_TELEGRAM_WEBHOOK_SECRET"] = "rahasia-webhook"  # noqa: S105 - of no real bot
        others = {name: value for name, value in os.environ.items() if not name.startswith("COCOK_")}
        self.surroundings: Mapping[str, str] = {**others, "PYTHONPATH": str(ROOT), **given, **settings}
        self.process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        """What it has logged in all its lives."""
        return (self.folder / "bot.log").read_text()

    async def start(self) -> None:
        """Start it; it is not ready yet."""
        with (self.folder / "bot.log").open("a") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                env=self.surroundings,
                cwd=self.folder,
                stderr=log,
                stdin=asyncio.subprocess.DEVNULL,
            )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Start it, and see that nothing of it is left when the block ends."""
        await self.start()
        try:
            yield
        finally:
            await self.gone()

    def strike(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to it, now."""
        assert self.process
        if self.process.returncode is None:
            os.kill(self.process.pid, number)

    async def gone(self) -> None:
        """See that nothing of it is left."""
        if self.process:
            self.strike()
            await self.ended()

    async def ended(self, within: float = 20.0) -> int:
        """Wait until it is gone; gives its exit code."""
        assert self.process
        return await asyncio.wait_for(self.process.wait(), within)
