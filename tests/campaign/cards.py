"""A card as an official reads it, and which question it asks, by its buttons and its words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import translator
from bot.languages import LANGUAGES
from flows.cards import Said, say
from flows.path import OWN_FIELDS
from flows.taps import Press
from tests.telegram.screen import Shown

_ASKED: dict[str, Said] = {
    "note": say("note.question"),
    "action": say("barrier.action"),
    "owner": say("barrier.owner"),
    "due": say("barrier.due"),
    "reason": say("part.reason"),
    "city": say("city.question"),
}
"""Questions that are known by their words."""

_OFFERED = {
    "rate": "rate",
    "basis": "basis",
    "part": "part",
    "plan": "changeable",
    "profile": "profile",
    "choose": "practice",
    "length": "length",
    "city": "city",
}
"""Questions that are known by the buttons that answer them."""

_KEPT = tuple(translator(language)(say("toast.note-kept")) for language in LANGUAGES)
WORDS = {kind: tuple(translator(language)(said) for language in LANGUAGES) for kind, said in _ASKED.items()}


@dataclass(frozen=True)
class Button:
    """A button of ours as it is shown."""

    label: str
    data: str
    press: Press


@dataclass(frozen=True)
class Card:
    """A message of the bot with buttons. ``question`` is its kind and what it is about, empty if it asks nothing."""

    message: Shown
    buttons: tuple[Button, ...]
    question: str

    @classmethod
    def of(cls, message: Shown) -> Card | None:
        """Read a message; None if nothing on it can be pressed."""
        shown = [key for row in message.buttons for key in row if "callback_data" in key]
        pressable = [Button(key["text"], key["callback_data"], Press.decode(key["callback_data"])) for key in shown]
        return cls(message, tuple(pressable), _question(message.text, pressable)) if pressable else None

    @property
    def version(self) -> tuple[str, int]:
        """The assessment (the conversation's id before there is one) and the version of the screen."""
        return self.buttons[0].press.subject, self.buttons[0].press.revision

    @property
    def tells_of_note(self) -> bool:
        """Whether it tells that a note is kept."""
        return self.message.text.startswith(_KEPT)

    @property
    def kind(self) -> str:
        """The kind of question."""
        return self.question.partition(" ")[0]

    def having(self, *triggers: str) -> list[Button]:
        """The buttons that do one of these things."""
        return [button for button in self.buttons if button.press.trigger in triggers]


def _question(text: str, buttons: list[Button]) -> str:
    focus = buttons[0].press.focus
    about = f" {focus}" if focus else ""
    for kind, words in WORDS.items():
        if any(one in text for one in words):
            return f"{kind}{about}"
    triggers = {button.press.trigger for button in buttons}
    for trigger, kind in _OFFERED.items():
        if trigger in triggers:
            return f"{kind}{about}"
    if focus == "office":
        return "profile office"
    return f"own {focus}" if focus in OWN_FIELDS else ""
