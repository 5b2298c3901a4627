"""One person's dialogue as plain data: where it stands, and what it points at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flows.assessment import Assessment
from flows.inquiry import Inquiry


class Phase(StrEnum):
    """The phases of the conversation, which are the states of its machine. Questions are data, not states."""

    LANGUAGE = "language"
    CONSENT = "consent"
    LEFT = "left"
    HOME = "home"
    MINE = "mine"
    ASKED = "asked"
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


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The message that shows the present card, as its channel knows it.

    ``message`` is the platform's id of it (empty: none), ``leaf`` which leaf of the conversation it bears, ``buried``
    whether other messages lie below it.
    """

    message: str = ""
    leaf: str = ""
    buried: bool = False


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """Which question a message a person wrote was the answer to: the place of the conversation at that time."""

    subject: str
    phase: Phase
    focus: str
    aspect: str
    aside: str


@dataclass(kw_only=True)
class Conversation:
    """Where one person's dialogue stands. The view of it can be shown again at any time.

    ``channel`` and ``address`` say where the person writes (the chat id as the platform gives it). Within a phase,
    ``focus`` names what is asked about (an item, a part, a field) and ``aspect`` which question about it. ``aside`` is
    a card shown over the phase's own (help, why, a note) and ``back_to`` the phase an edit returns to (before
    consent the link to follow after it; ``language`` is a mere guess until it is chosen). ``scratch``
    holds what is typed but not settled. ``revision`` is the version of the screen shown, which every tap names.
    ``inquiry`` is a colleague's question in hand. ``unreachable`` says that the person blocked the bot.
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
    inquiry: Inquiry | None = None
    shown: Shown = Shown()
    unreachable: bool = False
    erased: bool = False

    @property
    def subject(self) -> str:
        """What the buttons name: the assessment in hand, or the conversation itself while there is none."""
        return self.assessment.id if self.assessment else self.id
