"""Values as the store keeps them: text every engine accepts, instants in UTC, trees of plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar, cast

from flows.practice import Practice, Source

T = TypeVar("T")


def storable(text: str) -> str:
    """Drop NUL, which PostgreSQL refuses, and replace halves of surrogate pairs, which no encoding holds."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def instant(moment: datetime) -> datetime:
    """Turn a moment to UTC; raises ValueError for one without a time zone."""
    if moment.tzinfo is None:
        message = "a moment without a time zone cannot be stored"
        raise ValueError(message)
    return moment.astimezone(UTC)


def plain(value: object) -> Any:
    """Return dataclasses, mappings and sequences as JSON holds them: dictionaries, lists, strings and numbers."""
    if isinstance(value, str):
        return storable(value)
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {storable(str(key)): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value


def kept(value: T) -> T:
    """Copy a value of the same type deeply, as it comes back from a store."""
    return cast("T", _kept(value))


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return value if isinstance(value, Enum) else storable(value)
    if isinstance(value, datetime):
        return instant(value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{field.name: _kept(getattr(value, field.name)) for field in fields(value) if field.init})
    if isinstance(value, Mapping):
        return {_kept(key): _kept(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_kept(entry) for entry in value)
    return value


def read_practice(document: Mapping[str, Any]) -> Practice:
    """Build the practice that ``plain`` took apart; fields of a later version are left out."""
    known: dict[str, Any] = {
        field.name: tuple(entry) if isinstance(entry := document[field.name], list) else entry
        for field in fields(Practice)
        if field.name in document
    }
    known["sources"] = tuple(Source(**source) for source in known["sources"])
    return Practice(**known)
