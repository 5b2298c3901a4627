"""The log: one form, UTC, and no secret in any line whatever is logged."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.logs import HIDDEN, QUIET, Redaction, start_logging
from bot.settings import Settings
from tests.bot.shell import folder

__all__ = ["folder"]

TOKEN = "123:short-and-odd"  # noqa: S105 - made up, as all below
OTHER_TOKEN = f"7000000001:{'Ab_-9' * 7}"
SECRET = "webhook_secret-1"  # noqa: S105 - see above
PASSWORD = "p@ss\"w\\ör'd"  # noqa: S105 - see above
SETTINGS = {
    "telegram_token": TOKEN,
    "telegram_webhook_secret": SECRET,
    "database_url": "postgresql+psycopg://sari:p%40ss%22w%5C%C3%B6r%27d@db/cocok",
}
SPELT = [TOKEN, OTHER_TOKEN, SECRET, PASSWORD, "p%40ss%22w%5C%C3%B6r%27d", repr(PASSWORD)[1:-1]]


@pytest.fixture(autouse=True)
def kept_logging() -> Iterator[None]:
    """Give logging back as it was."""
    root, loud = logging.getLogger(), logging.raiseExceptions
    handlers, level = root.handlers, root.level
    levels = {name: logging.getLogger(name).level for name in QUIET}
    yield
    root.handlers, root.level, logging.raiseExceptions = handlers, level, loud
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def begun(form: str, **settings: object) -> io.StringIO:
    stream = io.StringIO()
    start_logging(Settings.model_validate({**SETTINGS, "log_format": form, **settings}), stream)
    return stream


def fail(words: str, kind: type[Exception] = ValueError, because: Exception | None = None) -> None:
    raise kind(words) from because


def log_everywhere(secret: str) -> None:
    log = logging.getLogger("bot.somewhere")
    log.warning("in the message: " + secret)  # noqa: G003 - the message itself is what is tested
    log.warning("in %s and %r", secret, {"an argument": secret})
    log.warning("in https://api.telegram.org/bot%s/getMe", secret)
    try:
        fail(secret)
    except ValueError as error:
        log.exception("in a traceback")
        try:
            fail(secret, KeyError, error)
        except KeyError:
            log.exception("in a chain of them")


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("secret", SPELT)
def test_no_secret_is_in_any_line(form: str, secret: str) -> None:
    stream = begun(form)
    log_everywhere(secret)
    written = stream.getvalue()
    assert written.count(HIDDEN) >= 7
    for spelt in (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1]):
        assert spelt not in written


@pytest.mark.parametrize("secret", SPELT)
def test_json_stays_json(secret: str) -> None:
    stream = begun("json")
    log_everywhere(secret)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(lines) == 5
    assert all(line.keys() >= {"time", "level", "logger", "event"} for line in lines)
    assert (lines[0]["level"], lines[0]["logger"]) == ("warning", "bot.somewhere")
    assert "Traceback" in lines[3]["exception"]
    assert "in log_everywhere" in lines[3]["exception"]


def test_a_line_tells_the_time_in_utc() -> None:
    stream = begun("json")
    logging.getLogger("bot").info("now")
    told = json.loads(stream.getvalue())["time"]
    assert told.endswith("Z")
    assert datetime.fromisoformat(told).tzinfo == UTC


def test_text_is_one_plain_line_with_its_traceback_below() -> None:
    stream = begun("text")
    log = logging.getLogger("bot.somewhere")
    log.info("hello %s", "Sari")
    try:
        fail("broken")
    except ValueError:
        log.exception("it failed")
    lines = stream.getvalue().splitlines()
    assert lines[0].endswith("[info     ] hello Sari [bot.somewhere]")
    assert "it failed" in lines[1]
    assert lines[2].startswith("Traceback")
    assert lines[-1] == "ValueError: broken"
    assert "\x1b" not in stream.getvalue()


def test_what_is_no_terminal_gets_json_unless_text_is_asked_for() -> None:
    stream = io.StringIO()
    start_logging(Settings(), stream)
    logging.getLogger("bot").info("x")
    assert stream.getvalue().startswith("{")


def test_a_terminal_gets_text() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    start_logging(Settings(), stream)
    logging.getLogger("bot").info("x")
    assert not stream.getvalue().startswith("{")


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "telegram.Bot", "aiohttp.access"])
def test_libraries_that_tell_of_every_request_are_quiet_until_something_is_wrong(name: str) -> None:
    stream = begun("json", log_level="debug")
    logging.getLogger(name).info("HTTP Request: POST ...")
    assert stream.getvalue() == ""
    logging.getLogger(name).warning("it broke")
    assert "it broke" in stream.getvalue()


def test_only_what_is_grave_enough_is_logged() -> None:
    stream = begun("json", log_level="error")
    logging.getLogger("bot").warning("a")
    logging.getLogger("httpx").warning("b")
    assert stream.getvalue() == ""


def test_a_line_that_cannot_be_formed_leaks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    stream = begun("json")
    logging.getLogger("bot").info("%d", TOKEN)
    assert stream.getvalue() == ""
    assert capsys.readouterr().err == ""


def test_a_password_in_any_url_is_hidden_and_the_rest_of_it_is_not() -> None:
    redact = Redaction()
    assert redact("postgresql://sari:rahasia@db:5432/cocok") == f"postgresql://sari:{HIDDEN}@db:5432/cocok"
    assert redact('{"a": "http://h:80", "b": "x@y"}') == '{"a": "http://h:80", "b": "x@y"}'
    assert redact("2026-11-24T00:01:03: item 12:ok") == "2026-11-24T00:01:03: item 12:ok"


def test_a_token_is_hidden_in_a_url_that_was_quoted() -> None:
    assert Redaction()(f"/bot{OTHER_TOKEN.replace(':', '%3A')}/getMe") == f"/bot{HIDDEN}/getMe"


def test_a_secret_of_a_letter_or_two_does_not_hide_half_of_every_line() -> None:
    assert Redaction(["a"])("a cat") == "a cat"
