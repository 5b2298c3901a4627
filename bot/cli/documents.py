"""Toolkits and practices on the command line: listed, checked, imported. Both by the same rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Generic, TypeVar

import click

from bot.cli.database import opened
from bot.cli.program import Refused
from bot.i18n import LANGUAGES
from bot.offer import library
from bot.settings import Settings
from flows.findings import Finding
from flows.library import Library, NameTaken, builtin
from flows.lint import lint_practice, lint_toolkit
from flows.loading import BrokenFile, dump_practice, dump_toolkit, load_practice, load_toolkit
from flows.practice import Practice
from flows.toolkit import Toolkit
from storage.store import UnitOfWork

Document = TypeVar("Document", Toolkit, Practice)


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[Document]):
    """What to do with one kind of document. ``revisable``: an imported one may be replaced under its name."""

    load: Callable[[Path], Document]
    lint: Callable[[Document, str], list[Finding]]
    name: Callable[[Document], str]
    held: Callable[[Library], tuple[Document, ...]]
    keep: Callable[[UnitOfWork, Document, datetime], None]
    revisable: bool

    def faults(self, path: Path) -> tuple[Finding, ...]:
        """Everything wrong with a file."""
        try:
            document = self.load(path)
        except BrokenFile as error:
            return error.faults
        return tuple(self.findings(document, path.name))

    def findings(self, document: Document, file: str) -> Iterator[Finding]:
        """Everything wrong with a document that loads."""
        yield from self.lint(document, file)
        if lacking := [language for language in LANGUAGES if language not in document.languages]:
            message = f"lacks {' and '.join(lacking)}; the bot speaks {' and '.join(LANGUAGES)}"
            yield Finding(file, "", "languages", message)


def _keep_toolkit(unit: UnitOfWork, toolkit: Toolkit, at: datetime) -> None:
    if not unit.add_toolkit(toolkit.key, toolkit.version, dump_toolkit(toolkit), at):
        raise NameTaken(toolkit.reference)


def _keep_practice(unit: UnitOfWork, practice: Practice, at: datetime) -> None:
    unit.add_practice(practice.key, dump_practice(practice), at)


TOOLKITS = Kind(
    load=load_toolkit,
    lint=lint_toolkit,
    name=attrgetter("reference"),
    held=attrgetter("toolkits"),
    keep=_keep_toolkit,
    revisable=False,
)
PRACTICES = Kind(
    load=load_practice,
    lint=lint_practice,
    name=attrgetter("key"),
    held=attrgetter("practices"),
    keep=_keep_practice,
    revisable=True,
)


def lint_files(kind: Kind[Document], paths: Sequence[Path]) -> int:
    """Print one finding a line; gives the exit code."""
    sound = True
    for path in paths:
        faults = kind.faults(path)
        for fault in faults:
            click.echo(fault)
        if not faults:
            click.echo(f"{path.name}: nothing to correct", err=True)
        sound = sound and not faults
    return 0 if sound else 1


def import_file(kind: Kind[Document], path: Path, settings: Settings) -> None:
    """Keep a sound file's document in the database; raises BrokenFile, NameTaken and StoreError."""
    if settings.database_url == "memory://":
        message = "COCOK_DATABASE_URL is memory://, which forgets at once; name a database to import into"
        raise Refused(message)
    document = kind.load(path)
    if findings := tuple(kind.findings(document, path.name)):
        raise BrokenFile(path.name, findings)
    with opened(settings) as store:
        news = _news(kind, document, library(store))
        if news:
            store.run(lambda unit: kind.keep(unit, document, datetime.now(UTC)))
    click.echo(f"{kind.name(document)} {news or 'is already here with the same content; nothing to do'}.")


def _news(kind: Kind[Document], document: Document, present: Library) -> str:
    """What an import changes, empty if nothing; raises NameTaken."""
    name = kind.name(document)
    held = {kind.name(one): one for one in kind.held(present)}
    if name not in held:
        return "is imported"
    if held[name] == document:
        return ""
    if not kind.revisable or name in map(kind.name, kind.held(builtin())):
        raise NameTaken(name)
    return "is imported and replaces what was here under this key"
