"""What a person can do: press a button, type, give a command, send a file, change an earlier message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from flows.cards import Said
from flows.dialogue import Utterance
from flows.evidence import Attachment

MAX_BYTES = 64
"""Telegram's limit for the data of a button, in bytes of UTF-8."""

_SEPARATOR = "|"


def encoded(subject: str, revision: int, focus: str, trigger: str, value: str = "") -> str:
    """The data of a button, as ``Press.encode`` writes it; a card has too many to build a press for each."""
    data = f"{subject}|{revision}|{focus}|{trigger}|{value}"
    if data.count(_SEPARATOR) != 4 or len(data.encode()) > MAX_BYTES:
        raise ValueError(data)
    return data


class UnreadableTap(ValueError):
    """The data of a button is not one of ours."""


@dataclass(frozen=True)
class Press:
    """A button. It names what it answers, so that a stale or forwarded one can never write to another question.

    ``subject`` is the assessment's id (the conversation's before there is one), ``revision`` the version of the screen
    it stood on, ``focus`` what was asked about, ``trigger`` and ``value`` the choice. Where a button was pressed by
    typing, ``heard`` is what the text was taken for (None if that goes without saying), and ``guessed`` tells that it
    was neither the label nor the position.
    """

    subject: str
    revision: int
    focus: str
    trigger: str
    value: str = ""
    heard: Said | None = field(default=None, compare=False)
    guessed: bool = field(default=False, compare=False)

    def encode(self) -> str:
        """The tap as button data; raises ValueError beyond 64 bytes or with a separator in a field."""
        return encoded(self.subject, self.revision, self.focus, self.trigger, self.value)

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
    """Text that is no button's label and no command. ``near`` are labels it may have meant, at most three."""

    text: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Command:
    """A command without its slash, in its English name: ``back``, ``language en``."""

    name: str
    argument: str = ""


@dataclass(frozen=True)
class Sent:
    """A photo, document, voice note or location."""

    attachment: Attachment


@dataclass(frozen=True)
class Edited:
    """An earlier message was changed. ``utterance`` is what it had answered, None if it had answered nothing."""

    utterance: Utterance | None
    text: str


@dataclass(frozen=True)
class News:
    """A colleague answered the inquiry with this token."""

    token: str


Tap: TypeAlias = Press | Typed | Command | Sent | Edited | News
