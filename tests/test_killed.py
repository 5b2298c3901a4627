"""A power cut at any step costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_killed_at_each_step_the_demo_continues_where_it_was(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.killing", str(tmp_path)]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert finished.returncode == 0, finished.stderr
    seen = json.loads(finished.stdout)
    assert seen["faults"] == []
    assert seen["steps"] > 30
    assert seen["expected"]["verdicts"] == ["unknown"]
