"""Card to screen: the same content in the reader's language, still without a channel's looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from bot.i18n import Translator
from flows.cards import Answer, Card, Choice, Reach, Said, Style, say
from flows.conversation import UNFOLD
from flows.dialogue import Conversation
from flows.taps import encoded


class Button(NamedTuple):
    """What a button says, and the tap it sends (at most 64 bytes); the rest is as in the card's choice.

    One that opens an address (``url``) sends no tap.
    """

    label: str
    data: str
    reach: Reach
    answers: Answer | None = None
    up_to: float | None = None
    final: bool = False
    url: str = ""


@dataclass(frozen=True)
class Screen:
    """A card in words. ``name`` identifies what is asked; ``asks`` says that typed text is welcome.

    ``toast`` is a short remark on the last input, empty if there is none. ``more`` is the button that unfolds what is
    folded away, None if nothing is; a channel with room for every button leaves it out. ``unfolded`` asks for all.
    """

    name: str
    language: str
    lines: tuple[tuple[Style, str], ...]
    buttons: tuple[Button, ...]
    asks: bool
    toast: str = ""
    more: Button | None = None
    unfolded: bool = False


def render(card: Card, conversation: Conversation, translate: Translator, toast: Said | None = None) -> Screen:
    """Put a card into words; its buttons name the conversation's assessment, screen and question."""
    place = conversation.subject, conversation.revision, conversation.focus
    buttons = tuple(
        Button(
            translate(choice.label),
            "" if choice.url else encoded(*place, choice.trigger, choice.value),
            choice.reach,
            choice.answers,
            choice.up_to,
            choice.final,
            _address(choice, translate),
        )
        for choice in card.choices
    )
    lines = tuple((line.style, translate(line.said)) for line in card.lines)
    said = translate(toast) if toast else ""
    folded = any(button.reach is Reach.FOLDED for button in buttons)
    more = Button(translate(say("choice.more")), encoded(*place, UNFOLD), Reach.HALF) if folded else None
    return Screen(card.name, translate.language, lines, buttons, card.asks is not None, said, more)


def _address(choice: Choice, translate: Translator) -> str:
    """What a button opens, with its parameters in the reader's language."""
    if not choice.query:
        return choice.url
    return f"{choice.url}?{urlencode({name: translate(said) for name, said in choice.query.items()}, quote_via=quote)}"
