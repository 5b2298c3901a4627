"""Every way a database fails has a name that says what to do."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from storage.errors import (
    LostRace,
    StoreError,
    StoreFull,
    StoreOutdated,
    StoreUnreachable,
    StoreUnreadable,
)
from storage.faults import named
from storage.sql import SqlStore
from storage.store import open_store
from tests.storage.people import NOON, assessing, keep, participant, reopened


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://localhost/cocok",
        "postgres://localhost/cocok",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?uri=true",
    ],
)
def test_a_url_of_no_known_engine_is_unreachable(url: str) -> None:
    with pytest.raises(StoreUnreachable):
        open_store(url)


def test_a_missing_folder_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable, match="unable to open"):
        open_store(f"sqlite:///{tmp_path}/missing/cocok.db")


def test_a_folder_in_place_of_a_file_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable):
        open_store(f"sqlite:///{tmp_path}")


def test_a_file_that_may_only_be_read_can_be_read(tmp_path: Path) -> None:
    writable = open_store(f"sqlite:///{tmp_path}/cocok.db")
    keep(writable, participant())
    readable = open_store(f"sqlite:///file:{tmp_path}/cocok.db?mode=ro&uri=true")
    assert reopened(readable) == participant()
    with pytest.raises(StoreUnreachable, match="readonly"):
        keep(readable, assessing("1002", "p-2", "b-1"))
    readable.close()
    writable.close()


def test_a_file_that_is_no_database_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "cocok.db"
    path.write_text("Dear diary, " * 1000)
    with pytest.raises(StoreUnreadable):
        open_store(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear diary")


def test_a_damaged_database_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "cocok.db"
    store = open_store(f"sqlite:///{path}")
    keep(store, *(assessing(str(number), f"p-{number}", f"a-{number}") for number in range(200)))
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(StoreUnreadable):
        damaged_read(f"sqlite:///{path}")


def damaged_read(url: str) -> None:
    store = open_store(url)
    try:
        reopened(store, "1")
    finally:
        store.close()


def test_a_full_disk_is_named_keeps_nothing_of_the_unit_and_harms_nothing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/cocok.db")
    assert isinstance(store, SqlStore)
    keep(store, participant())
    with store.engine.connect() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
    store.engine.dispose()

    def fill(connection: Any, record: object) -> None:
        del record
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    event.listen(store.engine, "connect", fill)
    with pytest.raises(StoreFull):
        keep(store, *(assessing(str(number), f"q-{number}", f"a-{number}") for number in range(500)))
    event.remove(store.engine, "connect", fill)
    assert reopened(store) == participant()
    with store.unit(read_only=True) as unit:
        assert unit.conversation("telegram", "0") is None
    store.engine.dispose()
    keep(store, assessing("1002", "p-2", "b-1"))
    store.close()


def test_a_table_that_is_not_there_means_an_old_schema(database: SqlStore) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE delivery RENAME TO parcel"))
    try:
        with database.unit() as unit, pytest.raises(StoreOutdated):
            unit.first_delivery("telegram:1", "telegram", "1001", NOON)
    finally:
        with database.engine.begin() as connection:
            connection.execute(text("ALTER TABLE parcel RENAME TO delivery"))


def test_more_units_at_once_than_connections_are_unreachable(database: SqlStore) -> None:
    with ExitStack() as units:
        for _ in range(15):
            units.enter_context(database.unit(read_only=True))
        with pytest.raises(StoreUnreachable):
            keep(database, participant())
    keep(database, participant())
    assert reopened(database) == participant()


def test_no_server_is_unreachable() -> None:
    with pytest.raises(StoreUnreachable):
        open_store("postgresql+psycopg://cocok@127.0.0.1:1/cocok?connect_timeout=2")


def test_a_server_without_the_database_is_unreachable(postgres_url: str) -> None:
    missing = make_url(postgres_url).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(StoreUnreachable, match="nowhere"):
        open_store(missing)


def test_a_connection_that_breaks_is_unreachable_and_the_next_unit_has_a_new_one(clean_postgres: str) -> None:
    store = open_store(clean_postgres)
    assert isinstance(store, SqlStore)
    keep(store, participant())
    with store.engine.connect() as connection:
        mine = connection.scalar(text("SELECT pg_backend_pid()"))
    other = open_store(clean_postgres)
    assert isinstance(other, SqlStore)
    with other.engine.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": mine})
    with pytest.raises(StoreUnreachable):
        reopened(store)
    assert reopened(store) == participant()
    store.close()
    other.close()


def sqlite_error(code: int, message: str = "") -> sqlite3.Error:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, LostRace),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LostRace),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, LostRace),
        (sqlite3.SQLITE_CONSTRAINT_NOTNULL, StoreError),
        (sqlite3.SQLITE_CORRUPT_INDEX, StoreUnreadable),
        (sqlite3.SQLITE_NOTADB, StoreUnreadable),
        (sqlite3.SQLITE_FULL, StoreFull),
        (sqlite3.SQLITE_IOERR_FSYNC, StoreUnreachable),
        (sqlite3.SQLITE_READONLY_DBMOVED, StoreUnreachable),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, StoreUnreachable),
        (sqlite3.SQLITE_MISUSE, StoreError),
    ],
)
def test_every_result_of_sqlite_has_its_name(code: int, kind: type[StoreError]) -> None:
    error = named(sqlite_error(code, "the driver's words"))
    assert type(error) is kind
    assert str(error) == "the driver's words"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("40001", LostRace),  # serialization failure
        ("40P01", LostRace),  # deadlock
        ("55P03", LostRace),  # lock not available
        ("23505", LostRace),  # unique violation
        ("23502", StoreError),  # not null violation
        ("53100", StoreFull),  # disk full
        ("53300", StoreUnreachable),  # too many connections
        ("57P01", StoreUnreachable),  # admin shutdown
        ("08006", StoreUnreachable),  # connection failure
        ("28P01", StoreUnreachable),  # invalid password
        ("25006", StoreUnreachable),  # read-only transaction
        ("42P01", StoreOutdated),  # undefined table
        ("42703", StoreOutdated),  # undefined column
        ("XX001", StoreUnreadable),  # data corrupted
        ("42601", StoreError),  # syntax error
    ],
)
def test_every_state_of_postgresql_has_its_name(code: str, kind: type[StoreError]) -> None:
    assert type(named(psycopg.errors.lookup(code)("the driver's words"))) is kind


def test_what_the_drivers_do_not_explain_is_still_a_store_error() -> None:
    assert type(named(sqlite3.InterfaceError("odd"))) is StoreError
    assert type(named(psycopg.InterfaceError("odd"))) is StoreError
    assert type(named(psycopg.OperationalError("server closed the connection"))) is StoreUnreachable


def test_an_error_that_is_not_the_drivers_stays_itself() -> None:
    error = ValueError("a moment without a time zone")
    assert named(error) is error
