"""Many simulated people who tap as soon as they can, or at a given rate, and how long the bot takes."""

from __future__ import annotations

import asyncio
from array import array
from collections import Counter, deque
from dataclasses import dataclass, field
from time import perf_counter, process_time

from tests.telegram import acts
from tests.telegram.screen import Shown
from tests.telegram.server import TelegramServer
from tests.telegram.shapes import Event, Json
from tests.telegram.strategies import Say, Strategy, Tap, first


@dataclass(frozen=True)
class Plan:
    """What the crowd does.

    Each of ``people`` sends ``opening``, makes ``warmup`` taps that are not measured, waits for all others, and then
    makes ``taps`` taps: each at once when the last has changed the card, or with ``rate`` so many a second over all
    people. It is given up when nothing happens for ``patience`` seconds. ``first_person`` is the lowest user id.
    """

    people: int = 100
    taps: int = 20
    warmup: int = 0
    rate: float = 0.0
    strategy: Strategy = first
    opening: str = "/start"
    patience: float = 15.0
    first_person: int = 10_001


class Walker:
    """One simulated person."""

    __slots__ = ("_crowd", "_due", "card", "done", "id", "tapped_at", "taps")

    def __init__(self, crowd: Crowd, person: int) -> None:
        """Stand at the beginning."""
        self.id = person
        self.taps = 0
        self.tapped_at = 0.0
        self.done = False
        self.card: Json = {}
        self._crowd = crowd
        self._due = False

    def take(self, event: Event) -> None:
        """See something happen: a card with buttons can be answered."""
        body = event.body
        if event.kind not in {"posted", "edited"} or "reply_markup" not in body:
            return
        self.card = body
        if self.tapped_at:
            self._crowd.changed(perf_counter() - self.tapped_at)
            self.tapped_at = 0.0
        if not self._due and not self.done:
            self._due = True
            self._crowd.ready(self)

    def act(self) -> None:
        """Do what the strategy says."""
        self._due = False
        world, choice = self._crowd.server.world, self._crowd.plan.strategy(Shown(self.card), self.taps)
        if isinstance(choice, Tap):
            self.taps += 1
            self.tapped_at = perf_counter()
            acts.press(world, self.id, self.card["message_id"], choice.data)
        elif isinstance(choice, Say):
            acts.write(world, self.id, choice.text)
        else:
            self._crowd.leave(self)


@dataclass
class Crowd:
    """All simulated people of one run, on one server."""

    server: TelegramServer
    plan: Plan
    walkers: list[Walker] = field(default_factory=list)
    latencies: array[float] = field(default_factory=lambda: array("d"))
    missed: int = 0
    left: int = 0
    _measuring: bool = False
    _began: float = 0.0
    _last: float = 0.0
    _progress: int = 0
    _work: float = 0.0
    _parked: deque[Walker] = field(default_factory=deque)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _before: tuple[Counter[str], Counter[int]] = field(default_factory=lambda: (Counter(), Counter()))

    async def run(self) -> Json:
        """Let everyone walk to the end; gives the figures."""
        for number in range(self.plan.people):
            walker = Walker(self, self.plan.first_person + number)
            acts.arrive(self.server.world, f"Person {number}", "id", walker.id)
            self.server.world.people[walker.id].watchers.append(walker.take)
            self.walkers.append(walker)
        for walker in self.walkers:
            acts.write(self.server.world, walker.id, self.plan.opening)
        watch = asyncio.create_task(self._watch())
        await self._over.wait()
        watch.cancel()
        self._work = process_time() - self._work
        return self.figures

    def ready(self, walker: Walker) -> None:
        """Take note that someone can act: they do, or they wait for the others, for their turn, or for nothing."""
        self._progress += 1
        if walker.taps >= self.plan.warmup + self.plan.taps:
            self.leave(walker)
        elif walker.taps >= self.plan.warmup and (self.plan.rate or not self._measuring):
            self._parked.append(walker)
            self._begin_when_all_are_there()
        else:
            asyncio.get_running_loop().call_soon(walker.act)

    def changed(self, seconds: float) -> None:
        """Take note that a tap has changed a card."""
        if self._measuring:
            self.latencies.append(seconds)
            self._last = perf_counter()

    def leave(self, walker: Walker) -> None:
        """Take note that someone is done."""
        walker.done = True
        self.left += 1
        if self.left == len(self.walkers):
            self._over.set()
        self._begin_when_all_are_there()

    def _begin_when_all_are_there(self) -> None:
        if self._measuring or not self._parked or len(self._parked) + self.left < len(self.walkers):
            return
        self._measuring = True
        # the call that brought the last one here is still to be counted, before anything is measured
        asyncio.get_running_loop().call_soon(self._begin)

    def _begin(self) -> None:
        self._began = self._last = perf_counter()
        self._work = process_time()
        self._before = self.server.calls.methods.copy(), self.server.calls.codes.copy()
        if self.plan.rate:
            self._ticking = asyncio.get_running_loop().create_task(self._tick())
            return
        while self._parked:
            asyncio.get_running_loop().call_soon(self._parked.popleft().act)

    async def _tick(self) -> None:
        due = perf_counter()
        while not self._over.is_set():
            if self._parked:
                self._parked.popleft().act()
            else:
                self.missed += 1
            due += 1 / self.plan.rate
            await asyncio.sleep(max(0.0, due - perf_counter()))

    async def _watch(self) -> None:
        seen, since = -1, perf_counter()
        while perf_counter() - since < self.plan.patience:
            await asyncio.sleep(min(0.2, self.plan.patience))
            if self._progress != seen:
                seen, since = self._progress, perf_counter()
        self._over.set()

    @property
    def figures(self) -> Json:
        """Taps a second, milliseconds from a tap to the changed card, what the bot called for it, and ``server_load``.

        That is the share of a core this process took: near 1 the server holds the bot back. ``missed`` are the taps of
        a given rate that nobody was free to make, ``stuck`` the people who did not come to the end.
        """
        taps, seconds = len(self.latencies), self._last - self._began
        ordered = sorted(self.latencies)
        methods = self.server.calls.methods - self._before[0]
        calls = methods.total() - methods["getUpdates"]
        return {
            "people": self.plan.people, "taps": taps, "seconds": seconds, "stuck": len(self.walkers) - self.left,
            "missed": self.missed, "taps_per_second": taps / seconds if seconds else 0.0,
            "p50_ms": _share(ordered, 0.5), "p99_ms": _share(ordered, 0.99), "longest_ms": _share(ordered, 1.0),
            "calls_per_tap": calls / taps if taps else 0.0,
            "server_load": self._work / seconds if seconds else 0.0, "methods": dict(methods),
            "codes": {str(code): many for code, many in (self.server.calls.codes - self._before[1]).items()},
        }  # fmt: skip


def _share(ordered: list[float], share: float) -> float:
    return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
