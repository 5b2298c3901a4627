"""What people say of an item, and what is planned about it: the record both channels and the judgement share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias


class Mark(StrEnum):
    """Answers that are no number. *Don't know* is never 0."""

    DONT_KNOW = "dk"
    NOT_APPLICABLE = "na"


Value: TypeAlias = int | Mark
"""A rating: -2, -1, 0, 1, 2 or a mark."""


class Basis(StrEnum):
    """What a rating rests on."""

    DOCUMENT = "A"
    EXPERIENCE = "B"
    ESTIMATE = "C"


class Changeable(StrEnum):
    """Whether what hinders can be changed: within 12 months, in 1 to 3 years, or not."""

    MONTHS = "months"
    YEARS = "years"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Rating:
    """One person's answer to one item. ``value`` is None while there is only a note.

    ``ask`` names who is to be asked about what is not known yet, ``until`` by when (an ISO date or the person's own
    words). ``by`` names the colleague who gave the answer, empty when it is the person's own.
    """

    value: Value | None = None
    basis: Basis | None = None
    note: str = ""
    language: str = ""
    ask: str = ""
    until: str = ""
    by: str = ""

    def answered(self, value: Value | None, basis: Basis | None) -> Rating:
        """The rating with another answer, then the person's own; whom to ask is forgotten once something is known."""
        ask, until = (self.ask, self.until) if value is Mark.DONT_KNOW else ("", "")
        by = self.by if value == self.value else ""
        return replace(self, value=value, basis=basis, ask=ask, until=until, by=by)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be done about an item that hinders. ``due`` is an ISO date or the person's own words."""

    changeable: Changeable | None = None
    action: str = ""
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The latest ratings of one person, as the judgement reads them; an absent item is unanswered."""

    person: str
    ratings: Mapping[str, Value]
    basis: Mapping[str, Basis] = field(default_factory=dict)


def parse_value(text: str) -> Value:
    """Read ``"-2"``..``"2"``, ``"dk"`` or ``"na"``; raises ValueError for anything else."""
    if text in {"-2", "-1", "0", "1", "2"}:
        return int(text)
    return Mark(text)
