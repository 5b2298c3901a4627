"""Card to screen: the same content in the reader's language, still without a channel's looks."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import Translator
from flows.cards import Card, Reach, Said, Style
from flows.dialogue import Conversation
from flows.taps import Press


@dataclass(frozen=True)
class Button:
    """What a button says, and the tap it sends (at most 64 bytes)."""

    label: str
    data: str
    reach: Reach


@dataclass(frozen=True)
class Screen:
    """A card in words. ``name`` identifies what is asked; ``asks`` says that typed text is welcome.

    ``toast`` is a short remark on the last input, empty if there is none.
    """

    name: str
    language: str
    lines: tuple[tuple[Style, str], ...]
    buttons: tuple[Button, ...]
    asks: bool
    toast: str = ""


def render(card: Card, conversation: Conversation, translate: Translator, toast: Said | None = None) -> Screen:
    """Put a card into words; its buttons name the conversation's assessment, screen and question."""
    buttons = tuple(
        Button(
            translate(choice.label),
            Press(
                conversation.subject, conversation.revision, conversation.focus, choice.trigger, choice.value
            ).encode(),
            choice.reach,
        )
        for choice in card.choices
    )
    lines = tuple((line.style, translate(line.said)) for line in card.lines)
    said = translate(toast) if toast else ""
    return Screen(card.name, translate.language, lines, buttons, card.asks is not None, said)
