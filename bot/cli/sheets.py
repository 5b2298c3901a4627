"""Toolkits and practices as text to read in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import TypeVar

import click

from flows.library import Library
from flows.practice import Practice, Source
from flows.toolkit import Item, Length, Toolkit, Words

Document = TypeVar("Document", Toolkit, Practice)


def list_toolkits(library: Library) -> None:
    """Print a line for every version of every toolkit."""
    for toolkit in library.toolkits:
        full, quick = (len(toolkit.asked(length)) for length in (Length.FULL, Length.QUICK))
        title = toolkit.title[_language(toolkit, None)]
        click.echo(f"{toolkit.reference}  {title} ({full} questions, {quick} quick; {', '.join(toolkit.languages)})")


def list_practices(library: Library) -> None:
    """Print a line for every version of every practice."""
    for practice in library.practice_versions:
        language = _language(practice, None)
        click.echo(f"{practice.reference}  {practice.name[language]}, {practice.city[language]}")


def show_toolkit(library: Library, reference: str, language: str | None) -> None:
    """Print a toolkit with every question; raises UsageError for one that is not there."""
    known = [toolkit.reference for toolkit in library.toolkits]
    toolkit = _found("toolkit", library.toolkit, reference, known)
    click.echo("\n".join(_toolkit_lines(toolkit, _language(toolkit, language))))


def show_practice(library: Library, reference: str, language: str | None) -> None:
    """Print a practice; raises UsageError for one that is not there."""
    known = [practice.reference for practice in library.practice_versions]
    practice = _found("practice", library.practice, reference, known)
    click.echo("\n".join(_practice_lines(practice, _language(practice, language))))


def _found(noun: str, find: Callable[[str], Document], name: str, known: Iterable[str]) -> Document:
    try:
        return find(name)
    except KeyError:
        message = f"There is no {noun} {name}; known: {', '.join(known)}."
        raise click.UsageError(message, click.get_current_context()) from None


def _language(document: Toolkit | Practice, wanted: str | None) -> str:
    """Choose the language to show: the one wanted, else English, else the document's first."""
    if wanted is None:
        return "en" if "en" in document.languages else document.languages[0]
    if wanted not in document.languages:
        message = f"{document.key} has no words in {wanted}; it has {', '.join(document.languages)}."
        raise click.UsageError(message, click.get_current_context())
    return wanted


def _toolkit_lines(toolkit: Toolkit, language: str) -> Iterator[str]:
    yield f"{toolkit.reference}  {toolkit.title[language]}"
    yield from ("", toolkit.status[language], "", toolkit.origin[language])
    for step in toolkit.steps:
        yield from ("", f"{step.name[language]} (weight {step.weight:g})")
        for item in step.items:
            yield f"  {item.id:<3} {item.question[language]}{_marks(item)}"


def _marks(item: Item) -> str:
    marks = [name for name, holds in (("critical", item.critical), ("quick", item.quick)) if holds]
    return f" [{', '.join(marks)}]" if marks else ""


def _practice_lines(practice: Practice, language: str) -> Iterator[str]:
    yield f"{practice.reference}  {practice.name[language]}"
    for field in fields(practice):
        value = getattr(practice, field.name)
        if field.name not in {"key", "version", "name", "languages"} and value:
            yield f"{field.name.replace('_', ' ')}: {_written(value, language)}"


def _written(value: Words | tuple[object, ...] | str, language: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple) and isinstance(value[0], int):
        return ", ".join(map(str, value))
    if isinstance(value, tuple):
        return "".join(f"\n  - {_entry(entry, language)}" for entry in value)
    return value[language]


def _entry(entry: object, language: str) -> str:
    if isinstance(entry, dict):
        return str(entry[language])
    return f"{entry.title[language]}, {entry.url}" if isinstance(entry, Source) else str(entry)
