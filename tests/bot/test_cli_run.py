"""``cocok run``: from the settings to a bot that answers, its log, and how it ends."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from alembic import command

from bot.server import listen
from storage import schema
from storage.engines import open_engine
from tests.bot.shell import failure, folder, run, started
from tests.telegram.server import ThreadedServer

__all__ = ["folder"]


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadedServer]:
    with ThreadedServer() as served:
        monkeypatch.setenv("COCOK_TELEGRAM_API_URL", served.server.url)
        monkeypatch.setenv("COCOK_TELEGRAM_TOKEN", served.server.token)
        yield served


def free_port() -> int:
    with listen("127.0.0.1", 0) as listener:
        return int(listener.getsockname()[1])


def wait_until(is_so: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def running(telegram: ThreadedServer, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start the bot, and have it in hand once it asked Telegram for updates or set its webhook."""
    with started("run", *arguments) as process:
        try:
            wait_until(lambda: telegram.server.calls.of("getUpdates", "setWebhook") or process.poll() is not None)
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, list[str]]:
    process.send_signal(number)
    output, errors = process.communicate(timeout=20)
    assert output == ""
    return process.returncode, errors.splitlines()


def left_alone() -> tuple[int, list[str]]:
    """Start the bot, which has to end by itself."""
    with started("run") as process:
        try:
            _, errors = process.communicate(timeout=20)
        finally:
            process.kill()
    return process.returncode, errors.splitlines()


def answer(url: str) -> tuple[int, str]:
    try:
        with urlopen(url, timeout=5) as got:  # noqa: S310 - our own server
            return got.status, got.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except URLError:
        return 0, ""


def test_without_a_channel_there_is_nothing_to_run(folder: Path) -> None:
    code, line = failure(run("run"))
    assert code == 2
    assert line.startswith("cocok: no channel is configured; set COCOK_TELEGRAM_TOKEN")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_polls_until_it_is_told_to_stop(telegram: ThreadedServer, folder: Path, number: int) -> None:
    with running(telegram) as process:
        code, lines = ended(process, number)
    assert code == 0, lines
    told = [json.loads(line) for line in lines]
    assert [one["event"] for one in told if one["logger"] == "bot.service"] == [
        "running: telegram",
        "stopping",
        "stopped",
    ]
    assert telegram.server.token not in "".join(lines)
    assert (folder / "files").stat().st_mode & 0o777 == 0o700


def test_the_log_is_text_when_asked_for(telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_LOG_FORMAT", "text")
    with running(telegram) as process:
        code, lines = ended(process)
    assert (code, lines[-1].endswith("stopped [bot.service]")) == (0, True)


def test_with_a_webhook_it_is_called_and_ready(telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    root = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("COCOK_HTTP_PORT", root.rpartition(":")[2])
    monkeypatch.setenv("COCOK_TELEGRAM_WEBHOOK_URL", root)
    monkeypatch.setenv("COCOK_TELEGRAM_WEBHOOK_SECRET", "rahasia-benar")
    with running(telegram) as process:
        wait_until(lambda: answer(f"{root}/readyz")[0] == 200)
        assert answer(f"{root}/healthz")[0] == 200
        assert "cocok_inputs_total" in answer(f"{root}/metrics")[1]
        code, lines = ended(process)
    assert code == 0, lines
    assert telegram.server.webhook.url == f"{root}/telegram/webhook"
    assert "rahasia-benar" not in "".join(lines)


def test_while_the_platform_is_away_it_is_alive_but_not_ready(
    telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("COCOK_HTTP_PORT", root.rpartition(":")[2])
    telegram.run(telegram.server.pause())
    with started("run") as process:
        try:
            wait_until(lambda: answer(f"{root}/healthz")[0] == 200)
            code, told = answer(f"{root}/readyz")
            assert code == 503
            assert "telegram" in json.loads(told)["reasons"]
            code, lines = ended(process)
        finally:
            process.kill()
    assert code == 0, lines
    assert telegram.server.token not in "".join(lines)


def test_a_token_telegram_does_not_know_ends_it_with_one_line_that_says_so(
    telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCOK_TELEGRAM_TOKEN", "7000002:rahasia-tetapi-salah")
    code, lines = left_alone()
    assert code == 1
    assert lines[-1].startswith("cocok: telegram ended by itself")
    assert "rahasia" not in "".join(lines)
    assert telegram.server.calls.of("getUpdates") == []


def test_a_port_in_use_is_told_before_anything_is_begun(
    telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("COCOK_HTTP_PORT", str(port))
        code, lines = left_alone()
    assert code == 1
    assert lines[-1].startswith(f"cocok: 127.0.0.1, port {port} cannot be used: Address already in use")
    assert len(telegram.server.calls) == 0


def outdate(url: str) -> None:
    """Make a database of the first version."""
    engine = open_engine(url, 5.0)
    with engine.connect() as connection:
        command.upgrade(schema.alembic_config(connection), schema.REVISIONS[0])
        connection.commit()
    engine.dispose()


def test_a_named_database_of_an_older_version_waits_for_its_operator(
    telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    outdate("sqlite:///ours.db")
    monkeypatch.setenv("COCOK_DATABASE_URL", "sqlite:///ours.db")
    code, lines = left_alone()
    assert code == 1
    assert "run `cocok db upgrade`" in lines[-1]
    assert len(telegram.server.calls) == 0


def test_the_embedded_default_is_upgraded_and_then_run(telegram: ThreadedServer) -> None:
    outdate("sqlite:///cocok.db")
    with running(telegram) as process:
        code, _lines = ended(process)
    assert code == 0
    assert schema.current("sqlite:///cocok.db") == schema.REVISIONS[-1]


def test_a_files_folder_that_cannot_be_made_is_told_in_one_line(
    telegram: ThreadedServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a-file").write_text("x")
    monkeypatch.setenv("COCOK_FILES_DIR", "a-file/files")
    code, lines = left_alone()
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("cocok: a-file")
    assert len(telegram.server.calls) == 0
