"""People with the bot on their phones: they press what is really shown, write, send, and wait for what comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.telegram.acts import DEEP_LINK
from tests.telegram.feeds import Wire
from tests.telegram.screen import Screen, Shown
from tests.telegram.shapes import Event, Json

PATIENCE = 5.0
"""Seconds to wait for something to be shown."""


class Person:
    """Someone in a private chat with the bot. What they see is complete whenever the loop comes back to them."""

    def __init__(self, wire: Wire, user: Json) -> None:
        """Have an account."""
        self.user = user
        self.wire = wire
        self.feed = wire.feed(self.id)
        self._screen = Screen()
        self._folded = 0
        self._acted = 0

    @property
    def id(self) -> int:
        """The user's id, and that of the private chat."""
        number: int = self.user["id"]
        return number

    # what they do

    async def write(self, text: str, *, reply_to: Shown | None = None, chat: int = 0) -> Shown:
        """Write a message."""
        return await self._say("write", text=text, chat=chat, reply_to=reply_to.id if reply_to else 0)

    async def command(self, name: str, arguments: str = "") -> Shown:
        """Give a command: ``command("start")`` writes */start*."""
        return await self.write(f"/{name} {arguments}".rstrip())

    async def follow(self, payload: str) -> Shown:
        """Follow a deep link to the bot, and press *Start*."""
        assert DEEP_LINK.fullmatch(payload), payload
        return await self.command("start", payload)

    async def press(self, label: str, on: Shown | None = None) -> str:
        """Press the button with a label: on a message, or on the newest one that shows it. Gives the query's id."""
        shown = self.now(on) if on else self._newest_with(label)
        button = shown.button(label)
        assert "callback_data" in button, f"{label!r} does not call the bot"
        return await self._press(shown.id, button["callback_data"], shown.body["chat"]["id"], label)

    async def press_data(self, data: str, on: Shown | int | None = None) -> str:
        """Send button data whether or not such a button is shown, as a forged app could."""
        target = on.id if isinstance(on, Shown) else on or max(self._messages(), default=1)
        return await self._press(target, data, self.id, "")

    async def edit(self, message: Shown, text: str) -> Shown:
        """Edit an own message."""
        return await self._say("edit", message=message.id, text=text)

    async def forward(self, message: Shown) -> Shown:
        """Forward a message to the bot: an own one, one of the bot's, or one that someone else had in their chat."""
        return await self._say("forward", message=message.id, source=message.body["chat"]["id"])

    async def send_photo(self, data: bytes, caption: str = "", *, group: str = "", size: int = 0) -> Shown:
        """Send a photo; those of a ``group`` are shown as one album."""
        return await self._say("send", kind="photo", data=data, caption=caption, group=group, size=size)

    async def send_document(  # noqa: PLR0913 - what a person can choose
        self, name: str, data: bytes, mime: str = "application/octet-stream", caption: str = "", *, group: str = "",
        size: int = 0,
    ) -> Shown:  # fmt: skip
        """Send a document; ``size`` declares more bytes than there are."""
        details: dict[str, Any] = {"name": name, "data": data, "mime": mime, "caption": caption}
        return await self._say("send", kind="document", group=group, size=size, **details)

    async def send_voice(self, data: bytes, seconds: int = 3, caption: str = "", *, size: int = 0) -> Shown:
        """Send a voice note."""
        details: dict[str, Any] = {"seconds": seconds, "caption": caption, "mime": "audio/ogg", "size": size}
        return await self._say("send", kind="voice", data=data, **details)

    async def send_location(self, latitude: float, longitude: float) -> Shown:
        """Send a place."""
        return await self._say("locate", latitude=latitude, longitude=longitude)

    async def block(self) -> None:
        """Block the bot."""
        await self._do("block")

    async def unblock(self) -> None:
        """Unblock the bot."""
        await self._do("unblock")

    async def delete_account(self) -> None:
        """Give up the account."""
        await self._do("delete_account")

    async def speak(self, language: str | None) -> None:
        """Change the language of the app."""
        await self._do("speak", language=language)

    # what they see

    @property
    def screen(self) -> Screen:
        """Everything they see now."""
        while self._folded < len(self.feed.events):
            self._screen.take(self.feed.events[self._folded])
            self._folded += 1
        return self._screen

    @property
    def chat(self) -> list[Shown]:
        """The messages of the private chat, oldest first."""
        return list(self._messages().values())

    @property
    def toasts(self) -> list[str]:
        """What flashed up in answer to presses, in order."""
        return [toast.text for toast in self.screen.toasts]

    @property
    def unanswered(self) -> list[str]:
        """The buttons that still show that something is being waited for."""
        return list(self.screen.unanswered.values())

    @property
    def newest(self) -> Shown:
        """The bot's newest message."""
        found = [shown for shown in reversed(self.chat) if shown.by_bot]
        assert found, f"the bot has sent nothing:\n{self}"
        return found[0]

    @property
    def newest_with_buttons(self) -> Shown:
        """The newest message with buttons."""
        found = [shown for shown in reversed(self.chat) if shown.rows]
        assert found, f"no buttons are shown:\n{self}"
        return found[0]

    @property
    def labels(self) -> list[str]:
        """The labels on the newest message with buttons."""
        return self.newest_with_buttons.labels

    def now(self, message: Shown) -> Shown:
        """A message in its present state; it must still be there."""
        return self.screen.chats[message.body["chat"]["id"]][message.id]

    async def opened(self, message: Shown) -> bytes:
        """The bytes of a message's photo, document or voice note."""
        data: bytes = await self.wire.do("file", file_id=message.file["file_id"])
        return data

    async def menu(self) -> list[Json]:
        """The commands offered in this chat, in the language of the app."""
        offered: list[Json] = await self.wire.do("menu", person=self.id)
        return offered

    # waiting, never longer than so many seconds

    async def sees(self, what: str | Callable[[Person], object], within: float = PATIENCE) -> Shown:
        """Wait until a message of the bot shows a text, or something holds of this person.

        Gives the newest message with the text, or just the newest. Fails after ``within`` seconds, with the screen.
        """
        await self._until(lambda: self._holds(what), what, within)
        if callable(what):
            return self.newest
        return next(shown for shown in reversed(self.chat) if shown.by_bot and what in shown.text)

    async def toasted(self, text: str, within: float = PATIENCE) -> str:
        """Wait until the newest toast shows a text; gives the toast."""
        await self._until(lambda: text in "".join(self.toasts[-1:]), text, within)
        return self.toasts[-1]

    async def change(self, within: float = PATIENCE) -> Shown:
        """Wait until the bot has changed the chat since this person last did something; gives its newest message."""
        await self._until(self._changed, "a change", within)
        return self.newest

    async def rest(self, seconds: float = 0.1) -> None:
        """Wait until nothing has happened for so many seconds, to see that nothing does."""
        while await self.feed.more(seconds):
            pass

    def __str__(self) -> str:
        lines = []
        for shown in self.chat:
            lines += [f"{'<' if shown.by_bot else '>'} {shown.text or shown.kind}", *map(str, shown.rows)]
        return "\n".join([*lines, *(f"(toast) {toast}" for toast in self.toasts[-3:])])

    # how

    async def _until(self, holds: Callable[[], object], what: object, within: float) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not holds():
            left = deadline - loop.time()
            if left <= 0 or not await self.feed.more(left):
                assert holds(), f"{self.user['first_name']} does not see {what!r} but\n{self}"

    def _holds(self, what: str | Callable[[Person], object]) -> object:
        if callable(what):
            # what cannot be looked at yet does not hold yet
            with suppress(AssertionError, LookupError):
                return what(self)
            return False
        return any(what in shown.text for shown in self.chat if shown.by_bot)

    def _changed(self) -> bool:
        return any(_by_bot(event) for event in self.feed.events[self._acted :])

    def _messages(self) -> dict[int, Shown]:
        return self.screen.chats[self.id]

    def _newest_with(self, label: str) -> Shown:
        found = [shown for shown in reversed(self.chat) if label in shown.labels]
        assert found, f"{label!r} is not shown but\n{self}"
        return found[0]

    async def _press(self, message: int, data: str, chat: int, label: str) -> str:
        number: str = await self._do("press", message=message, data=data, chat=chat, label=label)
        return number

    async def _say(self, verb: str, **details: Any) -> Shown:
        return Shown(await self._do(verb, **details))

    async def _do(self, verb: str, **details: Any) -> Any:
        self._acted = len(self.feed.events)
        return await self.wire.do(verb, person=self.id, **details)


def _by_bot(event: Event) -> bool:
    changes = event.kind in {"posted", "edited", "removed"}
    return changes and bool(event.body["from"]["is_bot"])


class Group:
    """A group of people and the bot. Everyone sees the same messages; toasts are each person's own."""

    def __init__(self, wire: Wire, body: Json, people: list[Person]) -> None:
        """Be founded."""
        self.wire = wire
        self.body = body
        self.people = people

    @property
    def id(self) -> int:
        """The chat's id."""
        number: int = self.body["id"]
        return number

    @property
    def chat(self) -> list[Shown]:
        """The messages, oldest first."""
        return list(self.people[0].screen.chats[self.id].values())

    async def write(self, person: Person, text: str) -> Shown:
        """Let someone write something into it."""
        return await person.write(text, chat=self.id)

    async def press(self, person: Person, label: str) -> str:
        """Let someone press a button on the newest message that shows it."""
        shown = next(shown for shown in reversed(self.chat) if label in shown.labels)
        return await person.press(label, on=shown)

    async def remove_bot(self) -> None:
        """Throw the bot out."""
        await self.wire.do("remove_bot", person=self.people[0].id, chat=self.id)

    async def upgrade(self) -> Group:
        """Become a supergroup, with another id; gives it."""
        return Group(self.wire, await self.wire.do("upgrade", chat=self.id), self.people)
