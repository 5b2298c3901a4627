"""What a person wrote, read against the screen they wrote it on: a command, a button's label or number, or text."""

from __future__ import annotations

from bot.render import Button, Screen
from flows.taps import Command, Press, Tap, Typed, UnreadableTap

LONGEST = 20_000
"""Characters read of one message; more than any question takes, so that what is cut was too long already."""

COMMANDS = {
    "start": "start",
    "assess": "assess",
    "nilai": "assess",
    "resume": "resume",
    "lanjut": "resume",
    "answers": "answers",
    "jawaban": "answers",
    "back": "back",
    "kembali": "back",
    "mine": "mine",
    "riwayat": "mine",
    "language": "language",
    "bahasa": "language",
    "forget": "forget",
    "hapus": "forget",
    "cancel": "cancel",
    "batal": "cancel",
    "help": "help",
    "bantuan": "help",
}
"""Both languages' names of every command; each always works."""


def read_text(text: str, screen: Screen) -> Tap:
    """Read typed text: ``/command``, a label, a position counted from 1, else the text itself.

    Where the card asks for text, a number is a position only if the first button leads forward, so that a name or
    a note is never taken for a tap on *Back*.
    """
    text = text[:LONGEST]
    if text.startswith("/"):
        name, argument = [*text[1:].split(maxsplit=1), "", ""][:2]
        name = name.partition("@")[0].casefold()
        return Command(COMMANDS.get(name, name), argument.strip())
    button = _labelled(text, screen) or _numbered(text, screen)
    return Press.decode(button.data) if button else Typed(text)


def read_data(data: str) -> Tap:
    """Read a button's data; foreign data is a press that fits no card."""
    try:
        return Press.decode(data)
    except UnreadableTap:
        return Press("", -1, "", "")


def _labelled(text: str, screen: Screen) -> Button | None:
    folded = _fold(text)
    return next((button for button in screen.buttons if folded and _fold(button.label) == folded), None)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _numbered(text: str, screen: Screen) -> Button | None:
    digits = text.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 3):
        return None
    if screen.asks and screen.buttons and Press.decode(screen.buttons[0].data).trigger == "back":
        return None
    position = int(digits) - 1
    return screen.buttons[position] if 0 <= position < len(screen.buttons) else None
