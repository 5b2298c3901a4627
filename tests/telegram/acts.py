"""What people do on their phones, as it reaches the server. Each act gives what the person's own app would know."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from tests.telegram.mailbox import callback_queue, member_queue
from tests.telegram.markup import trimmed, with_found
from tests.telegram.shapes import Json, Upload
from tests.telegram.world import Chat, Profile, World

FIRST_PERSON = 1001
DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")


def arrive(world: World, name: str, language: str | None = None, person: int = 0, username: str = "") -> Json:
    """Open an account; the chat with the bot is there, but the bot may not write first. Gives the user."""
    number = person or max((FIRST_PERSON - 1, *world.people)) + 1
    user: Json = {"id": number, "is_bot": False, "first_name": name}
    user |= {"username": username} if username else {}
    user |= {"language_code": language} if language else {}
    world.people[number] = profile = Profile(user)
    body = {"id": number, "type": "private", "first_name": name} | ({"username": username} if username else {})
    world.chats[number] = Chat(body, members={number: profile})
    return user


def speak(world: World, person: int, language: str | None) -> None:
    """Change the language of the app."""
    user = {key: value for key, value in world.people[person].user.items() if key != "language_code"}
    world.people[person].user = user | ({"language_code": language} if language else {})


def write(world: World, person: int, text: str, chat: int = 0, reply_to: int = 0) -> Json:
    """Write a message; gives it."""
    return _say(world, person, _typed("text", text), chat, reply_to)


def send(  # noqa: PLR0913 - what a person can attach
    world: World, person: int, kind: str, data: bytes, *, name: str = "", mime: str = "application/octet-stream",
    caption: str = "", group: str = "", size: int = 0, seconds: int = 0, chat: int = 0,
) -> Json:  # fmt: skip
    """Send a photo, a document or a voice note; ``size`` declares more bytes than there are."""
    stored = world.files.keep(kind, Upload(name, data, mime), size=size, seconds=seconds)
    content: Json = {kind: stored.body} | (_typed("caption", caption) if caption else {})
    return _say(world, person, content | ({"media_group_id": group} if group else {}), chat)


def locate(world: World, person: int, latitude: float, longitude: float, chat: int = 0) -> Json:
    """Send a place."""
    return _say(world, person, {"location": {"latitude": latitude, "longitude": longitude}}, chat)


def forward(world: World, person: int, message: int, source: int = 0, chat: int = 0) -> Json:
    """Forward a message from one chat of the person's to another; buttons that call the bot are lost on the way."""
    original = world.chats[source or person].messages[message]
    kept = {name: original[name] for name in original.keys() & _FORWARDED}
    origin = {"type": "user", "sender_user": original["from"], "date": original["date"]}
    return _say(world, person, {"forward_origin": origin} | kept, chat)


def edit(world: World, person: int, message: int, text: str, chat: int = 0) -> Json:
    """Edit an own message."""
    where = world.chats[chat or person]
    before = where.messages.get(message, {})
    assert before.get("from", {}).get("id") == person, "only one's own messages can be edited"
    typed = _typed("text" if "text" in before else "caption", text)
    kept = {key: value for key, value in before.items() if key not in {"entities", "caption_entities"}}
    after = kept | typed | {"edit_date": world.now()}
    world.replace(where, after)
    _tell_bot(world, where, "edited_message", after)
    return after


def press(  # noqa: PLR0913 - what an app sends
    world: World, person: int, message: int, data: str, *, chat: int = 0, label: str = ""
) -> str:
    """Press a button of a message, or send its data without there being one; gives the query's id."""
    where, profile = world.chats[chat or person], world.people[person]
    target = where.messages.get(message) or {"message_id": message, "chat": where.body, "date": 0}
    number = world.ask(profile, where)
    pressed = {"query": number, "message": message, "data": data, "label": label}
    world.show(where, "pressed", pressed, only=[profile])
    query = {
        "id": number, "from": profile.user, "message": target, "chat_instance": str(where.id), "data": data,
    }  # fmt: skip
    world.mailbox.put("callback_query", query, callback_queue(person))
    return number


def block(world: World, person: int) -> None:
    """Block the bot."""
    _membership(world, world.people[person], "member", "kicked")


def unblock(world: World, person: int) -> None:
    """Unblock the bot."""
    _membership(world, world.people[person], "kicked", "member")


def delete_account(world: World, person: int) -> None:
    """Give up the account."""
    world.people[person].deactivated = True


def found_group(world: World, title: str, people: list[int], kind: str = "group") -> Json:
    """Make a group of some people and the bot; gives the chat."""
    number = (-100_000 if kind == "group" else -1_001_000_000_000) - len(world.chats)
    body: Json = {"id": number, "type": kind, "title": title}
    members = {person: world.people[person] for person in people}
    world.chats[number] = chat = Chat(body, members, numbers=count(1) if kind == "supergroup" else None)
    _bot_in_group(world, chat, world.people[people[0]], "left", "member")
    return body


def remove_bot(world: World, person: int, chat: int) -> None:
    """Throw the bot out of a group."""
    _bot_in_group(world, world.chats[chat], world.people[person], "member", "kicked")


def upgrade(world: World, chat: int) -> Json:
    """Make a group a supergroup: another chat with another id; gives it."""
    old = world.chats[chat]
    first = next(iter(old.members.values()))
    body = found_group(world, old.body["title"], list(old.members), "supergroup")
    old.moved_to = body["id"]
    _service(world, old, first, {"migrate_to_chat_id": body["id"]})
    _service(world, world.chats[body["id"]], first, {"migrate_from_chat_id": chat})
    return body


def _typed(name: str, text: str) -> Json:
    bare, _ = trimmed(text, [])
    longest = 4096 if name == "text" else 1024
    assert 1 <= len(bare) <= longest, "an app sends no such text at once"
    entities = with_found(bare, [])
    return {name: bare} | ({"entities" if name == "text" else "caption_entities": entities} if entities else {})


def _say(world: World, person: int, content: Json, chat: int, reply_to: int = 0) -> Json:
    profile, where = world.people[person], world.chats[chat or person]
    assert not (where.private and profile.blocked), "who blocked the bot must unblock it to write"
    if where.private:
        profile.started = True
    message: Json = {
        "message_id": world.number(where), "from": profile.user, "chat": where.body, "date": world.now(),
    }  # fmt: skip
    if reply_to:
        message["reply_to_message"] = where.messages[reply_to]
    world.post(where, message | content)
    _tell_bot(world, where, "message", message | content)
    return message | content


def _tell_bot(world: World, chat: Chat, kind: str, message: Json) -> None:
    if chat.private or _for_bot(world, message):
        world.mailbox.put(kind, message, chat.id)


def _for_bot(world: World, message: Json) -> bool:
    # privacy mode: in a group the bot is shown commands, mentions and replies to itself
    text = message.get("text", "") + message.get("caption", "")
    replied = message.get("reply_to_message", {}).get("from", {}).get("id") == world.bot["id"]
    return text.startswith("/") or f"@{world.bot['username']}" in text or replied


def _service(world: World, chat: Chat, sender: Profile, content: Json) -> None:
    message = {"message_id": world.number(chat), "from": sender.user, "chat": chat.body, "date": world.now()} | content
    world.post(chat, message)
    world.mailbox.put("message", message, chat.id)


def _member(world: World, status: str) -> Json:
    return {"user": world.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})


def _membership(world: World, profile: Profile, before: str, after: str) -> None:
    profile.blocked = after == "kicked"
    profile.started = profile.started or after == "member"
    chat = world.chats[profile.id]
    world.show(chat, "blocked" if profile.blocked else "unblocked", {})
    _changed(world, chat, profile, before, after)


def _bot_in_group(world: World, chat: Chat, actor: Profile, before: str, after: str) -> None:
    chat.bot = after == "member"
    _changed(world, chat, actor, before, after)


def _changed(world: World, chat: Chat, actor: Profile, before: str, after: str) -> None:
    change = {
        "chat": chat.body, "from": actor.user, "date": world.now(),
        "old_chat_member": _member(world, before), "new_chat_member": _member(world, after),
    }  # fmt: skip
    world.mailbox.put("my_chat_member", change, member_queue(chat.id))


_FORWARDED = {"text", "entities", "caption", "caption_entities", "photo", "document", "voice", "location"}

ACTS: dict[str, Callable[..., Any]] = {
    act.__name__: act
    for act in (
        arrive, speak, write, send, locate, forward, edit, press, block, unblock, delete_account, found_group,
        remove_bot, upgrade,
    )
}  # fmt: skip
