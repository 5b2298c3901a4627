"""What a person can do: press a button, type, or give a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

MAX_BYTES = 64
"""Telegram's limit for the data of a button, in bytes of UTF-8."""

_SEPARATOR = "|"


class UnreadableTap(ValueError):
    """The data of a button is not one of ours."""


@dataclass(frozen=True)
class Press:
    """A button. It names what it answers, so that a stale or forwarded one can never write to another question.

    ``subject`` is the assessment's id (the conversation's before there is one), ``revision`` the version of the screen
    it stood on, ``focus`` what was asked about, ``trigger`` and ``value`` the choice.
    """

    subject: str
    revision: int
    focus: str
    trigger: str
    value: str = ""

    def encode(self) -> str:
        """The tap as button data; raises ValueError beyond 64 bytes or with a separator in a field."""
        fields = (self.subject, str(self.revision), self.focus, self.trigger, self.value)
        data = _SEPARATOR.join(fields)
        if data.count(_SEPARATOR) != len(fields) - 1 or len(data.encode()) > MAX_BYTES:
            raise ValueError(data)
        return data

    @classmethod
    def decode(cls, data: str) -> Press:
        """Read button data; raises UnreadableTap for anything that ``encode`` did not write."""
        fields = data.split(_SEPARATOR)
        if len(fields) != 5 or not fields[1].isdecimal() or not fields[1].isascii() or len(data) > MAX_BYTES:
            raise UnreadableTap(data[:MAX_BYTES])
        subject, revision, focus, trigger, value = fields
        return cls(subject, int(revision), focus, trigger, value)


@dataclass(frozen=True)
class Typed:
    """Text that is no button's label and no command."""

    text: str


@dataclass(frozen=True)
class Command:
    """A command without its slash, in its English name: ``back``, ``language en``."""

    name: str
    argument: str = ""


Tap: TypeAlias = Press | Typed | Command
