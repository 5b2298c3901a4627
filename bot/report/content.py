"""What picture and PDF show, in words, so that no number differs between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo

from bot.i18n import Translator
from flows.assessment import Assessment
from flows.judgement import Judgement, Robustness
from flows.practice import Practice
from flows.toolkit import Toolkit, Track, Words


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """Everything a report is about.

    ``practice`` is the case sheet, built in or the person's own; ``zone`` says whose calendar days are printed.
    """

    assessment: Assessment
    toolkit: Toolkit
    practice: Practice
    judgement: Judgement
    robustness: Robustness
    zone: tzinfo = UTC


@dataclass(frozen=True, kw_only=True)
class Trace:
    """The verdict explained, in sentences of the report's language; any of them may be empty.

    ``brief`` says in one sentence what decided, shorter each time, for where there is room for a line or two.
    """

    why: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    change: str = ""
    firmness: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A step of the profile; ``score`` is 0..100, None when nothing in the step was rated."""

    name: str
    score: float | None
    written: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """An item with its answer; ``value`` (-2..2) is None when unknown or not applicable, ``signed`` is it written.

    ``ask`` names who is to be asked about what is not known, ``until`` by when; ``by`` the colleague who answered.
    """

    id: str
    name: str
    critical: bool
    value: float | None
    signed: str
    answer: str
    basis: str = ""
    note: str = ""
    ask: str = ""
    until: str = ""
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """The answers of one step."""

    bar: Bar
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Action:
    """What is to be done about an item that hinders; empty texts were not filled in. ``fixed``: it cannot change."""

    row: Row
    changeable: str
    text: str
    owner: str
    due: str
    fixed: bool = False

    @property
    def planned(self) -> bool:
        """Whether anything was filled in."""
        return any((self.changeable, self.text, self.owner, self.due))


@dataclass(frozen=True, kw_only=True)
class Part:
    """An essential part of the practice and what localisation does with it; empty texts were not decided."""

    text: str
    decision: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of evidence for the item ``id``. ``content`` is a text or a place; ``file`` says what is kept."""

    id: str
    name: str
    kind: str
    shows: str
    content: str
    link: str
    file: str
    day: str


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The single answers that, moved by one point, would lead to the verdict ``verdict``."""

    verdict: str
    moves: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Past:
    """An earlier verdict of the same assessment."""

    day: str
    verdict: str
    total: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """A finished assessment in words of one language. ``tell`` says the labels in the same language.

    ``subject`` names practice and city in one line; ``mark`` is the score (0..100) every step needs for a pilot.
    """

    tell: Translator
    case: Assessed
    trace: Trace
    day: str
    subject: str
    practice: str
    city: str
    verdict: str
    meaning: str
    next: str
    length: str
    total: str
    coverage: str
    confidence: str
    bars: tuple[Bar, ...]
    mark: float
    mark_told: str
    supports: tuple[Row, ...]
    barriers: tuple[Row, ...]
    chapters: tuple[Chapter, ...]
    actions: Mapping[Track, tuple[Action, ...]]
    parts: tuple[Part, ...]
    unknown: tuple[tuple[Row, str], ...]
    evidence: tuple[Piece, ...]
    turns: tuple[Turn, ...]
    history: tuple[Past, ...]
    method: tuple[str, ...]

    def words(self, words: Words) -> str:
        """Toolkit's or practice's own words in this language, in another if this one is missing."""
        return words.get(self.tell.language) or next(iter(words.values()), "")

    @property
    def decided(self) -> bool:
        """Whether anything has been settled about the essential parts."""
        return any(part.decision or part.reason for part in self.parts)
