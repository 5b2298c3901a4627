"""The toolkit as frozen data: steps, items, scale, thresholds and the texts of the verdicts.

A toolkit is questions, not code: adding an item touches only its file. It carries its own words, every language side
by side (``Words``), because a toolkit is imported while the bot runs and must be whole by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

Words: TypeAlias = Mapping[str, str]
"""Language code -> text, e.g. ``{"en": "Need", "id": "Kebutuhan"}``."""


class Length(StrEnum):
    """How much of the toolkit is asked."""

    FULL = "full"
    QUICK = "quick"


class Track(StrEnum):
    """Heading under which an item's action is listed, as in Indonesian smart-city action plans."""

    POLICY = "policy"
    INSTITUTION = "institution"
    INFRASTRUCTURE = "infrastructure"
    COOPERATION = "cooperation"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One rated question. ``critical`` items offer no *not applicable* and can decide the verdict alone."""

    id: str
    name: Words
    question: Words
    why: Words
    evidence: Words
    example: Words
    source: str
    track: Track
    critical: bool = False
    quick: bool = False

    def __eq__(self, other: object) -> bool:
        """As a dataclass compares, but different items are told apart by their id alone: this is asked all the time."""
        if self is other:
            return True
        return isinstance(other, Item) and self.id == other.id and vars(self) == vars(other)

    def __hash__(self) -> int:
        """Equal items have the same id."""
        return hash(self.id)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A group of items with one score (0..100); ``weight`` is relative to the other steps."""

    key: str
    name: Words
    items: tuple[Item, ...]
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One of the five ratings in words; ``value`` is -2..2."""

    value: int
    name: Words


@dataclass(frozen=True, kw_only=True)
class BasisOption:
    """What a rating rests on; ``key`` is A (document, data), B (experience, expert) or C (estimate)."""

    key: str
    name: Words


@dataclass(frozen=True, kw_only=True)
class Floor:
    """A step score below which a rule holds."""

    step: str
    below: float


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Every cut-off of the verdict rules. Design choices, not validated: no published method gives any.

    ``coverage`` and the shares are 0..1; ``critical_*`` are item values (-2..2); totals and step scores are 0..100.
    """

    coverage: float
    critical_veto: float
    critical_ready: float
    reject_floors: tuple[Floor, ...]
    reject_min_rated: int
    prepare_floors: tuple[Floor, ...]
    ready_total: float
    ready_step: float
    adapt_total: float
    split_share: float
    split_index: float
    steady: float
    fairly_steady: float
    agreement_high: float
    agreement_medium: float


@dataclass(frozen=True, kw_only=True)
class VerdictText:
    """What a verdict is called, what it means and what to do next."""

    key: str
    name: Words
    meaning: Words
    next: Words


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """A verdict rule in words, for the trace; ``number`` is the rule's place in the order (0..7)."""

    number: int
    text: Words


@dataclass(frozen=True, kw_only=True)
class Toolkit:
    """A whole toolkit in one version. Assessments pin ``key@version``."""

    key: str
    version: int
    languages: tuple[str, ...]
    title: Words
    status: Words
    origin: Words
    scale: tuple[Answer, ...]
    dont_know: Words
    not_applicable: Words
    bases: tuple[BasisOption, ...]
    thresholds: Thresholds
    rules: tuple[RuleText, ...]
    verdicts: tuple[VerdictText, ...]
    steps: tuple[Step, ...]
    minutes: Mapping[str, int] = field(default_factory=lambda: {"full": 15, "quick": 5})

    @property
    def reference(self) -> str:
        """``key@version``, the name under which an assessment pins this toolkit."""
        return f"{self.key}@{self.version}"

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by id, in the order asked."""
        return {item.id: item for step in self.steps for item in step.items}

    @cached_property
    def step_of(self) -> Mapping[str, Step]:
        """The step each item id belongs to."""
        return {item.id: step for step in self.steps for item in step.items}

    @cached_property
    def _asked(self) -> Mapping[Length, tuple[Item, ...]]:
        every = tuple(self.items.values())
        return {Length.FULL: every, Length.QUICK: tuple(item for item in every if item.quick)}

    def asked(self, length: Length) -> tuple[Item, ...]:
        """The items of a length, in the order asked."""
        return self._asked[length]

    @cached_property
    def _places(self) -> Mapping[Length, Mapping[str, int]]:
        return {
            length: {item.id: number for number, item in enumerate(items, 1)} for length, items in self._asked.items()
        }

    def place(self, item: Item, length: Length) -> int:
        """Where an item comes among those of a length, counted from 1."""
        return self._places[length][item.id]

    def is_asked(self, item: Item, length: Length) -> bool:
        """Whether an item belongs to a length."""
        return item.id in self._places[length]

    @cached_property
    def _asked_steps(self) -> Mapping[Length, tuple[Step, ...]]:
        return {
            length: tuple(step for step in self.steps if any(item.id in places for item in step.items))
            for length, places in self._places.items()
        }

    def asked_steps(self, length: Length) -> tuple[Step, ...]:
        """The steps that have items of a length, in the order asked."""
        return self._asked_steps[length]

    @cached_property
    def answers(self) -> Mapping[int, Answer]:
        """The five answers by value (-2..2)."""
        return {answer.value: answer for answer in self.scale}

    @cached_property
    def verdict_texts(self) -> Mapping[str, VerdictText]:
        """Texts by verdict key."""
        return {verdict.key: verdict for verdict in self.verdicts}
