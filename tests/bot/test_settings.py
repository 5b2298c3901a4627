"""Settings: where they come from, which wins, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import WrongSetting, load_settings, unknown_names
from tests.bot.shell import folder

__all__ = ["folder"]

ALL_WRONG = {
    "COCOK_DATABASE_URL": "mysql://sari:rahasia@db/cocok",
    "COCOK_DEFAULT_LANGUAGE": "fr",
    "COCOK_TIME_ZONE": "Mars/Base",
    "COCOK_RETENTION_DAYS": "a year",
}


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
    monkeypatch.setenv("COCOK_TELEGRAM_TOKEN", "1:a")
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
    assert all("must be" in line for line in lines)


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", ALL_WRONG["COCOK_DATABASE_URL"])
    assert "rahasia" not in complaint()
    monkeypatch.setenv("COCOK_DATABASE_URL", "postgresql://sari:rahasia@db/cocok")
    assert "rahasia" not in repr(load_settings())


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
