"""The store on SQLite and PostgreSQL, SQLAlchemy Core throughout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.commits import SharedCommits, Workers
from storage.engines import SQLITE, open_engine
from storage.errors import LostRace, StoreUnreachable
from storage.schema import check
from storage.statements import Upserts
from storage.store import Store, UnitOfWork
from storage.unit import SqlSitting, SqlUnit

T = TypeVar("T")


def open_sql(url: str, patience: float) -> SqlStore:
    """Open a store by SQLAlchemy URL; raises StoreUnreachable, StoreUnreadable, StoreOutdated or StoreTooNew."""
    engine = open_engine(url, patience)
    try:
        check(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, patience)


class SqlStore(Store):
    """A database behind the protocol."""

    def __init__(self, engine: Engine, patience: float) -> None:
        """Keep the engine; on SQLite this process writes one unit at a time."""
        self.engine = engine
        self._reading = engine.execution_options(
            sqlite_begin="DEFERRED", **({} if engine.dialect.name == SQLITE else {"postgresql_readonly": True})
        )
        self._upserts = Upserts(engine.dialect.name)
        self._writer = Lock() if engine.dialect.name == SQLITE else None
        self._patience = patience
        self._commits = SharedCommits(self._sit, self.run) if self._writer else Workers(self.run)

    @contextmanager
    def unit(self, *, read_only: bool = False) -> Iterator[UnitOfWork]:
        """Begin a unit of work."""
        if read_only:
            with _connected(self._reading) as connection:
                yield SqlUnit(connection, self._upserts, read_only=True)
            return
        with self._turn(), _connected(self.engine) as connection:
            yield SqlUnit(connection, self._upserts, read_only=False)

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Do the work soon."""
        return self._commits.submit(work)

    def close(self) -> None:
        """Do what still waits, then close every connection."""
        self._commits.close()
        self.engine.dispose()

    @contextmanager
    def _sit(self) -> Iterator[SqlSitting]:
        with self._turn(), _connected(self.engine) as connection:
            sitting = SqlSitting(connection, self._upserts)
            yield sitting
            sitting.tidy()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._writer is None:
            yield
            return
        if not self._writer.acquire(timeout=self._patience):
            detail = "another unit of work in this process is writing"
            raise LostRace(detail)
        try:
            yield
        finally:
            self._writer.release()


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except PoolTimeout as error:
        raise StoreUnreachable(str(error)) from error
    with connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            # after a commit that failed the driver may still be in it, and nobody else would end it
            if connection.get_transaction() is transaction and not transaction.is_active:
                connection.invalidate()
