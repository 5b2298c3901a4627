"""Taps over a loopback Telegram: our bot, durable, beside three plain ones that are not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure
from tests.bench.walking import TO_THE_QUESTIONS

TAPS = {200: 36, 1_000: 10}
"""Measured taps of each person, by how many people there are; 36 is nearly the whole full length."""

STEADY = 80.0
"""Taps a second at which the waiting is compared."""

FLOORS = {"bare": 3.0, "aiohttp": 0.65, "handler": 3.5}
"""How many times as many taps a second ours must manage as each of the others, which store nothing durably."""

NAMES = {
    "bare": "a bare bot, default HTTP class",
    "aiohttp": "a bare bot on aiohttp",
    "handler": "ConversationHandler, PicklePersistence",
}


@dataclass(frozen=True)
class Run:
    """What a crowd measured: see ``tests.telegram.crowd``. ``memory`` is in MB, after each round."""

    told: list[dict[str, Any]]
    memory: list[float]


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def figures() -> list[Figure]:
    """Everything at once, then at a steady rate, then with ever more people."""
    made = [figure for people in TAPS for figure in _rush(people)]
    return [*made, *_steady(), _growth()]


def _rush(people: int) -> Iterator[Figure]:
    told = {kind: measure(kind, people, taps=TAPS[people]).told[0] for kind in ("ours", *FLOORS)}
    ours = told["ours"]
    for kind in FLOORS:
        speed = told[kind]["taps_per_second"]
        yield Figure(name=f"{NAMES[kind]}, {people:,} people", value=speed, unit="taps/s")
    speed = ours["taps_per_second"]
    yield Figure(name=f"ours, durable, {people:,} people", value=speed, unit="taps/s")
    for kind, floor in FLOORS.items():
        ratio = speed / told[kind]["taps_per_second"]
        yield Figure(name=f"… against: {NAMES[kind]}", value=ratio, unit="times", least=floor)
    yield Figure(name="… people left without an answer", value=ours["stuck"], unit="people", limit=0)
    yield Figure(name="… API calls an accepted tap", value=ours["calls_per_tap"], unit="calls", limit=2.3)


def _steady() -> Iterator[Figure]:
    plain, ours = (measure(kind, 200, taps=8, rate=STEADY).told[0]["p99_ms"] for kind in ("aiohttp", "ours"))
    yield Figure(name=f"99 of 100 taps at {STEADY:.0f} a second: {NAMES['aiohttp']}", value=plain, unit="ms")
    yield Figure(name="… ours", value=ours, unit="ms")
    yield Figure(name="… ours against it", value=ours / plain, unit="times", limit=4)


def _growth() -> Figure:
    """The first rounds fill caches; after them new people must leave nothing behind."""
    memory = measure("ours", 200, taps=4, rounds=6).memory
    return Figure(name="memory for 600 more people who answered", value=memory[-1] - memory[2], unit="MB", limit=3)


def measure(kind: str, people: int, *, taps: int, rate: float = 0.0, rounds: int = 1) -> Run:
    """Let a crowd walk over a bot: ``ours``, or one of ``plain_bots``."""
    load = [sys.executable, "-m", "tests.telegram.load", "--people", str(people), "--taps", str(taps)]
    load += ["--rate", str(rate), "--rounds", str(rounds), "--patience", "60"]
    if kind == "ours":
        load += ["--warmup", str(TO_THE_QUESTIONS), "--strategy", "tests.bench.walking:through_the_full_length"]
    with (
        tempfile.TemporaryDirectory() as folder,
        _ended(subprocess.Popen(load, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)) as crowd,
    ):
        assert crowd.stdin
        assert crowd.stdout
        access = json.loads(crowd.stdout.readline())
        with _ended(_bot(kind, access, Path(folder))) as bot:
            told, memory = [], []
            for number in range(rounds):
                if number:
                    crowd.stdin.write("\n")
                    crowd.stdin.flush()
                told.append(json.loads(crowd.stdout.readline()))
                memory.append(_memory(bot.pid))
    return Run(told, memory)


def _bot(kind: str, access: dict[str, str], folder: Path) -> subprocess.Popen[str]:
    if kind != "ours":
        command = [sys.executable, "-m", "tests.bench.plain_bots", kind, access["url"], access["token"]]
        return subprocess.Popen(command, text=True)
    settings = {
        "COCOK_TELEGRAM_TOKEN": access["token"],
        "COCOK_TELEGRAM_API_URL": access["url"],
        "COCOK_TELEGRAM_RATE": "0",
        "COCOK_TELEGRAM_CHAT_RATE": "0",
        "COCOK_DATABASE_URL": f"sqlite:///{folder / 'cocok.db'}",
        "COCOK_LOG_LEVEL": "warning",
    }
    return subprocess.Popen([sys.executable, "-m", "bot", "run"], env=os.environ | settings, text=True)


def _memory(process: int) -> float:
    """Resident memory in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20
