"""Updates as inputs: what a person did, told in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Chat, ChatMemberUpdated, Message, Update

from bot.exchange import Inbound
from bot.languages import spoken
from flows.evidence import Attachment, EvidenceKind

CHANNEL = "telegram"

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates asked for."""

NO_FILE = "application/x-unsupported"
"""The media type given to what no evidence can be made of (a sticker, a poll), so that it is refused by name."""


@dataclass(frozen=True)
class Tapped:
    """A button pressed: the input, and the query that waits for an answer. ``inbound`` is None on a card of others."""

    query: str
    inbound: Inbound | None
    language: str


@dataclass(frozen=True)
class Membership:
    """A person blocked the bot, or took it back."""

    address: str
    reachable: bool


@dataclass(frozen=True)
class Elsewhere:
    """Something said to the bot where it holds no conversation: a group."""

    address: str
    language: str
    addressed: bool


@dataclass(frozen=True)
class Moved:
    """A group has a new id."""

    old: str
    new: str


Parsed = Tapped | Inbound | Membership | Elsewhere | Moved | None


def parse(raw: Mapping[str, Any], bot: Bot, identity: str) -> Parsed:
    """Read one update. ``identity`` names the bot in keys. None is nothing to answer; raises on what cannot be read."""
    key = f"{CHANNEL}:{identity}:{raw['update_id']}"
    if "callback_query" in raw:
        return _tapped(raw["callback_query"], key)
    update = Update.de_json(dict(raw), bot)
    if update.edited_message is not None:
        return _written(update.edited_message, key, edited=True)
    if update.message is not None:
        return _written(update.message, key)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    return None


def chat_of(raw: Mapping[str, Any]) -> str:
    """The chat an update belongs to, by which it is kept in order, even where the rest cannot be read."""
    for name in KINDS:
        found = raw.get(name)
        if isinstance(found, Mapping):
            message = found.get("message")
            holder = found.get("from") if name == "callback_query" else found.get("chat")
            if holder is None and isinstance(message, Mapping):
                holder = message.get("chat")
            return str(holder.get("id", "")) if isinstance(holder, Mapping) else ""
    return ""


def _tapped(query: Mapping[str, Any], key: str) -> Tapped:
    """Read a press by its few fields: building the library's objects costs more than the rest of taking it in."""
    presser, card = query["from"], query.get("message")
    language, name = spoken(presser.get("language_code") or ""), str(query["id"])
    if card is None or card["chat"]["type"] != Chat.PRIVATE or card["chat"]["id"] != presser["id"]:
        return Tapped(name, None, language)
    inbound = Inbound(
        channel=CHANNEL, address=str(int(presser["id"])), key=key, number=_number(key), data=str(query.get("data", "")),
        message=str(int(card["message_id"])), language=language,
    )  # fmt: skip
    return Tapped(name, inbound, language)


def _written(message: Message, key: str, *, edited: bool = False) -> Inbound | Elsewhere | Moved | None:
    if message.migrate_to_chat_id:
        return Moved(str(message.chat.id), str(message.migrate_to_chat_id))
    language = spoken(message.from_user.language_code or "") if message.from_user else ""
    if message.chat.type != Chat.PRIVATE:
        addressed = not edited and (message.text or "").startswith("/")
        return Elsewhere(str(message.chat.id), language, addressed)
    attachment = None if edited else _attachment(message)
    text = message.text if attachment is None else None
    if attachment is None and text is None:
        return None
    return Inbound(
        channel=CHANNEL, address=str(message.chat.id), key=key, number=_number(key), text=text, attachment=attachment,
        message=str(message.message_id), edited=edited, forwarded=message.forward_origin is not None,
        language=language, at=int(message.date.timestamp()),
    )  # fmt: skip


def _number(key: str) -> int:
    return int(key.rpartition(":")[2])


def _attachment(message: Message) -> Attachment | None:
    caption, album = message.caption or "", message.media_group_id or ""
    if message.photo:
        largest = message.photo[-1]
        return Attachment(
            kind=EvidenceKind.PHOTO, file=largest.file_id, size=largest.file_size, media_type="image/jpeg",
            caption=caption, album=album,
        )  # fmt: skip
    if message.voice:
        voice = message.voice
        return Attachment(
            kind=EvidenceKind.VOICE, file=voice.file_id, size=voice.file_size, media_type="audio/ogg",
            caption=caption, album=album,
        )  # fmt: skip
    for sent in (message.document, message.audio, message.video, message.animation):
        if sent is not None:
            return Attachment(
                kind=EvidenceKind.DOCUMENT, file=sent.file_id, name=sent.file_name or "", size=sent.file_size,
                media_type=sent.mime_type or "", caption=caption, album=album,
            )  # fmt: skip
    if message.location:
        content = f"{message.location.latitude:.6f}, {message.location.longitude:.6f}"
        return Attachment(kind=EvidenceKind.LOCATION, content=content, caption=caption, album=album)
    if message.text is None and message.effective_attachment is not None:
        return Attachment(kind=EvidenceKind.DOCUMENT, media_type=NO_FILE, caption=caption, album=album)
    return None


def _membership(changed: ChatMemberUpdated) -> Membership | None:
    if changed.chat.type != Chat.PRIVATE:
        return None
    return Membership(str(changed.chat.id), changed.new_chat_member.status != "kicked")
