"""What the bot says of itself: in every language, set once, and never in the way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest
from telegram.error import TelegramError

from bot.channels.telegram.introduction import NAMES, commands, introduce
from bot.channels.telegram.line import Line
from bot.languages import LANGUAGES
from bot.reading import COMMANDS
from tests.telegram.server import TelegramServer

STEPS = 3 * (1 + len(LANGUAGES)) + 1
"""Commands, description and short description for each language and for all others, and the menu button."""


def introduced(
    *steps: Callable[[TelegramServer, Line], Awaitable[object]], server: TelegramServer | None = None
) -> TelegramServer:
    """Introduce the bot, then do what the test wants of it."""

    async def run() -> TelegramServer:
        async with server or TelegramServer() as telegram:
            line = Line(telegram.token, telegram.url, 1)
            await line.initialize()
            try:
                for step in steps or (once,):
                    await step(telegram, line)
            finally:
                await line.shutdown()
        return telegram

    return asyncio.run(run())


async def once(_telegram: TelegramServer, line: Line) -> None:
    await introduce(line.call, "id")


def sets(telegram: TelegramServer) -> list[str]:
    return [call.method for call in telegram.calls if call.method.startswith("set")]


@pytest.mark.parametrize(
    ("language", "shown"), [("id", "id"), ("en", "en"), ("", "id"), ("fr", "id")], ids=["id", "en", "none", "another"]
)
def test_every_person_sees_a_menu_of_their_language_or_of_the_default_one(language: str, shown: str) -> None:
    telegram = introduced()
    menu = telegram.world.settings.shown(1001, language)
    assert [one["command"] for one in menu] == list(NAMES[shown])
    assert menu == commands(shown)


def test_groups_are_offered_nothing() -> None:
    telegram = introduced()
    assert telegram.world.settings.offered({"type": "all_group_chats"}, "id") == []
    assert telegram.world.settings.offered({"type": "default"}, "") == []


@pytest.mark.parametrize(("what", "limit"), [("description", 512), ("short_description", 120)])
def test_both_descriptions_are_said_in_every_language_and_fit(what: str, limit: int) -> None:
    said = {language: introduced().world.settings.said(what, language) for language in ("", "fr", *LANGUAGES)}
    assert said[""] == said["fr"] == said["id"] != said["en"]
    assert all(0 < len(text) <= limit for text in said.values())


def test_the_menu_button_opens_the_commands() -> None:
    assert introduced().world.settings.menus == {0: {"type": "commands"}}


def test_what_is_so_already_is_not_set_again() -> None:
    async def again(telegram: TelegramServer, line: Line) -> None:
        first = len(sets(telegram))
        assert first > len(LANGUAGES)
        await introduce(line.call, "id")
        assert len(sets(telegram)) == first

    telegram = introduced(once, again)
    assert len([call for call in telegram.calls if call.method.startswith("getMy")]) == 2 * (STEPS - 1)


def test_only_what_differs_is_set() -> None:
    async def again(telegram: TelegramServer, line: Line) -> None:
        await line.call("setMyDescription", description="Lama", language_code="en")
        telegram.calls.kept.clear()
        await introduce(line.call, "id")
        assert sets(telegram) == ["setMyDescription"]

    introduced(once, again)


def test_the_default_language_may_be_another() -> None:
    async def english(_telegram: TelegramServer, line: Line) -> None:
        await introduce(line.call, "en")

    settings = introduced(once, english).world.settings
    assert settings.shown(1001, "fr") == commands("en")
    assert (
        settings.said("description", "fr") == settings.said("description", "en") != settings.said("description", "id")
    )


def test_what_fails_is_logged_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)

    async def troubled(telegram: TelegramServer, line: Line) -> None:
        await telegram.plan("getMyCommands", "before", "500", times=2)
        await telegram.plan("setMyDescription", "before", "429", seconds=3600)
        await introduce(line.call, "id")
        assert telegram.world.settings.menus == {0: {"type": "commands"}}

    telegram = introduced(troubled)
    assert len([record for record in caplog.records if "tried again at the next start" in record.message]) == 3
    assert telegram.token not in caplog.text


@pytest.mark.parametrize("answer", [None, [], [None], {}, "?", [{"command": "start"}]])
def test_an_answer_nobody_expects_is_taken_for_a_difference(answer: object) -> None:
    called: list[str] = []

    async def call(method: str, **_parameters: object) -> object:
        called.append(method)
        return answer

    asyncio.run(introduce(call, "id"))
    assert len(called) == 2 * STEPS


def test_a_platform_that_is_away_is_no_reason_to_stop(caplog: pytest.LogCaptureFixture) -> None:
    async def call(method: str, **_parameters: object) -> object:
        raise TelegramError(method)

    asyncio.run(introduce(call, "id"))
    assert len(caplog.records) == STEPS


def test_every_language_names_every_command_and_each_is_understood() -> None:
    assert set(NAMES) == set(LANGUAGES)
    meant = {tuple(COMMANDS[name] for name in names) for names in NAMES.values()}
    assert len(meant) == 1
    assert set(meant.pop()) == set(COMMANDS.values())
    assert {name for names in NAMES.values() for name in names} == set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_menu_is_read_at_a_glance(language: str) -> None:
    assert all(len(one["description"]) <= 40 for one in commands(language))
