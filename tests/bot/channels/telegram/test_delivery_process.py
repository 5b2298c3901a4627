"""The bot as a process: what it leaves behind when it is stopped or killed, and what its log never tells."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from pathlib import Path

import pytest

from storage.store import open_store
from tests.bot.channels.telegram.visiting import (
    at_first_question,
    data_of,
    ratings,
    tap,
    until,
    waits,
)
from tests.campaign.running import BotProcess
from tests.telegram.looping import on_telegram
from tests.telegram.server import TelegramServer

PICTURE = bytes.fromhex("89504e470d0a1a0a") + b"\0" * 64


@pytest.mark.parametrize("form", ["json", "text"])
@on_telegram
async def test_the_token_is_in_no_line_of_the_log(telegram: TelegramServer, tmp_path: Path, form: str) -> None:
    await telegram.plan("getMe", way="500")
    await telegram.plan("deleteWebhook", way="reset")
    bot = BotProcess(telegram, tmp_path, COCOK_LOG_LEVEL="debug", COCOK_LOG_FORMAT=form)
    async with bot.running():
        await asyncio.wait_for(telegram.attended(), 20)
        rina = await at_first_question(telegram)
        for method in ("sendMessage", "editMessageText", "getFile", "answerCallbackQuery"):
            await telegram.plan(method, way="reset")
        await rina.send_document("bukti.png", PICTURE, "image/png", "Bukti")
        await until(lambda: telegram.calls.methods["getFile"] > 1)
        await telegram.pause()
        await tap(rina, "rate", "1")
        await until(lambda: "no updates" in bot.log)
        await telegram.resume()
        await until(lambda: not telegram.world.mailbox.waiting)
        bot.strike(signal.SIGTERM)
        assert await bot.ended() == 0
    assert "debug" in bot.log.lower()
    secret = telegram.token.partition(":")[2]
    assert [line for line in bot.log.splitlines() if secret in line or secret[:12] in line] == []


@on_telegram
async def test_told_to_stop_it_brings_what_is_in_hand_and_ends_well(telegram: TelegramServer, tmp_path: Path) -> None:
    bot = BotProcess(telegram, tmp_path)
    async with bot.running():
        rina = await at_first_question(telegram)
        await telegram.plan("editMessageText", "before")
        await tap(rina, "rate", "-1")
        await until(lambda: telegram.world.mishaps.happened)
        bot.strike(signal.SIGTERM)
        assert await bot.ended() == 0
        assert data_of(rina.newest_with_buttons, "basis")
    store = open_store(bot.url)
    assert ratings(store, rina) == {"P1": "-1"}
    assert not waits(store, rina)
    store.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@on_telegram
async def test_it_ends_within_seconds_while_the_platform_is_away(
    telegram: TelegramServer, tmp_path: Path, number: int
) -> None:
    bot = BotProcess(telegram, tmp_path)
    async with bot.running():
        rina = await at_first_question(telegram)
        await telegram.pause()
        await tap(rina, "rate", "1")
        await until(lambda: "no updates" in bot.log)
        bot.strike(number)
        assert await bot.ended(within=15) == 0


@on_telegram
async def test_what_a_killed_process_left_is_drawn_by_the_next(telegram: TelegramServer, tmp_path: Path) -> None:
    bot = BotProcess(telegram, tmp_path)
    async with bot.running():
        rina = await at_first_question(telegram)
        await telegram.plan("editMessageText", "before", "timeout")
        await tap(rina, "rate", "-1")
        await until(lambda: telegram.world.mishaps.happened)
        # confirmed, so that nothing but the outbox remembers it
        await until(lambda: not telegram.world.mailbox.waiting)
        bot.strike()
        assert await bot.ended() == -signal.SIGKILL
        with sqlite3.connect(tmp_path / "cocok.db") as database:
            assert database.execute("UPDATE outbox SET lease_until = NULL").rowcount == 1  # the time of who died is up
        database.close()
        await bot.start()
        await rina.sees(lambda person: data_of(person.newest_with_buttons, "basis"), within=15)
        bot.strike(signal.SIGTERM)
        assert await bot.ended() == 0
