"""The form of every setting: what its text must look like, and what to do about a text that does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from bot.languages import LANGUAGES

WEBHOOK_PATH = "/telegram/webhook"
"""Where our HTTP server takes what Telegram sends; a webhook URL that does not end so gets it."""

ADVICE: Mapping[str, str] = {
    "database_url": "must be sqlite:///FILE, postgresql+psycopg://USER:PASSWORD@HOST/DATABASE or memory://",
    "default_language": f"must be {' or '.join(LANGUAGES)}",
    "time_zone": "must be a time zone of the IANA list, such as Asia/Jakarta",
    "retention_days": "must be a whole number of days, 1 or more",
    "telegram_token": "must be the token as @BotFather gives it: digits, a colon, then letters, digits, _ and -",
    "telegram_api_url": "must be http:// or https:// and a host, without a name, a password or a query",
    "telegram_webhook_url": "must be https:// and the host Telegram calls, without a name, a password or a query",
    "telegram_webhook_secret": "must be 1 to 256 letters, digits, _ and -",
    "telegram_rate": "must be a number of messages a second, 0 for no limit",
    "telegram_chat_rate": "must be a number of messages a second, 0 for no limit",
    "http_port": "must be a port, 1 to 65535, or 0 for any that is free",
    "log_format": "must be text or json",
    "log_level": "must be debug, info, warning or error",
    "evidence_types": "must be media types with commas between, such as image/jpeg,application/pdf",
}
"""What to do about a wrong value, by field; a setting that is not listed takes any text."""

CONFIDENTIAL = frozenset({"database_url", "telegram_token", "telegram_webhook_secret"})
"""Fields whose value is a secret or holds one: it is never shown, not even a wrong one."""

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgresql+psycopg://")
_MEMORY = "memory://"


def sqlite_path(url: str) -> str | None:
    """Path in an SQLite URL as SQLAlchemy reads it; None for another URL."""
    return unquote(url.removeprefix(_SQLITE).partition("?")[0]) if url.startswith(_SQLITE) else None


def database_password(url: str) -> str:
    """Password in a database URL as SQLAlchemy reads it, empty if there is none."""
    if beside := re.match(r"[\w+]+://[^:/]*:([^@]*)@", url):
        return unquote(beside[1])
    return parse_qs(url.partition("?")[2]).get("password", [""])[0]


def _database(url: str) -> str:
    path = sqlite_path(url)
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


def _matching(secret: SecretStr, pattern: str) -> SecretStr:
    if not re.fullmatch(pattern, secret.get_secret_value(), re.ASCII):
        raise ValueError
    return secret


def _token(secret: SecretStr) -> SecretStr:
    return _matching(secret, r"\d+:[\w-]+")


def _webhook_secret(secret: SecretStr) -> SecretStr:
    return _matching(secret, r"[\w-]{1,256}")


def _web(url: str) -> str:
    parts = urlsplit(url)
    within = (parts.username, parts.password, parts.query or None, parts.fragment or None)
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(part is not None for part in within):
        raise ValueError
    if not re.fullmatch(r"[!-~]+", url) or parts.port == 0:  # a port that is no number raises by itself
        raise ValueError
    return url.rstrip("/")


def _webhook(url: str) -> str:
    url = _web(url)
    return url if url.endswith(WEBHOOK_PATH) else url + WEBHOOK_PATH


def _lowered(word: object) -> object:
    return word.lower() if isinstance(word, str) else word


def _listed(types: object) -> object:
    return [part.strip().lower() for part in types.split(",")] if isinstance(types, str) else types


def _media_types(types: frozenset[str]) -> frozenset[str]:
    if not types or not all(re.fullmatch(r"[a-z]+/[a-z0-9][a-z0-9.+-]*", one) for one in types):
        raise ValueError
    return types


DatabaseUrl: TypeAlias = Annotated[str, AfterValidator(_database)]
Language: TypeAlias = Annotated[str, AfterValidator(_language)]
Zone: TypeAlias = Annotated[str, AfterValidator(_zone)]
Days: TypeAlias = Annotated[int, Field(ge=1)]
BotToken: TypeAlias = Annotated[SecretStr, AfterValidator(_token)]
WebUrl: TypeAlias = Annotated[str, AfterValidator(_web)]
WebhookUrl: TypeAlias = Annotated[str, AfterValidator(_webhook)]
WebhookSecret: TypeAlias = Annotated[SecretStr, AfterValidator(_webhook_secret)]
Rate: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Port: TypeAlias = Annotated[int, Field(ge=0, le=65535)]
LogFormat: TypeAlias = Annotated[Literal["text", "json"], BeforeValidator(_lowered)]
LogLevel: TypeAlias = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lowered)]
MediaTypes: TypeAlias = Annotated[frozenset[str], NoDecode, BeforeValidator(_listed), AfterValidator(_media_types)]
