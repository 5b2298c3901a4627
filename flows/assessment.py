"""One assessment: one practice for one city with one version of a toolkit.

Everything said about it changes through the methods here. Each method also notes an event, and the store writes the
events: what is not an event is not kept, and the history of every rating comes for free.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from flows.evidence import Evidence
from flows.practice import Practice
from flows.ratings import Plan, Rating, Sheet
from flows.toolkit import Length


class Status(StrEnum):
    """Where an assessment stands in its owner's list."""

    OPEN = "open"
    FINISHED = "finished"


class Decision(StrEnum):
    """What localisation does with an essential part of the practice."""

    KEEP = "keep"
    ADAPT = "adapt"
    REPLACE = "replace"
    DROP = "drop"


@dataclass(frozen=True, kw_only=True)
class City:
    """The receiving city or regency. ``key`` is its place in the bundled list, empty for a name typed freely."""

    name: str
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class PartChoice:
    """The decision on one essential part, with its reason."""

    decision: Decision | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class VerdictRecord:
    """A verdict as given at one moment; kept when the assessment is reopened.

    ``total`` is 0..100 or None; ``steps`` maps step keys to scores (0..100).
    """

    at: datetime
    key: str
    rule: int
    total: float | None
    steps: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Begun:
    """The assessment exists from here on."""


@dataclass(frozen=True, kw_only=True)
class HeaderChanged:
    """Practice, city, profile, length or status changed."""


@dataclass(frozen=True, kw_only=True)
class Rated:
    """An answer given or changed; ``old`` is None for the first."""

    item: str
    old: Rating | None
    new: Rating
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What is to be done about an item changed."""

    item: str
    plan: Plan


@dataclass(frozen=True, kw_only=True)
class PartDecided:
    """The decision on an essential part changed; ``part`` counts from 0."""

    part: int
    choice: PartChoice


@dataclass(frozen=True, kw_only=True)
class VerdictGiven:
    """A verdict was reached."""

    record: VerdictRecord


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A piece of evidence came, or what is known of it changed."""

    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Detached:
    """A piece of evidence was taken back; ``identifier`` is its id."""

    identifier: str


Event: TypeAlias = Begun | HeaderChanged | Rated | Planned | PartDecided | VerdictGiven | Attached | Detached


@dataclass(kw_only=True)
class Assessment:
    """The whole record. Read freely; change only through the methods.

    ``practice`` is a practice's key; ``own_practice`` holds the case sheet when the person described it themselves.
    ``profile`` maps field names to what was chosen or typed, ``evidence`` ids to pieces of evidence. ``inquiring`` says
    that a question about it was ever put to a colleague. ``events`` is what the store has still to write.
    """

    id: str
    toolkit: str
    version: int
    created_at: datetime
    updated_at: datetime
    practice: str = ""
    own_practice: Practice | None = None
    city: City | None = None
    profile: dict[str, str] = field(default_factory=dict)
    length: Length | None = None
    status: Status = Status.OPEN
    ratings: dict[str, Rating] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    parts: dict[int, PartChoice] = field(default_factory=dict)
    verdicts: list[VerdictRecord] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    inquiring: bool = False
    events: list[Event] = field(default_factory=list, compare=False, repr=False)

    def rate(self, item: str, rating: Rating, at: datetime) -> None:
        """Give or change one answer."""
        self.events.append(Rated(item=item, old=self.ratings.get(item), new=rating, at=at))
        self.ratings[item] = rating
        self._touch(at)

    def plan(self, item: str, plan: Plan, at: datetime) -> None:
        """Set what is to be done about an item."""
        self.events.append(Planned(item=item, plan=plan))
        self.plans[item] = plan
        self._touch(at)

    def decide(self, part: int, choice: PartChoice, at: datetime) -> None:
        """Set what happens to an essential part."""
        self.events.append(PartDecided(part=part, choice=choice))
        self.parts[part] = choice
        self._touch(at)

    def attach(self, evidence: Evidence, at: datetime) -> None:
        """Add a piece of evidence, or change what is known of it."""
        self.events.append(Attached(evidence=evidence))
        self.evidence[evidence.id] = evidence
        self.updated_at = at

    def detach(self, identifier: str, at: datetime) -> None:
        """Take a piece of evidence back."""
        self.events.append(Detached(identifier=identifier))
        del self.evidence[identifier]
        self.updated_at = at

    def _touch(self, at: datetime) -> None:
        """Note the change; a finished assessment is open again from its first change on."""
        self.updated_at = at
        if self.status is Status.FINISHED:
            self.set_header(at, status=Status.OPEN)

    def conclude(self, record: VerdictRecord) -> None:
        """Add a verdict to the history and close the assessment."""
        self.events.append(VerdictGiven(record=record))
        self.verdicts.append(record)
        self.set_header(record.at, status=Status.FINISHED)

    def set_header(self, at: datetime, **fields: object) -> None:
        """Change practice, own_practice, city, profile, length or status."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.events.append(HeaderChanged())
        self.updated_at = at

    def sheet(self, ratings: Mapping[str, Rating] | None = None) -> Sheet:
        """The ratings (other ones, where given) as the judgement reads them."""
        every = self.ratings if ratings is None else ratings
        given = {item: rating for item, rating in every.items() if rating.value is not None}
        return Sheet(
            person=self.id,
            ratings={item: rating.value for item, rating in given.items() if rating.value is not None},
            basis={item: rating.basis for item, rating in given.items() if rating.basis is not None},
        )


@dataclass(frozen=True, kw_only=True)
class Summary:
    """One line of a person's list of assessments.

    ``toolkit`` is ``key@version``; ``answered`` counts items that have a value; ``verdict`` is the latest one's key.
    """

    id: str
    toolkit: str
    practice: str
    own_practice: Practice | None
    city: City | None
    status: Status
    length: Length | None
    answered: int
    updated_at: datetime
    verdict: str = ""
