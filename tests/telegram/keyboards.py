"""Reply markup: what Telegram takes and what it refuses."""

from __future__ import annotations

from typing import Any, NoReturn

from tests.telegram.refusals import refuse
from tests.telegram.shapes import Json

BUTTONS = 100
WIDTH = 8
DATA_BYTES = 64
ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
"""What a button of an inline keyboard can do: exactly one of these."""


def checked_markup(markup: Any, *, inline: bool = False) -> Json | None:
    """The inline keyboard of a message, or None for every other markup; with ``inline`` nothing else is taken.

    Raises :class:`Refusal` for anything Telegram would refuse.
    """
    if not markup:
        return None
    if not isinstance(markup, dict):
        refuse("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _keyboard(markup["inline_keyboard"])
    if inline:
        refuse("inline keyboard expected")
    if not markup.keys() & {"keyboard", "remove_keyboard", "force_reply"}:
        refuse("can't parse reply keyboard markup JSON object")
    return None


def _keyboard(rows: Any) -> Json | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        refuse("can't parse inline keyboard: array of rows expected")
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > BUTTONS or any(len(row) > WIDTH for row in kept):
        refuse("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        _unreadable('Can\'t find field "text"')
    if not button["text"].strip():
        _unreadable("Text must be non-empty")
    does = [action for action in ACTIONS if button.get(action) is not None]
    if not does:
        _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(does) > 1:
        _unreadable(f"Exactly one action is allowed, found {' and '.join(does)}")
    _check_action(does[0], button[does[0]])
    return button


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data" and not 1 <= len(str(value).encode()) <= DATA_BYTES:
        refuse("BUTTON_DATA_INVALID")
    if action == "url" and not str(value).startswith(("http://", "https://", "tg://")):
        refuse(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if action == "copy_text" and not 1 <= len(str(value.get("text", ""))) <= 256:
        refuse("BUTTON_COPY_TEXT_INVALID")


def _unreadable(reason: str) -> NoReturn:
    refuse(f"can't parse inline keyboard button: {reason}")
