"""What a person wrote, read against the screen they wrote it on: a command, a button's label or number, or text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.hearing import buttons_of, hear
from bot.render import Button, Screen
from flows.cleaning import clean_line
from flows.echoes import quoted
from flows.taps import Command, Press, Tap, Typed, UnreadableTap

LONGEST = 20_000
"""Characters read of one message; more than any question takes, so that what is cut was too long already."""

LONGEST_ANSWER = 200
"""Characters of the longest message in which an answer is looked for; longer ones are a label or text."""

_POSITION = re.compile(r"(?:(?:no|nomor|nmr|pilihan|opsi|option|number)[. ]*)?([0-9]{1,3})[.)]?", re.IGNORECASE)

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
    "mydata": "mydata",
    "dataku": "mydata",
    "forget": "forget",
    "hapus": "forget",
    "cancel": "cancel",
    "batal": "cancel",
    "help": "help",
    "bantuan": "help",
}
"""Both languages' names of every command; each always works."""


def read_text(text: str, screen: Screen, others: Iterable[Screen] = (), *, numbered: bool = False) -> Tap:
    """Read typed text: ``/command``, a label, a position counted from 1, words that mean a button, else text.

    ``others`` is the same card in the other languages. A press says how it was understood, unless the words were the
    label itself, or the position where ``numbered`` tells that positions stand beside the labels. Where the card asks
    for text, only labels are heard, and a number is a position only if the first button leads forward, so that a name
    or a note is never taken for a tap on *Back*. Numbers are never ratings: *+2* is asked about.
    """
    text = text[:LONGEST]
    if text.startswith("/"):
        name, argument = [*text[1:].split(maxsplit=1), "", ""][:2]
        name = name.partition("@")[0].casefold()
        return Command(COMMANDS.get(name, name), argument.strip())
    if button := _labelled(text, screen):
        return _pressed(button) or Typed(text)
    written = clean_line(text) if len(text) <= LONGEST_ANSWER else ""
    if button := _numbered(written, screen):
        press = _pressed(button)
        if press is None:
            return Typed(text)
        return press if numbered else replace(press, heard=quoted(button.label))
    if not written:
        return Typed(text)
    pressable = _pressable(replace(screen, more=None) if numbered else screen)
    heard = hear(written, pressable, map(_pressable, others), COMMANDS)
    return heard if isinstance(heard, Press) else replace(heard, text=text)


def read_data(data: str) -> Tap:
    """Read a button's data; foreign data is a press that fits no card."""
    try:
        return Press.decode(data)
    except UnreadableTap:
        return Press("", -1, "", "")


def _pressed(button: Button) -> Press | None:
    """The tap of a button; None for one that opens an address, which nobody can press by writing."""
    return None if button.url else Press.decode(button.data)


def _pressable(screen: Screen) -> Screen:
    return replace(screen, buttons=tuple(button for button in screen.buttons if not button.url))


def _labelled(text: str, screen: Screen) -> Button | None:
    folded = _fold(text)
    return next((button for button in buttons_of(screen) if folded and _fold(button.label) == folded), None)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _numbered(text: str, screen: Screen) -> Button | None:
    found = _POSITION.fullmatch(text)
    if found is None or (screen.asks and found[1] != text):
        return None
    if screen.asks and screen.buttons and _leads_back(screen.buttons[0]):
        return None
    position = int(found[1]) - 1
    button = screen.buttons[position] if 0 <= position < len(screen.buttons) else None
    return button if button and button.data else None


def _leads_back(button: Button) -> bool:
    return bool(button.data) and Press.decode(button.data).trigger == "back"
