"""People on their way through the conversation, and what the store then knows of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.handle import House
from flows.dialogue import Conversation
from flows.taps import Press
from storage.store import Store
from tests.telegram.calls import Call
from tests.telegram.people import Person
from tests.telegram.scene import Scene
from tests.telegram.screen import Shown
from tests.telegram.server import TelegramServer


def data_of(shown: Shown, trigger: str, value: str = "") -> str:
    """The data of the first button of a message that does something; raises LookupError."""
    found = [key["callback_data"] for row in shown.buttons for key in row if "callback_data" in key]
    for data in found:
        offered = Press.decode(data)
        if offered.trigger == trigger and (not value or offered.value == value):
            return str(data)
    raise LookupError(trigger, value, shown.labels)


async def tap(person: Person, trigger: str, value: str = "", on: Shown | None = None) -> str:
    """Press the button that does something on the newest card, or on another; gives its data."""
    card = on or person.newest_with_buttons
    data = data_of(card, trigger, value)
    await person.press_data(data, on=card)
    return data


async def sees_choice(person: Person, trigger: str) -> Shown:
    """Wait until the newest card offers something; gives the card."""
    await person.sees(lambda seen: data_of(seen.newest_with_buttons, trigger))
    return person.newest_with_buttons


async def greeted(scene: Scene, name: str = "Rina", language: str = "en") -> Person:
    """Someone new who sees the first card."""
    person = await scene.person(name, language)
    await person.command("start")
    await sees_choice(person, "language")
    return person


async def at_home(scene: Scene, name: str = "Rina", language: str = "en") -> Person:
    """Someone who accepted the notice."""
    person = await greeted(scene, name, language)
    await tap(person, "language", language)
    await sees_choice(person, "agree")
    await tap(person, "agree")
    await sees_choice(person, "assess")
    return person


async def at_first_question(scene: Scene, name: str = "Rina", language: str = "en", length: str = "quick") -> Person:
    """Someone who is asked the first question."""
    person = await at_home(scene, name, language)
    await tap(person, "assess")
    await sees_choice(person, "choose")
    await tap(person, "choose", "owl-bus")
    await person.sees(lambda seen: len(seen.newest_with_buttons.labels) == 1)
    await person.write("Banda Aceh")
    await sees_choice(person, "finish")
    await tap(person, "finish")
    await sees_choice(person, "length")
    await tap(person, "length", length)
    await sees_choice(person, "rate")
    # the summary of the card before is the last thing to come
    await person.sees(lambda seen: len([shown for shown in seen.chat if shown.labels]) == 1)
    return person


async def until(holds: Callable[[], object], within: float = 10.0) -> None:
    """Wait until something holds that nobody tells of; fails when it does not in so many seconds."""
    deadline = asyncio.get_running_loop().time() + within
    while not holds():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.01)


def is_known(store: Store, person: Person) -> bool:
    """Whether the store has a conversation of someone."""
    with store.unit(read_only=True) as unit:
        return unit.conversation("telegram", str(person.id)) is not None


def kept(store: Store, person: Person) -> Conversation:
    """What the store knows of someone's conversation."""
    with store.unit(read_only=True) as unit:
        found = unit.conversation("telegram", str(person.id))
    assert found
    return found


def ratings(store: Store, person: Person) -> dict[str, str]:
    """The answers of someone's assessment in hand."""
    assessment = kept(store, person).assessment
    return {item: str(rating.value) for item, rating in assessment.ratings.items()} if assessment else {}


def waits(store: Store, person: Person) -> bool:
    """Whether someone's card is still to be drawn."""
    with store.unit(read_only=True) as unit:
        return unit.outbox.waits("telegram", str(person.id))


SHOWING = ("sendMessage", "editMessageText", "editMessageReplyMarkup")
"""Calls that show a card."""


def brisk(house: House) -> House:
    """A house whose cards are soon taken to have been left."""
    house.lease = timedelta(seconds=0.3)
    return house


def cards(person: Person) -> list[Shown]:
    return [shown for shown in person.chat if shown.by_bot]


def calls_to(telegram: TelegramServer, person: Person, *methods: str) -> list[Call]:
    found = telegram.calls.of(*(methods or SHOWING))
    return [call for call in found if call.parameters.number("chat_id", 0) == person.id]


async def all_is_drawn(telegram: TelegramServer, house: House, person: Person) -> None:
    await until(lambda: not telegram.world.mailbox.waiting)
    await until(lambda: not waits(house.store, person))
