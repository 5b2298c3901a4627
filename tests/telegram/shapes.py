"""What the parts of the server hand to each other: JSON objects, uploads, events on people's screens, and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from time import time
from typing import Any, Literal

Json = dict[str, Any]
"""A JSON object as Telegram sends it. One that was sent is never changed: a newer state is a new object."""

Happening = Literal["posted", "edited", "removed", "pressed", "answered", "blocked", "unblocked", "typing"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a person's screen, in the chat it happened in.

    ``body`` is the message for ``posted``, ``edited`` and ``removed``; ``{"query", "message", "data", "label"}`` for
    ``pressed``; ``{"query", "text", "alert"}`` for ``answered``; ``{"action"}`` for ``typing``.
    """

    kind: Happening
    chat: int
    body: Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in the body of a request."""

    name: str
    data: bytes
    mime: str


@dataclass
class Clock:
    """The time on Telegram's side, in seconds since the epoch. It can be set ahead, never back."""

    ahead: float = 0.0

    def now(self) -> float:
        """Now, in seconds."""
        return time() + self.ahead

    def advance(self, seconds: float) -> None:
        """Let that much time pass at once."""
        self.ahead += seconds
