"""Toolkit and practice files (TOML) and stored documents (JSON), read into the frozen types or refused.

Loading judges the shape alone: fields, types, the five answers, the three bases. What a document means, such as two
items with one id or a rule that can never hold, is for ``flows.lint``; an import runs both and takes nothing that
either finds fault with. Tables become plain dicts: they compare, copy and serialise, and ``Mapping`` keeps callers from
writing to them.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from flows.findings import Fault, Finding, locate
from flows.practice import Practice
from flows.toolkit import Toolkit

MAX_BYTES = 1_000_000

Document = TypeVar("Document")

_PLAIN_ENGLISH = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is not a known field; is it misspelt?",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number without quotes",
    "float_type": "must be a finite number without quotes",
    "bool_type": "must be true or false, without quotes",
    "tuple_type": "must be a list",
    "dict_type": 'must be a table such as { en = "...", id = "..." }',
    "dataclass_type": "must be a table of fields",
}


class BrokenFile(Exception):
    """A file or document that cannot be used; ``faults`` holds everything found, for operators."""

    def __init__(self, file: str, faults: tuple[Finding, ...]) -> None:
        """Keep the file's name and its faults; at least one."""
        super().__init__(file, faults)
        self.file = file
        self.faults = faults

    def __str__(self) -> str:
        """One fault a line."""
        return "\n".join(str(fault) for fault in self.faults)


def load_toolkit(path: Path) -> Toolkit:
    """Read a toolkit file; raises BrokenFile."""
    return parse_toolkit(_read(path), path.name)


def load_practice(path: Path) -> Practice:
    """Read a practice file; raises BrokenFile."""
    return parse_practice(_read(path), path.name)


def parse_toolkit(document: Mapping[str, object], name: str) -> Toolkit:
    """Read a toolkit from its parsed TOML or JSON; ``name`` is told in the faults. Raises BrokenFile."""
    return _parse(_toolkits(), document, name, _fixed_lists(document))


def parse_practice(document: Mapping[str, object], name: str) -> Practice:
    """Read a practice from its parsed TOML or JSON; ``name`` is told in the faults. Raises BrokenFile."""
    return _parse(_practices(), document, name)


def dump_toolkit(toolkit: Toolkit) -> str:
    """JSON text that ``parse_toolkit(json.loads(text), name)`` reads back to an equal toolkit."""
    return _toolkits().dump_json(toolkit).decode()


def dump_practice(practice: Practice) -> str:
    """JSON text that ``parse_practice(json.loads(text), name)`` reads back to an equal practice."""
    return _practices().dump_json(practice).decode()


# Building an adapter takes longer than reading a file: once each, and not on import.
@cache
def _toolkits() -> TypeAdapter[Toolkit]:
    return TypeAdapter(Toolkit)


@cache
def _practices() -> TypeAdapter[Practice]:
    return TypeAdapter(Practice)


def _parse(
    adapter: TypeAdapter[Document], document: Mapping[str, object], name: str, found: Iterable[Fault] = ()
) -> Document:
    """Read ``document``; ``found`` are faults known beforehand, so that all are told at once."""
    faults = list(found)
    # A strict reading of JSON still takes a list for a tuple and a word for an enum, but no "3" for 3.
    text = json.dumps(_storable(document))
    try:
        parsed = adapter.validate_json(text, strict=True, extra="forbid")
    except ValidationError as error:
        faults += [_fault(document, detail) for detail in error.errors(include_url=False)]
    if faults:
        raise BrokenFile(name, tuple(Finding(name, *fault) for fault in faults))
    return parsed


def _storable(value: object) -> object:
    """Put None, which no field takes, for what JSON has no word for: TOML's dates and numbers that are not finite."""
    if isinstance(value, Mapping):
        return {key: _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, str | int) else None


def _fault(document: object, detail: ErrorDetails) -> Fault:
    if detail["type"] == "enum":
        message = f"must be {detail['ctx']['expected']}"
    else:
        message = _PLAIN_ENGLISH.get(detail["type"], "holds something that cannot be read")
    return *locate(document, detail["loc"]), message


def _fixed_lists(document: Mapping[str, object]) -> Iterator[Fault]:
    """Every verdict rule counts on these answers and bases, so a toolkit words them but does not choose them."""
    values, keys = _column(document, "scale", "value"), _column(document, "bases", "key")
    if values not in (None, [2, 1, 0, -1, -2], [-2, -1, 0, 1, 2]):
        yield "", "scale", "must hold the five answers 2, 1, 0, -1, -2, in this order or from -2 to 2"
    if keys not in (None, ["A", "B", "C"]):
        yield "", "bases", "must hold A, B and C, in this order"


def _column(document: Mapping[str, object], name: str, field: str) -> list[object] | None:
    """One field of every table in a list; None where the shape itself is wrong, which is reported elsewhere."""
    rows = document.get(name)
    if isinstance(rows, list) and all(isinstance(row, Mapping) and field in row for row in rows):
        return [row[field] for row in rows]
    return None


def _read(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(_text(path))
    except UnicodeDecodeError as error:
        message = f"is not saved as UTF-8 text (byte {error.start + 1} does not fit)"
    except RecursionError:
        message = "nests lists or tables too deeply"
    except ValueError as error:
        message = f"is not valid TOML: {error}"
    raise _refusal(path, message)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refusal(path, "does not exist") from None
    except IsADirectoryError:
        raise _refusal(path, "is a folder, not a file") from None
    except OSError as error:
        raise _refusal(path, f"cannot be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise _refusal(path, "is larger than 1 MB")
    text = content.decode("utf-8-sig")
    if not text.strip():
        raise _refusal(path, "is empty")
    return text


def _refusal(path: Path, message: str) -> BrokenFile:
    return BrokenFile(path.name, (Finding(path.name, "", "", message),))
