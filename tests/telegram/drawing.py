"""Methods that change what is already in a chat, and the answers to button presses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.telegram.keyboards import checked_markup
from tests.telegram.params import Parameters
from tests.telegram.refusals import NOT_MODIFIED, STALE_QUERY, refuse
from tests.telegram.sending import captioned, texted
from tests.telegram.shapes import Json
from tests.telegram.world import Chat, World

CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document", "voice", "reply_markup")
"""What an edit can change."""

MEDIA = ("photo", "document", "voice")
DELETABLE = 48 * 3600
TOAST = 200


def _target(world: World, params: Parameters) -> tuple[Chat, Json]:
    if not params.text("chat_id"):
        refuse("chat_id is empty" if not params.text("inline_message_id") else "message identifier is not specified")
    chat = world.reachable(params.number("chat_id"))
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        refuse("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        refuse("message can't be edited")
    return chat, message


def _edited(world: World, target: tuple[Chat, Json], params: Parameters, content: Json, *dropped: str) -> Json:
    chat, message = target
    markup = checked_markup(params.data("reply_markup"), inline=True)
    gone = (*dropped, "reply_markup")
    edited = {name: value for name, value in message.items() if name not in gone} | content
    if markup:
        edited["reply_markup"] = markup
    if all(edited.get(name) == message.get(name) for name in CONTENT):
        refuse(NOT_MODIFIED)
    edited["edit_date"] = world.now()
    return world.replace(chat, edited)


def _edit_text(world: World, params: Parameters) -> Json:
    target = _target(world, params)
    if "text" not in target[1]:
        refuse("there is no text in the message to edit")
    content = texted(params, "MESSAGE_TOO_LONG")
    return _edited(world, target, params, content, "text", "entities")


def _edit_caption(world: World, params: Parameters) -> Json:
    target = _target(world, params)
    if not any(kind in target[1] for kind in MEDIA):
        refuse("there is no caption in the message to edit")
    return _edited(world, target, params, captioned(params), "caption", "caption_entities")


def _edit_markup(world: World, params: Parameters) -> Json:
    return _edited(world, _target(world, params), params, {})


def _edit_media(world: World, params: Parameters) -> Json:
    target = _target(world, params)
    media = params.data("media")
    if not isinstance(media, dict) or media.get("type") not in {"photo", "document"}:
        refuse("can't parse InputMedia: type must be photo or document here")
    kind = media["type"]
    inside = Parameters(media, params.files)
    content = {kind: world.files.sent(kind, inside.file("media")).body} | captioned(inside)
    return _edited(world, target, params, content, *MEDIA, "text", "entities", "caption", "caption_entities")


def _delete(world: World, params: Parameters) -> bool:
    chat = world.reachable(params.number("chat_id"))
    message = chat.messages.get(params.number("message_id"))
    if message is None:
        refuse("message to delete not found")
    own = message["from"]["id"] == world.bot["id"]
    if message["date"] < world.now() - DELETABLE or not (own or chat.private):
        refuse("message can't be deleted for everyone")
    world.remove(chat, message["message_id"])
    return True


def _answer(world: World, params: Parameters) -> bool:
    # an answer to a query that was answered is taken, as Telegram takes it, but nobody sees it
    text = params.text("text")
    if len(text) > TOAST:
        refuse("MESSAGE_TOO_LONG")
    number = params.text("callback_query_id")
    query = world.queries.get(number)
    if query is None or world.clock.now() - query.at > world.answered_within:
        refuse(STALE_QUERY)
    if not query.answered:
        query.answered = True
        answer = {"query": number, "text": text, "alert": params.flag("show_alert")}
        world.show(world.chats[query.chat], "answered", answer, only=[query.person])
    return True


METHODS: dict[str, Callable[[World, Parameters], Any]] = {
    "editMessageText": _edit_text,
    "editMessageCaption": _edit_caption,
    "editMessageReplyMarkup": _edit_markup,
    "editMessageMedia": _edit_media,
    "deleteMessage": _delete,
    "answerCallbackQuery": _answer,
}
