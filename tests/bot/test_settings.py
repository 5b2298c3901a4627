"""Settings: where they come from, which wins, and what is said of a wrong one."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from bot.channels.telegram import webhook
from bot.forms import WEBHOOK_PATH
from bot.settings import WrongSetting, load_settings, unknown_names
from tests.bot.shell import folder

__all__ = ["folder"]

ALL_WRONG = {
    "COCOK_DATABASE_URL": "mysql://sari:rahasia@db/cocok",
    "COCOK_DEFAULT_LANGUAGE": "fr",
    "COCOK_TIME_ZONE": "Mars/Base",
    "COCOK_RETENTION_DAYS": "a year",
    "COCOK_TELEGRAM_TOKEN": "rahasia",
    "COCOK_TELEGRAM_API_URL": "api.telegram.org",
    "COCOK_TELEGRAM_WEBHOOK_URL": "ftp://bot.example.org",
    "COCOK_TELEGRAM_WEBHOOK_SECRET": "rahasia sekali",
    "COCOK_TELEGRAM_RATE": "-1",
    "COCOK_TELEGRAM_CHAT_RATE": "fast",
    "COCOK_EVIDENCE_TYPES": "pictures",
    "COCOK_HTTP_PORT": "http",
    "COCOK_LOG_FORMAT": "xml",
    "COCOK_LOG_LEVEL": "chatty",
}
TOKEN = "7000001:AAF-abc_DEF"  # noqa: S105 - made up


def complaint() -> str:
    with pytest.raises(WrongSetting) as caught:
        load_settings()
    return str(caught.value)


def test_without_settings_the_defaults_hold() -> None:
    settings = load_settings()
    assert settings.database_url == "sqlite:///cocok.db"
    assert (settings.default_language, settings.time_zone) == ("id", "Asia/Jakarta")
    assert (settings.controller, settings.contact, settings.retention_days) == ("", "", None)
    assert "database_url" not in settings.model_fields_set


def test_the_environment_wins_over_dotenv_which_wins_over_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "cocok.toml").write_text('controller = "file"\ncontact = "file"\ntime_zone = "Asia/Makassar"\n')
    (folder / ".env").write_text("COCOK_CONFIG=cocok.toml\nCOCOK_CONTROLLER=dotenv\nCOCOK_CONTACT=dotenv\n")
    monkeypatch.setenv("COCOK_CONTROLLER", "environment")
    settings = load_settings()
    assert (settings.controller, settings.contact) == ("environment", "dotenv")
    assert settings.time_zone == "Asia/Makassar"


@pytest.mark.parametrize("name", ["retention_days", "COCOK_RETENTION_DAYS"])
def test_a_file_may_write_a_setting_with_or_without_its_prefix(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (folder / "cocok.toml").write_text(f"{name} = 365\nsomething_else = 1\n")
    monkeypatch.setenv("COCOK_CONFIG", "cocok.toml")
    assert load_settings().retention_days == 365


def test_names_that_are_no_settings_are_ignored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_SOON", "1:a")
    (folder / ".env").write_text("COCOK_LATER=1\nOTHER=2\nCONTROLLER=not ours\n")
    assert load_settings().controller == ""


def test_names_that_only_look_like_settings_are_found() -> None:
    names = ["COCOK_TIMEZONE", "COCOK_TIME_ZONE", "COCOK_CONFIG", "COCOK_TEST_DATABASE_URL", "PATH"]
    assert unknown_names(names) == ["COCOK_TIMEZONE"]


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ALL_WRONG:
        monkeypatch.setenv(name, "")
    assert load_settings() == load_settings().model_copy(update={"default_language": "id"})


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////var/lib/cocok.db?timeout=3", "/var/lib/cocok.db"),
        ("sqlite:///data/kota%20kita.db", "data/kota kita.db"),
        ("postgresql+psycopg://sari:rahasia@db/cocok", None),
        ("memory://", None),
    ],
)
def test_an_sqlite_database_is_a_file(monkeypatch: pytest.MonkeyPatch, url: str, file: str | None) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", url)
    settings = load_settings()
    assert settings.sqlite_file == (Path(file) if file else None)


def test_every_wrong_setting_is_named_once_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ALL_WRONG.items():
        monkeypatch.setenv(name, value)
    lines = complaint().splitlines()
    assert [line.split()[0] for line in lines] == list(ALL_WRONG)
    assert all("it must be " in line for line in lines)


def test_no_secret_is_ever_shown_not_even_a_wrong_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ALL_WRONG.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as caught:
        load_settings()
    assert "rahasia" not in "".join(traceback.format_exception(caught.value))
    for name in ALL_WRONG:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COCOK_DATABASE_URL", "postgresql://sari:rahasia@db/cocok")
    monkeypatch.setenv("COCOK_TELEGRAM_TOKEN", "1:rahasia")
    monkeypatch.setenv("COCOK_TELEGRAM_WEBHOOK_SECRET", "rahasia")
    settings = load_settings()
    assert "rahasia" not in f"{settings} {settings!r} {settings.model_dump()['telegram_token']}"
    assert set(settings.secrets) == {"1:rahasia", "rahasia"}


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("postgresql+psycopg://sari:p%40ss/w?rd@db/cocok", "p@ss/w?rd"),
        ("postgresql://db/cocok?user=sari&password=p%40ss", "p@ss"),
        ("postgresql://sari@db/cocok", None),
        ("sqlite:///cocok.db", None),
    ],
)
def test_the_database_s_password_is_a_secret(monkeypatch: pytest.MonkeyPatch, url: str, password: str | None) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", url)
    assert load_settings().secrets == ((password,) if password else ())


@pytest.mark.parametrize("url", ["cocok.db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "memory://x", "sqlite"])
def test_a_database_url_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", url)
    assert complaint().startswith("COCOK_DATABASE_URL")


@pytest.mark.parametrize("zone", ["Asia", "../etc/passwd", "/etc/passwd", "WIB", "Asia/Jakarta\n"])
def test_a_time_zone_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("COCOK_TIME_ZONE", zone)
    assert len(complaint().splitlines()) == 1
    assert complaint().startswith("COCOK_TIME_ZONE")


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "yes"])
def test_data_is_kept_for_whole_days(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("COCOK_RETENTION_DAYS", days)
    assert complaint().startswith(f"COCOK_RETENTION_DAYS is '{days}'")


@pytest.mark.parametrize("token", ["1:a", TOKEN])
def test_a_token_is_digits_a_colon_and_the_rest(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("COCOK_TELEGRAM_TOKEN", token)
    held = load_settings().telegram_token
    assert held is not None
    assert held.get_secret_value() == token


@pytest.mark.parametrize("token", ["abc", "1:", ":a", "bot1:a", "1:a b", "1:a\n", "1:a/b", "１:a"])
def test_a_token_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("COCOK_TELEGRAM_TOKEN", token)
    assert complaint().startswith("COCOK_TELEGRAM_TOKEN has no such form; it must be the token")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("https://bots.example.org/telegram/", "https://bots.example.org/telegram"),
        ("http://[::1]:8081", "http://[::1]:8081"),
    ],
)
def test_the_api_may_lie_anywhere(monkeypatch: pytest.MonkeyPatch, given: str, meant: str) -> None:
    monkeypatch.setenv("COCOK_TELEGRAM_API_URL", given)
    assert load_settings().telegram_api_url == meant


@pytest.mark.parametrize(
    "url",
    [
        "https://",
        "https:///bot",
        "http://a:b@host",
        "http://host?x=1",
        "http://host#x",
        "http://ho st",
        "http://host:x",
    ],
)
@pytest.mark.parametrize("name", ["COCOK_TELEGRAM_API_URL", "COCOK_TELEGRAM_WEBHOOK_URL"])
def test_a_web_address_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, url: str) -> None:
    monkeypatch.setenv(name, url)
    assert complaint().startswith(name)


def hooked(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in {"URL": "https://bot.example.org", "SECRET": "s-1"}.items():
        monkeypatch.setenv(f"COCOK_TELEGRAM_WEBHOOK_{name}", value)
    monkeypatch.setenv("COCOK_HTTP_PORT", "8080")
    for name, value in settings.items():
        monkeypatch.setenv(f"COCOK_{name}", value)


@pytest.mark.parametrize("end", ["", "/", "/telegram/webhook", "/telegram/webhook/"])
def test_a_webhook_is_called_at_our_path(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    hooked(monkeypatch, TELEGRAM_WEBHOOK_URL=f"https://bot.example.org{end}")
    assert load_settings().telegram_webhook_url == "https://bot.example.org/telegram/webhook"


def test_the_path_in_the_settings_is_the_one_that_is_served() -> None:
    assert webhook.PATH == WEBHOOK_PATH


def test_a_webhook_needs_a_port_and_a_secret_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_TELEGRAM_WEBHOOK_URL", "https://bot.example.org")
    lines = complaint().splitlines()
    assert [line.split()[0] for line in lines] == ["COCOK_HTTP_PORT", "COCOK_TELEGRAM_WEBHOOK_SECRET"]
    assert all("; set " in line for line in lines)


@pytest.mark.parametrize(("secret", "taken"), [("a", True), ("a-Z_9" * 51, True), ("a" * 257, False), ("a.b", False)])
def test_a_webhook_s_secret_is_what_telegram_takes(monkeypatch: pytest.MonkeyPatch, secret: str, taken: bool) -> None:  # noqa: FBT001 - parametrised
    hooked(monkeypatch, TELEGRAM_WEBHOOK_SECRET=secret)
    if taken:
        assert load_settings().telegram_webhook_secret is not None
    else:
        assert complaint().startswith("COCOK_TELEGRAM_WEBHOOK_SECRET has no such form")


@pytest.mark.parametrize("rate", ["nan", "inf", "-0.1", ""])
def test_a_rate_is_a_number_from_0(monkeypatch: pytest.MonkeyPatch, rate: str) -> None:
    monkeypatch.setenv("COCOK_TELEGRAM_RATE", "0")
    monkeypatch.setenv("COCOK_TELEGRAM_CHAT_RATE", rate)
    if rate:
        assert complaint().startswith("COCOK_TELEGRAM_CHAT_RATE")
    else:
        assert (load_settings().telegram_rate, load_settings().telegram_chat_rate) == (0, 1)


@pytest.mark.parametrize(
    ("database", "files"),
    [
        ("sqlite:///cocok.db", "files"),
        ("sqlite:////var/lib/cocok/cocok.db", "/var/lib/cocok/files"),
        ("postgresql://db/cocok", "files"),
        ("memory://", "files"),
    ],
)
def test_files_lie_beside_an_sqlite_database(monkeypatch: pytest.MonkeyPatch, database: str, files: str) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", database)
    assert load_settings().files_dir == Path(files)
    monkeypatch.setenv("COCOK_FILES_DIR", "/srv/files")
    assert load_settings().files_dir == Path("/srv/files")


def test_evidence_types_are_a_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "application/pdf" in load_settings().evidence_types
    monkeypatch.setenv("COCOK_CONFIG", "cocok.toml")
    (folder / "cocok.toml").write_text('evidence_types = ["image/png", "text/csv"]')
    assert load_settings().evidence_types == {"image/png", "text/csv"}
    monkeypatch.setenv("COCOK_EVIDENCE_TYPES", "Image/JPEG, application/vnd.ms-excel")
    assert load_settings().evidence_types == {"image/jpeg", "application/vnd.ms-excel"}


@pytest.mark.parametrize("types", [",", "image/*", "image/png;image/jpeg", "pdf"])
def test_evidence_types_of_another_form_are_refused(monkeypatch: pytest.MonkeyPatch, types: str) -> None:
    monkeypatch.setenv("COCOK_EVIDENCE_TYPES", types)
    assert complaint().startswith("COCOK_EVIDENCE_TYPES")


@pytest.mark.parametrize("port", ["-1", "65536", "8080.5"])
def test_a_port_is_a_whole_number_of_a_port_s_size(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("COCOK_HTTP_PORT", port)
    assert complaint().startswith(f"COCOK_HTTP_PORT is '{port}'")


def test_the_log_s_form_and_level_are_read_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (load_settings().log_format, load_settings().log_level) == (None, "info")
    monkeypatch.setenv("COCOK_LOG_FORMAT", "JSON")
    monkeypatch.setenv("COCOK_LOG_LEVEL", "Warning")
    assert (load_settings().log_format, load_settings().log_level) == ("json", "warning")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "does not exist"),
        (b"time_zone = ", "is not valid TOML"),
        (b"\xff\xfe\x00", "is not saved as UTF-8 text"),
        (b"controller = 5", "COCOK_CONTROLLER is '5'; it must be text"),
        (b"[database_url]\nx = 1", "COCOK_DATABASE_URL"),
    ],
)
def test_a_settings_file_that_cannot_be_used_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, reason: str
) -> None:
    monkeypatch.setenv("COCOK_CONFIG", "cocok.toml")
    if content is not None:
        (folder / "cocok.toml").write_bytes(content)
    assert reason in complaint()


def test_a_settings_file_that_is_a_folder_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_CONFIG", str(folder))
    assert complaint().startswith(f"COCOK_CONFIG: {folder} cannot be read")


def test_a_dotenv_that_is_no_text_is_named(folder: Path) -> None:
    (folder / ".env").write_bytes(b"COCOK_CONTACT=\xff\n")
    assert complaint().startswith(".env is not saved as UTF-8 text")
