"""``cocok check``: is everything in place? One small function for each thing; `CHECKS` names them in order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.catalogues import faults
from bot.cli.database import offered
from bot.cli.documents import PRACTICES, TOOLKITS
from bot.cli.faults import store_fault
from bot.cli.platforms import check_telegram
from bot.cli.remarks import Check, Grade, Remark, span
from bot.i18n import locales_folder
from bot.offer import Offer
from bot.settings import PREFIX, Settings, unknown_names
from flows.library import builtin
from storage.errors import StoreError
from storage.store import open_store


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


def check_set_aside(settings: Settings) -> Iterator[Remark]:
    """Warn of inputs that could not be handled and wait for somebody to look at them."""
    if settings.sqlite_file and not settings.sqlite_file.exists():
        return
    try:
        with closing(open_store(settings.database_url)) as store, store.unit(read_only=True) as unit:
            letters = unit.dead_letters()
    except StoreError:  # told by the check of the database
        return
    if letters:
        ago = span(datetime.now(UTC) - letters[0].at)
        yield Grade.WARNING, f"{len(letters)} could not be handled, the latest {ago} ago; the log of that time says why"


def check_files(settings: Settings) -> Iterator[Remark]:
    """Files that people send, and reports, can be written."""
    folder = settings.files_dir
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield Grade.FAULT, f"{folder} cannot be written to; correct its permissions or set COCOK_FILES_DIR to another"
    elif there != folder:
        yield Grade.FINE, f"{folder} does not exist yet; it is made at the first start"


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
    "inputs set aside": check_set_aside,
    "files": check_files,
    "telegram": check_telegram,
    "catalogues": check_catalogues,
    "toolkits and practices": check_documents,
    "fonts": check_fonts,
}
