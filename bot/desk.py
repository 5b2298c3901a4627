"""The house as channels see it: asked in the store's own threads, and a store that is away has one name."""

from __future__ import annotations

import asyncio
from asyncio import wrap_future
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.custody import Custodian
from bot.exchange import Desk, Inbound, Outbound, Parcel, Unavailable, Waiting
from bot.handle import House
from bot.i18n import translator
from bot.languages import LANGUAGES
from bot.metrics import DEAD_LETTERS, INPUT_SECONDS, INPUTS
from bot.parcels import parcels
from flows.cards import say
from flows.dialogue import Shown
from storage.errors import LostRace, StoreFull, StoreOutdated, StoreUnreachable, StoreUnreadable
from storage.store import CARD, DeadLetter, OutgoingMessage, UnitOfWork

T = TypeVar("T")

BATCH = 50
"""Messages taken from the outbox at once."""

_AWAY = (LostRace, StoreFull, StoreOutdated, StoreUnreachable, StoreUnreadable)
_WORDS = {"not-yours": say("toast.not-yours"), "elsewhere": say("group.private-only")}


@contextmanager
def _named() -> Iterator[None]:
    """Tell a store that is away from an input that cannot be handled."""
    try:
        yield
    except _AWAY as error:
        raise Unavailable(type(error).__name__) from error


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class FrontDesk(Desk):
    """The desk in front of a house."""

    house: House
    clock: Callable[[], datetime] = _now

    async def answer(self, inbound: Inbound) -> Outbound:
        """Answer one input."""
        with _named(), INPUT_SECONDS.time():
            answered = await self.house.answer(inbound, self.clock())
        INPUTS.labels(inbound.channel, "new" if answered.fresh else "repeated").inc()
        return answered

    async def present(self, channel: str, address: str) -> Outbound | None:
        """The present screen."""
        with _named():
            return await asyncio.to_thread(self.house.look, channel, address, self.clock())

    async def renewed(self, channel: str, address: str) -> Outbound | None:
        """The present screen at a new version."""
        with _named():
            return await asyncio.to_thread(self.house.renew, channel, address, self.clock())

    async def farewell(self, channel: str, address: str, language: str) -> Outbound:
        """The last screen of somebody who is forgotten."""
        with _named():
            return await asyncio.to_thread(self.house.farewell, channel, address, language, self.clock())

    async def drawn(self, cards: Sequence[tuple[Outbound, Shown]]) -> None:
        """Note that cards were drawn."""
        with _named():
            await self.house.drawn(cards)

    async def buried(self, channel: str, address: str) -> None:
        """Note that other messages lie below a chat's card."""

        def note(unit: UnitOfWork) -> None:
            conversation = unit.conversation(channel, address)
            if conversation is not None:
                unit.show(channel, address, replace(conversation.shown, buried=True))

        await self._do(note)

    async def reach(self, channel: str, address: str, *, reachable: bool) -> None:
        """Note whether a person can be reached."""

        def note(unit: UnitOfWork) -> None:
            unit.reach(channel, address, reachable=reachable)
            if not reachable:
                unit.outbox.drop(channel, address)

        await self._do(note)

    async def move(self, channel: str, old: str, new: str) -> None:
        """Give a chat its new address."""
        await self._do(lambda unit: unit.move(channel, old, new))

    async def set_aside(self, inbound_key: str, channel: str, address: str, body: str, error: str) -> None:
        """Keep an input that cannot be handled."""
        letter = DeadLetter(
            key=inbound_key, channel=channel, address=address, body=body, error=error, at=self.clock()
        )  # fmt: skip
        await self._do(lambda unit: unit.set_aside(letter))
        DEAD_LETTERS.inc()

    async def turn_away(self, channel: str, address: str, key: str, language: str) -> None:
        """Post the hint that conversations are held in private chats."""
        message = OutgoingMessage(
            channel=channel, address=address, kind="elsewhere", body={"language": language},
            created_at=self.clock(), lane="news",
        )  # fmt: skip

        def post(unit: UnitOfWork) -> None:
            if unit.first_delivery(key, channel, address, message.created_at):
                unit.outbox.post(message)

        await self._do(post)

    async def claim(self, channel: str, lease: timedelta) -> list[Waiting]:
        """Take what waits to be sent."""
        now = self.clock()
        found = await self._do(lambda unit: unit.outbox.claim(channel, now, BATCH, lease))
        return [
            Waiting(
                id=one.id, address=one.address, kind=one.kind, lane=one.lane, body=one.body, stamp=one.stamp,
                attempts=one.attempts,
            )
            for one in found
        ]  # fmt: skip

    async def sent(self, message: Waiting) -> None:
        """Forget a message that was sent."""
        await self._do(lambda unit: unit.outbox.sent(message.id))

    async def postpone(self, message: Waiting, seconds: float, error: str) -> None:
        """Offer a message again later."""
        later = self.clock() + timedelta(seconds=seconds)
        await self._do(lambda unit: unit.outbox.retry(message.id, later, error))

    async def give_up(self, message: Waiting, error: str) -> None:
        """Keep a message unsent."""
        if message.lane == CARD:
            await self.sent(message)
            return
        await self._do(lambda unit: unit.outbox.give_up(message.id, error))

    async def parcels(self, channel: str, message: Waiting) -> list[Parcel]:
        """Make the files a message is about, off the event loop."""
        with _named():
            return await asyncio.to_thread(parcels, self.house, channel, message, self.clock())

    def file_id(self, parcel: Parcel, bot: str) -> str:
        """What the platform calls a file that was sent before."""
        return self.house.files.read_note(f"{parcel.shelf}/{parcel.digest}.{bot}") if parcel.digest else ""

    def note_file_id(self, parcel: Parcel, bot: str, file: str) -> None:
        """Remember what the platform calls a file."""
        if parcel.digest:
            self.house.files.write(f"{parcel.shelf}/{parcel.digest}.{bot}", file.encode())

    async def wanted(self, evidence: str) -> str:
        """The platform's id of a file still to be fetched."""
        return await self._do(lambda unit: self._custodian.wanted(unit, evidence))

    async def keep(self, evidence: str, content: bytes | None, *, too_large: bool) -> str:
        """Keep a fetched file, or say why not."""
        with _named():
            return await asyncio.to_thread(self._custodian.keep, evidence, content, too_large=too_large)

    def words(self, kind: str, language: str) -> str:
        """What a plain message of a kind says."""
        return translator(language if language in LANGUAGES else self.house.default_language)(_WORDS[kind])

    @property
    def _custodian(self) -> Custodian:
        return Custodian(self.house.store, self.house.files, self.house.evidence)

    async def _do(self, work: Callable[[UnitOfWork], T]) -> T:
        try:
            return await wrap_future(self.house.store.submit(work))
        except _AWAY as error:
            raise Unavailable(type(error).__name__) from error
