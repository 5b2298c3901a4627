"""What holds of any card, so that every channel can draw it."""

from __future__ import annotations

from bot.i18n import translator
from bot.languages import LANGUAGES
from bot.render import Screen
from flows.cards import Choice, Listing, Local, Message, Said, Verbatim
from flows.conversation import show
from flows.dialogue import Conversation
from flows.practice import Practice
from flows.taps import MAX_BYTES, Press
from tests.talking import Person

LONGEST_SCREEN, LONGEST_LABEL = 4096, 75


def showable(person: Person) -> None:
    """Every channel can draw the card, in each language."""
    for language in LANGUAGES:
        screen = person.shown_in(language)
        fits(screen)
    fits(person.screen)
    look = person.looked
    for choice in show(look.conversation, person.world()).choices:
        ours(choice, look.conversation)


def fits(screen: Screen) -> None:
    """Nothing is empty, too long or not encodable."""
    text = "\n".join(line for _, line in screen.lines)
    text.encode()
    screen.toast.encode()
    assert 0 < len(text) <= LONGEST_SCREEN
    assert all(line.strip() for _, line in screen.lines)
    assert not any(mark in screen.toast for mark in "\0\x1b\u202e")
    for button in screen.buttons:
        assert button.label.strip()
        assert len(button.data.encode()) <= MAX_BYTES
        assert button.url or Press.decode(button.data).encode() == button.data


def ours(choice: Choice, conversation: Conversation) -> None:
    """A label of our own words fits on a button; one that quotes the person is as long as they made it."""
    own = conversation.assessment.own_practice if conversation.assessment else None
    if not quotes(choice.label, own):
        assert all(len(translator(language)(choice.label)) <= LONGEST_LABEL for language in LANGUAGES), choice


def quotes(said: Said, own: Practice | None) -> bool:
    """Whether something a person wrote is in it."""
    match said:
        case Verbatim():
            return True
        case Local(words):
            return own is not None and words in (own.name, own.city)
        case Message():
            return any(quotes(value, own) for value in said.values.values())
        case Listing(parts):
            return any(quotes(part, own) for part in parts)
        case _:
            return False
