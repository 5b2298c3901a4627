"""Long polling: nothing is confirmed before it is kept, nobody is blocked by others, and no failure ends it."""

from __future__ import annotations

import asyncio
import sqlite3
from functools import partial
from pathlib import Path
from time import time

import pytest
from telegram.error import TelegramError

from bot.channels.telegram.cards import Cards
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.errands import Errands
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.line import Line, Wire
from bot.desk import FrontDesk
from bot.handle import House
from tests.bot.channels.telegram.hooking import impatient, locked
from tests.bot.channels.telegram.running import bot_on, housed
from tests.bot.channels.telegram.visiting import (
    at_first_question,
    at_home,
    greeted,
    kept,
    ratings,
    sees_choice,
    tap,
    until,
    waits,
)
from tests.telegram.looping import Api, on_telegram
from tests.telegram.people import Person
from tests.telegram.server import TelegramServer
from tests.telegram.shapes import Event, Json


def note_posts(seen: list[str], name: str, event: Event) -> None:
    """Note by name who gets a new message."""
    if event.kind == "posted":
        seen.append(name)


def unconfirmed(telegram: TelegramServer) -> int:
    return len(telegram.world.mailbox.waiting)


def absurd(person: Person, **strange: object) -> Json:
    """A message as no platform sends it."""
    chat = {"id": person.id, "type": "private", "first_name": "x"}
    return {"message_id": 5, "date": 1_790_000_000, "chat": chat, "from": person.user, "text": "x", **strange}


def set_aside(house: House) -> list[str]:
    with house.store.unit(read_only=True) as unit:
        return [letter.address for letter in unit.dead_letters()]


@on_telegram
async def test_an_update_is_confirmed_only_when_its_effect_is_kept(
    telegram: TelegramServer, house: House, file: Path
) -> None:
    async with bot_on(telegram, house):
        rina = await telegram.person()
        await telegram.attended()
        with locked(file):
            await rina.command("start")
            await rina.rest(0.4)
            assert (unconfirmed(telegram), len(rina.chat)) == (1, 1)
        await until(lambda: not unconfirmed(telegram))
        assert kept(house.store, rina).phase == "language"
        await sees_choice(rina, "language")


@on_telegram
async def test_while_the_store_is_away_nothing_is_confirmed_and_all_comes_again(
    telegram: TelegramServer, house: House, file: Path
) -> None:
    async with bot_on(telegram, impatient(house, file)) as channel:
        rina = await greeted(telegram)
        with locked(file):
            await tap(rina, "language", "en")
            await until(channel.well)
            assert "Unavailable" in channel.well()
            assert unconfirmed(telegram) == 1
        await sees_choice(rina, "agree")
        await until(lambda: not channel.well())


@pytest.mark.parametrize("strange", [{"date": "yesterday"}, {"chat": None}, {"photo": [{}]}, {"text": {"a": 1}}])
@on_telegram
async def test_a_poison_update_is_set_aside_and_holds_nobody_up(
    telegram: TelegramServer, house: House, strange: Json
) -> None:
    async with bot_on(telegram, house):
        rina, budi = await greeted(telegram, "Rina"), await telegram.person("Budi", "en")
        telegram.world.mailbox.put("message", absurd(rina, **strange), rina.id)
        await budi.command("start")
        await sees_choice(budi, "language")
        await until(lambda: set_aside(house))
        await until(lambda: not unconfirmed(telegram))
        await tap(rina, "language", "en")
        await sees_choice(rina, "agree")
        assert len(set_aside(house)) == 1


@on_telegram
async def test_whose_record_is_broken_is_set_aside_alone(telegram: TelegramServer, house: House, file: Path) -> None:
    async with bot_on(telegram, house):
        rina, budi = await at_first_question(telegram, "Rina"), await at_first_question(telegram, "Budi")
        with sqlite3.connect(file) as database:
            broken = kept(house.store, rina).subject
            database.execute("UPDATE assessment SET version = 77 WHERE id = ?", [broken])
        await tap(rina, "rate", "1")
        await tap(budi, "rate", "2")
        await until(lambda: ratings(house.store, budi) == {"P1": "2"})
        await until(lambda: set_aside(house) == [str(rina.id)])
        with sqlite3.connect(file) as database:
            database.execute("UPDATE assessment SET version = 1 WHERE id = ?", [broken])
        database.close()
        await tap(rina, "rate", "0")
        await until(lambda: ratings(house.store, rina) == {"P1": "0"})


@on_telegram
async def test_an_update_that_comes_twice_has_one_effect(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await telegram.go_wrong(deliveries=2)
        before = kept(house.store, rina).revision
        await tap(rina, "rate", "1")
        await until(lambda: not unconfirmed(telegram))
        assert (ratings(house.store, rina), kept(house.store, rina).revision) == ({"P1": "1"}, before + 1)


@on_telegram
async def test_what_was_kept_but_not_confirmed_has_no_second_effect_after_a_restart(
    telegram: TelegramServer, house: House, file: Path
) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        before = kept(house.store, rina).revision
        await telegram.go_wrong(deliveries=2)
        await telegram.plan("getUpdates", "before", times=50)
        await tap(rina, "rate", "1")
        await until(lambda: ratings(house.store, rina) or telegram.world.mishaps.happened)
    again = housed(f"sqlite:///{file}", file.parent)
    telegram.world.mishaps.planned.clear()
    async with bot_on(telegram, again):
        await until(lambda: not unconfirmed(telegram))
        assert (ratings(again.store, rina), kept(again.store, rina).revision) == ({"P1": "1"}, before + 1)


@on_telegram
async def test_one_persons_inputs_stay_in_order_while_another_is_served(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina, budi = await telegram.person("Rina"), await telegram.person("Budi")
        seen: list[str] = []
        for person, name in ((rina, "Rina"), (budi, "Budi")):
            telegram.world.people[person.id].watchers.append(partial(note_posts, seen, name))
        # three tries take a while; what she writes after it must wait, what he writes need not
        telegram.world.mailbox.put("message", absurd(rina, date="yesterday"), rina.id)
        await rina.command("start")
        await budi.command("start")
        await sees_choice(rina, "language")
        await sees_choice(budi, "language")
        assert seen == ["Rina", "Budi", "Budi", "Rina"]
        assert set_aside(house) == [str(rina.id)]


@on_telegram
async def test_taps_and_texts_count_in_the_order_they_came(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina = await at_home(telegram)
        for language in ["id", "en"] * 4:
            await rina.write(f"/language {language}")
        await until(lambda: not unconfirmed(telegram))
        assert kept(house.store, rina).language == "en"


@on_telegram
async def test_a_message_that_a_press_has_overtaken_does_not_answer_what_came_after_it(
    telegram: TelegramServer, house: House
) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram, length="full")
        await tap(rina, "rate", "1")
        await until(lambda: ratings(house.store, rina) == {"P1": "1"})
        await until(lambda: not waits(house.store, rina))
        # late before it got its number: only its date tells that it was written to the question before
        late = absurd(rina, date=int(time()) - 4, message_id=rina.newest.id + 1, text="Hinders")
        telegram.world.mailbox.put("message", late, rina.id)
        await rina.sees("was sent before this question was shown")
        assert ratings(house.store, rina) == {"P1": "1"}
        await rina.write("Hinders")
        await until(lambda: ratings(house.store, rina) == {"P1": "1", "P2": "-1"})


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates", "getMyCommands"])
@pytest.mark.parametrize("way", ["500", "reset", "429"])
@on_telegram
async def test_a_call_that_fails_at_the_start_is_tried_again(
    telegram: TelegramServer, house: House, method: str, way: str
) -> None:
    await telegram.plan(method, way=way)
    async with bot_on(telegram, house):
        await greeted(telegram)
    assert telegram.world.mishaps.happened == 1


@on_telegram
async def test_another_process_that_polls_stops_nothing_for_good(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house) as channel:
        await greeted(telegram, "Rina")
        async with Api(telegram) as api:
            assert await api.result("getUpdates", timeout=0) == []
        await until(channel.well)
        assert "Conflict" in channel.well()
        await greeted(telegram, "Budi")
        assert not channel.well()


@on_telegram
async def test_a_platform_that_is_down_at_the_start_is_waited_for(telegram: TelegramServer, house: House) -> None:
    await telegram.pause()
    async with bot_on(telegram, house) as channel:
        await until(lambda: "cannot be reached" in channel.well())
        await telegram.resume()
        await greeted(telegram)
        assert not channel.well()


REFUSING = "CREATE TRIGGER refusing BEFORE INSERT ON dead_letter BEGIN SELECT RAISE(ABORT, 'no'); END"


@on_telegram
async def test_what_cannot_even_be_set_aside_comes_again(telegram: TelegramServer, house: House, file: Path) -> None:
    async with bot_on(telegram, house) as channel:
        rina = await greeted(telegram)
        with sqlite3.connect(file) as database:
            database.execute(REFUSING)
        telegram.world.mailbox.put("message", absurd(rina, date="yesterday"), rina.id)
        await until(channel.well)
        assert unconfirmed(telegram) == 1
        with sqlite3.connect(file) as database:
            database.execute("DROP TRIGGER refusing")
        database.close()
        await until(lambda: set_aside(house) == [str(rina.id)])
        await until(lambda: not channel.well())


def test_half_a_character_in_an_answer_does_not_make_it_unreadable() -> None:
    assert Wire.parse_json_payload(b'{"result": "a\\ud83d"}') == {"result": "a\ud83d"}
    assert Wire.parse_json_payload(b'{"result": "a\xff"}') == {"result": "a\ufffd"}
    for payload in (b"", b"<html>", b"[]", b"7"):
        with pytest.raises(TelegramError):
            Wire.parse_json_payload(payload)


async def handed(house: House, update: Json) -> None:
    """Take one update in, as it was read from an answer."""
    line = Line("7000001:x", "http://127.0.0.1:1", 1)
    desk, limits = FrontDesk(house=house), Limits(0, 0)
    delivery = Delivery(desk, Cards(line), limits)
    await Intake(desk, line, delivery, Errands(desk, line, delivery, limits, "1"), "1").take([update])
    await delivery.finish(0)


@pytest.mark.parametrize("text", ["/start", "salam", "\ud83d", "\0"])
def test_what_a_store_cannot_hold_is_set_aside_or_answered(house: House, text: str) -> None:
    chat = {"id": 1001, "type": "private", "first_name": text}
    message = {"message_id": 5, "date": "yesterday" if text == "salam" else 1, "chat": chat, "text": text}
    asyncio.run(handed(house, {"update_id": 1, "message": message}))
    assert (set_aside(house) == ["1001"]) == (text == "salam")
    house.store.close()
