"""Practices (case sheets) as data, in the fields of the Urban SDG Knowledge Platform."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.toolkit import Words

MAX_PARTS = 5


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a statement comes from: a title people recognise, alike in every language if it is a proper one; a link."""

    title: Words
    url: str


@dataclass(frozen=True, kw_only=True)
class Practice:
    """What was done elsewhere. Only key, name, city and what it does are required; the rest may be empty.

    A version never changes, so that an assessment keeps the parts it began with.
    ``parts`` are the essential parts (at most five) that localisation keeps, adapts, replaces or drops.
    ``cautions`` are corrections and limits of the published figures, printed with the case.
    """

    key: str
    version: int = 1
    name: Words
    city: Words
    what: Words
    languages: tuple[str, ...] = ("en", "id")
    country: Words = field(default_factory=dict)
    region: Words = field(default_factory=dict)
    period: Words = field(default_factory=dict)
    stakeholders: Words = field(default_factory=dict)
    themes: Words = field(default_factory=dict)
    sdgs: tuple[int, ...] = ()
    city_facts: Words = field(default_factory=dict)
    background: Words = field(default_factory=dict)
    objectives: Words = field(default_factory=dict)
    actions: Words = field(default_factory=dict)
    results: Words = field(default_factory=dict)
    cost: Words = field(default_factory=dict)
    success_factors: Words = field(default_factory=dict)
    obstacles: Words = field(default_factory=dict)
    cautions: Words = field(default_factory=dict)
    parts: tuple[Words, ...] = ()
    sources: tuple[Source, ...] = ()
    link: str = ""

    @property
    def reference(self) -> str:
        """``key@version``, the name of exactly this case sheet."""
        return f"{self.key}@{self.version}"
