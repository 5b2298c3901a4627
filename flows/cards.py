"""What is said, before language and channel: texts, choices and the card that holds them.

A view returns a ``Card``; the renderer turns it into a screen in the reader's language; a channel draws the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from flows.toolkit import Words


@dataclass(frozen=True)
class Message:
    """A sentence of the interface, by its key in the catalogues. ``count`` selects the plural form."""

    key: str
    values: Mapping[str, Said] = field(default_factory=dict)
    count: int | None = None


@dataclass(frozen=True)
class Local:
    """A toolkit's or a practice's own words, every language side by side."""

    words: Words


@dataclass(frozen=True)
class Verbatim:
    """What a person wrote. Never translated, always escaped by the channel."""

    text: str


@dataclass(frozen=True)
class Number:
    """A number written as the reader's locale writes it; ``decimals`` is the most digits shown."""

    value: float
    decimals: int = 0
    percent: bool = False


@dataclass(frozen=True)
class Listing:
    """Several things in one sentence: *a, b and c*; with ``either``: *a, b or c*."""

    parts: tuple[Said, ...]
    either: bool = False


Said: TypeAlias = "Message | Local | Verbatim | Number | Listing | date"


def say(key: str, /, **values: Said) -> Message:
    """A sentence by key; extraction finds it by this name, so ``key`` is always a literal."""
    return Message(key, values)


def count(key: str, number: int, /, **values: Said) -> Message:
    """A sentence whose form depends on a number, which it can show as ``{n}``; ``key`` is always a literal."""
    return Message(key, {"n": Number(number), **values}, number)


class Style(StrEnum):
    """What a line is to the reader; each channel decides how that looks."""

    TITLE = "title"
    QUESTION = "question"
    BODY = "body"
    QUIET = "quiet"
    ENTRY = "entry"


class Reach(StrEnum):
    """How near a choice lies: a full-width button, one of two in a row, or folded away under *More*."""

    WIDE = "wide"
    HALF = "half"
    FOLDED = "folded"


class Answer(StrEnum):
    """What a choice answers to the card's question (*back* leaves it), so that it can be given in words as well."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    BACK = "back"


class Line(NamedTuple):
    """One line of a card."""

    said: Said
    style: Style = Style.BODY


class Choice(NamedTuple):
    """A button: what it says, the trigger it fires and the value it carries (both go into the tap).

    The rest is for those who type: ``answers`` is what it answers in plain words, ``up_to`` the largest number of
    people it stands for, and ``final`` says that nothing takes it back, so that it is pressed by its own words only.
    One with a ``url`` fires nothing: it opens that address with ``query`` as its parameters.
    """

    label: Said
    trigger: str
    value: str = ""
    reach: Reach = Reach.WIDE
    answers: Answer | None = None
    up_to: float | None = None
    final: bool = False
    url: str = ""
    query: Mapping[str, Said] = MappingProxyType({})


@dataclass(frozen=True)
class Card:
    """One screen. ``name`` identifies what is asked (*items C1 rate*); ``asks`` invites typed text."""

    name: str
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    asks: Said | None = None
