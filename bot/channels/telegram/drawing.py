"""A screen as Telegram shows it: HTML text and rows of buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from bot.render import Button, Screen
from flows.cards import Reach, Style

LONGEST = 4096
"""UTF-16 units of a message's text, without its markup."""

TOAST = 200
"""Characters of the answer to a button."""

NARROW = 20
"""Characters of a label that fits twice in a row on a small phone."""

PARAGRAPH = 60
"""Characters from which a line of the body is a paragraph, which stands by itself; shorter ones are listed closely."""

_BOLD = frozenset({Style.TITLE, Style.QUESTION})
_CLOSE = {(Style.QUESTION, Style.QUIET), (Style.ENTRY, Style.ENTRY)}
"""Styles between which no blank line stands."""


def text_of(screen: Screen, remark: str = "") -> str:
    """The card as HTML, below a remark if there is one. What is too long loses its last lines, never its markup."""
    lines = [(Style.BODY, remark), *screen.lines] if remark else list(screen.lines)
    shown, room = "", LONGEST
    previous: tuple[Style, str] | None = None
    for style, text in lines:
        marked = f"• {text}" if style is Style.ENTRY else text
        gap = "" if previous is None else _gap(*previous, style, text)
        if units(gap + marked) > room - 2:
            return f"{shown}\n…"
        shown += gap + _marked(style, marked)
        room -= units(gap + marked)
        previous = style, text
    return shown


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _gap(above: Style, before: str, style: Style, text: str) -> str:
    if style is above is Style.BODY:
        return "\n" if max(len(before), len(text)) < PARAGRAPH else "\n\n"
    return "\n" if style is above or (above, style) in _CLOSE else "\n\n"


def _marked(style: Style, text: str) -> str:
    escaped = escape(text, quote=False)
    return f"<b>{escaped}</b>" if style in _BOLD else escaped


def keyboard(screen: Screen) -> dict[str, Any]:
    """The buttons as ``InlineKeyboardMarkup``: answers over the full width, others two in a row, the rest on demand."""
    return {"inline_keyboard": [[_key(button) for button in row] for row in _rows(_offered(screen))]}


def _offered(screen: Screen) -> Iterator[Button]:
    """The buttons to show; a single one that would be folded away takes less room than what unfolds it."""
    folded = [button for button in screen.buttons if button.reach is Reach.FOLDED]
    unfolded = screen.unfolded or screen.more is None or len(folded) < 2
    for button in screen.buttons:
        if unfolded or button.reach is not Reach.FOLDED:
            yield button
    if screen.more is not None and not unfolded:
        yield screen.more


def _rows(buttons: Iterable[Button]) -> Iterator[list[Button]]:
    row: list[Button] = []
    for button in buttons:
        if button.reach is Reach.WIDE or len(button.label) > NARROW:
            yield from filter(None, [row, [button]])
            row = []
        else:
            row.append(button)
            if len(row) == 2:
                yield row
                row = []
    yield from filter(None, [row])


def _key(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}


def remark_of(screen: Screen) -> str:
    """The screen's remark as the answer to a button may hold it."""
    return screen.toast if len(screen.toast) <= TOAST else screen.toast[: TOAST - 1] + "…"
