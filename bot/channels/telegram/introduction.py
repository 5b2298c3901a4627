"""What the bot says of itself before anyone writes to it, in every language: commands, descriptions, menu button.

Each is asked for first and set only where it differs: Telegram limits how often they may change.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from bot.i18n import translator
from bot.languages import LANGUAGES
from flows.cards import say

NAMES = {
    "id": (
        "start", "nilai", "lanjut", "jawaban", "kembali", "riwayat", "bahasa", "dataku", "hapus", "batal", "bantuan",
    ),
    "en": (
        "start", "assess", "resume", "answers", "back", "mine", "language", "mydata", "forget", "cancel", "help",
    ),
}  # fmt: skip
"""Each language's own names of the commands, in the order of the menu; the order is the same in all."""

_SAID = (
    say("command.start"),
    say("command.assess"),
    say("command.resume"),
    say("command.answers"),
    say("command.back"),
    say("command.mine"),
    say("command.language"),
    say("command.mydata"),
    say("command.forget"),
    say("command.cancel"),
    say("command.help"),
)

_PRIVATE = {"type": "all_private_chats"}

_log = logging.getLogger(__name__)


class Call(Protocol):
    """Calls a method of the Bot API and gives its result as sent; raises whatever it likes."""

    def __call__(self, method: str, **parameters: Any) -> Awaitable[Any]:
        """Call it."""


@dataclass(frozen=True)
class _Part:
    """One thing Telegram shows of the bot: what of it, to whom, and what it should be.

    Asked for, Telegram answers with ``wanted`` or with the one value in it.
    """

    what: str
    where: dict[str, Any]
    wanted: dict[str, Any]

    def is_told(self, told: Any) -> bool:
        """Whether it is what it should be already."""
        return _holds(told, self.wanted) or any(_holds(told, value) for value in self.wanted.values())


async def introduce(call: Call, default_language: str) -> None:
    """Set what differs. ``default_language`` is for people whose app speaks none of ours; what fails is only logged."""
    for part in _parts(default_language):
        try:
            if not part.is_told(await call(f"get{part.what}", **part.where)):
                await call(f"set{part.what}", **part.where, **part.wanted)
                _log.info("%s is set for %s", part.what, part.where)
        except Exception as error:  # noqa: BLE001 - a bot without a menu still answers
            _log.warning("%s for %s is tried again at the next start: %s", part.what, part.where, error)


def _parts(default_language: str) -> Iterator[_Part]:
    spoken = {"": default_language, **{language: language for language in LANGUAGES}}
    for code, language in spoken.items():
        where, say_it = {"language_code": code}, translator(language)
        yield _Part("MyCommands", {"scope": _PRIVATE, **where}, {"commands": commands(language)})
        yield _Part("MyDescription", where, {"description": say_it(say("introduction.about"))})
        yield _Part("MyShortDescription", where, {"short_description": say_it(say("introduction.short"))})
    yield _Part("ChatMenuButton", {}, {"menu_button": {"type": "commands"}})


def commands(language: str) -> list[dict[str, str]]:
    """List the menu of a language as the Bot API takes it."""
    return [
        {"command": name, "description": translator(language)(said)}
        for name, said in zip(NAMES[language], _SAID, strict=True)
    ]


def _holds(told: Any, wanted: Any) -> bool:
    """Whether an answer says what is wanted; what it says beyond that is for later versions of the API."""
    if isinstance(wanted, dict):
        return isinstance(told, dict) and all(_holds(told.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(told, list) and len(told) == len(wanted) and all(map(_holds, told, wanted))
    return bool(told == wanted)
