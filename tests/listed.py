"""The shelf of a person in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.assessment import Assessment, Summary
from flows.inquiry import Inquiry

if TYPE_CHECKING:
    from tests.talking import Person


class Listed:
    """The shelf of a person as the store keeps it."""

    def __init__(self, person: Person) -> None:
        """Belong to a person."""
        self._person = person

    def listed(self) -> list[Summary]:
        return self._person.listed if self._person.conversation.person else []

    def taken(self, assessment: str) -> Assessment | None:
        return self._person.stored(assessment)

    def inquiry(self, token: str) -> Inquiry | None:
        with self._person.house.store.unit(read_only=True) as unit:
            return unit.inquiry(token)

    def inquiries(self, assessment: str) -> list[Inquiry]:
        with self._person.house.store.unit(read_only=True) as unit:
            return unit.inquiries(assessment)
