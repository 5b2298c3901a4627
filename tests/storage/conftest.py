"""The same promises on every engine: ``store`` is each of them in turn, empty."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from storage import schema
from storage.engines import open_engine
from storage.sql import SqlStore
from storage.store import Store, open_store
from storage.tables import metadata
from tests.postgres import postgres_database, postgres_server, postgres_url

__all__ = ["postgres_database", "postgres_server", "postgres_url"]

PATIENCE = 0.2
"""Seconds a test waits for a lock it will not get."""


@pytest.fixture(scope="session")
def migrated_postgres(request: pytest.FixtureRequest) -> str:
    """Share one database among the tests that only need clean tables."""
    server = request.getfixturevalue("postgres_database")
    url: str = server.render_as_string(hide_password=False)
    schema.upgrade(url)
    return url


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name where an empty store is opened."""
    if request.param == "memory":
        return "memory://"
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/cocok.db"
    clean: str = request.getfixturevalue("clean_postgres")
    return clean


@pytest.fixture
def clean_postgres(migrated_postgres: str) -> str:
    """Empty the tables of the shared database."""
    engine = open_engine(migrated_postgres, PATIENCE)
    with engine.begin() as connection:
        names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        connection.execute(text(f"TRUNCATE {names}"))
    engine.dispose()
    return migrated_postgres


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Open an empty store on each engine."""
    opened = open_store(url, patience=PATIENCE)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name where an empty database with the schema is opened."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/cocok.db"
    clean: str = request.getfixturevalue("clean_postgres")
    return clean


@pytest.fixture
def database(database_url: str) -> Iterator[SqlStore]:
    """Open an empty store on each real database, for looking at its tables."""
    opened = open_store(database_url, patience=PATIENCE)
    assert isinstance(opened, SqlStore)
    yield opened
    opened.close()


@contextmanager
def questions(database: SqlStore) -> Iterator[list[str]]:
    """Note every question the database is asked meanwhile, by whatever way."""
    asked: list[str] = []

    def note(statement: str) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append(statement)

    def on_server(*arguments: Any) -> None:
        note(arguments[2])

    with database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):  # the pool's only one
        driver.set_trace_callback(note)
        yield asked
        driver.set_trace_callback(None)
    else:
        event.listen(database.engine, "before_cursor_execute", on_server)
        yield asked
        event.remove(database.engine, "before_cursor_execute", on_server)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/cocok.db"
    bare: str = request.getfixturevalue("postgres_url")
    return bare
