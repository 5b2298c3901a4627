"""The terminal as a channel: draws a screen as plain text, and reads a person's answer by arrow keys or by lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from bot.render import Screen
from flows.cards import Reach, Style

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

CHANNEL = "console"
ADDRESS = "terminal"
"""The terminal is one chat: its one person carries on where they were."""

WIDTH = 78


def text_of(screen: Screen, width: int = WIDTH) -> str:
    """The screen as text: remark, card, and the choices with the positions by which they can be typed."""
    parts = [_wrapped(f"» {screen.toast}", width), ""] if screen.toast else []
    parts += list(_body(screen, width))
    if screen.buttons:
        parts.append("")
        parts += list(_choices(screen, width))
    return "\n".join(parts)


def _choices(screen: Screen, width: int) -> Iterator[str]:
    """Answers one a line; what goes two in a row or is folded away on a phone fills up lines here."""
    row = ""
    for number, button in enumerate(screen.buttons, 1):
        choice = f"{number:>3}. {button.label}"
        if button.reach is Reach.WIDE:
            yield from filter(None, [row, _wrapped(choice, width, "     ")])
            row = ""
        elif row and len(row) + len(choice) + 2 > width:
            yield row
            row = choice
        else:
            row = f"{row}  {choice}" if row else choice
    yield from filter(None, [row])


def _body(screen: Screen, width: int) -> Iterator[str]:
    """Lines of the card; a blank line sets the question apart."""
    previous = None
    for style, text in screen.lines:
        if previous is not None and Style.ENTRY not in {previous, style} and style is not previous:
            yield ""
        marker = "  - " if style is Style.ENTRY else ""
        yield "\n".join(_wrapped(marker + line, width, "    " if marker else "") for line in text.split("\n"))
        previous = style


def _wrapped(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(text, width, subsequent_indent=indent, break_long_words=True) or text


class Lines:
    """Answers from a file or a pipe, one line a card; each is shown as if it had been typed."""

    def __init__(self, source: TextIO, out: TextIO) -> None:
        """Read from ``source``, write the transcript to ``out``."""
        self._source, self._out = source, out

    def show(self, text: str) -> None:
        """Print a block of the transcript."""
        self._out.write(f"{text}\n\n")
        self._out.flush()

    def ask(self, screen: Screen) -> str | None:
        """The next answer, None when there is no further line."""
        self.show(text_of(screen))
        line = self._source.readline()
        if not line:
            return None
        answer = line.rstrip("\r\n")
        self.show(f"> {answer}")
        return answer


class Keys:
    """Answers by arrow keys and typed text, in place of which stays what was asked and answered."""

    def __init__(self, hint: str) -> None:
        """``hint`` says how to use the keys, in the reader's language."""
        self.hint = hint

    def show(self, text: str) -> None:
        """Print a block that stays on the terminal."""
        print(f"{text}\n")  # noqa: T201 - the terminal is the channel

    def ask(self, screen: Screen) -> str | None:
        """The person's answer: the label chosen or the text typed; None when they leave."""
        self.show("\n".join([*([f"» {screen.toast}", ""] if screen.toast else []), *_body(screen, WIDTH)]))
        answer = _Question(screen, self.hint).run()
        if answer is not None:
            self.show(f"> {answer}")
        return answer


class _Question:
    """One question on the terminal: a list with a highlighted choice above a line to type in."""

    def __init__(self, screen: Screen, hint: str) -> None:
        self.labels = [button.label for button in screen.buttons]
        self.hint = hint
        self.at = 0

    def run(self) -> str | None:
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
            Window(FormattedTextControl([("class:hint italic", self.hint)]), dont_extend_height=True, wrap_lines=True),
        ]
        layout = Layout(HSplit(rows), focused_element=self.typed)
        application: Application[str | None] = Application(layout, key_bindings=self._keys(), erase_when_done=True)
        return application.run()

    def _list(self) -> StyleAndTextTuples:
        return [
            ("reverse bold", f"› {number}. {label}\n") if number - 1 == self.at else ("", f"  {number}. {label}\n")
            for number, label in enumerate(self.labels, 1)
        ]

    def _keys(self) -> KeyBindings:
        from prompt_toolkit.key_binding import KeyBindings

        keys = KeyBindings()

        @keys.add("up")
        def _up(_event: KeyPressEvent) -> None:
            self.at = (self.at - 1) % max(len(self.labels), 1)

        @keys.add("down")
        @keys.add("tab")
        def _down(_event: KeyPressEvent) -> None:
            self.at = (self.at + 1) % max(len(self.labels), 1)

        @keys.add("enter")
        def _enter(event: KeyPressEvent) -> None:
            chosen = self.labels[self.at] if self.labels else ""
            event.app.exit(result=self.typed.text or chosen)

        @keys.add("c-d")
        @keys.add("c-c")
        def _leave(event: KeyPressEvent) -> None:
            event.app.exit(result=None)

        return keys
