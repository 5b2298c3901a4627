"""Telegram as a channel of the service: puts its parts together, starts and ends them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.routing import BaseRoute
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.cards import Cards
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.faults import fault_of
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.introduction import introduce
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.line import Line
from bot.channels.telegram.parsing import KINDS
from bot.channels.telegram.polling import PATIENCE, Polling
from bot.channels.telegram.webhook import route
from bot.exchange import Desk, Unavailable

PARTING = 8.0
"""Seconds given to what is in hand when the service ends."""

CATCHING_UP = 1.0
"""Seconds given to a webhook to bring what was missed, before anything is drawn."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Access:
    """How the platform is reached. Rates are messages a second, 0 for no limit of our own.

    With ``webhook_url`` (the whole address) the platform calls us, and shows ``webhook_secret``; without it we poll.
    """

    token: str = field(repr=False)
    api_url: str
    rate: float
    chat_rate: float
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)


class Telegram:
    """The channel. With a webhook's URL it waits to be called, otherwise it polls."""

    name = "telegram"

    def __init__(self, desk: Desk, access: Access, language: str, linked: Callable[[str], None]) -> None:
        """``language`` is shown to people of other languages than ours.

        ``linked`` is told what deep links to this bot begin with, as soon as its name is known.
        """
        self._desk, self._language, self._linked = desk, language, linked
        self._webhook_url, self._webhook_secret = access.webhook_url, access.webhook_secret
        self._line = Line(access.token, access.api_url, PATIENCE)
        self._limits = Limits(access.rate, access.chat_rate)
        self._delivery = Delivery(desk, Cards(self._line), self._limits)
        self._intake: Intake | None = None
        self._polling: Polling | None = None
        self._trouble = "not started yet"

    def routes(self) -> Sequence[BaseRoute]:
        """The webhook's route, if there is one."""
        return [route(self._take, self._webhook_secret)] if self._webhook_url else []

    def well(self) -> str:
        """Why it does not work just now; empty if it does."""
        return self._trouble or (self._polling.trouble if self._polling else "")

    async def run(self) -> None:
        """Answer people until cancelled, then finish what is in hand."""
        # until missed inputs are taken up, so that each person gets one answer
        self._delivery.hold()
        try:
            await self._introduced()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._errands.sweep())
                group.create_task(self._listen())
        finally:
            self._trouble = "ended"
            await self._delivery.finish(PARTING)
            await self._line.shutdown()

    async def _introduced(self) -> None:
        """Reach the platform and learn who we are."""
        await self._insist("the platform cannot be reached", self._line.initialize)
        me = self._line.bot
        self._linked(f"https://t.me/{me.username}?start=")
        identity = str(me.id)
        self._errands = Errands(self._desk, self._line, self._delivery, self._limits, identity)
        self._intake = Intake(self._desk, self._line, self._delivery, self._errands, identity)
        self._errands.carried = self._intake.carry
        self._delivery.soon(introduce(self._line.call, self._language))

    async def _listen(self) -> None:
        assert self._intake is not None  # noqa: S101 - set by _introduced, which comes first
        if self._webhook_url:
            await self._insist("the webhook is not set", self._announce)
            await asyncio.sleep(CATCHING_UP)
            self._delivery.release()
            await asyncio.Event().wait()
        await self._insist("the webhook is not taken away", partial(self._line.call, "deleteWebhook"))
        self._polling = Polling(self._line, self._intake, self._delivery)
        await self._polling.run()

    async def _announce(self) -> None:
        """Tell the platform where to call; until it knows, nothing comes."""
        wanted = {"url": self._webhook_url, "secret_token": self._webhook_secret, "allowed_updates": list(KINDS)}
        await self._line.call("setWebhook", **wanted, max_connections=40)

    async def _insist(self, trouble: str, call: Callable[[], Awaitable[object]]) -> None:
        """Make a call as often as it takes, unless the token is wrong; ``trouble`` tells what is the matter so long."""
        wait = 0.5
        while True:
            try:
                await call()
                break
            except InvalidToken:
                raise
            except TelegramError as error:
                self._trouble = f"{trouble}: {error}"
                pause = max(wait, fault_of(error).after)
                _log.warning("%s; next try in %.1f s", self._trouble, pause)
                await asyncio.sleep(pause)
                wait = min(30.0, wait * 2)
        self._trouble = ""

    async def _take(self, updates: list[Mapping[str, Any]]) -> None:
        if self._intake is None:
            raise Unavailable(self._trouble)
        await self._intake.take(updates)
