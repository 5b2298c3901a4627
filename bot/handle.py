"""The one use case: an input arrives, one transaction holds all its effects, and a screen answers it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo

from bot.exchange import Inbound, Outbound
from bot.i18n import translator
from bot.languages import LANGUAGES
from bot.reading import read_data, read_text
from bot.render import Screen, render
from flows.assessment import Assessment, Summary
from flows.cards import Card, Said
from flows.conversation import respond, show
from flows.dialogue import Conversation
from flows.library import Library, UnknownEntry
from flows.taps import Command, Tap
from flows.world import Notice, World
from storage.store import OutgoingMessage, Store, UnitOfWork

UNANSWERED_NOTICE = timedelta(hours=24)
"""How long a chat that did not accept the notice is remembered."""

REDELIVERY = timedelta(days=3)
"""How long a delivery is remembered; platforms deliver again for a day at most."""

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def random_id() -> str:
    """Eight characters that nobody guesses (39 bits) and nobody misreads."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


@dataclass(kw_only=True)
class House:
    """Everything an input is handled with; put together once.

    ``reload`` reads the library anew, for what another process imported meanwhile.
    """

    store: Store
    library: Library
    default_language: str = LANGUAGES[0]
    zone: tzinfo = UTC
    notice: Notice = field(default_factory=Notice)
    new_id: Callable[[], str] = random_id
    reload: Callable[[], Library] | None = None

    def handle(self, inbound: Inbound, now: datetime) -> Outbound:
        """Answer one input. Raises StoreError kinds only, and then nothing of it was kept."""
        try:
            return self.store.run(lambda unit: self._handle(unit, inbound, now))
        except UnknownEntry:
            if self.reload is None:
                raise
            self.library = self.reload()
            return self.store.run(lambda unit: self._handle(unit, inbound, now))

    def aside(self, conversation: Conversation, name: str, now: datetime) -> Screen:
        """Another card as it would lie over the present one (*actions*, *share*); changes nothing."""
        with self.store.unit(read_only=True) as unit:
            over = replace(conversation, aside=name)
            return self._shown(unit, over, now).screen

    def tidy(self, now: datetime) -> None:
        """Forget what need not be kept, and take up what was imported meanwhile. To be called now and then."""
        self.store.run(lambda unit: self._forget(unit, now))
        if self.reload is not None:
            self.library = self.reload()

    def _forget(self, unit: UnitOfWork, now: datetime) -> None:
        unit.purge_unconsented(now - UNANSWERED_NOTICE)
        unit.purge_deliveries(now - REDELIVERY)
        unit.outbox.purge(now - REDELIVERY)
        if self.notice.retention_days:
            unit.purge_inactive(now - timedelta(days=self.notice.retention_days))

    def look(self, channel: str, address: str, now: datetime) -> Outbound | None:
        """The present screen of a conversation, None if there is none; changes nothing."""
        with self.store.unit(read_only=True) as unit:
            conversation = unit.conversation(channel, address)
            return self._shown(unit, conversation, now) if conversation else None

    def _handle(self, unit: UnitOfWork, inbound: Inbound, now: datetime) -> Outbound:
        fresh = unit.first_delivery(inbound.key, inbound.channel, inbound.address, now)
        found = unit.conversation(inbound.channel, inbound.address)
        conversation = found or Conversation(id=self.new_id(), channel=inbound.channel, address=inbound.address)
        if not fresh:
            return self._shown(unit, conversation, now, fresh=False)
        world = self._world(unit, conversation, now)
        reply = respond(conversation, self._read(inbound, conversation, world), world)
        screen = self._render(reply.card, conversation, reply.toast)
        unit.save(conversation, now)
        unit.outbox.post(_card_message(inbound, now))
        return Outbound(screen=screen, conversation=conversation, fresh=True)

    def _shown(self, unit: UnitOfWork, conversation: Conversation, now: datetime, *, fresh: bool = True) -> Outbound:
        screen = self._render(show(conversation, self._world(unit, conversation, now)), conversation)
        return Outbound(screen=screen, conversation=conversation, fresh=fresh)

    def _read(self, inbound: Inbound, conversation: Conversation, world: World) -> Tap:
        if inbound.data is not None:
            return read_data(inbound.data)
        if inbound.text is None:
            return Command("start")
        return read_text(inbound.text, self._render(show(conversation, world), conversation))

    def _render(self, card: Card, conversation: Conversation, toast: Said | None = None) -> Screen:
        language = conversation.language if conversation.language in LANGUAGES else self.default_language
        return render(card, conversation, translator(language), toast)

    def _world(self, unit: UnitOfWork, conversation: Conversation, now: datetime) -> World:
        return World(
            library=self.library,
            shelf=_StoredShelf(unit, conversation),
            now=now,
            new_id=self.new_id,
            languages=LANGUAGES,
            zone=self.zone,
            notice=self.notice,
        )


@dataclass(frozen=True)
class _StoredShelf:
    """The person's assessments, read when a card needs them."""

    unit: UnitOfWork
    conversation: Conversation

    def listed(self) -> Sequence[Summary]:
        return self.unit.assessments(self.conversation.person) if self.conversation.person else []

    def taken(self, assessment: str) -> Assessment | None:
        return self.unit.assessment(assessment, self.conversation.person)


def _card_message(inbound: Inbound, now: datetime) -> OutgoingMessage:
    """The outbox row behind the answer. It names no content: whoever delivers it shows the state as it then is."""
    return OutgoingMessage(channel=inbound.channel, address=inbound.address, kind="card", body={}, created_at=now)
