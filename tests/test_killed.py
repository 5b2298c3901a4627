"""A power cut at any step costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("way", "steps", "verdict"), [("quick", 34, "unknown"), ("full", 22, "ready-to-pilot")]
)  # fmt: skip
def test_killed_at_each_step_the_demo_continues_where_it_was(
    tmp_path: Path, way: str, steps: int, verdict: str
) -> None:  # fmt: skip
    command = [sys.executable, "-m", "tests.killing", way, str(tmp_path)]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert finished.returncode == 0, finished.stderr
    seen = json.loads(finished.stdout)
    assert seen["faults"] == []
    assert (seen["steps"], seen["expected"]["verdicts"]) == (steps, [verdict])
