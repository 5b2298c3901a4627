"""Every setting once: from the environment (``COCOK_...``), ``.env``, a TOML file, or the default, in this order."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.languages import LANGUAGES

PREFIX = "COCOK_"
DEFAULT_DATABASE = "sqlite:///cocok.db"

_DOTENV = ".env"
_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgresql+psycopg://")
_MEMORY = "memory://"

_ADVICE = {
    "database_url": "must be sqlite:///FILE, postgresql+psycopg://USER:PASSWORD@HOST/DATABASE or memory://",
    "default_language": f"must be {' or '.join(LANGUAGES)}",
    "time_zone": "must be a time zone of the IANA list, such as Asia/Jakarta",
    "retention_days": "must be a whole number of days, 1 or more",
}
"""What to do about a wrong value; a setting that is not listed takes any text."""


class WrongSetting(Exception):
    """A setting that cannot be used. Its text names the setting and what to do, one line for each."""


def _database(url: str) -> str:
    path = _sqlite_path(url)
    if path in {"", ":memory:"} or (path is None and not url.startswith(_POSTGRES) and url != _MEMORY):
        raise ValueError
    return url


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError
    return code


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (LookupError, OSError) as error:  # a folder of the time zone database, such as Asia
        raise ValueError from error
    return name


def _sqlite_path(url: str) -> str | None:
    """Path in an SQLite URL as SQLAlchemy reads it; None for another URL."""
    return unquote(url.removeprefix(_SQLITE).partition("?")[0]) if url.startswith(_SQLITE) else None


class Settings(BaseSettings):
    """What the operator decides. Read it with `load_settings`.

    ``database_url`` is an SQLAlchemy URL, ``time_zone`` a name of the IANA list. ``controller``, ``contact`` and
    ``retention_days`` are told in the privacy notice.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=_DOTENV,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        dotenv_filtering="only_existing",
        extra="ignore",
        frozen=True,
    )

    config: Path | None = None
    database_url: Annotated[str, AfterValidator(_database)] = Field(default=DEFAULT_DATABASE, repr=False)
    default_language: Annotated[str, AfterValidator(_language)] = LANGUAGES[0]
    time_zone: Annotated[str, AfterValidator(_zone)] = "Asia/Jakarta"
    controller: str = ""
    contact: str = ""
    retention_days: Annotated[int, Field(ge=1)] | None = None

    @property
    def sqlite_file(self) -> Path | None:
        """The file of an SQLite database; None for any other."""
        path = _sqlite_path(self.database_url)
        return Path(path) if path else None

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
        return Settings()
    except ValidationError as error:
        raise WrongSetting("\n".join(_complaints(error.errors(include_url=False)))) from error
    except UnicodeDecodeError as error:
        message = f"{_DOTENV} is not saved as UTF-8 text; save it as UTF-8"
        raise WrongSetting(message) from error
    except OSError as error:
        message = f"{_DOTENV} cannot be read: {error.strerror}; correct its permissions"
        raise WrongSetting(message) from error


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
        # a URL may hold a password
        shown = "has no such form" if field == "database_url" else f"is {str(value)[:60]!r}"
        yield f"{PREFIX}{field.upper()} {shown}; it {_ADVICE.get(field, 'must be text')}"


_CONSEQUENCES = {"default_factory_not_called"}
"""Errors that only follow from another setting's."""
