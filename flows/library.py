"""The toolkits and practices the bot can offer: those that come with it and those imported since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from flows.findings import Finding
from flows.loading import BrokenFile, load_practice, load_toolkit
from flows.practice import Practice
from flows.toolkit import Toolkit

FOLDER = Path(__file__).parent / "toolkits"
"""Built-in toolkits as ``KEY-VERSION.toml``, practices as ``practices/KEY.toml``, from 2 on ``KEY-2.toml``."""

Entry = TypeVar("Entry", Toolkit, Practice)


class NameTaken(Exception):
    """Another toolkit or practice of that name (``key@version``) is already here with other content."""


class UnknownEntry(KeyError):
    """There is no such toolkit or practice here; it may have been imported since the library was read."""


@dataclass(frozen=True)
class Library:
    """Every version of every toolkit and practice."""

    toolkits: tuple[Toolkit, ...]
    practice_versions: tuple[Practice, ...]

    def toolkit(self, reference: str) -> Toolkit:
        """Return the toolkit named ``key`` (its newest version) or ``key@version``; raises UnknownEntry."""
        return _found(self._toolkits, reference)

    def practice(self, reference: str) -> Practice:
        """Return the practice named ``key`` (its newest version) or ``key@version``; raises UnknownEntry."""
        return _found(self._practices, reference)

    @property
    def newest(self) -> tuple[Toolkit, ...]:
        """The newest version of every toolkit: what a new assessment can begin with."""
        return tuple(_newest(self.toolkits).values())

    @cached_property
    def practices(self) -> tuple[Practice, ...]:
        """The newest version of every practice, by name: the order offered."""
        return tuple(sorted(_newest(self.practice_versions).values(), key=_international_name))

    def with_imported(self, toolkits: Iterable[Toolkit] = (), practices: Iterable[Practice] = ()) -> Library:
        """Return this library with what was imported; the same content twice counts once. Raises NameTaken."""
        return Library(
            toolkits=tuple(_by_name((*self.toolkits, *toolkits)).values()),
            practice_versions=tuple(_by_name((*self.practice_versions, *practices)).values()),
        )

    @cached_property
    def _toolkits(self) -> Mapping[str, Toolkit]:
        return {**_by_name(self.toolkits), **_newest(self.toolkits)}

    @cached_property
    def _practices(self) -> Mapping[str, Practice]:
        return {**_by_name(self.practice_versions), **_newest(self.practice_versions)}


@cache
def builtin() -> Library:
    """Return what comes with the bot, read once; raises BrokenFile."""
    return read_library(FOLDER)


def read_library(folder: Path) -> Library:
    """Read a folder laid out as `FOLDER` is; raises BrokenFile, also for a file named unlike what it holds."""
    toolkits = [_toolkit(path) for path in folder.glob("*.toml")]
    practices = [_practice(path) for path in folder.glob("practices/*.toml")]
    return Library(
        toolkits=tuple(sorted(toolkits, key=attrgetter("key", "version"))),
        practice_versions=tuple(sorted(practices, key=attrgetter("key", "version"))),
    )


def _international_name(practice: Practice) -> str:
    return practice.name.get("en", practice.key).casefold()


def _toolkit(path: Path) -> Toolkit:
    toolkit = load_toolkit(path)
    _insist(path, f"{toolkit.key}-{toolkit.version}")
    return toolkit


def _practice(path: Path) -> Practice:
    practice = load_practice(path)
    _insist(path, practice.key if practice.version == 1 else f"{practice.key}-{practice.version}")
    return practice


def _insist(path: Path, stem: str) -> None:
    if path.stem != stem:
        fault = Finding(path.name, "", "key", f"does not agree with the name of the file, which must be {stem}.toml")
        raise BrokenFile(path.name, (fault,))


def _found(entries: Mapping[str, Entry], reference: str) -> Entry:
    try:
        return entries[reference]
    except KeyError:
        raise UnknownEntry(reference) from None


def _newest(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.key: entry for entry in sorted(entries, key=attrgetter("version"))}


def _by_name(entries: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if found.setdefault(entry.reference, entry) != entry:
            raise NameTaken(entry.reference)
    return found
