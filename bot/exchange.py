"""What passes between a channel and the rest: an input as parsed, and the answer to it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render import Screen
from flows.dialogue import Conversation


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One input as a channel parsed it: a button's ``data``, typed ``text``, or neither when the chat is opened.

    ``key`` is the platform's own id of the delivery; the same key twice is the same input.
    """

    channel: str
    address: str
    key: str
    text: str | None = None
    data: str | None = None


@dataclass(frozen=True, kw_only=True)
class Outbound:
    """What answers an input. ``fresh`` is False for a delivery that had been handled before."""

    screen: Screen
    conversation: Conversation
    fresh: bool
