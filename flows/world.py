"""What the conversation is given from outside, and the model its machine moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Protocol

from flows.assessment import Assessment, Summary
from flows.cards import Said
from flows.dialogue import Conversation, Phase
from flows.evidence import USUAL_RULES, EvidenceRules
from flows.inquiry import Inquiry
from flows.library import Library
from flows.practice import Practice
from flows.ratings import Rating
from flows.toolkit import Item, Length, Toolkit


class Shelf(Protocol):
    """The person's own assessments, as the store keeps them."""

    def listed(self) -> Sequence[Summary]:
        """Every assessment of the person, the latest first."""

    def taken(self, assessment: str) -> Assessment | None:
        """One of them whole, or None if it is not theirs."""

    def inquiry(self, token: str) -> Inquiry | None:
        """A question to a colleague by the token of its link, whoever asked it."""

    def inquiries(self, assessment: str) -> Sequence[Inquiry]:
        """The questions put to colleagues about one of the person's assessments, the oldest first."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What the privacy notice names: who answers for the data, how to reach them, how long it is kept (days).

    ``local`` says that nothing leaves the person's own computer.
    """

    version: str = "1"
    controller: str = ""
    contact: str = ""
    retention_days: int | None = None
    local: bool = False


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything the conversation may ask of its surroundings. ``new_id`` gives eight unguessable characters.

    ``link`` is what a deep link begins with, up to its payload; empty where the channel has no such links.
    """

    library: Library
    shelf: Shelf
    now: datetime
    new_id: Callable[[], str]
    languages: tuple[str, ...] = ("id", "en")
    toolkit: str = "citynet"
    zone: tzinfo = UTC
    notice: Notice = Notice()
    link: str = ""
    evidence: EvidenceRules = USUAL_RULES


@dataclass
class Dialogue:
    """A conversation in its world: the model the machine moves.

    ``toast`` is a short remark beside the next card, ``unfolded`` asks for all its choices, ``errand`` names what else
    is wanted. ``payload`` is the deep link being followed, ``inquiries`` what is to be kept of questions to colleagues
    (the one in hand aside), ``news`` the token of the one that was just answered.
    """

    conversation: Conversation
    world: World
    toast: Said | None = None
    unfolded: bool = False
    errand: str = ""
    payload: str = ""
    inquiries: list[Inquiry] = field(default_factory=list)
    news: str = ""

    @property
    def state(self) -> Phase:
        """The machine's state is the conversation's phase."""
        return self.conversation.phase

    @state.setter
    def state(self, phase: Phase) -> None:
        self.conversation.phase = phase

    @property
    def assessment(self) -> Assessment:
        """The assessment in hand; raises LookupError in phases that have none."""
        if self.conversation.assessment is None:
            raise LookupError(self.conversation.phase)
        return self.conversation.assessment

    @property
    def toolkit(self) -> Toolkit:
        """The toolkit in the version that the colleague's question or the assessment in hand pins."""
        if self.state is Phase.ASKED and self.conversation.inquiry is not None:
            return self.world.library.toolkit(self.conversation.inquiry.toolkit)
        return self.world.library.toolkit(f"{self.assessment.toolkit}@{self.assessment.version}")

    @property
    def length(self) -> Length:
        """The length chosen, or full while it is not."""
        return self.assessment.length or Length.FULL

    @property
    def asked(self) -> tuple[Item, ...]:
        """The items of the chosen length, in the order asked."""
        return self.toolkit.asked(self.length)

    @property
    def practice(self) -> Practice | None:
        """The practice assessed, bundled or described by the person; None while none is chosen."""
        asked = self.conversation.inquiry if self.state is Phase.ASKED else None
        about = asked or self.assessment
        return practice_of(self.world.library, about.practice, about.own_practice)

    @property
    def editing(self) -> bool:
        """Whether one answer is being changed from the review."""
        return self.conversation.back_to == Phase.REVIEW

    def about(self, assessment: Assessment) -> Dialogue:
        """The same dialogue as if another assessment were in hand; for looking only."""
        return Dialogue(replace(self.conversation, assessment=assessment), self.world)

    def rating(self, item: str) -> Rating:
        """What is recorded for an item so far, empty if nothing."""
        return self.assessment.ratings.get(item, Rating())

    def answered(self, item: str) -> bool:
        """Whether an item has a value (a don't know is one, a mere note is not)."""
        return self.rating(item).value is not None

    def day(self, at: datetime) -> date:
        """The calendar day of a moment where the bot's people live."""
        return at.astimezone(self.world.zone).date()

    def uncover(self) -> None:
        """Take away the card over the present one, with what was held for it."""
        conversation = self.conversation
        conversation.aside = ""
        conversation.scratch = {key: text for key, text in conversation.scratch.items() if not key.startswith("aside.")}

    def goto(self, focus: str, aspect: str = "") -> None:
        """Point at another question of the present phase."""
        self.conversation.focus, self.conversation.aspect = focus, aspect


def practice_of(library: Library, key: str, own: Practice | None) -> Practice | None:
    """The case sheet an assessment means: the person's own, or the library's by key."""
    if own is not None:
        return own
    return library.practice(key) if key else None
