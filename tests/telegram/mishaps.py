"""What goes wrong on purpose, from a seed: calls that fail, updates that come twice or late, and flood control."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil
from random import Random
from typing import Literal

from tests.telegram.refusals import Refusal, flood
from tests.telegram.shapes import Clock, Json

When = Literal["before", "after"]
Way = Literal["500", "reset", "timeout", "429"]


@dataclass(frozen=True, slots=True)
class Fate:
    """How one call goes wrong: before or after it had its effect, and what the bot gets to see of it."""

    when: When
    way: Way
    seconds: int = 1


@dataclass
class Mishaps:
    """What goes wrong; nothing unless set.

    ``before`` and ``after`` are the shares of calls that fail without and with their effect, in one of ``ways``;
    methods in ``spare`` never do. ``deliveries`` is how often each update comes; ``shake`` the seconds by which the
    queues may come late, each on its own. ``stall`` is how long a call that times out is held.
    """

    before: float = 0.0
    after: float = 0.0
    ways: tuple[Way, ...] = ("500", "reset")
    spare: tuple[str, ...] = ("getUpdates",)
    deliveries: int = 1
    shake: float = 0.0
    stall: float = 30.0
    planned: dict[str, list[Fate]] = field(default_factory=lambda: defaultdict(list))
    happened: int = 0
    _chance: Random = field(default_factory=lambda: Random(1))  # noqa: S311 - not for secrets

    def configure(self, seed: int | None = None, **values: object) -> None:
        """Set any of the fields; a seed starts the same chances anew."""
        if seed is not None:
            self._chance = Random(seed)  # noqa: S311 - not for secrets
        for name, value in values.items():
            assert name in {"before", "after", "ways", "spare", "deliveries", "shake", "stall"}, name
            setattr(self, name, tuple(value) if isinstance(value, list) else value)

    def plan(self, method: str, when: When = "before", way: Way = "500", *, times: int = 1, seconds: int = 1) -> None:
        """Let the next calls of a method go wrong in one way; ``seconds`` is the ``retry_after`` of a 429."""
        self.planned[method] += [Fate(when, way, seconds)] * times

    def fate(self, method: str) -> Fate | None:
        """How this call goes wrong, or None."""
        if planned := self.planned.get(method):
            self.happened += 1
            return planned.pop(0)
        if not (self.before or self.after) or method in self.spare:
            return None
        chance = self._chance.random()
        if chance >= self.before + self.after:
            return None
        self.happened += 1
        return Fate("before" if chance < self.before else "after", self._chance.choice(self.ways))

    def delay(self) -> float:
        """The seconds an update is late."""
        return self._chance.random() * self.shake


@dataclass
class Limits:
    """Flood control as Telegram has it; 0 switches one off. ``refused`` counts the 429 given.

    ``overall`` and ``per_chat`` are messages a second, ``per_group`` messages a minute. Bursts are allowed: ``burst``
    in a chat, a second's worth overall, a minute's worth in a group.
    """

    clock: Clock
    overall: float = 0.0
    per_chat: float = 0.0
    per_group: float = 0.0
    burst: int = 3
    refused: int = 0
    _due: dict[int | str, float] = field(default_factory=dict)

    def configure(self, **values: float) -> None:
        """Set any of the limits."""
        for name, value in values.items():
            assert name in {"overall", "per_chat", "per_group", "burst"}, name
            setattr(self, name, value)

    def charge(self, chat: int) -> None:
        """Count one message to a chat. Raises :class:`Refusal` with the seconds to wait where it is too many."""
        if not (self.overall or self.per_chat or self.per_group):
            return
        now = self.clock.now()
        rates = list(self._rates(chat))
        wait = max((self._due.get(key, now) - now - every * (burst - 1) for key, every, burst in rates), default=0.0)
        if wait > 1e-9:
            raise self.turned_away(ceil(wait))
        for key, every, _burst in rates:
            self._due[key] = max(self._due.get(key, now), now) + every

    def turned_away(self, seconds: int) -> Refusal:
        """A 429, counted."""
        self.refused += 1
        return flood(seconds)

    def _rates(self, chat: int) -> Iterable[tuple[int | str, float, float]]:
        if self.overall:
            yield "all", 1 / self.overall, max(self.overall, 1)
        if self.per_chat:
            yield chat, 1 / self.per_chat, self.burst
        if self.per_group and chat < 0:
            yield f"group {chat}", 60 / self.per_group, self.per_group

    @property
    def body(self) -> Json:
        """What was refused so far."""
        return {"refused": self.refused}
