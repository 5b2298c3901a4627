"""Bringing answers to people: at once after the commit, in order for each chat, the latest state only."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.cards import Cards, Duplicable
from bot.channels.telegram.faults import Remedy, fault_of
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.parsing import CHANNEL
from bot.exchange import Desk, Outbound, Unavailable
from flows.dialogue import Shown

ATTEMPTS = 4
"""How often a card is tried at once; after that it waits in the outbox."""

PATIENCE = 20.0
"""Seconds a chat is waited for here when the platform asks for it; a longer wait is spent in the outbox."""

SETTLING = 0.3
"""Seconds a message waits until a card on its way is drawn; one that comes longer before was written before it."""

GATHERING = 0.5
"""Seconds in which late inputs of a chat gather, so that their person gets one answer."""

TOGETHER = 0.01
"""Seconds in which cards that stay where they are gather to be noted as drawn."""

_log = logging.getLogger(__name__)


@dataclass
class _Chat:
    """A chat that is being served.

    ``shown`` is where its card is, once drawn here: newer than what the store told. ``at_rest`` is set unless the card
    is on its way just now; while it waits for its turn, or for the next try, nobody waits for it. ``behind`` says that
    inputs come late, so that there may be more.
    """

    pending: tuple[Outbound, str] | None
    behind: bool = False
    shown: Shown | None = None
    at_rest: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Begin with nothing on its way."""
        self.at_rest.set()


class Delivery:
    """Draws cards. Its memory is of the chats in hand only; what must last lies in the outbox."""

    def __init__(self, desk: Desk, cards: Cards, limits: Limits) -> None:
        """Begin with no chat in hand."""
        self._desk, self._cards, self._limits = desk, cards, limits
        self._chats: dict[str, _Chat] = {}
        self._drawn: list[tuple[Outbound, Shown, asyncio.Event]] = []
        self._unnoted: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = asyncio.Event()
        self._open.set()

    def offer(self, outbound: Outbound, remark: str = "", *, behind: bool = False) -> None:
        """Draw a screen soon. A newer one for the same chat takes its place while it waits.

        ``behind`` says that the input was late: then more of them may be about to come.
        """
        address = outbound.conversation.address
        chat = self._chats.get(address)
        if chat is not None:
            chat.pending, chat.behind = (outbound, remark), behind
            return
        self._chats[address] = _Chat((outbound, remark), behind)
        self.soon(self._serve(address))

    def strip(self, address: str, message: str) -> None:
        """Take the buttons from an old card soon."""
        self.soon(self._cards.strip(address, message))

    def soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something without being waited for; the end of the program waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def busy(self, address: str) -> bool:
        """Whether a chat is being served."""
        return address in self._chats

    async def settled(self, address: str) -> None:
        """Return when a card on its way to a chat is drawn and noted: so it is clear what its person has seen.

        It is not waited for one that cannot be drawn at once, because others wait as well meanwhile.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLING):
                if (chat := self._chats.get(address)) is not None:
                    await chat.at_rest.wait()
                while (event := self._unnoted.get(address)) is not None:
                    await event.wait()

    def hold(self) -> None:
        """Draw nothing while missed inputs are taken up, so that each person gets one answer."""
        self._open.clear()

    def release(self) -> None:
        """Draw again."""
        self._open.set()

    async def finish(self, seconds: float) -> None:
        """Wait for what is in hand, but not for ever: the outbox keeps the rest."""
        self.release()
        deadline = asyncio.get_running_loop().time() + seconds
        # what is in hand may begin more
        while self._tasks and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(self._tasks, timeout=left)
        for task in self._tasks:
            task.cancel()

    async def _serve(self, address: str) -> None:
        chat = self._chats[address]
        try:
            while chat.pending is not None:
                if not self._open.is_set():
                    await self._open.wait()
                if chat.behind:
                    await asyncio.sleep(GATHERING)
                    chat.behind = False
                await self._limits.admit(address)
                (outbound, remark), chat.pending = chat.pending, None
                await self._draw(chat, await self._current(chat, outbound), remark)
                chat.at_rest.set()
        except Unavailable:
            _log.warning("the store is away; what was drawn will be drawn again")
        except Exception:  # noqa: BLE001 - whatever it is, one chat's card must not end the others
            # the card stays in the outbox and is tried again from there
            _log.exception("a card could not be drawn")
        finally:
            del self._chats[address]
            chat.at_rest.set()

    async def _current(self, chat: _Chat, outbound: Outbound) -> Outbound:
        """The outbound, or the screen looked up anew when it knows of an older leaf than was drawn here."""
        if chat.shown is None or outbound.leaf == chat.shown.leaf or outbound.conversation.shown == chat.shown:
            return outbound
        found = await self._desk.present(CHANNEL, outbound.conversation.address)
        return outbound if found is None else replace(found, stamp=outbound.stamp)

    async def _draw(self, chat: _Chat, outbound: Outbound, remark: str) -> None:
        """Try until it is drawn, or until it is clear what else to do."""
        address = outbound.conversation.address
        for attempt in range(ATTEMPTS):
            place = _place(chat, outbound)
            chat.at_rest.clear()
            try:
                shown = await self._cards.draw(outbound, place, remark)
            except Duplicable as error:
                _log.info("a card may have been sent twice: %s", error.__cause__)
                outbound = await self._renewed(outbound)
            except TelegramError as error:
                if not await self._mended(error, outbound):
                    return
            else:
                chat.shown = shown
                if place.message and place.message != shown.message:
                    self.soon(self._close(outbound, place))
                await self._note(outbound, shown)
                return
            if chat.pending is not None:
                return
            chat.at_rest.set()
            await asyncio.sleep(self._limits.quiet(address) or 0.5 * 2**attempt)

    async def _note(self, outbound: Outbound, shown: Shown) -> None:
        """Have it noted that a card was drawn.

        Where it is must be known before the next input is answered; that it was drawn at all may be noted together with
        others a moment later.
        """
        if shown != outbound.conversation.shown:
            await self._desk.drawn([(outbound, shown)])
            return
        noted = self._unnoted[outbound.conversation.address] = asyncio.Event()
        self._drawn.append((outbound, shown, noted))
        if len(self._drawn) == 1:
            self.soon(self._note_together())

    async def _note_together(self) -> None:
        """Note what was drawn by the time this gets its turn; what comes while it is noted waits for the next time."""
        await asyncio.sleep(TOGETHER)
        cards, self._drawn = self._drawn, []
        try:
            await self._desk.drawn([(outbound, shown) for outbound, shown, _ in cards])
        except Unavailable:
            _log.warning("the store is away; what was drawn will be drawn again")
        finally:
            for outbound, _, noted in cards:
                noted.set()
                if self._unnoted.get(outbound.conversation.address) is noted:
                    del self._unnoted[outbound.conversation.address]

    async def _close(self, outbound: Outbound, left: Shown) -> None:
        """See to the card that is left behind. What comes next matters more and does not wait for it."""
        for attempt in range(ATTEMPTS):
            try:
                await self._cards.close(outbound, left)
            except TelegramError as error:
                fault = fault_of(error)
                if fault.remedy not in {Remedy.RETRY, Remedy.WAIT} or fault.after > PATIENCE:
                    _log.info("a card that is left behind stays as it was: %s", error)
                    return
                await asyncio.sleep(fault.after or 0.5 * 2**attempt)
            else:
                return

    async def _renewed(self, outbound: Outbound) -> Outbound:
        conversation = outbound.conversation
        found = await self._desk.renewed(CHANNEL, conversation.address)
        return outbound if found is None else replace(found, stamp=outbound.stamp)

    async def _mended(self, error: TelegramError, outbound: Outbound) -> bool:
        """Do what the failure calls for; whether the card is to be tried again here."""
        address, fault = outbound.conversation.address, fault_of(error)
        match fault.remedy:
            case Remedy.RETRY:
                return True
            case Remedy.WAIT:
                self._limits.hush(address, fault.after)
                return fault.after <= PATIENCE
            case Remedy.UNREACHABLE:
                await self._desk.reach(CHANNEL, address, reachable=False)
            case Remedy.MOVED:
                await self._desk.move(CHANNEL, address, fault.chat)
            case _:
                _log.error("the platform refuses a card (%s): %s", outbound.screen.name, error)
                await self._desk.drawn([(outbound, outbound.conversation.shown)])
        return False


def _place(chat: _Chat, outbound: Outbound) -> Shown:
    """Where the card is: what was drawn here is newer than what the store told, but a message may lie below since."""
    told = outbound.conversation.shown
    if chat.shown is None:
        return told
    newly_buried = told.buried and told.message == chat.shown.message
    return replace(chat.shown, buried=chat.shown.buried or newly_buried or _below(outbound, chat.shown))


def _below(outbound: Outbound, shown: Shown) -> bool:
    return bool(outbound.heard) and int(outbound.heard) > int(shown.message)
