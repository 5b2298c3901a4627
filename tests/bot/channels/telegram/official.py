"""An official in a private chat with our bot: what they do, what they see, and what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.i18n import translator
from flows.assessment import Assessment
from flows.cards import Said
from flows.conversation import UNFOLD
from flows.dialogue import Conversation
from flows.ratings import Value
from flows.taps import Press
from tests.telegram.people import Person
from tests.telegram.screen import Shown

if TYPE_CHECKING:
    from tests.bot.channels.telegram.stage import Stage

CHANNEL = "telegram"


@dataclass
class Official:
    """A person with our bot. Acts name what a button fires, so that one play can be told in every language."""

    stage: Stage
    person: Person

    # what they do

    async def write(self, text: str) -> Shown:
        """Write a message, or give a command."""
        message = await self.person.write(text)
        await self.stage.settled()
        return message

    async def press(self, label: str, on: Shown | None = None) -> None:
        """Press a button by its label."""
        await self.person.press(label, on=on or self.card)
        await self.stage.settled()

    async def choose(self, trigger: str, value: str | int | None = None) -> None:
        """Press the button of the present card that fires a trigger, under *More* if need be."""
        if self.label(trigger, value) is None and (more := self.label(UNFOLD)):
            await self.press(more)
        label = self.label(trigger, value)
        assert label is not None, f"nothing fires {trigger} {value}:\n{self.person}"
        await self.press(label)

    async def tap(self, data: str, on: Shown | int | None = None) -> None:
        """Send button data, shown or not."""
        await self.person.press_data(data, on=on)
        await self.stage.settled()

    async def press_again(self, label: str, on: Shown) -> None:
        """Press a button as it was on a message when that was looked at, whatever the message shows now."""
        pressed = {"message": on.id, "data": on.button(label)["callback_data"], "label": label}
        await self.person.wire.do("press", person=self.person.id, chat=self.person.id, **pressed)
        await self.stage.settled()

    async def photo(self, data: bytes, caption: str = "", group: str = "") -> Shown:
        """Send a photo."""
        message = await self.person.send_photo(data, caption, group=group)
        await self.stage.settled()
        return message

    async def document(self, name: str, data: bytes, mime: str, caption: str = "") -> Shown:
        """Send a document."""
        message = await self.person.send_document(name, data, mime, caption)
        await self.stage.settled()
        return message

    async def edit(self, message: Shown, text: str) -> None:
        """Change an earlier message."""
        await self.person.edit(message, text)
        await self.stage.settled()

    async def forward(self, message: Shown) -> None:
        """Forward a message to the bot."""
        await self.person.forward(message)
        await self.stage.settled()

    # ways to somewhere

    async def enter(self, language: str = "en") -> Official:
        """Choose the language, consent, and stand at home."""
        await self.write("/start")
        await self.choose("language", language)
        await self.choose("agree")
        return self

    async def begin(self, practice: str = "owl-bus", length: str = "quick") -> Official:
        """Go from home to the first question."""
        await self.choose("assess")
        await self.choose("choose", practice)
        await self.write("Banda Aceh")
        await self.choose("finish")
        await self.choose("length", length)
        return self

    async def rate(self, value: int | str, basis: str = "C") -> None:
        """Answer the question shown, and say what it rests on if that is asked."""
        await self.choose("rate", value)
        if self.label("basis", basis):
            await self.choose("basis", basis)

    async def conclude(self) -> None:
        """Answer every question that is left, and go to the verdict."""
        while self.label("rate", 1):
            await self.rate(1)
        await self.choose("forward")

    # what they see

    @property
    def card(self) -> Shown:
        """The newest message with buttons."""
        return self.person.newest_with_buttons

    @property
    def toast(self) -> str:
        """What flashed up last; empty if nothing did."""
        return "".join(self.person.toasts[-1:])

    def label(self, trigger: str, value: str | int | None = None) -> str | None:
        """The label of the button of the present card that fires something, None if there is none."""
        for row in self.card.buttons:
            for button in row:
                press = Press.decode(button["callback_data"]) if "callback_data" in button else None
                if press and press.trigger == trigger and value in {None, press.value, _number(press.value)}:
                    return str(button["text"])
        return None

    def data(self, label: str) -> str:
        """The data behind a button of the present card."""
        return str(self.card.button(label)["callback_data"])

    def says(self, said: Said) -> str:
        """A sentence in their language."""
        return translator(self.kept.language)(said)

    def remarked(self, said: Said) -> bool:
        """Whether the newest card begins with a remark."""
        return self.card.text.startswith(self.says(said))

    # what is kept of them

    @property
    def kept(self) -> Conversation:
        """Their conversation, which must be there."""
        found = self._conversation()
        assert found is not None
        return found

    @property
    def known(self) -> bool:
        """Whether anything is kept of a conversation with them."""
        return self._conversation() is not None

    @property
    def record(self) -> dict[str, Assessment | None]:
        """All their assessments, by id."""
        person = self.kept.person
        with self.stage.house.store.unit(read_only=True) as unit:
            return {one.id: unit.assessment(one.id, person) for one in unit.assessments(person)}

    @property
    def ratings(self) -> dict[str, Value | None]:
        """What they answered to the items of the assessment in hand."""
        assert self.kept.assessment is not None
        return {item: rating.value for item, rating in self.kept.assessment.ratings.items()}

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Hold that nothing they answered changes meanwhile."""
        before = self.record
        yield
        assert self.record == before

    def _conversation(self) -> Conversation | None:
        with self.stage.house.store.unit(read_only=True) as unit:
            return unit.conversation(CHANNEL, str(self.person.id))


def _number(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdecimal() else None
