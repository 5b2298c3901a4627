"""What a start costs: seconds to the first card, memory at the verdict, time of the weightings."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from flows.judgement import assess_robustness
from flows.library import builtin
from flows.ratings import Sheet
from flows.toolkit import Length
from tests.bench.figures import Figure

TIMES = 5


def figures() -> list[Figure]:
    """Start the demo as a person would, and carry one through to the verdict."""
    return [
        Figure(name="start to first card, fresh database", value=median(_starts()), unit="s", limit=1),
        Figure(name="memory of the process at the verdict", value=_memory(), unit="MB", limit=120),
        Figure(name="10,000 weightings", value=_weightings(), unit="ms", limit=50),
    ]


def _starts() -> list[float]:
    return [_start() for _ in range(TIMES)]


def _command(folder: str) -> list[str]:
    return [sys.executable, "-m", "bot", "demo", "--lang", "id", "--script", "-", "--out", folder]


def _start() -> float:
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        with subprocess.Popen(_command(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin
            assert process.stdout
            process.stdout.readline()
            spent = perf_counter() - began
            process.stdin.close()
            process.stdout.read()
        return spent


def _memory() -> float:
    """The most memory the process held, in MB, from the kernel's account of the child."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script"
        script.write_text("1\n1\n1\nBanda Aceh\n" + "1\n" * 200)
        command = [*_command(folder)[:-3], str(script), "--out", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        return usage.ru_maxrss / 1024


def _weightings() -> float:
    toolkit = builtin().toolkit("citynet")
    sheet = Sheet(person="a", ratings=dict.fromkeys(toolkit.items, 1))
    spent = []
    for _ in range(TIMES):
        began = perf_counter()
        assess_robustness(toolkit, Length.FULL, [sheet])
        spent.append(1000 * (perf_counter() - began))
    return max(spent[1:])
