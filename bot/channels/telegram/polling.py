"""Long polling that confirms only what is kept: the offset moves after the transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.faults import Remedy, fault_of
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.line import Line, plain
from bot.channels.telegram.parsing import KINDS
from bot.exchange import Unavailable

PATIENCE = 30
"""Seconds one poll waits for something to happen."""

BATCH = 100
LONGEST_PAUSE = 30.0

_log = logging.getLogger(__name__)


class Polling:
    """Asks for updates. ``trouble`` says why that does not work just now, empty if it does."""

    def __init__(self, line: Line, intake: Intake, delivery: Delivery) -> None:
        """Begin before everything unconfirmed."""
        self._line, self._intake, self._delivery = line, intake, delivery
        self._offset: int | None = None
        self._failures = 0
        self._behind = True
        self.trouble = ""

    async def run(self) -> None:
        """Poll until cancelled; raises InvalidToken when the platform does not know the bot."""
        self._delivery.hold()
        while True:
            try:
                updates = list(plain(await self._poll()))
                await self._intake.take(updates)
            except InvalidToken:
                raise
            except (TelegramError, Unavailable) as error:
                await self._pause(error)
                continue
            self._failures, self.trouble = 0, ""
            self._confirm(updates)

    async def _poll(self) -> Any:
        # while catching up the first answer must come at once, so that what is held back is not held for long
        wait = {"timeout": 0 if self._behind else PATIENCE}
        offset = {} if self._offset is None else {"offset": self._offset}
        return await self._line.call("getUpdates", limit=BATCH, allowed_updates=list(KINDS), **wait, **offset)

    def _confirm(self, updates: Sequence[Mapping[str, Any]]) -> None:
        numbers = [number for update in updates if isinstance(number := update.get("update_id"), int)]
        if numbers:
            self._offset = max(numbers) + 1
        if self._behind and len(updates) < BATCH:
            self._behind = False
            self._delivery.release()

    async def _pause(self, error: Exception) -> None:
        """Wait before the next try, longer each time; after an outage each person is to get one answer."""
        self._failures += 1
        self.trouble = f"no updates: {type(error).__name__}: {error}"
        wait = min(LONGEST_PAUSE, 0.5 * 2 ** min(self._failures, 8))
        if isinstance(error, TelegramError) and (fault := fault_of(error)).remedy is Remedy.WAIT:
            wait = fault.after
        if isinstance(error, Conflict):
            _log.error("another process polls for this bot; only one may")
        else:
            _log.warning("%s; next try in %.1f s", self.trouble, wait)
        if self._failures > 1 and isinstance(error, TelegramError):
            self._behind = True
            self._delivery.hold()
        await asyncio.sleep(wait)
