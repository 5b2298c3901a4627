"""From the drivers' errors to the store's: one hook on the engine, so that none slips past."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from storage.errors import (
    LostRace,
    StoreError,
    StoreFull,
    StoreOutdated,
    StoreUnreachable,
    StoreUnreadable,
)

# primary result codes, https://www.sqlite.org/rescode.html
SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_PERM: StoreUnreachable,
    sqlite3.SQLITE_BUSY: LostRace,
    sqlite3.SQLITE_LOCKED: LostRace,
    sqlite3.SQLITE_READONLY: StoreUnreachable,
    sqlite3.SQLITE_IOERR: StoreUnreachable,
    sqlite3.SQLITE_CORRUPT: StoreUnreadable,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_CANTOPEN: StoreUnreachable,
    sqlite3.SQLITE_PROTOCOL: LostRace,
    sqlite3.SQLITE_FORMAT: StoreUnreadable,
    sqlite3.SQLITE_NOTADB: StoreUnreadable,
}

# a row someone else wrote or removed meanwhile
SQLITE_RACES = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
}

# error codes and their classes (the first two characters), https://www.postgresql.org/docs/current/errcodes-appendix.html
POSTGRES: dict[str, type[StoreError]] = {
    "23503": LostRace,
    "23505": LostRace,
    "40": LostRace,
    "55P03": LostRace,
    "53100": StoreFull,
    "53": StoreUnreachable,
    "08": StoreUnreachable,
    "25006": StoreUnreachable,
    "28": StoreUnreachable,
    "3D": StoreUnreachable,
    "42501": StoreUnreachable,
    "42P01": StoreOutdated,
    "42703": StoreOutdated,
    "57P": StoreUnreachable,
    "58": StoreUnreachable,
    "XX001": StoreUnreadable,
    "XX002": StoreUnreadable,
}


def watch(engine: Engine) -> None:
    """Make every error this engine raises a StoreError; the driver's own is its cause."""
    event.listen(engine, "handle_error", _replace, retval=True)


def _replace(context: ExceptionContext) -> BaseException:
    return named(context.original_exception)


def named(error: BaseException) -> BaseException:
    """Name a driver's error as the store does; an error that is not a driver's (a value refused) stays itself."""
    if isinstance(error, sqlite3.Error):
        return _sqlite_kind(error)(str(error))
    if hasattr(error, "sqlstate"):
        return _postgres_kind(error, error.sqlstate)(str(error).strip())
    return error


def _sqlite_kind(error: sqlite3.Error) -> type[StoreError]:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return StoreError
    if code in SQLITE_RACES:
        return LostRace
    if str(error).startswith(("no such table", "no such column")):
        return StoreOutdated
    return SQLITE.get(code & 0xFF, StoreError)


def _postgres_kind(error: BaseException, code: str | None) -> type[StoreError]:
    if code is None:  # the client's own: no connection, or a lost one
        return StoreUnreachable if type(error).__name__ in {"OperationalError", "ConnectionTimeout"} else StoreError
    for length in (5, 3, 2):
        if code[:length] in POSTGRES:
            return POSTGRES[code[:length]]
    return StoreError
