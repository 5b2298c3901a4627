"""Cards find their way: after outages, floods, blocks, lost answers and crashes, the latest state and once."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.exchange import Inbound
from bot.handle import House
from flows.taps import Press
from tests.bot.channels.telegram.hooking import impatient, locked
from tests.bot.channels.telegram.running import bot_on, housed
from tests.bot.channels.telegram.visiting import (
    all_is_drawn,
    at_first_question,
    at_home,
    brisk,
    calls_to,
    cards,
    data_of,
    greeted,
    kept,
    ratings,
    sees_choice,
    tap,
    until,
    waits,
)
from tests.telegram.looping import on_telegram
from tests.telegram.screen import Shown
from tests.telegram.server import TelegramServer


@pytest.fixture
def house(house: House) -> House:
    return brisk(house)


def revision_of(shown: Shown) -> int:
    return Press.decode(shown.buttons[0][0]["callback_data"]).revision


# outages


@on_telegram
async def test_after_an_outage_of_the_platform_each_person_gets_one_card(
    telegram: TelegramServer, house: House
) -> None:
    async with bot_on(telegram, house) as channel:
        rina, budi = await at_first_question(telegram, "Rina"), await at_first_question(telegram, "Budi")
        before = len(cards(rina)), len(cards(budi))
        await telegram.pause()
        await tap(rina, "rate", "1")
        await tap(rina, "rate", "2")
        for text in ("/help", "Helps", "/start"):
            await rina.write(text)
        await tap(budi, "rate", "-1")
        await tap(budi, "rate", "-1")
        await until(channel.well)
        await rina.rest(1.2)
        await telegram.resume()
        await until(lambda: not channel.well())
        await all_is_drawn(telegram, house, rina)
        await all_is_drawn(telegram, house, budi)
        assert (len(cards(rina)), len(cards(budi))) == (before[0] + 1, before[1])
        assert [one.labels[:1] for one in (cards(rina)[-1], cards(budi)[-1])] == [["Continue"], ["A document or data"]]
        assert (ratings(house.store, rina), ratings(house.store, budi)) == ({"P1": "1"}, {"P1": "-1"})


@on_telegram
async def test_after_an_outage_of_the_bot_each_person_gets_one_card(telegram: TelegramServer, house: House) -> None:
    rina = await telegram.person("Rina", "en")
    for text in ("/start", "salam", "/help", "/start"):
        await rina.write(text)
    async with bot_on(telegram, house):
        await sees_choice(rina, "language")
        await all_is_drawn(telegram, house, rina)
        await rina.rest()
        assert len(cards(rina)) == 1


@on_telegram
async def test_what_a_crash_left_is_drawn_at_the_next_start(telegram: TelegramServer, house: House, file: Path) -> None:
    async with bot_on(telegram, house):
        rina, budi = await at_first_question(telegram, "Rina"), await at_home(telegram, "Budi")
    house = brisk(housed(f"sqlite:///{file}", file.parent))
    now = datetime.now(UTC)
    here: dict[str, Any] = {"channel": "telegram", "address": str(rina.id), "message": str(rina.newest.id)}
    await house.answer(Inbound(key="a tap", data=data_of(rina.newest, "rate", "-2"), **here), now)
    await house.answer(Inbound(key="a text", text="/forget", channel="telegram", address=str(budi.id)), now)
    forgetting = house.look("telegram", str(budi.id), now)
    assert forgetting
    data = next(button.data for button in forgetting.screen.buttons if "forget" in button.data)
    await house.answer(Inbound(key="a tap more", data=data, channel="telegram", address=str(budi.id)), now)
    async with bot_on(telegram, house):
        await sees_choice(rina, "basis")
        await budi.sees(lambda person: not person.newest.labels)
        await until(lambda: not waits(house.store, rina) and not waits(house.store, budi))


@on_telegram
async def test_a_card_taken_up_after_a_crash_is_soon_free_again_for_the_next(
    telegram: TelegramServer, house: House, file: Path
) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
    house = brisk(housed(f"sqlite:///{file}", file.parent))
    here: dict[str, Any] = {"channel": "telegram", "address": str(rina.id), "message": str(rina.newest.id)}
    await house.answer(Inbound(key="a tap", data=data_of(rina.newest, "rate", "-2"), **here), datetime.now(UTC))
    await telegram.go_wrong(stall=0.5)
    await telegram.plan("editMessageText", "before", "timeout")
    async with bot_on(telegram, house):
        await until(lambda: telegram.world.mishaps.happened)
        with house.store.unit() as unit:  # never committed
            soon = datetime.now(UTC) + timedelta(seconds=15)
            assert [one.kind for one in unit.outbox.claim("telegram", soon, 9, timedelta(0))] == ["card"]
        await sees_choice(rina, "basis")
        await all_is_drawn(telegram, house, rina)


@on_telegram
async def test_a_card_that_cannot_be_made_any_more_keeps_nobody_elses_back(
    telegram: TelegramServer, house: House, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot_on(telegram, house):
        rina, budi = await at_first_question(telegram, "Rina"), await at_first_question(telegram, "Budi")
    house = brisk(housed(f"sqlite:///{file}", file.parent))
    for person in (rina, budi):
        here: dict[str, Any] = {"channel": "telegram", "address": str(person.id), "message": str(person.newest.id)}
        tapped = Inbound(key=f"a tap {person.id}", data=data_of(person.newest, "rate", "-2"), **here)
        await house.answer(tapped, datetime.now(UTC))
    with sqlite3.connect(file) as database:
        database.execute("UPDATE assessment SET version = 77 WHERE id = ?", [kept(house.store, rina).subject])
    database.close()
    async with bot_on(telegram, house):
        await sees_choice(budi, "basis")
        await until(lambda: "could not be taken up: card" in caplog.text)
        await greeted(telegram, "Sari")
        assert waits(house.store, rina)


@on_telegram
async def test_a_card_drawn_while_the_store_is_away_is_drawn_again(
    telegram: TelegramServer, house: House, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot_on(telegram, impatient(brisk(house), file)):
        rina = await at_first_question(telegram)
        await telegram.plan("editMessageText", way="500")
        await tap(rina, "rate", "-1")
        await until(lambda: telegram.world.mishaps.happened)
        with locked(file):
            await sees_choice(rina, "basis")
            await until(lambda: "the store is away" in caplog.text)
            assert waits(house.store, rina)
        await until(lambda: not waits(house.store, rina))
        await tap(rina, "basis", "C")
        await sees_choice(rina, "rate")
        await rina.sees(lambda person: len([shown for shown in cards(person) if shown.labels]) == 1)


# limits


@pytest.mark.parametrize("method", ["editMessageText", "sendMessage"])
@on_telegram
async def test_who_is_asked_to_wait_waits(telegram: TelegramServer, house: House, method: str) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await telegram.plan(method, way="429", seconds=1)
        if method == "sendMessage":
            await rina.write("/help")
        else:
            await tap(rina, "rate", "-1")
        await sees_choice(rina, "basis" if method == "editMessageText" else "dismiss")
        refused = next(number for number, call in enumerate(calls_to(telegram, rina)) if call.code == 429)
        first, second = calls_to(telegram, rina)[refused : refused + 2]
        assert second.at - first.at >= 0.99
        await all_is_drawn(telegram, house, rina)


@on_telegram
async def test_in_a_flood_the_last_state_arrives_and_others_do_not_wait(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina, budi = await at_home(telegram, "Rina"), await at_home(telegram, "Budi")
        await telegram.plan("sendMessage", way="429", seconds=2)
        for text in ("/language id", "salam", "/language en", "halo", "/language id", "apa kabar", "/mine"):
            await rina.write(text)
        await tap(budi, "assess")
        await sees_choice(budi, "choose")
        assert not rina.chat[-1].by_bot
        await rina.sees(lambda person: person.chat[-1].by_bot)
        await all_is_drawn(telegram, house, rina)
        assert "Belum ada" in rina.newest.text
        assert len(calls_to(telegram, rina, "sendMessage")) <= 5


@on_telegram
async def test_who_must_wait_long_waits_in_the_outbox(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await telegram.plan("editMessageText", way="429", seconds=600)
        await tap(rina, "rate", "-1")
        await until(lambda: telegram.world.limits.refused)
        called = len(calls_to(telegram, rina))
        await rina.rest(1.5)
        assert (len(calls_to(telegram, rina)), waits(house.store, rina)) == (called, True)


@on_telegram
async def test_who_writes_much_keeps_nobody_else_waiting(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house, chat_rate=0.5):
        rina, budi = await telegram.person("Rina"), await at_home(telegram, "Budi")
        for number in range(8):
            await rina.write(f"/help {number}")
            await rina.write(f"salam {number}")
        await tap(budi, "assess")
        await sees_choice(budi, "choose")
        await until(lambda: not telegram.world.mailbox.waiting)
        assert waits(house.store, rina)


# people who cannot be reached


@on_telegram
async def test_who_blocked_the_bot_is_left_alone_until_they_come_back(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house) as channel:
        rina = await at_first_question(telegram)
        await telegram.pause()
        await tap(rina, "rate", "-1")
        await rina.block()
        await until(channel.well)
        await telegram.resume()
        await until(lambda: kept(house.store, rina).unreachable)
        await all_is_drawn(telegram, house, rina)
        await rina.rest()
        called = len(calls_to(telegram, rina))
        await rina.rest(1.0)
        assert len(calls_to(telegram, rina)) == called
        assert ratings(house.store, rina) == {"P1": "-1"}
        await rina.unblock()
        await rina.command("start")
        await sees_choice(rina, "dismiss")
        assert not kept(house.store, rina).unreachable


@on_telegram
async def test_an_account_that_is_gone_is_not_written_to_again(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await rina.delete_account()
        await tap(rina, "rate", "1")
        await until(lambda: kept(house.store, rina).unreachable)
        assert not waits(house.store, rina)


# answers lost on the way
