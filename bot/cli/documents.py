"""Toolkits and practices on the command line: listed, checked, imported. Both by the same rules."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Generic, TypeVar

import click

from bot.cli.database import opened
from bot.cli.program import JobFailed, Refused
from bot.languages import LANGUAGES
from bot.offer import library
from bot.settings import Settings
from flows.findings import Finding
from flows.library import Library
from flows.lint import lint_practice, lint_toolkit
from flows.loading import BrokenFile, dump_practice, dump_toolkit, load_practice, load_toolkit
from flows.practice import Practice
from flows.toolkit import Toolkit
from storage.store import Store, UnitOfWork

Document = TypeVar("Document", Toolkit, Practice)


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[Document]):
    """What to do with one kind of document."""

    load: Callable[[Path], Document]
    lint: Callable[[Document, str], list[Finding]]
    held: Callable[[Library], tuple[Document, ...]]
    keep: Callable[[UnitOfWork, Document, datetime], bool]

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


def _keep_toolkit(unit: UnitOfWork, toolkit: Toolkit, at: datetime) -> bool:
    return unit.add_toolkit(toolkit.key, toolkit.version, dump_toolkit(toolkit), at)


def _keep_practice(unit: UnitOfWork, practice: Practice, at: datetime) -> bool:
    return unit.add_practice(practice.key, practice.version, dump_practice(practice), at)


TOOLKITS = Kind(
    load=load_toolkit,
    lint=lint_toolkit,
    held=attrgetter("toolkits"),
    keep=_keep_toolkit,
)
PRACTICES = Kind(
    load=load_practice,
    lint=lint_practice,
    held=attrgetter("practice_versions"),
    keep=_keep_practice,
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
    """Keep a sound file's document in the database; raises BrokenFile, JobFailed, Refused and StoreError."""
    if settings.database_url == "memory://":
        message = "COCOK_DATABASE_URL is memory://, which forgets at once; name a database to import into"
        raise Refused(message)
    document = kind.load(path)
    if findings := tuple(kind.findings(document, path.name)):
        raise BrokenFile(path.name, findings)
    with opened(settings) as store:
        held = {one.version: one for one in kind.held(library(store)) if one.key == document.key}
        known = held.get(document.version) == document
        if not known and not _kept(kind, document, store, held):
            raise JobFailed(_taken(document, held))
    news = "is already here with the same content; nothing to do" if known else "is imported"
    click.echo(f"{document.reference} {news}.")


def _kept(kind: Kind[Document], document: Document, store: Store, held: Container[int]) -> bool:
    return document.version not in held and store.run(lambda unit: kind.keep(unit, document, datetime.now(UTC)))


def _taken(document: Toolkit | Practice, held: Iterable[int]) -> str:
    versions = ", ".join(map(str, sorted({document.version, *held})))
    return (
        f"{document.reference} is already here with other content and never changes; "
        f"of {document.key} there are the versions {versions}: give yours another"
    )
