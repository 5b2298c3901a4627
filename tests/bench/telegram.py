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

from tests.bench.walking import TO_THE_QUESTIONS

TAPS = 30
"""Measured taps of each person."""


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


def measure(kind: str, people: int, *, taps: int = TAPS, rate: float = 0.0, rounds: int = 1) -> Run:
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
