"""The one use case: an input arrives, one transaction holds all its effects, and a screen answers it."""

from __future__ import annotations

import secrets
from asyncio import wrap_future
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from bot.answering import Answering
from bot.exchange import Inbound, Outbound
from bot.files import Files
from bot.languages import LANGUAGES
from bot.render import Screen
from flows.dialogue import Conversation, Phase, Shown
from flows.evidence import EvidenceRules
from flows.library import Library, UnknownEntry
from flows.world import Notice
from storage.store import Store, UnitOfWork

UNANSWERED_NOTICE = timedelta(hours=24)
"""How long a chat that did not accept the notice is remembered."""

REDELIVERY = timedelta(days=3)
"""How long a delivery is remembered; platforms deliver again for a day at most."""

SET_ASIDE = timedelta(days=30)
"""How long an input that could not be handled is kept for the operator."""

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def random_id() -> str:
    """Eight characters that nobody guesses (39 bits) and nobody misreads."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


@dataclass(kw_only=True)
class House:
    """Everything an input is handled with; put together once.

    ``reload`` reads the library anew, for what another process imported meanwhile. ``files`` is where evidence and
    reports lie, ``evidence`` which files are kept. ``link`` is what a deep link begins with. ``errands`` names the
    channels that also carry out what accompanies a card (files, news); ``lease`` is how long a posted card is left to
    the process that posted it.
    """

    store: Store
    library: Library
    default_language: str = LANGUAGES[0]
    zone: tzinfo = UTC
    notice: Notice = field(default_factory=Notice)
    new_id: Callable[[], str] = random_id
    reload: Callable[[], Library] | None = None
    files: Files = field(default_factory=lambda: Files(Path("files")))
    evidence: EvidenceRules = field(default_factory=EvidenceRules)
    link: str = ""
    errands: frozenset[str] = frozenset()
    lease: timedelta = timedelta(0)

    def handle(self, inbound: Inbound, now: datetime) -> Outbound:
        """Answer one input. Raises StoreError kinds only, and then nothing of it was kept."""
        try:
            answered = self.store.run(lambda unit: self._at(unit, now).handle(inbound))
        except UnknownEntry:
            self._read_library()
            answered = self.store.run(lambda unit: self._at(unit, now).handle(inbound))
        self.files.remove(answered.gone)
        return answered

    async def answer(self, inbound: Inbound, now: datetime) -> Outbound:
        """``handle`` for who waits for many at once: inputs that wait together share a transaction."""
        try:
            answered = await wrap_future(self.store.submit(lambda unit: self._at(unit, now).handle(inbound)))
        except UnknownEntry:
            self._read_library()
            answered = await wrap_future(self.store.submit(lambda unit: self._at(unit, now).handle(inbound)))
        self.files.remove(answered.gone)
        return answered

    def aside(self, conversation: Conversation, name: str, now: datetime) -> Screen:
        """Another card as it would lie over the present one (*actions*, *share*); changes nothing."""
        with self.store.unit(read_only=True) as unit:
            over = replace(conversation, aside=name)
            return self._at(unit, now).shown(over).screen

    def look(self, channel: str, address: str, now: datetime) -> Outbound | None:
        """The present screen of a conversation, None if there is none; changes nothing."""
        with self.store.unit(read_only=True) as unit:
            conversation = unit.conversation(channel, address)
            return self._at(unit, now).shown(conversation) if conversation else None

    def renew(self, channel: str, address: str, now: datetime) -> Outbound | None:
        """``look`` at a new version of the screen: buttons of one that may lie in the chat already are dead then."""

        def renewed(unit: UnitOfWork) -> Outbound | None:
            conversation = unit.conversation(channel, address)
            if conversation is None:
                return None
            conversation.revision += 1
            unit.save(conversation, now)
            return self._at(unit, now).shown(conversation)

        return self.store.run(renewed)

    async def drawn(self, cards: Sequence[tuple[Outbound, Shown]]) -> None:
        """Note that cards were drawn, and by which message each if that is another one now."""

        def note(unit: UnitOfWork) -> None:
            for outbound, shown in cards:
                conversation = outbound.conversation
                unit.outbox.drawn(conversation.channel, conversation.address, outbound.stamp)
                if shown != conversation.shown:
                    unit.show(conversation.channel, conversation.address, shown)

        await wrap_future(self.store.submit(note))

    def farewell(self, channel: str, address: str, language: str, now: datetime) -> Outbound:
        """The last screen of somebody of whom nothing is kept any more."""
        conversation = Conversation(id="", channel=channel, address=address, language=language, phase=Phase.LEFT)
        with self.store.unit(read_only=True) as unit:
            return self._at(unit, now).shown(conversation)

    def tidy(self, now: datetime) -> None:
        """Forget what need not be kept, and take up what was imported meanwhile. To be called now and then."""
        self.store.run(lambda unit: self._forget(unit, now))
        with self.store.unit(read_only=True) as unit:
            paths = unit.evidence_paths()
        self.files.sweep(paths, now)
        self._read_library()

    def _forget(self, unit: UnitOfWork, now: datetime) -> None:
        unit.purge_unconsented(now - UNANSWERED_NOTICE)
        unit.purge_deliveries(now - REDELIVERY)
        unit.purge_dead_letters(now - SET_ASIDE)
        unit.outbox.purge(now - REDELIVERY)
        if self.notice.retention_days:
            unit.purge_inactive(now - timedelta(days=self.notice.retention_days))

    def _read_library(self) -> None:
        if self.reload is not None:
            self.library = self.reload()

    def _at(self, unit: UnitOfWork, now: datetime) -> Answering:
        return Answering(
            unit=unit,
            now=now,
            library=self.library,
            default_language=self.default_language,
            zone=self.zone,
            notice=self.notice,
            new_id=self.new_id,
            evidence=self.evidence,
            link=self.link,
            errands=self.errands,
            lease=self.lease,
        )
