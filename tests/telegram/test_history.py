"""Transcripts of what a person did and saw."""

from __future__ import annotations

from tests.telegram.history import history
from tests.telegram.looping import Api, on_telegram
from tests.telegram.pictures import png
from tests.telegram.server import TelegramServer

CARD = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}, {"text": "Tidak", "callback_data": "n"}]]}
HISTORY = """\
> /start

*Mulai?*
Pilih satu
[ Ya ] [ Tidak ]

> [Ya]
(toast) Dicatat

(edited)
Sudah: *ya*
[ Ya ] [ Tidak ]

> salah

> (edited) benar

(buttons gone, 1 above)

(photo)
Hasilnya

(document owl-bus.pdf)

(edited, 1 above)
(photo)
Hasil kedua

(removed) document

> (photo) bukti

> (forwarded) benar

> (data forged)
(alert) Tidak berlaku

> (blocked the bot)

> (unblocked the bot)
"""


@on_telegram
async def test_a_transcript_reads_like_the_chat(telegram: TelegramServer) -> None:
    rina = await telegram.person()
    chat = {"chat_id": rina.id}
    async with Api(telegram) as api:
        await rina.command("start")
        text = "<b>Mulai?</b>\nPilih satu"
        card = await api.result("sendMessage", **chat, text=text, parse_mode="HTML", reply_markup=CARD)
        here = {**chat, "message_id": card["message_id"]}
        query = await rina.press("Ya")
        await api.result("editMessageText", **here, text="Sudah: <b>ya</b>", parse_mode="HTML", reply_markup=CARD)
        await api.result("answerCallbackQuery", callback_query_id=query, text="Dicatat")
        said = await rina.write("salah")
        said = await rina.edit(said, "benar")
        await api.result("editMessageReplyMarkup", **here)
        photo, file = await rina.send_photo(png()), await rina.send_document("owl-bus.pdf", b"x")
        skipped = len(rina.feed.events)
        picture = await api.result("sendPhoto", **chat, photo=photo.file["file_id"], caption="Hasilnya")
        report = await api.result("sendDocument", **chat, document=file.file["file_id"])
        await api.result("editMessageCaption", **chat, message_id=picture["message_id"], caption="Hasil kedua")
        await api.result("deleteMessage", **chat, message_id=report["message_id"])
        await rina.send_photo(png(), "bukti")
        await rina.forward(said)
        forged = await rina.press_data("forged", on=1)
        await api.result("answerCallbackQuery", callback_query_id=forged, text="Tidak berlaku", show_alert=True)
        await api.result("sendChatAction", **chat, action="typing")
        await rina.block()
        await rina.unblock()
    del rina.feed.events[skipped - 2 : skipped]
    assert history(rina) == HISTORY
