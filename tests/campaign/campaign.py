"""A campaign: people answer, the bot dies and comes back, and in the end their word is held against the record."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from storage.store import open_store
from tests.campaign.ledger import faults
from tests.campaign.officials import Manner, Official
from tests.campaign.running import BotProcess
from tests.telegram.mailbox import FIRST
from tests.telegram.server import TelegramServer
from tests.telegram.shapes import Event

READY = 30.0
"""Seconds a bot may take until it asks for updates or sets its webhook."""

PARTING = 15.0
"""Seconds until what the last acts caused is confirmed."""


@dataclass
class Campaign:
    """``kills`` deaths among ``people`` officials; the same seed gives the same people and the same intentions."""

    telegram: TelegramServer
    bot: BotProcess
    people: int = 50
    kills: int = 0
    seed: int = 1
    manner: Manner = field(default_factory=Manner)
    officials: list[Official] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    killed: int = 0
    _chance: Random = field(init=False)
    _blow: Callable[[], None] | None = None
    _countdown: int = 0

    def __post_init__(self) -> None:
        """Draw the first lot."""
        self._chance = Random(self.seed)  # noqa: S311 - not for secrets

    async def run(self, within: float) -> None:
        """Let everybody come to a verdict after the last death; fails when somebody has not in so many seconds."""
        try:
            async with asyncio.timeout(within):
                await self._lived()
                await self._settled()
            self.bot.strike(signal.SIGTERM)
            code = await self.bot.ended()
        finally:
            await self.bot.gone()
        self.faults += [f"it ended with {code}"] if code else []
        self._compare()

    async def _lived(self) -> None:
        for number in range(self.people):
            self.officials.append(await self._official(number))
        async with asyncio.TaskGroup() as group:
            group.create_task(self._executed())
            for official in self.officials:
                group.create_task(self._life(official))

    async def _official(self, number: int) -> Official:
        person = await self.telegram.person(f"Official {number}", self._chance.choice(["id", "en", "jv", None]))
        self.telegram.world.people[person.id].watchers.append(self._happened)
        return Official(person, Random(self._chance.random()), self.manner)  # noqa: S311 - not for secrets

    async def _life(self, official: Official) -> None:
        await asyncio.sleep(official.chance.random() * 2)
        await official.live(lambda: self.killed >= self.kills)

    # the deaths

    async def _executed(self) -> None:
        await self._up()
        while self.killed < self.kills:
            await self._strike()
            code = await self.bot.ended()
            self.killed += 1
            assert code == -signal.SIGKILL, f"the bot ended with {code} by itself:\n{self.bot.log[-3000:]}"
            self.faults += [f"update {number} is confirmed, not kept" for number in self.unkept(self.confirmed)]
            await self._up()

    async def _up(self) -> None:
        before = self._attention
        await self.bot.start()
        deadline = asyncio.get_running_loop().time() + READY
        while self._attention == before:
            assert asyncio.get_running_loop().time() < deadline, f"the bot does not come up:\n{self.bot.log[-3000:]}"
            await asyncio.sleep(0.02)

    @property
    def _attention(self) -> int:
        return self.telegram.calls.methods["getUpdates"] + self.telegram.calls.methods["setWebhook"]

    async def _strike(self) -> None:
        """Kill at a moment by the clock, or just when something is shown whose caller has not been told of it yet."""
        dead = asyncio.Event()

        def blow() -> None:
            self._blow = None
            self.bot.strike()
            dead.set()

        if self._chance.random() < 0.5:
            self._countdown, self._blow = self._chance.randrange(1, 120), blow
            await asyncio.wait({asyncio.ensure_future(dead.wait())}, timeout=3)
        else:
            await asyncio.sleep(self._chance.random() * 1.5)
        blow()

    def _happened(self, event: Event) -> None:
        self._countdown -= event.kind != "pressed"
        if self._blow and self._countdown <= 0:
            self._blow()

    # the reckoning

    @property
    def confirmed(self) -> set[int]:
        """The updates that were handed out and will not be again: a poll confirmed them, perhaps the one in hand."""
        polls = self.telegram.calls.of("getUpdates")
        handed = {update["update_id"] for poll in polls for update in poll.answer.get("result", [])}
        return handed - {update.number for update in self.telegram.world.mailbox.waiting}

    @property
    def sent(self) -> range:
        """The numbers of all updates there were: every act is one."""
        return range(FIRST, FIRST + sum(official.acts for official in self.officials))

    def unkept(self, updates: Iterable[int]) -> list[int]:
        """Those of some updates that the store has not noted."""
        bot = self.telegram.token.partition(":")[0]
        store = open_store(self.bot.url)
        with store.unit() as unit:  # never committed
            now = datetime.now(UTC)
            missing = [
                number for number in updates if unit.first_delivery(f"telegram:{bot}:{number}", "telegram", "", now)
            ]
        store.close()
        return missing

    async def _settled(self) -> None:
        mailbox = self.telegram.world.mailbox
        for _ in range(int(PARTING / 0.05)):
            if not mailbox.waiting:
                break
            await asyncio.sleep(0.05)

    def _compare(self) -> None:
        self.faults += [f"update {number} was never kept" for number in self.unkept(self.sent)]
        store = open_store(self.bot.url)
        with store.unit(read_only=True) as unit:
            self.faults += [f"{letter.key} is set aside: {letter.error}" for letter in unit.dead_letters()]
            for official in self.officials:
                here = str(official.person.id)
                conversation = unit.conversation("telegram", here)
                assert conversation
                kept = {summary.id for summary in unit.assessments(conversation.person)}
                known = official.ledger.assessments
                self.faults += [f"{here}: {one} is known to one side only" for one in kept ^ set(known)]
                for identifier in kept & set(known):
                    assessment = unit.assessment(identifier, conversation.person)
                    assert assessment
                    found = faults(known[identifier], assessment, unit.history(identifier))
                    self.faults += [f"{here} {identifier}: {fault}" for fault in found]
        store.close()
