"""Methods that put something new into a chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.telegram.keyboards import checked_markup
from tests.telegram.markup import parse_html, trimmed, units, with_found
from tests.telegram.params import Parameters
from tests.telegram.refusals import refuse
from tests.telegram.shapes import Json
from tests.telegram.world import Chat, World

TEXT = 4096
CAPTION = 1024
ENTITIES = 100
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def written(
    params: Parameters, name: str = "text", entities: str = "entities", prefix: str = ""
) -> tuple[str, list[Json]]:
    """The text of a call and its entities, as Telegram stores them; ``prefix`` goes before the entities' names."""
    source, mode = params.text(name), params.text("parse_mode").lower()
    if mode == "html":
        text, found = parse_html(source)
    elif mode:
        refuse("unsupported parse_mode")
    else:
        text, found = source, _given(params.data(f"{prefix}{entities}"), source)
    text, found = trimmed(text, found)
    if len(found) > ENTITIES:
        refuse("ENTITIES_TOO_LONG")
    return text, with_found(text, found)


def _given(entities: Any, text: str) -> list[Json]:
    if not entities:
        return []
    length = units(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > length:
            refuse("can't parse entities: entity out of the text")
    return list(entities)


def captioned(params: Parameters) -> Json:
    """The caption's part of a message."""
    text, entities = written(params, "caption", "entities", "caption_")
    if units(text) > CAPTION:
        refuse("message caption is too long")
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def texted(params: Parameters, too_long: str = "message is too long") -> Json:
    """The text's part of a message."""
    text, entities = written(params)
    if not text:
        refuse("message text is empty")
    if units(text) > TEXT:
        refuse(too_long)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _begun(world: World, chat: Chat, params: Parameters) -> Json:
    begun: Json = {
        "message_id": world.number(chat), "from": world.bot, "chat": chat.body, "date": world.now(),
    }  # fmt: skip
    answers = (params.data("reply_parameters") or {}).get("message_id") or params.number("reply_to_message_id", 0)
    if answers in chat.messages:
        begun["reply_to_message"] = chat.messages[answers]
    return begun


def _check_reply(chat: Chat, params: Parameters) -> None:
    reply = params.data("reply_parameters") or {}
    if reply and reply.get("message_id") not in chat.messages and not reply.get("allow_sending_without_reply"):
        refuse("message to be replied not found")


def _send(world: World, params: Parameters, content: Callable[[], Json]) -> Json:
    chat = world.reachable(params.number("chat_id"))
    _check_reply(chat, params)
    markup = checked_markup(params.data("reply_markup"))
    body = content()
    message = _begun(world, chat, params) | body
    if markup:
        message["reply_markup"] = markup
    return world.post(chat, message)


def _message(world: World, params: Parameters) -> Json:
    return _send(world, params, lambda: texted(params))


def _media(kind: str) -> Callable[[World, Parameters], Json]:
    def method(world: World, params: Parameters) -> Json:
        def content() -> Json:
            caption = captioned(params)
            stored = world.files.sent(kind, params.file(kind), seconds=params.number("duration", 0))
            return {kind: stored.body} | caption

        return _send(world, params, content)

    return method


def _action(world: World, params: Parameters) -> bool:
    chat = world.reachable(params.number("chat_id"))
    action = params.text("action")
    if action not in ACTIONS:
        refuse("wrong parameter action in request")
    world.show(chat, "typing", {"action": action})
    return True


METHODS: dict[str, Callable[[World, Parameters], Any]] = {
    "sendMessage": _message,
    "sendPhoto": _media("photo"),
    "sendDocument": _media("document"),
    "sendVoice": _media("voice"),
    "sendChatAction": _action,
}
