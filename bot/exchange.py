"""What passes between a channel and the rest: an input as parsed, and the answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from bot.render import Screen
from flows.dialogue import Conversation, Shown
from flows.evidence import Attachment


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One input as a channel parsed it.

    It is a button's ``data``, typed ``text``, an ``attachment``, ``news``, or none of them when the chat is opened.

    ``key`` is the platform's own id of the delivery; the same key twice is the same input. ``number`` rises with
    everything that happens, whichever way and however late it comes (0: the platform has none). ``message`` is the
    platform's id of the message written (or of the one whose button was pressed), increasing within a chat; empty where
    there is none. ``at`` is when the platform had the message, in seconds since the epoch (0: it does not say).
    ``edited`` says that an earlier message was changed, ``forwarded`` that others wrote it. ``language`` is what the
    platform knows of the person's language (``id``, ``en``), empty if nothing. ``news`` names something that happened
    elsewhere: the token of an inquiry that was answered. ``numbered`` says that the person saw the buttons' positions
    beside their labels.
    """

    channel: str
    address: str
    key: str
    number: int = 0
    at: int = 0
    text: str | None = None
    data: str | None = None
    attachment: Attachment | None = None
    message: str = ""
    edited: bool = False
    forwarded: bool = False
    language: str = ""
    news: str = ""
    numbered: bool = False


@dataclass(frozen=True, kw_only=True)
class Outbound:
    """What answers an input.

    ``fresh`` is False for a delivery that had been handled before. ``redraw`` is False when the card stays as it is (a
    stale button). ``leaf`` names the leaf the screen belongs to; ``closing`` is the summary that takes the place of the
    leaf shown so far, None when the same message goes on. ``stamp`` marks the outbox row behind it, and ``errands``
    says that other messages were posted with it. ``gone`` lists files to be deleted now that nothing is kept of the
    person. ``heard`` is the platform's id of the last message the person wrote, if it was written just now.
    """

    screen: Screen
    conversation: Conversation
    fresh: bool
    redraw: bool = True
    leaf: str = ""
    closing: Screen | None = None
    stamp: str = ""
    errands: bool = False
    gone: tuple[str, ...] = ()
    heard: str = ""

    def stamped(self, stamp: str) -> Outbound:
        """The same, standing for another outbox row."""
        return replace(self, stamp=stamp)


class Unavailable(Exception):
    """The store cannot be reached or written just now: nothing was kept, and the platform is to deliver again."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A file to send. ``caption`` says what it shows; ``digest`` names its content, and ``shelf`` where it is kept."""

    name: str
    content: bytes
    caption: str
    digest: str
    shelf: str
    picture: bool = False


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A message that waits to be sent, as it was claimed."""

    id: int
    address: str
    kind: str
    lane: str
    body: Mapping[str, object]
    stamp: str
    attempts: int


class Desk(Protocol):
    """What a channel may ask for. Everything is done in threads of the store; raises Unavailable when that is down."""

    async def answer(self, inbound: Inbound) -> Outbound:
        """Answer one input; its effects are kept when this returns."""

    async def present(self, channel: str, address: str) -> Outbound | None:
        """The present screen of a chat; None if there is no conversation."""

    async def renewed(self, channel: str, address: str) -> Outbound | None:
        """The present screen at a new version: buttons of one that may lie in the chat already are dead then."""

    async def farewell(self, channel: str, address: str, language: str) -> Outbound:
        """The last screen of somebody of whom nothing is kept any more."""

    async def drawn(self, cards: Sequence[tuple[Outbound, Shown]]) -> None:
        """Note that cards were drawn, and by which message each."""

    async def buried(self, channel: str, address: str) -> None:
        """Note that other messages lie below a chat's card."""

    async def reach(self, channel: str, address: str, *, reachable: bool) -> None:
        """Note whether a person can be reached; what waits for somebody who cannot is dropped."""

    async def move(self, channel: str, old: str, new: str) -> None:
        """Give a chat its new address."""

    async def set_aside(self, inbound_key: str, channel: str, address: str, body: str, error: str) -> None:
        """Keep an input that cannot be handled, so that it blocks nobody."""

    async def turn_away(self, channel: str, address: str, key: str, language: str) -> None:
        """Post the hint that conversations are held in private chats."""

    async def claim(self, channel: str, lease: timedelta) -> list[Waiting]:
        """Take what waits to be sent."""

    async def sent(self, message: Waiting) -> None:
        """Forget a message that was sent."""

    async def postpone(self, message: Waiting, seconds: float, error: str) -> None:
        """Offer a message again later."""

    async def give_up(self, message: Waiting, error: str) -> None:
        """Keep a message unsent, for the operator to see."""

    async def parcels(self, channel: str, message: Waiting) -> list[Parcel]:
        """Make the files a message is about; none when there is nothing to make them from any more."""

    def file_id(self, parcel: Parcel, bot: str) -> str:
        """What the platform calls a file that was sent before; empty if it was not."""

    def note_file_id(self, parcel: Parcel, bot: str, file: str) -> None:
        """Remember what the platform calls a file."""

    async def wanted(self, evidence: str) -> str:
        """The platform's id of a file that is still to be fetched; empty if it is not wanted any more."""

    async def keep(self, evidence: str, content: bytes | None, *, too_large: bool) -> str:
        """Keep a fetched file, None if it could not be or is too large. What to tell the person, or empty."""

    def words(self, kind: str, language: str) -> str:
        """What a plain message of a kind says."""
