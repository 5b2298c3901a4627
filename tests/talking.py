"""A person in a chat, for tests of the conversation: they press what is really shown, or write.

Every input goes through the house, so that the conversation comes back from the store at each step.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count, product
from typing import Any

from bot.exchange import Inbound, Outbound
from bot.handle import House
from bot.i18n import translator
from bot.render import Button, Screen, render
from flows.assessment import Assessment, Summary
from flows.conversation import show
from flows.dialogue import Conversation, Phase, Utterance
from flows.evidence import Attachment
from flows.library import builtin
from flows.taps import Press
from flows.world import Notice, World
from storage.store import Store, open_store
from tests.listed import Listed

MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)
CHANNEL = "console"

FIELDS = ("Night bus", "Seoul", "Buses at night", "https://example.org", "routes; fares; drivers")
"""An own practice, field by field."""


def numbered_ids() -> Callable[[], str]:
    """Eight characters each, never the same twice, and the same in every run."""
    letters = ("".join(four) for four in product("abcdefgh", repeat=4))
    return lambda: f"test{next(letters)}"


def house_on(store: Store, notice: Notice | None = None, link: str = "") -> House:
    """Furnish a house whose ids are foreseeable."""
    return House(store=store, library=builtin(), new_id=numbered_ids(), notice=notice or Notice(), link=link)


class Person:
    """Someone in a chat. ``screen`` is what they see, ``now`` their clock; time passes only by ``wait``."""

    def __init__(self, house: House | None = None, address: str = "1001") -> None:
        """Be about to write for the first time."""
        self.house = house or house_on(open_store("memory://"))
        self.address = address
        self.now = MORNING
        self.last: Outbound | None = None
        self.seen: list[Screen] = []
        self._keys = count(1)

    # what they do

    def open(self) -> Screen:
        """Open the chat."""
        return self._send()

    def say(self, text: str) -> Screen:
        """Write something, or give a command."""
        return self._send(text=text)

    def press(self, label: str) -> Screen:
        """Press the button with a label."""
        return self.tap(self._only(button for button in self.screen.buttons if button.label == label).data)

    def press_at(self, position: int) -> Screen:
        """Press a button by its place on the card, counted from 1."""
        return self.tap(self.screen.buttons[position - 1].data)

    def choose(self, trigger: str, value: str | int | None = None) -> Screen:
        """Press the button that fires a trigger; with a value where there are several."""
        return self.tap(self.button(trigger, value).data)

    def tap(self, data: str, key: str = "") -> Screen:
        """Send button data, wherever it comes from; ``key`` repeats a delivery."""
        return self._send(data=data, key=key)

    def send(self, attachment: Attachment, key: str = "") -> Screen:
        """Send a file or a place."""
        return self._deliver(self._inbound(key, attachment=attachment))

    def edit(self, text: str, utterance: Utterance | None = None) -> Screen:
        """Change an earlier message, which had answered a question or nothing."""
        if utterance is not None:
            with self.house.store.unit() as unit:
                unit.note_utterance(CHANNEL, self.address, "1", utterance)
                unit.commit()
        return self._deliver(self._inbound(text=text, message="1" if utterance else "0", edited=True))

    def hear(self, token: str) -> Screen:
        """Be told that a colleague answered."""
        return self._deliver(self._inbound(news=token))

    def wait(self, **time: float) -> Person:
        """Let time pass."""
        self.now += timedelta(**time)
        return self

    def _send(self, text: str | None = None, data: str | None = None, key: str = "") -> Screen:
        return self._deliver(self._inbound(key, text=text, data=data))

    def _inbound(self, key: str = "", **parts: Any) -> Inbound:
        return Inbound(channel=CHANNEL, address=self.address, key=key or f"{self.address}:{next(self._keys)}", **parts)

    def _deliver(self, inbound: Inbound) -> Screen:
        self.last = self.house.handle(inbound, self.now)
        self.seen.append(self.last.screen)
        return self.last.screen

    # what they see

    @property
    def screen(self) -> Screen:
        """The last screen shown to them."""
        assert self.seen
        return self.seen[-1]

    @property
    def words(self) -> str:
        """The lines of the screen."""
        return "\n".join(text for _, text in self.screen.lines)

    @property
    def labels(self) -> list[str]:
        """The buttons of the screen."""
        return [button.label for button in self.screen.buttons]

    def offers(self, trigger: str, value: str | int | None = None) -> bool:
        """Whether a button that fires this is shown."""
        return any(self._fires(button, trigger, value) for button in self.screen.buttons)

    def button(self, trigger: str, value: str | int | None = None) -> Button:
        """The one button shown that fires this."""
        return self._only(button for button in self.screen.buttons if self._fires(button, trigger, value))

    def _fires(self, button: Button, trigger: str, value: str | int | None) -> bool:
        if button.url:
            return False
        press = Press.decode(button.data)
        return press.trigger == trigger and value in {None, press.value, _number(press.value)}

    def _only(self, buttons: object) -> Button:
        found = list(buttons)  # type: ignore[call-overload]
        assert len(found) == 1, (found, self.screen.name, self.labels)
        button: Button = found[0]
        return button

    # what is kept of them

    @property
    def kept(self) -> Conversation | None:
        """The conversation as the store has it."""
        with self.house.store.unit(read_only=True) as unit:
            return unit.conversation(CHANNEL, self.address)

    @property
    def looked(self) -> Outbound:
        """The present card, looked at without an input; there must be one."""
        look = self.house.look(CHANNEL, self.address, self.now)
        assert look is not None
        return look

    @property
    def conversation(self) -> Conversation:
        """The conversation, which must be there."""
        assert self.kept is not None
        return self.kept

    @property
    def phase(self) -> Phase:
        """The phase they are in."""
        return self.conversation.phase

    @property
    def assessment(self) -> Assessment:
        """The assessment in hand, which must be there."""
        assert self.conversation.assessment is not None
        return self.conversation.assessment

    @property
    def listed(self) -> list[Summary]:
        """Their assessments."""
        with self.house.store.unit(read_only=True) as unit:
            return unit.assessments(self.conversation.person)

    def stored(self, assessment: str) -> Assessment:
        """One of their assessments, which must be there."""
        with self.house.store.unit(read_only=True) as unit:
            found = unit.assessment(assessment, self.conversation.person)
        assert found is not None
        return found

    def shown_in(self, language: str) -> Screen:
        """The present card in a language, whatever theirs is."""
        look = self.looked
        return render(show(look.conversation, self.world()), look.conversation, translator(language))

    def world(self) -> World:
        return World(library=self.house.library, shelf=Listed(self), now=self.now, new_id=self.house.new_id)

    # ways to somewhere

    def enter(self, language: str = "en") -> Person:
        """Choose the language, consent, and stand at home."""
        self.open()
        self.choose("language", language)
        self.choose("agree")
        return self

    def begin(self, city: str = "Banda Aceh", length: str = "quick") -> Person:
        """Go from home to the first question about the Owl Bus."""
        self.choose("assess")
        self.choose("choose", "owl-bus")
        self.say(city)
        self.choose("finish")
        self.choose("length", length)
        return self

    def begin_own(self, fields: tuple[str, ...] = FIELDS, city: str = "Banda Aceh", length: str = "quick") -> Person:
        """Go from home to the first question about a practice of their own."""
        self.choose("assess")
        self.choose("describe")
        for text in fields:
            self.say(text)
        self.say(city)
        self.choose("finish")
        self.choose("length", length)
        return self

    def rate(self, value: int | str, basis: str = "C") -> Screen:
        """Answer the question shown, and say what it rests on if that is asked."""
        self.choose("rate", value)
        return self.choose("basis", basis) if self.screen.name.endswith("basis") else self.screen

    def rate_all(self, value: int | str = 1, **others: int | str) -> Person:
        """Answer every question that is left: those named otherwise, the rest alike."""
        while self.phase is Phase.ITEMS:
            self.rate(others.get(self.conversation.focus, value))
        return self

    def conclude(self) -> Person:
        """Go from the review to the verdict, skipping what may be skipped."""
        self.choose("forward")
        while self.phase is not Phase.VERDICT:
            self.choose("finish")
        return self

    def lead_on(self) -> Screen:
        """Do the first thing offered, or write a city's name where only text leads on."""
        first = next((button for button in self.screen.buttons if not button.url), None)
        if first is None or (self.screen.asks and Press.decode(first.data).trigger == "back"):
            return self.say("Banda Aceh")
        return self.tap(first.data)


def _number(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdecimal() else None


def at(phase: Phase, house: House | None = None) -> Person:
    """Someone who stands in a phase, with much that hinders and an own practice behind them."""
    if phase is Phase.ASKED:
        from tests.colleagues import asked

        return asked(house)
    person = Person(house)
    person.open()
    onward = iter(_WAY)
    while person.phase is not phase:
        next(onward)(person)
    return person


_WAY: tuple[Callable[[Person], object], ...] = (
    lambda person: person.choose("language", "en"),
    lambda person: person.choose("agree"),
    lambda person: person.choose("assess"),
    lambda person: person.choose("describe"),
    lambda person: [person.say(text) for text in FIELDS],
    lambda person: person.say("Banda Aceh"),
    lambda person: person.choose("finish"),
    lambda person: person.choose("length", "full"),
    lambda person: person.rate_all(-1),
    lambda person: person.choose("forward"),
    lambda person: person.choose("finish"),
    lambda person: person.choose("finish"),
    lambda person: person.choose("report"),
    lambda person: person.choose("home"),
    lambda person: person.choose("mine"),
)

TALKING = tuple(phase for phase in Phase if phase is not Phase.LEFT)
"""Phases someone can be found in."""
