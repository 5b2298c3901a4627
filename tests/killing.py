"""Kills the demo at every step and starts it again: ``python -m tests.killing WAY FOLDER`` prints what it saw.

Every run is a forked process that dies by SIGKILL, either while it waits for the next answer (the one before has been
committed) or in the middle of handling it, at a statement of its transaction.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from sqlalchemy import Engine, event

from bot.channels.console import ADDRESS, CHANNEL
from bot.demo import Demo
from bot.handle import House
from bot.render import Screen
from flows.library import builtin
from storage.store import open_store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
QUICK = (
    *("1", "1", "1", "Banda Aceh", "1", "2"),
    *("Mendukung", "1", "2", "5", "3"),  # results; the problem, on experience; the plan hinders, an estimate
    *("2", "1", "Tidak tahu", "2", "1"),  # legal power, on paper; support not known; money, on paper
    *("Netral", "1", "1", "2", "4", "2"),  # one owner; essential parts, on paper; a pilot; harm, on experience
    *("3", "2", "3", "1", "1"),  # the review: the problem becomes neutral, on paper, and that is confirmed
    *("1", "1"),  # done with the step, on to what hinders
    *("2", "Lindungi kelompok rentan", "Dinas Sosial", "1", "1", "1"),
)
FULL = (
    *(
        "1",
        "1",
        "3",
        "Pasar malam",
        "Chiang Mai",
        "Jalan ditutup tiap Minggu",
        "1",
        "jalan; listrik",
    ),  # an own practice
    *("Ubon Ratchathani", "1"),  # a city outside the list, as written
    *("2", "1", "Dinas Perdagangan", "2", "3", "3"),  # the profile
    "1",
    *["2"] * 5,  # the practice
    *("1", "1", "2", "2", "2"),  # the need, the first on paper
    *("2", "1", "2", "2", "1", "2", "2", "2", "2"),  # the context, two on paper
    *("2", "1", *["2"] * 5, "5", "1"),  # the capacity; the timing strongly hinders, on paper
    *("2", "1", "2", "2", "2"),  # the adaptation
    *("2", "1", "2", "2", "2", "2"),  # risk
    *("1", "1", "Tunggu anggaran perubahan", "Bappeda", "2"),  # what hinders
    *("2", "1", "3", "Diesel"),  # the essential parts
)


@dataclass(frozen=True)
class Way:
    """A way through the conversation; it is killed at the cards whose name begins with one of ``at``."""

    lines: tuple[str, ...]
    at: tuple[str, ...]


WAYS = {"quick": Way(QUICK, ("",)), "full": Way(FULL, ("own", "city", "profile", "length", "barriers", "parts"))}


def die() -> NoReturn:
    """End at once, as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@dataclass
class Typist:
    """Answers from ``lines`` from ``at`` on, and dies instead of answering line ``last``.

    ``seen`` lists the cards in order. After a restart the recap is passed, and the line is chosen by the card shown.
    """

    lines: tuple[str, ...]
    at: int
    last: int
    names: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)

    def show(self, text: str) -> None:
        """Nobody reads along."""

    def draw(self, screen: Screen) -> None:
        """Nobody looks."""

    def ask(self, screen: Screen) -> str | None:
        """The next line."""
        if screen.name.endswith("recap"):
            return "1"
        if self.names and screen.name not in self.names[self.at :][:1] and screen.name == self.names[self.at + 1]:
            self.at += 1
        self.seen.append(screen.name)
        if self.at == self.last:
            die()
        self.at += 1
        return self.lines[self.at - 1] if self.at <= len(self.lines) else None


def run(folder: Path, typist: Typist, *, dies_within: int = 0) -> tuple[int, Typist]:
    """One run of the demo; with ``dies_within`` it dies at that statement once line ``last - 1`` is being handled."""
    if dies_within:
        _die_at_statement(typist, dies_within)
    store = open_store(f"sqlite:///{folder / 'cocok.db'}")
    house = House(store=store, library=builtin())
    demo = Demo(house=house, person=typist, folder=folder, language="id", quick=False, clock=lambda: NOW)
    code = demo.run(until_verdict=True)
    store.close()
    return code, typist


def _die_at_statement(typist: Typist, number: int) -> None:
    counted = [0]

    def count(_statement: str) -> None:
        counted[0] += typist.at == typist.last
        if counted[0] == number:
            die()

    @event.listens_for(Engine, "connect")
    def _watch(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_trace_callback(count)


def forked(work: Callable[[], int]) -> int:
    """Run in a child process; gives its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = work()
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def record(folder: Path) -> dict[str, object]:
    """What the database holds at the end."""
    store = open_store(f"sqlite:///{folder / 'cocok.db'}")
    with store.unit(read_only=True) as unit:
        conversation = unit.conversation(CHANNEL, ADDRESS)
        assert conversation
        held = conversation.assessment
        assert held
        history = [(rated.item, str(rated.new.value), str(rated.new.basis)) for rated in unit.history(held.id)]
        found = {
            "phase": conversation.phase,
            "ratings": {item: str(rating) for item, rating in sorted(held.ratings.items())},
            "plans": {item: str(plan) for item, plan in sorted(held.plans.items())},
            "history": history,
            "verdicts": [record.key for record in held.verdicts],
            "assessments": len(unit.assessments(conversation.person)),
        }
    store.close()
    return found


def main(way: Way, folder: Path) -> None:
    """Run the way undisturbed once, then kill it at every step in both manners, and print what differs."""
    undisturbed = folder / "undisturbed"
    undisturbed.mkdir(parents=True)
    _code, typist = run(undisturbed, Typist(way.lines, 0, -1))
    names, expected = (*typist.seen, "verdict"), record(undisturbed)
    steps = [step for step in range(1, len(names) - 1) if names[step].startswith(way.at)]
    faults = [
        fault
        for step in steps
        for dies_within in (0, 1 + step % 9)
        for fault in _killed(folder / f"{step}-{dies_within}", way, step, names, expected, dies_within)
    ]
    print(json.dumps({"steps": len(steps), "expected": expected, "faults": faults}))


def _killed(  # noqa: PLR0913, PLR0917 - one case of the campaign
    folder: Path, way: Way, step: int, names: tuple[str, ...], expected: dict[str, object], dies_within: int
) -> list[str]:  # fmt: skip
    folder.mkdir()
    first = forked(lambda: run(folder, Typist(way.lines, 0, step), dies_within=dies_within)[0])
    second = forked(lambda: run(folder, Typist(way.lines, max(step - 1, 0), -1, names))[0])
    faults = [] if first == -signal.SIGKILL else [f"{folder.name}: was not killed but ended with {first}"]
    faults += [] if second == 0 else [f"{folder.name}: the second run ended with {second}"]
    return faults + ([] if record(folder) == expected else [f"{folder.name}: {record(folder)}"])


if __name__ == "__main__":
    main(WAYS[sys.argv[1]], Path(sys.argv[2]))
