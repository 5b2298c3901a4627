"""The command line as tests run it: in an empty folder, without settings of the machine's own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.commands import cocok

ROOT = Path(__file__).parents[2]
TOOLKIT = ROOT / "flows" / "toolkits" / "citynet-1.toml"
PRACTICE = ROOT / "flows" / "toolkits" / "practices" / "owl-bus.toml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with no setting set."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("COCOK_")]:
        monkeypatch.delenv(name)
    return tmp_path


def run(*arguments: str | Path, given: str | bytes = b"") -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cocok, [str(argument) for argument in arguments], input=given, prog_name="cocok")


@contextmanager
def started(*arguments: str, stdout: int = subprocess.PIPE) -> Iterator[subprocess.Popen[str]]:
    """Start a command as an operator does."""
    command = [sys.executable, "-m", "bot", *arguments]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=surroundings, stdin=subprocess.PIPE, stdout=stdout, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process


def failure(result: Result) -> tuple[int, str]:
    """Exit code and the one line of a command that failed; it must have printed nothing else."""
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1
    return result.exit_code, lines[0]
