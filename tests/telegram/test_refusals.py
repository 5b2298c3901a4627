"""What Telegram refuses, with its words."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from aiohttp import FormData

from tests.telegram.looping import Api, on_telegram
from tests.telegram.server import TelegramServer

CHAT = 1001
CARD = 2
"""The first card the bot sends, after the person's */start*."""


def button(text: str = "a", **does: object) -> dict[str, object]:
    return {"text": text, **(does or {"callback_data": "a"})}


def keyboard(*rows: list[dict[str, object]]) -> dict[str, object]:
    return {"inline_keyboard": list(rows)}


async def opened(telegram: TelegramServer, api: Api) -> None:
    rina = await telegram.person(number=CHAT)
    await rina.command("start")
    await api.result(
        "sendMessage", chat_id=CHAT, text="<b>card</b>", parse_mode="HTML", reply_markup=keyboard([button()])
    )


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "x", "chat_id": 5}, "chat not found"),
    ("sendMessage", {"text": "x", "chat_id": "@nobody"}, "chat_id must be an integer"),
    ("sendMessage", {"text": " \n "}, "message text is empty"),
    ("sendMessage", {"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"text": "<b>x" * 101 + "</b>" * 101, "parse_mode": "HTML"}, "ENTITIES_TOO_LONG"),
    ("sendMessage", {"text": "<p>", "parse_mode": "HTML"}, "can't parse entities: Unsupported start tag"),
    ("sendMessage", {"text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
    ("sendMessage", {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 9}]}, "can't parse entities"),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ("sendMessage", {"text": "x", "reply_markup": {"buttons": []}}, "can't parse reply keyboard markup"),
    ("sendMessage", {"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ("sendPhoto", {"photo": "nothing"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendDocument", {"document": "x", "caption": "x" * 1025}, "message caption is too long"),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("getFile", {"file_id": "nothing"}, "invalid file_id"),
    ("editMessageText", {"message_id": 99, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
    ("editMessageText", {"message_id": CARD, "text": "x" * 4097}, "MESSAGE_TOO_LONG"),
    ("editMessageText", {"message_id": CARD, "text": ""}, "message text is empty"),
    ("editMessageCaption", {"message_id": CARD, "caption": "x"}, "there is no caption in the message to edit"),
    ("editMessageReplyMarkup", {"message_id": CARD, "reply_markup": keyboard([button()])}, "message is not modified: "),
    ("editMessageReplyMarkup", {"message_id": CARD, "reply_markup": {"force_reply": True}}, "inline keyboard expected"),
    ("deleteMessage", {"message_id": 99}, "message to delete not found"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired or query ID is"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "command description must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [], "language_code": "ind"}, "invalid language code specified"),
    ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "can't parse BotCommandScope"),
    ("setMyDescription", {"description": "x" * 513}, "bot description is too long"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "bot short description is too long"),
    ("setMyName", {"name": "x" * 65}, "bot name is too long"),
    ("setChatMenuButton", {"menu_button": {"type": "moon"}}, "can't parse MenuButton"),
    ("setWebhook", {"url": "http://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        "setWebhook",
        {"url": "https://example.org", "secret_token": "a b"},
        "bad webhook: secret token contains unallowed",
    ),
    ("getUpdates", {"allowed_updates": "message"}, "can't parse allowed_updates"),
]


@pytest.mark.parametrize(("method", "parameters", "reason"), REFUSED)
@on_telegram
async def test_what_telegram_refuses_is_refused(
    telegram: TelegramServer, method: str, parameters: dict[str, Any], reason: str
) -> None:
    async with Api(telegram) as api:
        await opened(telegram, api)
        before = dict(telegram.world.chats[CHAT].messages)
        description = await api.refused(method, **({"chat_id": CHAT} | parameters))
    assert description.startswith(f"Bad Request: {reason}")
    assert telegram.world.chats[CHAT].messages == before


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keyboard([button(callback_data="")]), "BUTTON_DATA_INVALID"),
        (keyboard([button(callback_data="é" * 33)]), "BUTTON_DATA_INVALID"),
        (keyboard([button(" ")]), "can't parse inline keyboard button: Text must be non-empty"),
        (keyboard([{"text": "a"}]), "can't parse inline keyboard button: Text buttons are unallowed"),
        (keyboard([button(callback_data="a", url="https://x.org")]), "can't parse inline keyboard button: Exactly one"),
        (keyboard([{"callback_data": "a"}]), "can't parse inline keyboard button: Can't find field \"text\""),
        (keyboard([button(url="x.org")]), "inline keyboard button URL 'x.org' is invalid: Wrong HTTP URL"),
        (keyboard(*[[button()]] * 101), "reply markup is too long"),
        (keyboard([button()] * 9), "reply markup is too long"),
    ],
)
@on_telegram
async def test_a_keyboard_out_of_bounds_is_refused(
    telegram: TelegramServer, markup: dict[str, object], reason: str
) -> None:
    async with Api(telegram) as api:
        await opened(telegram, api)
        for method, more in (("sendMessage", {}), ("editMessageText", {"message_id": CARD})):
            description = await api.refused(method, chat_id=CHAT, text="x", reply_markup=markup, **more)
            assert description.startswith(f"Bad Request: {reason}")


@on_telegram
async def test_what_is_just_within_bounds_is_taken(telegram: TelegramServer) -> None:
    async with Api(telegram) as api:
        await opened(telegram, api)
        full = keyboard(*[[button(callback_data="x" * 64)] * 8] * 12)
        text = "<b>" + "&amp;" * 4096 + "</b>"
        await api.result("sendMessage", chat_id=CHAT, text=text, parse_mode="HTML", reply_markup=full)
        await api.result("editMessageText", chat_id=CHAT, message_id=CARD, text="<i>card</i>", parse_mode="HTML")
        refused = await api.refused(
            "editMessageText", chat_id=CHAT, message_id=CARD, text="<em>card</em> ", parse_mode="html"
        )
        assert "message is not modified" in refused


@on_telegram
async def test_a_query_is_answered_once_in_time_and_only_seen_once(telegram: TelegramServer) -> None:
    async with Api(telegram) as api:
        await opened(telegram, api)
        rina = await telegram.person("Budi")
        await rina.command("start")
        await api.result("sendMessage", chat_id=rina.id, text="card", reply_markup=keyboard([button()]))
        query = await rina.press("a")
        assert rina.unanswered == ["a"]
        await api.result("answerCallbackQuery", callback_query_id=query, text="one")
        await api.result("answerCallbackQuery", callback_query_id=query, text="two")
        assert (rina.toasts, rina.unanswered) == (["one"], [])
        late = await rina.press("a")
        await telegram.advance(16)
        assert "query is too old" in await api.refused("answerCallbackQuery", callback_query_id=late)


@on_telegram
async def test_old_messages_can_be_edited_but_not_deleted(telegram: TelegramServer) -> None:
    async with Api(telegram) as api:
        await opened(telegram, api)
        await api.result("deleteMessage", chat_id=CHAT, message_id=1)
        await telegram.advance(49 * 3600)
        refused = await api.refused("deleteMessage", chat_id=CHAT, message_id=CARD)
        assert refused == "Bad Request: message can't be deleted for everyone"
        await api.result("editMessageText", chat_id=CHAT, message_id=CARD, text="later")


@on_telegram
async def test_files_too_large_are_refused_both_ways(telegram: TelegramServer) -> None:
    rina = await telegram.person()
    large = await rina.send_document("a.bin", b"x", size=20 * 1024 * 1024 + 1)
    async with Api(telegram) as api:
        assert await api.refused("getFile", file_id=large.file["file_id"]) == "Bad Request: file is too big"
        root = f"{telegram.url}/bot{telegram.token}"

        async def upload(method: str, data: bytes) -> tuple[int, str]:
            form = FormData({"chat_id": str(rina.id)})
            form.add_field("photo" if method == "sendPhoto" else "document", BytesIO(data), filename="a")
            async with api.session.post(f"{root}/{method}", data=form) as answer:
                return answer.status, (await answer.json())["description"]

        assert await upload("sendDocument", bytes(52 * 1024 * 1024)) == (413, "Request Entity Too Large")
        assert await upload("sendPhoto", b"no picture") == (400, "Bad Request: IMAGE_PROCESS_FAILED")
        assert await upload("sendPhoto", b"") == (400, "Bad Request: file must be non-empty")
    assert await rina.opened(large) == b"x"
