"""The webhook: 200 only for what is kept, and a refusal for everything else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bot.handle import House
from tests.bot.channels.telegram.hooking import SECRET, hooked_on, impatient, locked
from tests.bot.channels.telegram.visiting import (
    at_first_question,
    is_known,
    kept,
    ratings,
    sees_choice,
    tap,
    until,
    waits,
)
from tests.telegram.looping import on_telegram
from tests.telegram.pushing import SECRET_HEADER
from tests.telegram.server import TelegramServer
from tests.telegram.shapes import Json

AUTHENTIC = {SECRET_HEADER: SECRET}


def start_of(person: int, number: int = 1) -> Json:
    user = {"id": person, "is_bot": False, "first_name": "Rina", "language_code": "id"}
    chat = {"id": person, "type": "private", "first_name": "Rina"}
    message = {"message_id": number, "from": user, "chat": chat, "date": 1_790_000_000, "text": "/start"}
    return {"update_id": number, "message": message}


async def posted(url: str, body: Json | str, headers: dict[str, str]) -> int:
    content = {"data": body} if isinstance(body, str) else {"json": body}
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers, **content) as answer:
        return answer.status


@on_telegram
async def test_an_update_is_accepted_only_when_its_effect_is_kept(
    telegram: TelegramServer, house: House, tmp_path: Path
) -> None:
    async with hooked_on(telegram, house) as url:
        rina = await telegram.person("Rina")
        with locked(tmp_path / "cocok.db"):
            posting = asyncio.create_task(posted(url, start_of(rina.id), AUTHENTIC))
            assert await asyncio.wait({posting}, timeout=0.4) == (set(), {posting})
        assert await posting == 200
        assert kept(house.store, rina).phase == "language"


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "tebakan"}, {SECRET_HEADER: SECRET + "x"}])
@on_telegram
async def test_who_does_not_know_the_secret_is_turned_away(
    telegram: TelegramServer, house: House, headers: dict[str, str]
) -> None:
    async with hooked_on(telegram, house) as url:
        rina = await telegram.person()
        assert await posted(url, start_of(rina.id), headers) == 401
        assert not is_known(house.store, rina)


@pytest.mark.parametrize("junk", ["", "{", "[]", "7", "{}", '{"update_id": "7"}', '{"update_id": null}', "\0"])
@on_telegram
async def test_what_is_no_update_is_refused(telegram: TelegramServer, house: House, junk: str) -> None:
    async with hooked_on(telegram, house) as url:
        assert await posted(url, junk, AUTHENTIC) == 400


@on_telegram
async def test_while_the_store_is_away_updates_are_refused_and_come_again(
    telegram: TelegramServer, house: House, tmp_path: Path
) -> None:
    file = tmp_path / "cocok.db"
    async with hooked_on(telegram, impatient(house, file)) as url:
        rina = await telegram.person("Rina")
        with locked(file):
            assert await posted(url, start_of(rina.id), AUTHENTIC) == 503
            await rina.command("start")
            await until(lambda: "503" in str(telegram.webhook.last_error))
            assert not [shown for shown in rina.chat if shown.by_bot]
        await sees_choice(rina, "language")
        assert (await telegram.books())["waiting"] == 0


@on_telegram
async def test_after_an_outage_of_the_store_each_person_gets_one_card(
    telegram: TelegramServer, house: House, tmp_path: Path
) -> None:
    file = tmp_path / "cocok.db"
    async with hooked_on(telegram, impatient(house, file)):
        rina = await at_first_question(telegram, length="full")
        before = len([shown for shown in rina.chat if shown.by_bot])
        with locked(file):
            await tap(rina, "rate", "1")
            await tap(rina, "rate", "2")
            for text in ("/help", "Helps", "/start"):
                await rina.write(text)
            await until(lambda: telegram.webhook.tries > 12)
        await until(lambda: not telegram.world.mailbox.waiting)
        await until(lambda: not waits(house.store, rina))
        await rina.rest()
        assert rina.newest.labels[:1] == ["Continue"]
        assert len([shown for shown in rina.chat if shown.by_bot]) == before + 1
        # the press is stale where the first command came before it, by the other queue
        assert ratings(house.store, rina) in ({}, {"P1": "1"})


@on_telegram
async def test_after_an_outage_of_the_bot_each_person_gets_one_card(telegram: TelegramServer, house: House) -> None:
    rina = await telegram.person("Rina", "en")
    for text in ("/start", "salam", "/help", "/start"):
        await rina.write(text)
    async with hooked_on(telegram, house):
        await sees_choice(rina, "language")
        await until(lambda: not telegram.world.mailbox.waiting)
        await until(lambda: not waits(house.store, rina))
        await rina.rest()
        assert len([shown for shown in rina.chat if shown.by_bot]) == 1


@on_telegram
async def test_before_the_bot_knows_who_it_is_updates_are_refused(telegram: TelegramServer, house: House) -> None:
    await telegram.plan("getMe", times=1)
    async with hooked_on(telegram, house, attended=False) as url:
        rina = await telegram.person("Rina")
        assert await posted(url, start_of(rina.id), AUTHENTIC) == 503
        await telegram.attended()
        assert await posted(url, start_of(rina.id), AUTHENTIC) == 200


@on_telegram
async def test_an_update_that_comes_twice_has_one_effect(telegram: TelegramServer, house: House) -> None:
    async with hooked_on(telegram, house) as url:
        rina = await at_first_question(telegram)
        await telegram.go_wrong(deliveries=3)
        before = kept(house.store, rina).revision
        await tap(rina, "rate", "1")
        await until(lambda: not telegram.world.mailbox.waiting)
        assert (ratings(house.store, rina), kept(house.store, rina).revision) == ({"P1": "1"}, before + 1)
        again = start_of(rina.id, 4_000)
        assert await asyncio.gather(*(posted(url, again, AUTHENTIC) for _ in range(4))) == [200] * 4
        assert kept(house.store, rina).revision == before + 2


@on_telegram
async def test_an_update_nobody_can_read_is_accepted_and_set_aside(telegram: TelegramServer, house: House) -> None:
    async with hooked_on(telegram, house) as url:
        absurd = {"update_id": 9, "message": {"message_id": "seven", "chat": 5}}
        assert await posted(url, absurd, AUTHENTIC) == 200
        with house.store.unit(read_only=True) as unit:
            (letter,) = unit.dead_letters()
        assert (letter.key, letter.channel) == ("telegram:7000001:9", "telegram")
