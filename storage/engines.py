"""Engines as this program needs them: durable, patient, in UTC."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from functools import partial
from typing import Any

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from storage.errors import StoreUnreachable
from storage.faults import watch

SQLITE, POSTGRES = "sqlite", "postgresql"


def open_engine(url: str, patience: float) -> Engine:
    """Build an engine that connects at first use; raises StoreUnreachable for a URL of no known engine.

    A new SQLite file is made here, for its owner alone.
    """
    parsed = _parse(url)
    dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    engine = create_engine(parsed, json_serializer=dumps, json_deserializer=orjson.loads, pool_timeout=patience)
    watch(engine)
    if parsed.get_backend_name() == SQLITE:
        _claim_file(str(parsed.database))
        _prepare_sqlite(engine, patience)
    else:
        _prepare_postgres(engine, patience)
    return engine


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreUnreachable(str(error)) from error
    if parsed.get_backend_name() not in {SQLITE, POSTGRES}:
        raise StoreUnreachable(parsed.get_backend_name())
    if parsed.get_backend_name() == POSTGRES:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.database in {None, "", ":memory:"}:
        detail = "a database in memory is memory://"
        raise StoreUnreachable(detail)
    return parsed


def _claim_file(path: str) -> None:
    """Make a file that is not there, before SQLite does: what officials answer is nobody else's to read.

    The logs beside it take over the mode. A file that cannot be made, or a ``file:`` URI, is for SQLite to judge.
    """
    if not path.startswith("file:"):
        with suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _prepare_sqlite(engine: Engine, patience: float) -> None:
    def connect(connection: Any, record: object) -> None:
        del record
        connection.isolation_level = None  # BEGIN is ours to say, see below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
        (mode,) = cursor.execute("PRAGMA journal_mode=WAL").fetchone()
        if mode != "wal":
            detail = f"write-ahead logging is not possible here (journal mode {mode})"
            raise StoreUnreachable(detail)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA secure_delete=ON")  # erased text is overwritten, see also erasing.cut_log
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    def begin(connection: Connection) -> None:
        # a deferred transaction that turns to writing fails at once when another wrote, however patient
        connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("sqlite_begin", "IMMEDIATE"))

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)


def _prepare_postgres(engine: Engine, patience: float) -> None:
    def connect(connection: Any, record: object) -> None:
        del record
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {int(patience * 1000)}")
        connection.execute("SET timezone = 'UTC'")
        connection.autocommit = False

    event.listen(engine, "connect", connect)
