"""The command line as a whole: help, errors in one line, exit codes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from bot.diagram import diagram
from flows.dialogue import Phase
from flows.moves import TRANSITIONS
from tests.bot.shell import ROOT, failure, folder, run, started

__all__ = ["folder"]

COMMANDS = [
    ("demo",),
    ("run",),
    ("check",),
    ("score",),
    ("db", "upgrade"),
    *(("toolkit", name) for name in ("list", "show", "lint", "import", "diagram")),
    *(("practice", name) for name in ("list", "show", "lint", "import")),
]


@pytest.mark.parametrize("command", [(), ("db",), ("toolkit",), ("practice",), *COMMANDS])
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "--debug" in result.stdout


def test_help_imports_nothing_that_takes_time() -> None:
    script = (
        "import sys; import bot.__main__ as program; program.cocok.make_context('cocok', ['toolkit']).get_help(); "
        "print(sorted({'pydantic', 'sqlalchemy', 'babel', 'transitions', 'reportlab', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_demo_loads_nothing_that_only_a_running_bot_needs() -> None:
    script = (
        "import sys; sys.argv = ['cocok', 'demo', '--script', '-', '--out', 'demo']\n"
        "try: import bot.__main__ as program; program.main()\n"
        "except SystemExit: print(sorted({'aiohttp', 'starlette', 'structlog', 'telegram', 'uvicorn', 'uvloop', "
        "'prometheus_client'} & set(sys.modules)))"
    )
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], input="1\n", env=surroundings, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_no_command_at_all_shows_the_help() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: cocok" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("frobnicate",), ("toolkit", "frob"), ("score",), ("demo", "--lang", "fr"), ("check", "--frob")]
)
def test_wrong_usage_is_one_line_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    code, line = failure(run(*arguments))
    assert code == 2
    assert line.startswith("cocok: ")
    assert "--help" in line


@pytest.mark.parametrize("command", [("check",), ("db", "upgrade"), ("toolkit", "list"), ("demo",)])
def test_a_wrong_setting_stops_every_command_with_one_line(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COCOK_TIME_ZONE", "Mars/Base")
    code, line = failure(run(*command))
    assert code == 2
    assert line.startswith("cocok: COCOK_TIME_ZONE")


@pytest.mark.parametrize("arguments", [("--debug", "toolkit", "list"), ("toolkit", "list", "--debug")])
def test_a_traceback_is_shown_on_demand_before_the_line(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COCOK_TIME_ZONE", "Mars/Base")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("cocok: COCOK_TIME_ZONE")


def test_a_fault_in_the_program_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.diagram.TRANSITIONS", [None])
    code, line = failure(run("toolkit", "diagram"))
    assert code == 1
    assert "a fault in the program (AttributeError" in line
    assert "--debug" in line


def test_the_module_runs_as_the_command_does() -> None:
    with started("toolkit", "list") as process:
        output, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    assert output == run("toolkit", "list").stdout


def test_ctrl_c_ends_with_130() -> None:
    with started("score", "-") as process:
        assert process.stdin is not None
        process.stdin.write(" " * 300_000)  # more than a pipe holds: done only once the command is reading
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate()
    assert (process.returncode, output, errors.strip()) == (130, "", "")


def test_a_reader_that_leaves_ends_the_command_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with started("toolkit", "show", "citynet", stdout=writing) as process:
        os.close(writing)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (141, "")


def test_a_script_that_is_not_there_is_wrong_usage() -> None:
    code, line = failure(run("demo", "--script", "nowhere.txt"))
    assert code == 2
    assert "nowhere.txt" in line


def test_the_diagram_shows_every_phase_and_every_move_that_leaves_one() -> None:
    shown = run("toolkit", "diagram").stdout
    assert shown == f"{diagram()}\n"
    assert shown.startswith("stateDiagram-v2\n    [*] --> language\n")
    for phase in Phase:
        assert f"--> {phase}" in shown
    for move in TRANSITIONS:
        if move.target is not None:
            assert any(f"--> {move.target}: " in line and move.trigger in line for line in shown.splitlines())


def test_the_diagram_draws_one_arrow_between_two_phases() -> None:
    arrows = [line.partition(":")[0] for line in diagram().splitlines() if "-->" in line]
    assert len(arrows) == len(set(arrows))
