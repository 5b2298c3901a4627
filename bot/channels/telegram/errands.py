"""What accompanies a card: pictures and reports sent, evidence fetched, news carried. Swept from the outbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.cards import in_place
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.faults import Fault, Remedy, fault_of
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.line import Line, upload
from bot.channels.telegram.parsing import CHANNEL
from bot.exchange import Desk, Inbound, Parcel, Unavailable, Waiting

LEASE = timedelta(minutes=3)
"""How long an errand is left to whoever took it."""

SWEEP = 2.0
"""Seconds between two looks into the outbox when nobody calls for one."""

AGAIN = 10.0
"""Seconds until a card that was taken up here and still waits is taken up again, twice as long each time."""

AT_ONCE = 4
ATTEMPTS = 8
LARGEST = 20 * 1024 * 1024
"""Bytes of the largest file the platform hands to a bot."""

_log = logging.getLogger(__name__)


class Errands:
    """Takes up what waits in the outbox: errands, and cards that a crash or an outage left."""

    def __init__(self, desk: Desk, line: Line, delivery: Delivery, limits: Limits, identity: str) -> None:
        """``identity`` is the bot's id: file ids are its own."""
        self._desk, self._line, self._delivery, self._limits = desk, line, delivery, limits
        self._identity = identity
        self._called = asyncio.Event()
        self._room = asyncio.Semaphore(AT_ONCE)
        self.carried: Callable[[Inbound], Awaitable[None]] | None = None
        self._kinds: dict[str, Callable[[Waiting], Awaitable[None]]] = {
            "picture": self._send,
            "report": self._send,
            "mydata": self._send,
            "fetch": self._fetch,
            "news": self._carry,
            "elsewhere": self._say,
        }

    def call(self) -> None:
        """Look into the outbox now."""
        self._called.set()

    async def sweep(self) -> None:
        """Look into the outbox for ever."""
        while True:
            try:
                found = await self._desk.claim(CHANNEL, LEASE)
            except Unavailable:
                found = []
            for message in found:
                self._delivery.soon(self._take(message))
            if not found:
                self._called.clear()
                try:
                    await asyncio.wait_for(self._called.wait(), SWEEP)
                except TimeoutError:
                    continue

    async def _take(self, message: Waiting) -> None:
        try:
            if message.kind == "card":
                await self._redraw(message)
                return
            async with self._room:
                await self._do(message)
        except Unavailable:
            _log.warning("the store is away; an errand will be done again")
        except Exception:  # noqa: BLE001 - whatever it is, one chat's card must not end the others
            _log.exception("what waits for a chat could not be taken up: %s", message.kind)

    async def _redraw(self, message: Waiting) -> None:
        """Show the present state to somebody whose card was left; what may lie there twice gets a new version."""
        address = message.address
        quiet = self._limits.quiet(address)
        again = AGAIN * 2 ** min(message.attempts - 1, 6)
        # an errand is left to who took it for minutes, but a card is soon free again, whatever becomes of this try
        await self._desk.postpone(message, quiet or again, "asked to wait" if quiet else "not drawn yet")
        if quiet or self._delivery.busy(address):
            return
        found = await self._desk.present(CHANNEL, address)
        if found is not None and not in_place(found, found.conversation.shown):
            found = await self._desk.renewed(CHANNEL, address)
        if found is None:
            language = str(message.body.get("language", ""))
            if not language:
                await self._desk.sent(message)
                return
            found = await self._desk.farewell(CHANNEL, address, language)
        self._delivery.offer(found.stamped(message.stamp))

    async def _do(self, message: Waiting) -> None:
        work = self._kinds.get(message.kind)
        try:
            if work is None:
                await self._desk.give_up(message, "unknown kind")
                return
            await self._limits.admit(message.address)
            await work(message)
        except TelegramError as error:
            await self._failed(message, fault_of(error), str(error))
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, one errand must not end the others
            _log.exception("an errand failed: %s", message.kind)
            await self._failed(message, Fault(Remedy.RETRY), type(error).__name__)
        else:
            await self._desk.sent(message)

    async def _failed(self, message: Waiting, fault: Fault, told: str) -> None:
        match fault.remedy:
            case Remedy.UNREACHABLE:
                await self._desk.reach(CHANNEL, message.address, reachable=False)
            case Remedy.MOVED:
                await self._desk.move(CHANNEL, message.address, fault.chat)
            case Remedy.WAIT:
                self._limits.hush(message.address, fault.after)
                await self._desk.postpone(message, fault.after, told)
            case Remedy.RETRY if message.attempts < ATTEMPTS:
                await self._desk.postpone(message, min(300.0, 2.0**message.attempts), told)
            case _:
                _log.error("an errand is given up (%s): %s", message.kind, told)
                await self._desk.give_up(message, told)

    async def _send(self, message: Waiting) -> None:
        for parcel in await self._desk.parcels(CHANNEL, message):
            await self._parcel(message.address, parcel)
        await self._desk.buried(CHANNEL, message.address)
        if message.kind == "report" and (found := await self._desk.present(CHANNEL, message.address)):
            self._delivery.offer(found)  # its buttons come below the files

    async def _parcel(self, address: str, parcel: Parcel) -> None:
        """Send a file, by the platform's own id if it was sent before and the platform still knows it."""
        known = self._desk.file_id(parcel, self._identity)
        if known:
            try:
                await self._upload(address, parcel, known)
            except TelegramError as error:
                if fault_of(error).remedy is not Remedy.GIVE_UP:
                    raise
            else:
                return
        told = await self._upload(address, parcel, upload(parcel.content, parcel.name))
        if file := _file_id(told):
            self._desk.note_file_id(parcel, self._identity, file)

    async def _upload(self, address: str, parcel: Parcel, file: Any) -> Any:
        about = {"chat_id": int(address), "caption": parcel.caption}
        if parcel.picture:
            return await self._line.call("sendPhoto", photo=file, **about)
        return await self._line.call("sendDocument", document=file, **about)

    async def _fetch(self, message: Waiting) -> None:
        evidence = str(message.body["evidence"])
        file = await self._desk.wanted(evidence)
        if not file:
            return
        content, too_large = None, False
        try:
            content = await self._content(file)
            too_large = content is None
        except TelegramError as error:
            if fault_of(error).remedy is not Remedy.GIVE_UP and message.attempts < ATTEMPTS:
                raise
            too_large = "too big" in str(error).casefold()
        told = await self._desk.keep(evidence, content, too_large=too_large)
        if told:
            await self._line.call("sendMessage", chat_id=int(message.address), text=told)
            await self._desk.buried(CHANNEL, message.address)

    async def _content(self, file: str) -> bytes | None:
        """The whole file, None if it is too large."""
        pieces, size = [], 0
        async for piece in self._line.fetch(file):
            size += len(piece)
            if size > LARGEST:
                return None
            pieces.append(piece)
        return b"".join(pieces)

    async def _carry(self, message: Waiting) -> None:
        """What happened elsewhere becomes an input of this chat."""
        token = str(message.body["token"])
        key = f"{CHANNEL}:news:{token}:{message.address}"
        inbound = Inbound(channel=CHANNEL, address=message.address, key=key, news=token)
        if self.carried is not None:
            await self.carried(inbound)

    async def _say(self, message: Waiting) -> None:
        text = self._desk.words(message.kind, str(message.body.get("language", "")))
        await self._line.call("sendMessage", chat_id=int(message.address), text=text)


def _file_id(told: Any) -> str:
    """What the platform calls the file in a message it sent; the largest size of a photo."""
    if not isinstance(told, dict):
        return ""
    if photos := told.get("photo"):
        return str(photos[-1].get("file_id", ""))
    return str((told.get("document") or {}).get("file_id", ""))
