"""Telegram's side of it all: the bot, the people, their chats and messages. Everything else acts on this."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count

from tests.telegram.files import Files
from tests.telegram.mailbox import CALLBACK, Mailbox
from tests.telegram.mishaps import Limits, Mishaps
from tests.telegram.refusals import forbid, refuse
from tests.telegram.settings import Settings
from tests.telegram.shapes import Clock, Event, Json

ANSWERED_WITHIN = 15.0
"""Seconds in which a callback query can be answered. Telegram does not publish its own; this is what is observed."""


@dataclass(eq=False, slots=True)
class Profile:
    """A person's account. ``started``: they wrote to the bot, so that it may write to them."""

    user: Json
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    watchers: list[Callable[[Event], None]] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The user's id."""
        number: int = self.user["id"]
        return number


@dataclass(eq=False, slots=True)
class Chat:
    """A chat with its messages by id. ``bot``: whether the bot is in it."""

    body: Json
    members: dict[int, Profile] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    bot: bool = True
    moved_to: int = 0
    numbers: count[int] | None = None

    @property
    def id(self) -> int:
        """The chat's id: the person's in a private chat, negative in a group."""
        number: int = self.body["id"]
        return number

    @property
    def private(self) -> bool:
        """Whether it is the chat of one person with the bot."""
        return bool(self.body["type"] == "private")


@dataclass(eq=False, slots=True)
class Query:
    """A button press that waits for its answer."""

    person: Profile
    chat: int
    at: float
    answered: bool = False


@dataclass
class World:
    """All state of the server, for one bot."""

    token: str
    clock: Clock = field(default_factory=Clock)
    mishaps: Mishaps = field(default_factory=Mishaps)
    answered_within: float = ANSWERED_WITHIN
    people: dict[int, Profile] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    settings: Settings = field(default_factory=Settings)
    numbers: count[int] = field(default_factory=lambda: count(1))
    _queries: count[int] = field(default_factory=lambda: count(4_000_000_000_000_001))

    def __post_init__(self) -> None:
        """Give the bot its account."""
        self.bot: Json = {
            "id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": "Loopback",
            "username": "loopback_bot",
        }  # fmt: skip
        self.mailbox = Mailbox(self.clock, self.mishaps)
        self.limits = Limits(self.clock)

    def now(self) -> int:
        """The date of a message sent now."""
        return int(self.clock.now())

    # chats

    def reachable(self, chat_id: int) -> Chat:
        """The chat a bot may write to. Raises :class:`Refusal` where it may not."""
        chat = self.chats.get(chat_id)
        if chat is None:
            refuse("chat not found")
        if chat.moved_to:
            refuse("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to)
        if chat.private:
            person = chat.members[chat_id]
            if person.deactivated:
                forbid("user is deactivated")
            if person.blocked:
                forbid("bot was blocked by the user")
            if not person.started:
                forbid("bot can't initiate conversation with a user")
        elif not chat.bot:
            forbid(f"bot was kicked from the {chat.body['type']} chat")
        return chat

    def number(self, chat: Chat) -> int:
        """The id of the next message: a supergroup counts its own, all other chats share one counter."""
        return next(chat.numbers or self.numbers)

    # messages

    def post(self, chat: Chat, message: Json) -> Json:
        """Put a message into a chat, where everyone sees it; gives it."""
        chat.messages[message["message_id"]] = message
        self.show(chat, "posted", message)
        return message

    def replace(self, chat: Chat, message: Json) -> Json:
        """Put a newer state of a message into its place."""
        chat.messages[message["message_id"]] = message
        self.show(chat, "edited", message)
        return message

    def remove(self, chat: Chat, number: int) -> None:
        """Take a message away."""
        self.show(chat, "removed", chat.messages.pop(number))

    def show(self, chat: Chat, kind: str, body: Json, only: Iterable[Profile] = ()) -> None:
        """Let the people in a chat see something, or only some of them."""
        event = Event(kind, chat.id, body)  # type: ignore[arg-type] # the callers pass literals
        for person in only or chat.members.values():
            for watcher in person.watchers:
                watcher(event)

    # button presses

    def ask(self, person: Profile, chat: Chat) -> str:
        """The id of a new callback query; old ones are forgotten."""
        now = self.clock.now()
        while self.queries:
            oldest = next(iter(self.queries))
            if self.queries[oldest].at > now - CALLBACK:
                break
            del self.queries[oldest]
        number = str(next(self._queries))
        self.queries[number] = Query(person, chat.id, now)
        return number
