"""The toolkits and practices the bot can offer: those that come with it and those imported since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
"""Built-in toolkits as ``KEY-VERSION.toml``, practices as ``practices/KEY.toml``."""

Entry = TypeVar("Entry", Toolkit, Practice)


class NameTaken(Exception):
    """Another toolkit (``key@version``) or practice (key) of that name is already here with other content."""


@dataclass(frozen=True)
class Library:
    """Every version of every toolkit, and the practices, in the order offered."""

    toolkits: tuple[Toolkit, ...]
    practices: tuple[Practice, ...]

    def toolkit(self, reference: str) -> Toolkit:
        """Return the toolkit named ``key`` (its newest version) or ``key@version``; raises KeyError."""
        return self._newest[reference] if reference in self._newest else self._toolkits[reference]

    def practice(self, key: str) -> Practice:
        """Return the practice named; raises KeyError."""
        return self._practices[key]

    @property
    def newest(self) -> tuple[Toolkit, ...]:
        """The newest version of every toolkit: what a new assessment can begin with."""
        return tuple(self._newest.values())

    def with_imported(self, toolkits: Iterable[Toolkit] = (), practices: Iterable[Practice] = ()) -> Library:
        """Return this library with what was imported; the same content twice counts once. Raises NameTaken."""
        return Library(
            toolkits=tuple(_by_name((*self.toolkits, *toolkits), attrgetter("reference")).values()),
            practices=tuple(_by_name((*self.practices, *practices), attrgetter("key")).values()),
        )

    @cached_property
    def _toolkits(self) -> Mapping[str, Toolkit]:
        return _by_name(self.toolkits, attrgetter("reference"))

    @cached_property
    def _newest(self) -> Mapping[str, Toolkit]:
        return {toolkit.key: toolkit for toolkit in sorted(self.toolkits, key=attrgetter("version"))}

    @cached_property
    def _practices(self) -> Mapping[str, Practice]:
        return _by_name(self.practices, attrgetter("key"))


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
        practices=tuple(sorted(practices, key=_international_name)),
    )


def _international_name(practice: Practice) -> str:
    return practice.name.get("en", practice.key)


def _toolkit(path: Path) -> Toolkit:
    toolkit = load_toolkit(path)
    _insist(path, f"{toolkit.key}-{toolkit.version}")
    return toolkit


def _practice(path: Path) -> Practice:
    practice = load_practice(path)
    _insist(path, practice.key)
    return practice


def _insist(path: Path, stem: str) -> None:
    if path.stem != stem:
        fault = Finding(path.name, "", "key", f"does not agree with the name of the file, which must be {stem}.toml")
        raise BrokenFile(path.name, (fault,))


def _by_name(entries: Iterable[Entry], name: Callable[[Entry], str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if found.setdefault(name(entry), entry) != entry:
            raise NameTaken(name(entry))
    return found
