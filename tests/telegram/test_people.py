"""People on the server: what they do reaches the bot, and they see what the bot does, near and far."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.telegram.looping import Api, on_telegram
from tests.telegram.remote import ServerProcess
from tests.telegram.scene import Scene
from tests.telegram.server import TelegramServer, ThreadedServer

CARD = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}, {"text": "Tidak", "callback_data": "n"}]]}


@asynccontextmanager
async def bot_on(scene: Scene) -> AsyncIterator[Api]:
    """A bot that answers every message with a card, and every press with a toast and the card edited."""
    async with Api(scene) as api:
        polling = asyncio.create_task(_serve(api))
        try:
            yield api
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)


async def _serve(api: Api) -> None:
    offset = 0
    while True:
        for update in await api.result("getUpdates", offset=offset, timeout=10):
            offset = update["update_id"] + 1
            if "message" in update:
                told = f"<b>Anda</b>: {update['message'].get('text', 'berkas')}"
                chat = update["message"]["chat"]["id"]
                await api("sendMessage", chat_id=chat, text=told, parse_mode="HTML", reply_markup=CARD)
            elif "callback_query" in update:
                query = update["callback_query"]
                where = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
                await api.result("answerCallbackQuery", callback_query_id=query["id"], text=f"Dipilih: {query['data']}")
                await api("editMessageText", **where, text=f"Pilihan {query['data']}")


async def a_conversation(scene: Scene) -> None:
    async with bot_on(scene):
        rina = await scene.person("Rina", "id")
        await rina.command("start", "now")
        card = await rina.sees("Anda: /start now")
        assert (card.marked, card.rows, rina.labels) == ("*Anda*: /start now", [["Ya", "Tidak"]], ["Ya", "Tidak"])
        await rina.press("Ya")
        await rina.sees("Pilihan y")
        assert (await rina.toasted("Dipilih"), rina.unanswered) == ("Dipilih: y", [])
        assert rina.now(card).edited
        sent = await rina.send_document("bukti.txt", b"isi", "text/plain", "Bukti")
        assert await rina.opened(sent) == b"isi"
        await rina.sees(lambda person: person.newest_with_buttons.text == "Anda: berkas")
        await rina.press_data("forged", on=card)
        assert (await rina.change()).text == "Anda: berkas"
        await rina.sees("Pilihan forged")
        with pytest.raises(AssertionError, match="does not see 'never'"):
            await rina.sees("never", within=0.05)
        with pytest.raises(AssertionError, match="'Nein' is not shown"):
            await rina.press("Nein")


def test_a_conversation_in_this_loop() -> None:
    async def run() -> None:
        async with TelegramServer() as telegram:
            await a_conversation(telegram)

    asyncio.run(run())


def test_a_conversation_beside_a_thread() -> None:
    with ThreadedServer() as telegram:
        telegram.run(a_conversation(telegram.server))


@pytest.mark.parametrize("process", [ServerProcess])
def test_a_conversation_with_another_process(process: Callable[[], AbstractAsyncContextManager[Scene]]) -> None:
    async def run() -> None:
        async with process() as telegram:
            await a_conversation(telegram)
            await telegram.plan("getMe", way="500")
            await telegram.limit(overall=1000)
            async with Api(telegram) as api:
                assert "Internal" in await api.refused("getMe")
                await telegram.pause()
                await telegram.resume()
                await api.result("getMe")
            assert [call["fate"] for call in await telegram.calls_of("getMe")] == ["before", ""]
            assert (await telegram.books())["methods"]["getMe"] == 2
            rina = await telegram.person()
            await rina.command("start")
            with pytest.raises(AssertionError):
                await rina.edit(rina.chat[0], " ")

    asyncio.run(run())


@on_telegram
async def test_a_group_shows_everyone_the_same_and_toasts_to_one(telegram: TelegramServer) -> None:
    rina, budi = await telegram.person("Rina"), await telegram.person("Budi")
    group = await telegram.group("Panel", rina, budi)
    async with bot_on(telegram) as api:
        await group.write(rina, "among ourselves")
        await group.write(rina, "/nilai")
        await budi.feed.more(5)
        await budi.rest(0.05)
        assert [shown.text for shown in group.chat] == ["among ourselves", "/nilai", "Anda: /nilai"]
        await group.press(budi, "Tidak")
        await budi.toasted("Dipilih: n")
        assert rina.toasts == []
        upgraded = await group.upgrade()
        assert "migrate_to_chat_id" in group.chat[-1].body
        await api.result("sendMessage", chat_id=upgraded.id, text="x")


@on_telegram
async def test_a_forwarded_card_comes_without_its_buttons(telegram: TelegramServer) -> None:
    rina, budi = await telegram.person("Rina"), await telegram.person("Budi")
    async with bot_on(telegram) as api:
        await rina.command("start")
        card = await rina.sees("Anda: /start")
        sent = await budi.forward(card)
        assert (sent.text, sent.rows, sent.body["forward_origin"]["type"]) == ("Anda: /start", [], "user")
        answer = await budi.sees("Anda: Anda")
        await api.result("deleteMessage", chat_id=budi.id, message_id=answer.id)
        await budi.press_data("y", on=answer)
        await budi.toasted("Dipilih: y")
        with pytest.raises(AssertionError):
            await budi.edit(card, "x")


@on_telegram
async def test_who_blocks_the_bot_must_unblock_it_to_write(telegram: TelegramServer) -> None:
    rina = await telegram.person()
    await rina.command("start")
    await rina.block()
    with pytest.raises(AssertionError, match="must unblock"):
        await rina.write("x")
    await rina.unblock()
    await rina.speak("en")
    async with Api(telegram) as api:
        await api.result("sendMessage", chat_id=rina.id, text="x")
        await rina.write("y")
        assert (await api.result("getUpdates"))[-1]["message"]["from"]["language_code"] == "en"
