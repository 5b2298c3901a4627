"""``cocok check``: is everything in place? One small function for each thing; `CHECKS` names them in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

import click

from bot.catalogues import faults
from bot.cli.database import offered
from bot.cli.documents import PRACTICES, TOOLKITS
from bot.cli.faults import store_fault
from bot.i18n import locales_folder
from bot.offer import Offer
from bot.settings import PREFIX, Settings, unknown_names
from flows.library import builtin
from storage.errors import StoreError
from storage.store import open_store


class Grade(StrEnum):
    """How grave a remark is; only a fault makes the check fail."""

    FINE = "ok"
    WARNING = "warning"
    FAULT = "fault"


Remark: TypeAlias = tuple[Grade, str]
Check: TypeAlias = Callable[[Settings], Iterator[Remark]]
"""Looks at one thing; says nothing, or what there is to know."""


def run_checks(settings: Settings) -> int:
    """Print every remark; gives the exit code."""
    failed = False
    for name, check in CHECKS.items():
        for grade, remark in list(check(settings)) or [(Grade.FINE, "")]:
            click.echo(f"{grade:<8}{name}{': ' if remark else ''}{remark}")
            failed = failed or grade is Grade.FAULT
    return 1 if failed else 0


def check_notice(settings: Settings) -> Iterator[Remark]:
    """Warn while the privacy notice has gaps."""
    for field in ("controller", "contact", "retention_days"):
        if not getattr(settings, field):
            yield Grade.WARNING, f"{PREFIX}{field.upper()} is not set; people are told this before they consent"


def check_names(settings: Settings) -> Iterator[Remark]:
    """Warn of variables that look like settings but are none."""
    del settings
    for name in unknown_names(os.environ):
        yield Grade.WARNING, f"{name} is no setting of this version and is ignored; is it misspelt?"


def check_database(settings: Settings) -> Iterator[Remark]:
    """Open the database, unless it is a file still to be made."""
    file = settings.sqlite_file
    if file and not file.exists():
        yield _future(file)
        return
    try:
        open_store(settings.database_url).close()
    except StoreError as error:
        yield Grade.FAULT, store_fault(error)


def _future(file: Path) -> Remark:
    if file.parent.is_dir() and os.access(file.parent, os.W_OK):
        return Grade.FINE, f"{file} does not exist yet; it is made at the first start"
    return Grade.FAULT, f"{file} cannot be made: there is no folder {file.parent} that can be written to"


def check_catalogues(settings: Settings, folder: Path | None = None) -> Iterator[Remark]:
    """Every language has a compiled catalogue with every sentence, and it is not older than its source."""
    del settings
    yield from ((Grade.FAULT, fault) for fault in faults(folder or locales_folder()))


def check_documents(settings: Settings) -> Iterator[Remark]:
    """Every toolkit and practice on offer can be read and is sound."""
    found = _readable(settings)
    told = list(found.faults)
    for toolkit in found.library.toolkits:
        told += TOOLKITS.findings(toolkit, toolkit.reference)
    for practice in found.library.practice_versions:
        told += PRACTICES.findings(practice, practice.reference)
    yield from ((Grade.FAULT, str(fault)) for fault in told)


def _readable(settings: Settings) -> Offer:
    try:
        return offered(settings)
    except StoreError:  # told by the check of the database
        return Offer(builtin())


def check_fonts(settings: Settings) -> Iterator[Remark]:
    """The typeface of the reports is there."""
    del settings
    from bot.report.look import BOLD, FONTS, REGULAR, glyphs

    for name in (REGULAR, BOLD):
        if not (FONTS / f"{name}.ttf").is_file():
            yield Grade.FAULT, f"{FONTS / name}.ttf is missing; install cocok again"
            return
    glyphs()


CHECKS: Mapping[str, Check] = {
    "settings": check_names,
    "privacy notice": check_notice,
    "database": check_database,
    "catalogues": check_catalogues,
    "toolkits and practices": check_documents,
    "fonts": check_fonts,
}
