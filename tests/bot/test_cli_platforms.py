"""``cocok check``: what it asks Telegram, and what it says of files and of inputs that were set aside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from bot.cli.remarks import span
from storage.store import DeadLetter, open_store
from tests.bot.shell import folder, run
from tests.telegram.server import ThreadedServer

__all__ = ["folder"]


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadedServer]:
    with ThreadedServer() as served:
        monkeypatch.setenv("COCOK_TELEGRAM_API_URL", served.server.url)
        monkeypatch.setenv("COCOK_TELEGRAM_TOKEN", served.server.token)
        yield served


def of(subject: str, result: Result) -> list[str]:
    return [line for line in result.stdout.splitlines() if line[8:].startswith(subject)]


def set_aside(*ages: timedelta) -> None:
    store, now = open_store("sqlite:///cocok.db"), datetime.now(UTC)
    for number, age in enumerate(ages):
        letter = DeadLetter(
            key=f"k{number}", channel="telegram", address="1001", body="rahasia", error="rahasia", at=now - age
        )
        with store.unit() as unit:
            unit.set_aside(letter)
            unit.commit()
    store.close()


def hook(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COCOK_TELEGRAM_WEBHOOK_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("COCOK_TELEGRAM_WEBHOOK_SECRET", "s")
    monkeypatch.setenv("COCOK_HTTP_PORT", "9")
    return "http://127.0.0.1:9/telegram/webhook"


def test_telegram_is_off_until_a_token_is_set() -> None:
    assert of("telegram", run("check"))[0].startswith("ok      telegram: off; set COCOK_TELEGRAM_TOKEN")


def test_a_good_token_is_told_by_the_bot_s_name(telegram: ThreadedServer) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert of("telegram", result) == ["ok      telegram: @loopback_bot answers, by long polling"]
    assert telegram.server.token not in result.output


def test_a_wrong_token_is_a_fault_that_says_where_to_get_the_right_one(
    telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCOK_TELEGRAM_TOKEN", "7000002:rahasia-tetapi-salah")
    result = run("check")
    assert result.exit_code == 1
    assert of("telegram", result)[0].startswith(f"fault   telegram: {telegram.server.url} does not know the token")
    assert "rahasia" not in result.output


def test_a_platform_that_cannot_be_reached_is_a_fault_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_TELEGRAM_TOKEN", "1:rahasia")
    monkeypatch.setenv("COCOK_TELEGRAM_API_URL", "http://127.0.0.1:1")
    result = run("check")
    assert result.exit_code == 1
    assert "http://127.0.0.1:1 cannot be reached (Connection refused)" in of("telegram", result)[0]
    assert "rahasia" not in result.output


@pytest.mark.parametrize("way", ["500", "429", "reset"])
def test_a_platform_in_trouble_is_a_fault_in_one_line(telegram: ThreadedServer, way: str) -> None:
    telegram.run(telegram.server.plan("getMe", "before", way, times=3))
    result = run("check")
    assert (result.exit_code, len(of("telegram", result)), result.stderr) == (1, 1, "")


def test_something_else_behind_the_url_is_a_fault(telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_TELEGRAM_API_URL", f"{telegram.server.url}/elsewhere")
    assert run("check").exit_code == 1


def test_a_webhook_is_told_before_and_after_it_is_set(
    telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = hook(monkeypatch)
    assert of("telegram", run("check"))[1] == f"ok      telegram: the webhook {url} is not set yet; `cocok run` sets it"
    telegram.server.webhook.url = url
    assert of("telegram", run("check"))[1] == f"ok      telegram: the webhook {url} is set; updates waiting: 0"


def test_a_webhook_that_fails_is_warned_of(telegram: ThreadedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = hook(monkeypatch)
    telegram.server.webhook.url = url
    failed = int(datetime.now(UTC).timestamp())
    telegram.server.webhook.last_error = {"last_error_date": failed, "last_error_message": "Connection refused"}
    warned = of("telegram", run("check"))[2]
    assert warned.startswith("warning telegram: the webhook's last failure, less than a minute ago: ")
    assert "Connection refused" in warned


def test_somebody_s_webhook_is_warned_of_before_polling_takes_it_away(telegram: ThreadedServer) -> None:
    telegram.server.webhook.url = "https://other.example.org/hook"
    result = run("check")
    assert result.exit_code == 0
    assert "https://other.example.org/hook is set, maybe by another installation" in of("telegram", result)[1]


def test_inputs_that_were_set_aside_are_counted_without_a_word_of_them() -> None:
    assert of("inputs set aside", run("check")) == ["ok      inputs set aside"]
    set_aside(timedelta(days=3), timedelta(hours=2, minutes=5))
    result = run("check")
    assert result.exit_code == 0
    (told,) = of("inputs set aside", result)
    assert told.startswith("warning inputs set aside: 2 could not be handled, the latest 2 hours ago")
    assert "rahasia" not in result.output


def test_a_files_folder_that_is_there_is_fine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "evidence").mkdir()
    monkeypatch.setenv("COCOK_FILES_DIR", "evidence")
    assert of("files", run("check")) == ["ok      files"]


@pytest.mark.parametrize("name", ["a-file", "a-file/below"])
def test_a_files_folder_that_is_none_is_a_fault(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (folder / "a-file").write_text("x")
    monkeypatch.setenv("COCOK_FILES_DIR", name)
    result = run("check")
    assert result.exit_code == 1
    assert f"{name} cannot be written to" in of("files", result)[0]


@pytest.mark.parametrize(
    ("time", "told"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1, seconds=59), "1 minute"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(days=400), "400 days"),
        (timedelta(seconds=-5), "less than a minute"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_that_fits(time: timedelta, told: str) -> None:
    assert span(time) == told
