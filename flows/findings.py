"""What is wrong with a toolkit or practice file, said with the names an operator sees in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

_ENTRIES = {
    "steps": ("step", "key"),
    "items": ("item", "id"),
    "scale": ("answer", "value"),
    "bases": ("basis", "key"),
    "rules": ("rule", "number"),
    "verdicts": ("verdict", "key"),
    "languages": ("language", ""),
    "reject_floors": ("reject floor", "step"),
    "prepare_floors": ("prepare floor", "step"),
    "parts": ("part", ""),
    "sources": ("source", ""),
    "sdgs": ("SDG", ""),
}
"""List in the file -> what one entry is called, and the field that identifies it (none: its position, from 1)."""

Fault: TypeAlias = tuple[str, str, str]
"""Item, field and message of a finding, before a file is named."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to correct. ``item`` is a place such as *item C1* or *step need*, empty for the file as a whole."""

    file: str
    item: str
    field: str
    message: str

    def __str__(self) -> str:
        """One line: ``citynet-1.toml: item C1: question.en: is missing``."""
        return ": ".join(part for part in (self.file, self.item, self.field, self.message) if part)


def called(field: str, entry: object, position: int) -> str:
    """Name an entry of the list ``field`` as operators know it; ``entry`` is a record or its raw table."""
    noun, identity = _ENTRIES[field]
    name = entry.get(identity) if isinstance(entry, Mapping) else getattr(entry, identity, None) if identity else None
    known = isinstance(name, int | str) and not isinstance(name, bool) and name != ""
    return f"{noun} {name}" if known else f"{noun} number {position}"


def locate(document: object, path: Sequence[str | int]) -> tuple[str, str]:
    """Turn a path into a raw document, e.g. ``("steps", 2, "items", 0, "name")``, into its place and field.

    A place without a name of its own is told with the named place around it: *item number 1 of step need*.
    """
    place, names, here = "", list[str](), document
    for key in path:
        here = _inside(here, key)
        if isinstance(key, str):
            names.append(key)
            continue
        entry = called(names[-1], here, key + 1) if names and names[-1] in _ENTRIES else f"number {key + 1}"
        place = f"{entry} of {place}" if " number " in entry and place else entry
        names.clear()
    return place, ".".join(names)


def _inside(document: object, key: str | int) -> object:
    if isinstance(document, Mapping):
        return document.get(key)
    return document[key] if isinstance(document, list) and isinstance(key, int) else None
