"""Taking updates in: in order for each chat, in parallel across chats, each kept before it is confirmed."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from time import time
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.drawing import remark_of
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.line import Line
from bot.channels.telegram.parsing import (
    CHANNEL,
    Elsewhere,
    Membership,
    Moved,
    Tapped,
    chat_of,
    parse,
)
from bot.exchange import Desk, Inbound, Outbound, Unavailable

TRIES = 3
"""How often an update is tried before it is set aside."""

LATE = 2.0
"""Seconds after which a message is one that was missed."""

REMEMBERED = 10_000
"""Updates this process has dealt with, so that a second delivery costs nothing and answers nothing twice."""

_log = logging.getLogger(__name__)


class Intake:
    """Everything that comes in, from either way of delivery."""

    def __init__(self, desk: Desk, line: Line, delivery: Delivery, errands: Errands, identity: str) -> None:
        """``identity`` is the bot's id."""
        self._desk, self._line, self._delivery, self._errands = desk, line, delivery, errands
        self._identity = identity
        self._chats: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}
        self._done: OrderedDict[int, None] = OrderedDict()
        self._missed: set[str] = set()

    async def take(self, updates: Iterable[Mapping[str, Any]]) -> None:
        """Take in updates; when this returns all of them may be confirmed. Raises Unavailable, and then none may."""
        chats: dict[str, list[Mapping[str, Any]]] = {}
        for update in updates:
            chats.setdefault(chat_of(update), []).append(update)
        if len(chats) == 1:
            ((chat, one),) = chats.items()
            await self._in_order(chat, one)
            return
        results = await asyncio.gather(*(self._in_order(*one) for one in chats.items()), return_exceptions=True)
        for failed in results:
            if isinstance(failed, BaseException):
                raise failed

    async def _in_order(self, chat: str, updates: list[Mapping[str, Any]]) -> None:
        """One chat's updates, one after the other, also when they come by several ways at once."""
        lock = self._chats.setdefault(chat, asyncio.Lock())
        self._waiting[chat] = self._waiting.get(chat, 0) + 1
        try:
            async with lock:
                for update in updates:
                    await self._once(update)
        except Unavailable:
            self._missed.add(chat)
            raise
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat], self._chats[chat]

    async def _once(self, update: Mapping[str, Any]) -> None:
        number = update.get("update_id")
        if not isinstance(number, int) or number in self._done:
            return
        for attempt in range(TRIES):
            try:
                await self._handle(update)
                break
            except Unavailable:
                raise
            except Exception as error:  # noqa: BLE001 - a poison update is whatever cannot be handled
                _log.exception("update %s failed (try %s of %s)", number, attempt + 1, TRIES)
                if attempt + 1 == TRIES:
                    await self._set_aside(number, update, error)
                else:
                    await asyncio.sleep(0.05 * 4**attempt)
        self._done[number] = None
        if len(self._done) > REMEMBERED:
            self._done.popitem(last=False)

    async def _set_aside(self, number: int, update: Mapping[str, Any], error: Exception) -> None:
        # in plain ASCII, so that whatever made it poison can be kept
        key, body = f"{CHANNEL}:{self._identity}:{number}", json.dumps(update)
        told = ascii(f"{type(error).__name__}: {error}"[:500])[1:-1]
        try:
            await self._desk.set_aside(key, CHANNEL, chat_of(update), body, told)
        except Unavailable:
            raise
        except Exception as fault:
            # it stays unconfirmed and comes again; ending here would end everybody's conversation
            _log.exception("update %s cannot be set aside", number)
            raise Unavailable(type(fault).__name__) from fault

    async def _handle(self, update: Mapping[str, Any]) -> None:
        match parse(update, self._line, self._identity):
            case Inbound() as inbound:
                if not (inbound.text or "").startswith("/"):
                    await self._delivery.settled(inbound.address)
                await self.carry(inbound)
            case Tapped(inbound=None) as tapped:
                self._answer_query(tapped.query, self._desk.words("not-yours", tapped.language))
            case Tapped(inbound=Inbound() as inbound) as tapped:
                outbound = await self._desk.answer(inbound)
                self._answer_query(tapped.query, remark_of(outbound.screen) if outbound.fresh else "")
                self._bring(outbound, inbound, "")
            case Membership() as membership:
                await self._desk.reach(CHANNEL, membership.address, reachable=membership.reachable)
            case Moved() as moved:
                await self._desk.move(CHANNEL, moved.old, moved.new)
            case Elsewhere(addressed=True) as elsewhere:
                key = f"{CHANNEL}:{self._identity}:{update['update_id']}"
                await self._desk.turn_away(CHANNEL, elsewhere.address, key, elsewhere.language)
                self._errands.call()
            case _:
                return

    async def carry(self, inbound: Inbound) -> None:
        """Answer an input that no query waits for."""
        outbound = await self._desk.answer(inbound)
        self._bring(outbound, inbound, outbound.screen.toast)

    def _bring(self, outbound: Outbound, inbound: Inbound, remark: str) -> None:
        if outbound.redraw:
            self._delivery.offer(outbound, remark, behind=self._is_behind(inbound))
        elif inbound.message and inbound.data is not None:
            self._delivery.strip(inbound.address, inbound.message)
        if outbound.errands:
            self._errands.call()

    def _is_behind(self, inbound: Inbound) -> bool:
        """Whether an input is one that was missed, so that more of the same chat may be about to come."""
        missed = inbound.address in self._missed
        self._missed.discard(inbound.address)
        return missed or (inbound.at > 0 and time() - inbound.at > LATE)

    def _answer_query(self, query: str, remark: str) -> None:
        self._delivery.soon(self._answered(query, remark))

    async def _answered(self, query: str, remark: str) -> None:
        try:
            text = {"text": remark} if remark else {}
            await self._line.call("answerCallbackQuery", callback_query_id=query, **text)
        except TelegramError as error:
            # too late or twice: the card itself has answered
            _log.debug("a button was answered in vain: %s", error)
