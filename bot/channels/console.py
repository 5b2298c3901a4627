"""The terminal as a channel: draws a screen as plain text, and reads a person's answer by arrow keys or by lines."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from bot.exchange import Inbound
from bot.i18n import translator
from bot.render import Button, Screen
from flows.cards import Reach, Style, say
from flows.cleaning import clean
from flows.taps import Press

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

CHANNEL = "console"
ADDRESS = "terminal"
"""The terminal is one chat: its one person carries on where they were."""

WIDTH = 78


def parse(answer: str | Button | None, key: str) -> Inbound:
    """An answer as an input: a button chosen, text typed, or None for the terminal being opened."""
    if isinstance(answer, Button):
        return Inbound(channel=CHANNEL, address=ADDRESS, key=key, data=answer.data)
    return Inbound(channel=CHANNEL, address=ADDRESS, key=key, text=answer, numbered=True)


def text_of(screen: Screen, width: int = WIDTH) -> str:
    """The screen as text: remark, card, and the choices with the positions by which they can be typed."""
    parts = [card_of(screen, width)]
    if screen.buttons:
        parts += ["", *_choices(screen, width)]
    return "\n".join(parts)


def card_of(screen: Screen, width: int) -> str:
    """The remark and the card, without the choices; a blank line sets the question apart."""
    parts = [_wrapped(f"» {screen.toast}", width), ""] if screen.toast else []
    previous = None
    for style, text in screen.lines:
        if previous is not None and Style.ENTRY not in {previous, style} and style is not previous:
            parts.append("")
        marker = "  - " if style is Style.ENTRY else ""
        parts += [_wrapped(marker + line, width, "    " if marker else "") for line in text.split("\n")]
        previous = style
    return "\n".join(parts)


def _choices(screen: Screen, width: int) -> Iterator[str]:
    """Answers one a line; what goes two in a row or is folded away on a phone fills up lines here."""
    row = ""
    for number, button in enumerate(screen.buttons, 1):
        choice = f"{number:>3}. {button.label}" + (f": {button.url}" if button.url else "")
        if button.reach is Reach.WIDE:
            yield from filter(None, [row, _wrapped(choice, width, "     ")])
            row = ""
        elif row and len(row) + len(choice) + 2 > width:
            yield row
            row = choice
        else:
            row = f"{row}  {choice}" if row else choice
    yield from filter(None, [row])


def _wrapped(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(text, width, subsequent_indent=indent, break_long_words=True) or text


def _columns() -> int:
    """Columns to write in: no more than reads well, and none that the terminal lacks."""
    return max(20, min(WIDTH, shutil.get_terminal_size().columns - 1))


class Lines:
    """Answers from a file or a pipe, one line a card; each is shown as if it had been typed."""

    def __init__(self, source: TextIO, out: TextIO) -> None:
        """Read from ``source``, write the transcript to ``out``."""
        self._source, self._out = source, out

    def show(self, text: str) -> None:
        """Print a block of the transcript."""
        self._out.write(f"{text}\n\n")
        self._out.flush()

    def draw(self, screen: Screen) -> None:
        """Show a screen."""
        self.show(text_of(screen))

    def ask(self, screen: Screen) -> str | None:
        """Read the answer to a screen that was drawn; None when there is no further line."""
        del screen
        line = self._source.readline()
        if not line:
            return None
        answer = line.rstrip("\r\n")
        self.show(f"> {clean(answer)}")
        return answer


class Keys:
    """Answers by arrow keys and typed text, in place of which stays what was asked and answered."""

    def show(self, text: str) -> None:
        """Print a block that stays on the terminal."""
        print(f"{text}\n")  # noqa: T201 - the terminal is the channel

    def draw(self, screen: Screen) -> None:
        """Show the card; its choices appear while they can be chosen."""
        self.show(card_of(screen, _columns()))

    def ask(self, screen: Screen) -> str | Button | None:
        """The button chosen or the text typed; None when the person leaves."""
        answer = _Question(screen).run()
        if answer is not None:
            self.show(f"> {answer.label if isinstance(answer, Button) else answer}")
        return answer


class _Question:
    """One question on the terminal: a list with a highlighted choice above a line to type in."""

    def __init__(self, screen: Screen) -> None:
        self.buttons = screen.buttons
        self.hint = translator(screen.language)(say("demo.keys"))
        # where a text is asked for and the only way out is back, Enter alone must not take it
        pressable = [place for place, button in enumerate(self.buttons) if not button.url]
        first = Press.decode(self.buttons[pressable[0]].data).trigger if pressable else "back"
        self.at: int | None = None if first == "back" and (screen.asks or not pressable) else pressable[0]

    def run(self) -> str | Button | None:
        """Ask until there is an answer; None when the person leaves."""
        from prompt_toolkit.application import Application
        from prompt_toolkit.buffer import Buffer
        from prompt_toolkit.layout import BufferControl, FormattedTextControl, HSplit, Layout, VSplit, Window

        self.typed = Buffer(multiline=False)
        typing = VSplit(
            [Window(FormattedTextControl("> "), width=2, height=1), Window(BufferControl(self.typed), height=1)]
        )
        rows = [
            Window(FormattedTextControl(self._list), dont_extend_height=True, wrap_lines=True),
            typing,
            Window(
                FormattedTextControl(lambda: [("italic", _wrapped(self.hint, _columns()))]),
                dont_extend_height=True,
                wrap_lines=True,
            ),
        ]
        layout = Layout(HSplit(rows), focused_element=self.typed)
        application: Application[str | Button | None] = Application(
            layout, key_bindings=self._keys(), erase_when_done=True
        )
        return application.run()

    def _list(self) -> StyleAndTextTuples:
        lines: StyleAndTextTuples = []
        for number, button in enumerate(self.buttons):
            chosen = number == self.at
            if chosen:
                lines.append(("[SetCursorPosition]", ""))  # what a small window scrolls to
            mark, style = ("›", "reverse bold") if chosen else (" ", "")
            lines.append((style, _wrapped(f"{mark} {number + 1}. {button.label}", _columns(), "     ") + "\n"))
        return lines

    def _move(self, by: int) -> None:
        if self.at is None:
            self.at = 0 if self.buttons else None
        else:
            self.at = (self.at + by) % len(self.buttons)

    def _answer(self) -> str | Button | None:
        if self.typed.text:
            return self.typed.text
        return None if self.at is None or not self.buttons else self.buttons[self.at]

    def _keys(self) -> KeyBindings:
        from prompt_toolkit.key_binding import KeyBindings

        keys = KeyBindings()

        @keys.add("up")
        def _up(_event: KeyPressEvent) -> None:
            self._move(-1)

        @keys.add("down")
        @keys.add("tab")
        def _down(_event: KeyPressEvent) -> None:
            self._move(1)

        @keys.add("enter")
        def _enter(event: KeyPressEvent) -> None:
            answer = self._answer()
            if answer is not None:
                event.app.exit(result=answer)

        @keys.add("c-d")
        @keys.add("c-c")
        def _leave(event: KeyPressEvent) -> None:
            event.app.exit(result=None)

        return keys
