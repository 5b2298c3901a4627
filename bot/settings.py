"""Every setting once: from the environment (``COCOK_...``), ``.env``, a TOML file, or the default, in this order."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot import forms
from bot.languages import LANGUAGES
from flows.evidence import TYPES

PREFIX = "COCOK_"
DEFAULT_DATABASE = "sqlite:///cocok.db"
DEFAULT_API = "https://api.telegram.org"

_DOTENV = ".env"
_FILES = "files"


class WrongSetting(Exception):
    """A setting that cannot be used. Its text names the setting and what to do, one line for each."""


def _beside_database(known: dict[str, Any]) -> Path:
    """Give the files folder where none is set: beside an SQLite database, else in the present folder."""
    path = forms.sqlite_path(known["database_url"])
    return Path(path).parent / _FILES if path else Path(_FILES)


class Settings(BaseSettings):
    """What the operator decides. Read it with `load_settings`.

    ``database_url`` is an SQLAlchemy URL, ``time_zone`` a name of the IANA list. ``controller``, ``contact`` and
    ``retention_days`` are told in the privacy notice. Rates are messages a second, 0 for no limit of our own.
    ``log_format`` is None where it depends on what the log is written to.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=_DOTENV,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        dotenv_filtering="only_existing",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # a traceback must not show what a wrong secret is
    )

    config: Path | None = None
    database_url: forms.DatabaseUrl = Field(default=DEFAULT_DATABASE, repr=False)
    default_language: forms.Language = LANGUAGES[0]
    time_zone: forms.Zone = "Asia/Jakarta"
    controller: str = ""
    contact: str = ""
    retention_days: forms.Days | None = None
    telegram_token: forms.BotToken | None = None
    telegram_api_url: forms.WebUrl = DEFAULT_API
    telegram_webhook_url: forms.WebhookUrl | None = None
    telegram_webhook_secret: forms.WebhookSecret | None = None
    telegram_rate: forms.Rate = 30
    telegram_chat_rate: forms.Rate = 1
    files_dir: Path = Field(default_factory=_beside_database)
    evidence_types: forms.MediaTypes = frozenset(TYPES)
    http_host: str = "127.0.0.1"
    http_port: forms.Port | None = None
    log_format: forms.LogFormat | None = None
    log_level: forms.LogLevel = "info"

    @property
    def sqlite_file(self) -> Path | None:
        """The file of an SQLite database; None for any other."""
        path = forms.sqlite_path(self.database_url)
        return Path(path) if path else None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be shown nowhere: tokens, secrets and the database's password, those that there are."""
        held = (value.get_secret_value() for _, value in self if isinstance(value, SecretStr))
        return tuple(filter(None, (*held, forms.database_password(self.database_url))))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The sources, the strongest first; the TOML file is named by one of the others."""
        del file_secret_settings
        named = {**dotenv_settings(), **env_settings()}.get("config")
        written = InitSettingsSource(settings_cls, _toml(Path(named)) if named else {})
        return init_settings, env_settings, dotenv_settings, written


def load_settings() -> Settings:
    """Read the settings; raises WrongSetting."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise WrongSetting("\n".join(_complaints(error.errors(include_url=False)))) from error
    except UnicodeDecodeError as error:
        message = f"{_DOTENV} is not saved as UTF-8 text; save it as UTF-8"
        raise WrongSetting(message) from error
    except OSError as error:
        message = f"{_DOTENV} cannot be read: {error.strerror}; correct its permissions"
        raise WrongSetting(message) from error
    if lacking := list(_lacking(settings)):
        raise WrongSetting("\n".join(lacking))
    return settings


def unknown_names(names: Iterable[str]) -> list[str]:
    """Those of the variables that begin like a setting but are none; they are ignored, and often misspelt."""
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    beginnings = (f"{PREFIX}TEST_",)
    return sorted(
        name for name in names if name.startswith(PREFIX) and name not in known and not name.startswith(beginnings)
    )


def _toml(path: Path) -> dict[str, Any]:
    """Settings by field; a file may write ``time_zone`` or ``COCOK_TIME_ZONE``."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        reason = "does not exist"
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        reason = "is not saved as UTF-8 text"
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = f"is not valid TOML: {error}"
    else:
        return {name.lower().removeprefix(PREFIX.lower()): value for name, value in written.items()}
    message = f"{PREFIX}CONFIG: {path} {reason}; correct the file or name another"
    raise WrongSetting(message)


def _complaints(errors: Iterable[ErrorDetails]) -> Iterator[str]:
    fields = {str(detail["loc"][0]): detail["input"] for detail in errors if detail["type"] not in _CONSEQUENCES}
    for field, value in fields.items():
        shown = "has no such form" if field in forms.CONFIDENTIAL else f"is {str(value)[:60]!r}"
        yield f"{PREFIX}{field.upper()} {shown}; it {forms.ADVICE.get(field, 'must be text')}"


_CONSEQUENCES = {"default_factory_not_called"}
"""Errors that only follow from another setting's."""


def _lacking(settings: Settings) -> Iterator[str]:
    """Name what other settings need."""
    if settings.telegram_webhook_url is None:
        return
    if settings.http_port is None:
        yield (
            f"{PREFIX}HTTP_PORT is not set, and a webhook needs it; "
            f"set the port that {PREFIX}TELEGRAM_WEBHOOK_URL leads to"
        )
    if settings.telegram_webhook_secret is None:
        yield (
            f"{PREFIX}TELEGRAM_WEBHOOK_SECRET is not set, and a webhook needs it; "
            "set 1 to 256 letters, digits, _ and - that nobody can guess"
        )
