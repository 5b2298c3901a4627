"""One person's dialogue as plain data: where it stands, and what it points at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flows.assessment import Assessment


class Phase(StrEnum):
    """The phases of the conversation, which are the states of its machine. Questions are data, not states."""

    LANGUAGE = "language"
    CONSENT = "consent"
    LEFT = "left"
    HOME = "home"
    MINE = "mine"
    PRACTICE = "practice"
    OWN = "own"
    CITY = "city"
    PROFILE = "profile"
    LENGTH = "length"
    ITEMS = "items"
    REVIEW = "review"
    BARRIERS = "barriers"
    PARTS = "parts"
    VERDICT = "verdict"
    REPORT = "report"


@dataclass(kw_only=True)
class Conversation:
    """Where one person's dialogue stands. The view of it can be shown again at any time.

    ``channel`` and ``address`` say where the person writes (the chat id as the platform gives it). Within a phase,
    ``focus`` names what is asked about (an item, a part, a field) and ``aspect`` which question about it. ``aside`` is
    a card shown over the phase's own (help, why, a note) and ``back_to`` the phase an edit returns to. ``scratch``
    holds what is typed but not settled. ``revision`` is the version of the screen shown, which every tap names.
    ``erased`` asks the store to delete all that is kept of the person.
    """

    id: str
    channel: str
    address: str
    language: str = ""
    phase: Phase = Phase.LANGUAGE
    focus: str = ""
    aspect: str = ""
    aside: str = ""
    back_to: str = ""
    scratch: dict[str, str] = field(default_factory=dict)
    revision: int = 0
    person: str = ""
    consent: str = ""
    consented_at: datetime | None = None
    seen_at: datetime | None = None
    assessment: Assessment | None = None
    erased: bool = False

    @property
    def subject(self) -> str:
        """What the buttons name: the assessment in hand, or the conversation itself while there is none."""
        return self.assessment.id if self.assessment else self.id
