"""People who do anything: they press what is shown and what was, write, send, edit, forward, follow links.

After everything they did it is known which answers it may have changed, and to what.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from flows.dialogue import Conversation, Phase
from flows.ratings import Mark, Value
from flows.taps import Press
from tests.bot.channels.telegram.official import Official
from tests.bot.channels.telegram.stage import Stage
from tests.telegram.pictures import png
from tests.telegram.screen import Shown

Answered: TypeAlias = tuple[str, str, Value | None]
"""An assessment, an item in it, and a value it may have now."""

RATINGS: dict[str, Value] = {
    "Helps": 1, "Mendukung": 1, "mendukng": 1, "Strongly hinders": -2, "Sangat menghambat": -2, "netral": 0,
    "Neutral": 0, "ga tau": Mark.DONT_KNOW, "Don't know": Mark.DONT_KNOW, "Tidak berlaku": Mark.NOT_APPLICABLE,
}  # fmt: skip
"""Texts that answer a question of degree."""

OTHERS = (
    *("ya", "tidak", "no", "back", "kembali", "hmm", "Banda Aceh", "Bandung", "17 Agustus 2027", "2,5 juta", "+2"),
    *("Dinas Perhubungan", "<b>x</b> & y", "https://example.org peta", "\N{BUS}" * 40, "{name}", "baris\nbaris"),
)  # fmt: skip
POSITIONS = {"1": 0, "2": 1, "1.": 0, "no 2": 1}
"""Texts that name a button by its position."""

COMMANDS = (
    *("/start", "/back", "/answers", "/mine", "/language", "/bahasa", "/help", "/resume", "/lanjut", "/resume"),
    *("/cancel", "/mydata", "/nonsense", "/start p_owl-bus", "/start r", "/start a_unknown", "/forget", "/batal"),
)  # fmt: skip


KEEN = {
    "forget": 0.02, "refuse": 0.02, "home": 0.1, "assess": 0.1, "mine": 0.2, "language": 0.3, "back": 0.5,
    "describe": 0.2, "more": 2.0, "open": 5.0, "accept": 5.0, "delegate": 10.0,
}  # fmt: skip
"""How much what a button fires is liked: to forget everything all the time would be a short story."""


@dataclass
class Wanderer:
    """Somebody who does anything, by chance."""

    official: Official
    chance: Random
    seen: list[Shown] = field(default_factory=list)
    written: list[Shown] = field(default_factory=list)

    async def act(self) -> list[Answered]:
        """Do something; gives what it may have answered."""
        acts: tuple[tuple[int, Callable[[], Awaitable[list[Answered]]]], ...] = (
            (40, self._press),
            (20, self._lead_on),
            (9, self._press_old),
            (6, self._press_twice),
            (12, self._write),
            (4, self._write_quickly),
            (8, self._command),
            (4, self._send),
            (4, self._edit),
            (3, self._forward),
            (5, self._follow),
            (1, self._wait),
        )
        if not self._card:
            return await self._say("/start")
        self.seen = [*self.seen[-30:], self._card]
        (does,) = self.chance.choices([act for _, act in acts], [weight for weight, _ in acts])
        return await does()

    @property
    def _card(self) -> Shown | None:
        """The newest message, if it has buttons."""
        shown = [one for one in self.official.person.chat if one.rows]
        return shown[-1] if shown else None

    @property
    def _conversation(self) -> Conversation | None:
        return self.official.kept if self.official.known else None

    async def _press(self) -> list[Answered]:
        label, press = self._some_button()
        may = list(self._of_press(press))
        await self.official.press(label)
        if press.trigger == "rate":
            assert set(may) <= answers(self.official.stage), "what was pressed is not stored"
        return may

    async def _lead_on(self) -> list[Answered]:
        """Do the first thing offered, or write a city's name where only text leads on."""
        label, press = next(_presses(self.official.card))
        if press.trigger == "back":
            return await self._say("Banda Aceh")
        may = list(self._of_press(press))
        await self.official.press(label)
        return may

    async def _press_old(self) -> list[Answered]:
        """Press what was shown once, on a message that may look otherwise now."""
        old = self.chance.choice(self.seen)
        label, press = self.chance.choice(list(_presses(old)))
        may = list(self._of_press(press)) if self._is_fresh(press) else []
        await self.official.press_again(label, old)
        return may

    async def _press_twice(self) -> list[Answered]:
        """Press two buttons of one card before anything changes."""
        card, (one, first), (other, _) = self.official.card, self._some_button(), self._some_button()
        may = list(self._of_press(first))
        if first.trigger == "more":
            may = [*may, *self._of_press(Press.decode(card.button(other)["callback_data"]))]
        await self.official.person.press(one, on=card)
        await self.official.press_again(other, card)
        return may

    async def _write(self) -> list[Answered]:
        return await self._say(self.chance.choice([*RATINGS, *OTHERS, *POSITIONS]))

    async def _write_quickly(self) -> list[Answered]:
        """Write several messages before anything is shown; the first counts."""
        first, *more = self.chance.choices([*RATINGS, *RATINGS, *OTHERS], k=3)
        may = list(self._of_text(first))
        if first not in RATINGS:
            return await self._say(first)
        for text in (first, *more):
            await self.official.person.write(text)
        await self.official.stage.settled()
        return may

    async def _command(self) -> list[Answered]:
        await self.official.write(self.chance.choice(COMMANDS))
        return []

    async def _send(self) -> list[Answered]:
        person = self.official.person
        match self.chance.randrange(4):
            case 0:
                await person.send_photo(png(), self.chance.choice(["", "<i>halte</i>"]))
            case 1:
                await person.send_document("a.exe", b"MZ", "application/x-msdownload")
            case 2:
                await person.send_voice(b"OggS" + bytes(40))
            case _:
                await person.send_location(5.55, 95.32)
        await self.official.stage.settled()
        return []

    async def _edit(self) -> list[Answered]:
        if self.written:
            await self.official.edit(self.chance.choice(self.written), self.chance.choice([*RATINGS, *OTHERS]))
        return []

    async def _forward(self) -> list[Answered]:
        texts = [shown for shown in self.official.person.chat if "text" in shown.body]
        await self.official.forward(self.chance.choice(texts))
        return []

    async def _follow(self) -> list[Answered]:
        """Follow a link somebody was shown, oneself perhaps."""
        chats = self.official.stage.telegram.world.chats.values()
        texts = [str(one.get("text", "")) for chat in chats for one in chat.messages.values()]
        found = [text.partition("?start=")[2].split()[0] for text in texts if "?start=" in text]
        if found:
            await self.official.write(f"/start {found[-1]}")
        return []

    async def _wait(self) -> list[Answered]:
        self.official.stage.wait(hours=13)
        return await self._say("Helps")

    async def _say(self, text: str) -> list[Answered]:
        may = list(self._of_text(text))
        self.written.append(await self.official.write(text))
        return may

    # what may come of it

    def _some_button(self) -> tuple[str, Press]:
        found = list(_presses(self.official.card))
        return self.chance.choices(found, [KEEN.get(press.trigger, 1.0) for _, press in found])[0]

    def _is_fresh(self, press: Press) -> bool:
        here = self._conversation
        named = (press.subject, press.revision, press.focus)
        return here is not None and named == (here.subject, here.revision, here.focus)

    def _of_press(self, press: Press) -> Iterator[Answered]:
        here = self._conversation
        if here is None or here.assessment is None:
            yield from self._accepted(here, press)
            return
        editing, mine = here.back_to == Phase.REVIEW, here.assessment.id
        match press.trigger:
            case "rate" if not editing and here.phase is Phase.ITEMS:
                yield mine, press.focus, _value(press.value)
            case "change":
                yield mine, press.focus, _value(here.scratch.get("value", ""))
            case "leave-open" | "known":
                yield mine, press.focus, Mark.DONT_KNOW
            case _:
                yield from self._accepted(here, press)

    def _accepted(self, here: Conversation | None, press: Press) -> Iterator[Answered]:
        token = here.scratch.get("aside.reply", "") if here and press.trigger == "accept" else ""
        with self.official.stage.house.store.unit(read_only=True) as unit:
            inquiry = unit.inquiry(token) if token else None
        if inquiry and inquiry.rating:
            yield inquiry.assessment, inquiry.item, inquiry.rating.value

    def _of_text(self, text: str) -> Iterator[Answered]:
        here = self._conversation
        if here is None or here.assessment is None or here.phase is not Phase.ITEMS or here.aside == "reply":
            yield from self._heard(("accept",))
            return
        if text in RATINGS and here.back_to != Phase.REVIEW and not here.aside:
            yield here.assessment.id, here.focus, RATINGS[text]
            return
        if here.aside == "ask":
            yield here.assessment.id, here.focus, Mark.DONT_KNOW
        yield from self._heard(("accept", "change", "leave-open", "known"))
        if text in POSITIONS and self._card:
            for _, press in list(_presses(self._card))[POSITIONS[text] : POSITIONS[text] + 1]:
                yield from self._of_press(press)

    def _heard(self, triggers: Iterable[str]) -> Iterator[Answered]:
        """Words may press these."""
        for _, press in _presses(self._card) if self._card else ():
            if press.trigger in triggers:
                yield from self._of_press(press)


def _presses(card: Shown) -> Iterator[tuple[str, Press]]:
    for row in card.buttons:
        for button in row:
            if "callback_data" in button:
                yield button["text"], Press.decode(button["callback_data"])


def _value(text: str) -> Value | None:
    if not text:
        return None
    return Mark(text) if text in set(Mark) else int(text)


def answers(stage: Stage) -> set[Answered]:
    """All ratings in the store."""
    rows = stage.rows(
        "select assessment_id, item, value from rating join seat on seat.id = seat_id where value is not null"
    )
    return {(str(assessment), str(item), _value(str(value))) for assessment, item, value in rows}
