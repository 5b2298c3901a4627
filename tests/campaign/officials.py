"""An official on their phone: answers card after card, presses again when nothing happens, and changes their mind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from tests.campaign.cards import Button, Card
from tests.campaign.ledger import Ledger
from tests.telegram.people import Person
from tests.telegram.screen import Shown

MOST = 900
"""Acts after which an official is lost in the conversation."""

CITIES = ("Banda Aceh", "Kota Padang", "Ambon", "Kupang", "Nusantara Baru")

_OPENING = {"language", "agree", "assess", "dismiss", "forward"}
"""Buttons that lead on where there is nothing to answer."""

_NEVER = {"back", "home", "refuse", "forget", "mine", "open", "report", "full", "reopen", "step", "edit", "review"}


@dataclass(frozen=True)
class Manner:
    """How officials behave. ``pace`` is the mean pause before an answer, ``patience`` the shortest wait for an effect.

    ``hesitation`` is how long they wait, all in seconds, after a typed answer until they press a button for it as well.

    The others are shares: of answers typed, of typed ones for which a button is pressed as well, of taps doubled, of
    goings back, of the full length.
    """

    pace: float = 0.12
    patience: float = 1.5
    hesitation: float = 0.0
    typed: float = 0.12
    both: float = 0.3
    doubled: float = 0.08
    back: float = 0.05
    full: float = 0.1


@dataclass(frozen=True)
class Act:
    """One thing to do on a card: press a button, or write; ``value`` is what it says."""

    value: str
    button: Button | None = None
    text: str = ""


@dataclass
class Official:
    """One simulated official."""

    person: Person
    chance: Random
    manner: Manner
    ledger: Ledger = field(default_factory=Ledger)
    acts: int = 0
    finished: int = 0
    _seen: int = 0
    _written: int = 0
    _last: tuple[Card, Act] | None = None
    _pressed: tuple[str, int] = ("", 0)

    async def live(self, enough: Callable[[], bool]) -> None:
        """Make one assessment after the other until it is enough and the last one has its verdict."""
        await self._write("/start")
        while True:
            card = self.card
            if card is None or (self._last and self._is_done(card)):
                await self._wait_or_insist()
                continue
            if card.having("report"):
                self.finished += 1
                if enough():
                    return
            await asyncio.sleep(self.chance.random() * 2 * self.manner.pace)
            if self.card == card:
                await self._do(card, self._choose(card))

    @property
    def card(self) -> Card | None:
        """The newest card that can be answered."""
        self._look()
        found = (Card.of(shown) for shown in reversed(self.person.chat) if shown.by_bot)
        return next((card for card in found if card), None)

    def _look(self) -> None:
        """Note every question that came on the screen, also one that is gone again."""
        events = self.person.feed.events
        for event in events[self._seen :]:
            if event.kind in {"posted", "edited"} and (card := Card.of(Shown(event.body))):
                self.ledger.see(card)
        self._seen = len(events)

    def _is_done(self, card: Card) -> bool:
        """Whether this very card was answered; on one that came again the same has to be done again."""
        done = self._last[0] if self._last else card
        return (card.message.id, card.version) == (done.message.id, done.version)

    async def _wait_or_insist(self) -> None:
        """Wait for a new card; when none comes, do what people do then."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.manner.patience * (1 + self.chance.random())
        while (left := deadline - loop.time()) > 0 and await self.person.feed.more(left):
            card = self.card
            if card and not (self._last and self._is_done(card)):
                return
        await self._insist()

    async def _insist(self) -> None:
        what = self.chance.random()
        if self._last is None or what < 0.15:
            await self._write("/start")
        elif what < 0.25:
            await self._write("/resume")
        else:
            card, act = self._last
            anew = self._pressed == card.version if act.button is None else what < 0.4
            # most do the same again, some have thought better of it meanwhile
            await self._do(card, self._choose(card) if anew else act)

    async def _do(self, card: Card, act: Act) -> None:
        self._last = (card, act)
        if act.button is None:
            self.ledger.write(card, act.value)
            await self._write(act.text)
            if card.kind == "rate" and self.chance.random() < self.manner.both and await self._hesitate(card):
                await self._press(card, self.chance.choice(card.having("rate")))
            return
        for _ in range(2 if self.chance.random() < self.manner.doubled else 1):
            await self._press(card, act.button)

    async def _hesitate(self, card: Card) -> bool:
        """Wait for what a text does; whether it has done nothing yet."""
        await asyncio.sleep(self.manner.hesitation)
        now = self.card
        return now is not None and now.version == card.version

    async def _press(self, card: Card, button: Button) -> None:
        self._pressed = card.version
        self.ledger.press(card, button.press.trigger, _said(button))
        await self._count(self.person.press_data(button.data, on=card.message))

    async def _write(self, text: str) -> None:
        await self._count(self.person.write(text))

    async def _count(self, act: Awaitable[object]) -> None:
        assert self.acts < MOST, f"{self.person.user['first_name']} does not get on:\n{self.person}"
        self.acts += 1
        await act

    # what to do on a card

    def _choose(self, card: Card) -> Act:
        act = self._wish(card)
        if act.button or self._pressed != card.version:
            return act
        # whoever writes after a press that has done nothing yet may be writing to what the press leads to: no bot can
        # tell, so nobody does it here
        return _pressing(self.chance.choice(card.having("rate", "skip", "dismiss") or list(card.buttons)))

    def _wish(self, card: Card) -> Act:
        if card.having("report"):
            return _pressing(card.having("home")[0])
        if leading := [button for button in card.buttons if button.press.trigger in _OPENING]:
            return self._leading(card, leading)
        if card.having("back") and card.kind in {"rate", "basis", "part"} and self.chance.random() < self.manner.back:
            return _pressing(card.having("back")[0])
        return self._answer(card)

    def _leading(self, card: Card, leading: list[Button]) -> Act:
        if card.kind == "note" and self.chance.random() < 0.8:
            return self._writing("Catatan")
        if all(button.press.trigger == "language" for button in leading) and len(leading) == len(card.buttons):
            return _pressing(self.chance.choice(leading))
        ways = [button for button in leading if button.press.trigger != "language"]
        return _pressing(ways[0]) if ways else self._answer(card)

    def _answer(self, card: Card) -> Act:
        match card.kind:
            case "city":
                return self._city(card)
            case "length":
                return _pressing(card.having("length")[0 if self.chance.random() < self.manner.full else 1])
            case "rate":
                return self._rate(card)
            case "basis" if self.chance.random() < 0.12:
                return _pressing(card.having("aside")[0])
            case "action" | "owner" | "reason" | "own" | "profile" if not card.having("plan", "profile"):
                passing = card.having("skip")
                return _pressing(passing[0]) if passing and self.chance.random() < 0.4 else self._writing(card.kind)
            case _:
                return self._any(card)

    def _rate(self, card: Card) -> Act:
        what = self.chance.random()
        button = self.chance.choice(card.having("rate"))
        if what < 0.04:
            return _pressing(self.chance.choice(card.having("aside", "more")[:2]))
        if what < 0.04 + self.manner.typed:
            label = button.label if self.chance.random() < 0.5 else button.label.lower()
            return Act(button.press.value, text=label)
        return _pressing(button)

    def _city(self, card: Card) -> Act:
        known = card.having("city", "last-city")
        if known:
            return _pressing(self.chance.choice(known))
        city = self.chance.choice(CITIES)
        return Act(city.removeprefix("Kota "), text=city)

    def _any(self, card: Card) -> Act:
        skipping, finishing = card.having("skip"), card.having("finish")
        if finishing and self.chance.random() < 0.6:
            return _pressing(finishing[0])
        answers = [
            button for button in card.buttons if button.press.trigger not in _NEVER | {"language", "aside", "more"}
        ]
        return _pressing(self.chance.choice(answers or skipping or list(card.buttons)))

    def _writing(self, kind: str) -> Act:
        """A text nobody else writes, and they never again."""
        self._written += 1
        text = f"{kind.capitalize()} {self.person.id}-{self._written}"
        return Act(text, text=text)


def _pressing(button: Button) -> Act:
    return Act(_said(button), button)


def _said(button: Button) -> str:
    """What a button answers: itself, or what it stands for."""
    trigger, value = button.press.trigger, button.press.value
    if trigger == "plan" and value.isdecimal():
        return button.label
    if trigger in {"city", "last-city"}:
        return button.label.partition(": ")[2] if value == "typed" else button.label
    return value
