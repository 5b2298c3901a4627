"""What a bot says of itself: commands, names, descriptions, menu buttons, each for every language."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import orjson

from tests.telegram.refusals import refuse
from tests.telegram.shapes import Json

LENGTHS = {"name": 64, "description": 512, "short_description": 120}
COMMANDS = 100
SCOPES = {
    "default": (), "all_private_chats": (), "all_group_chats": (), "all_chat_administrators": (),
    "chat": ("chat_id",), "chat_administrators": ("chat_id",), "chat_member": ("chat_id", "user_id"),
}  # fmt: skip
"""The scopes of commands and what each must name."""

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")


@dataclass
class Settings:
    """The settings by language; an empty language is for all that have none of their own."""

    texts: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menus: dict[int, Json] = field(default_factory=dict)

    def say(self, what: str, text: str, language: str) -> None:
        """Set one of the texts; an empty one is taken away."""
        _check_language(language)
        if len(text) > LENGTHS[what]:
            refuse(f"bot {what.replace('_', ' ')} is too long")
        if text:
            self.texts[what][language] = text
        else:
            self.texts[what].pop(language, None)

    def said(self, what: str, language: str, otherwise: str = "") -> str:
        """One of the texts as a person of that language sees it."""
        _check_language(language)
        return self.texts[what].get(language) or self.texts[what].get("", otherwise)

    def offer(self, commands: Any, scope: Any, language: str) -> None:
        """Set the commands of a scope and language."""
        _check_language(language)
        if not isinstance(commands, list):
            refuse("can't parse commands JSON object")
        if len(commands) > COMMANDS:
            refuse("BOT_COMMANDS_TOO_MUCH")
        self.commands[_scope(scope), language] = [_command(command) for command in commands]

    def withdraw(self, scope: Any, language: str) -> None:
        """Take the commands of a scope and language away."""
        _check_language(language)
        self.commands.pop((_scope(scope), language), None)

    def offered(self, scope: Any, language: str) -> list[Json]:
        """The commands of exactly this scope and language, as ``getMyCommands`` gives them."""
        _check_language(language)
        return self.commands.get((_scope(scope), language), [])

    def shown(self, person: int, language: str) -> list[Json]:
        """The commands a person sees in the menu of their private chat: the nearest scope that has any."""
        for scope in ({"type": "chat", "chat_id": person}, {"type": "all_private_chats"}, {"type": "default"}):
            for spoken in (language, ""):
                if found := self.commands.get((_scope(scope), spoken)):
                    return found
        return []


def _command(command: Any) -> Json:
    if not isinstance(command, dict) or not {"command", "description"} <= command.keys():
        refuse("can't parse BotCommand: Can't find field")
    name, description = str(command["command"]).removeprefix("/"), str(command["description"]).strip()
    if not _COMMAND.fullmatch(name):
        refuse("BOT_COMMAND_INVALID")
    if not description:
        refuse("command description must be non-empty")
    if len(description) > 256:
        refuse("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _scope(scope: Any) -> str:
    given = scope or {"type": "default"}
    if not isinstance(given, dict) or given.get("type") not in SCOPES:
        refuse("can't parse BotCommandScope: Unsupported type specified")
    named = SCOPES[given["type"]]
    if any(field not in given for field in named):
        refuse("can't parse BotCommandScope: Can't find field")
    kept = {"type": given["type"]} | {field: int(given[field]) for field in named}
    return orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode()


def _check_language(language: str) -> None:
    if not _LANGUAGE.fullmatch(language):
        refuse("invalid language code specified")
