"""The parameters of a call, whether they came as JSON, in a form, or with files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from tests.telegram.refusals import refuse
from tests.telegram.shapes import Upload


class Parameters:
    """Reads one parameter at a time as the type it must have; raises :class:`Refusal` where it has not."""

    __slots__ = ("files", "values")

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> None:
        """Hold what came in the body and in the query."""
        self.values = values
        self.files = files or {}

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number; required where there is no default."""
        value = self.values.get(name)
        if value is None or value == "":
            if default is None:
                refuse(f"parameter {name} is required")
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            refuse(f"{name} must be an integer")

    def flag(self, name: str) -> bool:
        """A yes or no."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def data(self, name: str) -> Any:
        """A JSON value; in a form it comes as text. None where there is none."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            refuse(f"can't parse {name} JSON object")

    def file(self, name: str) -> Upload | str:
        """A file that was sent along, under its own name or attached, or the text that stands for one."""
        value = self.values.get(name)
        if isinstance(value, str):
            return self.files.get(value.removeprefix("attach://"), value) if value.startswith("attach://") else value
        if name not in self.files:
            refuse(f"there is no {name} in the request")
        return self.files[name]

    @property
    def recorded(self) -> dict[str, Any]:
        """Everything, for the list of calls."""
        return {**self.values, **self.files}
