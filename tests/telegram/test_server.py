"""What the server answers, read with the library our bot uses, and in every way a call can be written."""

from __future__ import annotations

import asyncio
import logging

import pytest
from aiohttp import FormData
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken

from tests.telegram.looping import Api, on_telegram
from tests.telegram.pictures import png
from tests.telegram.server import TelegramServer


def library(telegram: TelegramServer, token: str = "") -> Bot:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    root = telegram.url
    return Bot(token or telegram.token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot")


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"data of {label}")] for label in labels])


@on_telegram
async def test_the_library_reads_messages_and_presses(telegram: TelegramServer) -> None:
    rina = await telegram.person("Rina", "id")
    async with library(telegram) as bot:
        await rina.follow("item-N1")
        (begun,) = await bot.get_updates(timeout=1)
        assert begun.message
        assert begun.message.from_user
        assert (begun.message.text, begun.message.from_user.language_code) == ("/start item-N1", "id")
        card = await bot.send_message(
            rina.id, "<b>A &amp; B</b>?", parse_mode=ParseMode.HTML, reply_markup=keyboard("Ya")
        )
        assert card.message_id > begun.message.message_id
        assert card.text_html == "<b>A &amp; B</b>?"
        await rina.press("Ya")
        (pressed,) = await bot.get_updates(offset=begun.update_id + 1, timeout=1)
        query = pressed.callback_query
        assert query
        assert query.data == "data of Ya"
        assert await query.answer("Tersimpan", show_alert=True)
        edited = await query.edit_message_text("Selesai")
        assert not isinstance(edited, bool)
        assert (edited.text, edited.reply_markup) == ("Selesai", None)
        assert edited.edit_date
    assert rina.toasts == ["Tersimpan"]
    assert rina.screen.toasts[0].alert
    assert [(shown.text, shown.rows, shown.edited) for shown in rina.chat[1:]] == [("Selesai", [], True)]


@on_telegram
async def test_the_library_reads_everything_people_send(telegram: TelegramServer) -> None:
    rina = await telegram.person()
    await rina.send_photo(png(), "Bukti", group="album")
    await rina.send_document("a.pdf", b"%PDF-1.7", "application/pdf")
    await rina.send_voice(b"OggS", seconds=4)
    await rina.send_location(5.55, 95.32)
    text = await rina.write("satu")
    await rina.edit(text, "dua https://example.org")
    await rina.forward(text)
    await rina.block()
    await rina.unblock()
    async with library(telegram) as bot:
        photo, document, voice, place, _, edited, forwarded, blocked, unblocked = await bot.get_updates()
        assert photo.message
        assert (photo.message.photo[-1].width, photo.message.caption, photo.message.media_group_id) == (
            320,
            "Bukti",
            "album",
        )
        assert document.message
        assert document.message.document
        assert document.message.document.file_name == "a.pdf"
        fetched = await bot.get_file(document.message.document.file_id)
        assert await fetched.download_as_bytearray() == b"%PDF-1.7"
    assert voice.message and voice.message.voice and voice.message.voice.mime_type == "audio/ogg"  # noqa: PT018 - one fact
    assert place.message and place.message.location and place.message.location.latitude == 5.55  # noqa: PT018 - one fact
    assert edited.edited_message and edited.edited_message.parse_entities(["url"])  # noqa: PT018 - one fact
    assert forwarded.message and forwarded.message.forward_origin  # noqa: PT018 - one fact
    statuses = [
        update.my_chat_member.new_chat_member.status for update in (blocked, unblocked) if update.my_chat_member
    ]
    assert statuses == ["kicked", "member"]


@on_telegram
async def test_files_are_sent_once_and_then_by_their_id(telegram: TelegramServer) -> None:
    rina = await telegram.person()
    await rina.command("start")
    async with library(telegram) as bot:
        photo = await bot.send_photo(rina.id, png(), caption="<b>Hasil</b>", parse_mode=ParseMode.HTML)
        again = await bot.send_photo(rina.id, photo.photo[-1].file_id)
        assert again.photo == photo.photo
        report = await bot.send_document(rina.id, b"%PDF", filename="owl-bus.pdf", reply_markup=keyboard("Lagi"))
        assert report.document
        await bot.send_voice(rina.id, b"OggS", duration=2)
        await bot.edit_message_caption(rina.id, report.message_id, caption="Laporan", reply_markup=keyboard("Lagi"))
        with pytest.raises(BadRequest, match="Can't use file of type document as photo"):
            await bot.send_photo(rina.id, report.document.file_id)
    assert [shown.kind for shown in rina.chat] == ["text", "photo", "photo", "document", "voice"]
    shown = rina.chat[3]
    assert (shown.file_name, shown.file_size, shown.text, shown.labels) == ("owl-bus.pdf", 4, "Laporan", ["Lagi"])
    assert await rina.opened(shown) == b"%PDF"
    assert await rina.opened(rina.chat[1]) == png()


@on_telegram
async def test_the_bot_tells_about_itself_in_every_language(telegram: TelegramServer) -> None:
    rina = await telegram.person(language="id")
    async with library(telegram) as bot:
        await bot.set_my_commands([BotCommand("start", "Begin")])
        await bot.set_my_commands([BotCommand("nilai", "Nilai praktik")], language_code="id")
        assert [command.command for command in await bot.get_my_commands(language_code="id")] == ["nilai"]
        assert [command["command"] for command in await rina.menu()] == ["nilai"]
        await bot.set_my_commands([BotCommand("jawaban", "Jawaban")], scope=BotCommandScopeChat(rina.id))
        assert [command["command"] for command in await rina.menu()] == ["jawaban"]
        await bot.delete_my_commands(scope=BotCommandScopeChat(rina.id))
        await bot.set_my_description("About", language_code="")
        await bot.set_my_description("Tentang", language_code="id")
        await bot.set_my_short_description("Short")
        assert (await bot.get_my_description(language_code="id")).description == "Tentang"
        assert (await bot.get_my_description(language_code="en")).description == "About"
        assert (await bot.get_my_short_description()).short_description == "Short"
        assert (await bot.get_my_name()).name == "Loopback"
        await bot.set_my_name("cocok")
        assert (await bot.get_my_name()).name == "cocok"
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        assert (await bot.get_chat_menu_button()).type == "commands"
        assert await bot.send_chat_action(await begun(telegram), "typing")


async def begun(telegram: TelegramServer) -> int:
    person = await telegram.person()
    await person.command("start")
    return person.id


@on_telegram
async def test_the_library_names_every_kind_of_refusal(telegram: TelegramServer) -> None:
    rina, budi = await telegram.person("Rina"), await telegram.person("Budi")
    group = await telegram.group("Panel", rina, budi)
    await rina.command("start")
    async with library(telegram) as bot:
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await bot.send_message(budi.id, "x")
        await rina.block()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(rina.id, "x")
        await rina.delete_account()
        with pytest.raises(Forbidden, match="user is deactivated"):
            await bot.send_message(rina.id, "x")
        moved = await group.upgrade()
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(group.id, "x")
        assert migrated.value.new_chat_id == moved.id
        await moved.remove_bot()
        with pytest.raises(Forbidden, match="kicked"):
            await bot.send_message(moved.id, "x")
        await bot.set_webhook("http://127.0.0.1:9/nobody")
        with pytest.raises(Conflict):
            await bot.get_updates()
    with pytest.raises(InvalidToken):
        async with library(telegram, "1:wrong"):
            pass


@on_telegram
async def test_a_call_can_be_written_in_every_way(telegram: TelegramServer) -> None:
    chat = await begun(telegram)
    markup = '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}'
    form = {"chat_id": str(chat), "text": "x+y", "reply_markup": markup}
    root = f"{telegram.url}/bot{telegram.token}"
    async with Api(telegram) as api:
        mixed = FormData(form)
        mixed.add_field("unused", b"x", filename="x.bin")
        for body in ({"json": form}, {"data": form}, {"params": form}, {"data": mixed}):
            async with api.session.post(f"{root}/SENDMESSAGE", **body) as answer:
                sent = (await answer.json())["result"]
                assert (sent["text"], sent["reply_markup"]["inline_keyboard"][0][0]["text"]) == ("x+y", "a")
        for path, code in ((f"/bot{telegram.token}/noSuch", 404), ("/bot1:a/getMe", 401), ("/", 404)):
            async with api.session.get(f"{telegram.url}{path}") as answer:
                assert (answer.status, (await answer.json())["error_code"]) == (code, code)
        async with api.session.get(f"{telegram.url}/file/bot{telegram.token}/documents/file_99") as answer:
            assert answer.status == 404


@on_telegram
async def test_message_ids_of_a_bots_private_chats_share_one_counter(telegram: TelegramServer) -> None:
    rina, budi = await telegram.person("Rina"), await telegram.person("Budi")
    numbers = [(await person.write("x")).id for person in (rina, budi, rina)]
    group = await telegram.group("Panel", rina, budi, kind="supergroup")
    assert numbers == [1, 2, 3]
    assert (await group.write(rina, "/x")).id == 1
    assert (await rina.write("x")).id == 4


@on_telegram
async def test_many_calls_at_once_are_all_answered(telegram: TelegramServer) -> None:
    chat = await begun(telegram)
    async with Api(telegram) as api:
        sent = await asyncio.gather(*(api.result("sendMessage", chat_id=chat, text=str(n)) for n in range(100)))
    assert len({message["message_id"] for message in sent}) == 100
    assert telegram.calls.methods["sendMessage"] == len(telegram.calls.of("sendMessage")) == 100
