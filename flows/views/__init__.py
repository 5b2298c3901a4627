"""State to card: what is shown is a pure function of the dialogue, and can be shown again at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flows.cards import Card
from flows.dialogue import Phase
from flows.views import asides, asked, items, opening, planning, start, verdict
from flows.world import Dialogue

_CARDS: Mapping[Phase, Callable[[Dialogue], Card]] = {
    Phase.LANGUAGE: opening.language,
    Phase.CONSENT: opening.consent,
    Phase.LEFT: opening.left,
    Phase.HOME: opening.home,
    Phase.MINE: opening.mine,
    Phase.ASKED: asked.card,
    Phase.PRACTICE: start.practice,
    Phase.OWN: start.own,
    Phase.CITY: start.city,
    Phase.PROFILE: start.profile,
    Phase.LENGTH: start.length,
    Phase.ITEMS: items.card,
    Phase.REVIEW: items.review,
    Phase.BARRIERS: planning.barrier,
    Phase.PARTS: planning.part,
    Phase.VERDICT: verdict.card,
    Phase.REPORT: verdict.report,
}


def view(dialogue: Dialogue) -> Card:
    """The card of the present state, or the one that lies over it."""
    conversation = dialogue.conversation
    # a question that is withdrawn takes with it what lay over it
    covered = conversation.aside and (dialogue.state is not Phase.ASKED or conversation.inquiry is not None)
    return asides.card(dialogue) if covered else _CARDS[dialogue.state](dialogue)
