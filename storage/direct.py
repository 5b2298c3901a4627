"""How the statements of the hot path reach the database.

On SQLite most of the time of a small statement is spent above the driver. There these statements are compiled once, by
the same SQLAlchemy that would run them, and then given to the driver itself, in the transaction the connection is in.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

from storage.columns import Written
from storage.engines import SQLITE
from storage.faults import named
from storage.plain import storable

Statement = Select[Any] | UpdateBase
Values = Mapping[str, Any]


class Way(Protocol):
    """What one transaction asks and changes by statements that are the same each time; others use ``connection``."""

    connection: Connection

    def first(self, statement: Select[Any], values: Values) -> Any:
        """Give the first row found, with its columns as attributes, or None."""

    def all(self, statement: Select[Any], values: Values) -> Sequence[Any]:
        """Give every row found."""

    def change(self, statement: UpdateBase, values: Values) -> int:
        """Write; gives how many rows that touched."""


def way(connection: Connection) -> Way:
    """Give the shortest way there is."""
    return Direct(connection) if connection.dialect.name == SQLITE else Core(connection)


class Core:
    """Through SQLAlchemy, on any engine."""

    def __init__(self, connection: Connection) -> None:
        """Work on a connection that has begun."""
        self.connection = connection

    def first(self, statement: Select[Any], values: Values) -> Any:
        """Give the first row found."""
        return self.connection.execute(statement, values).first()

    def all(self, statement: Select[Any], values: Values) -> Sequence[Any]:
        """Give every row found."""
        return self.connection.execute(statement, values).all()

    def change(self, statement: UpdateBase, values: Values) -> int:
        """Write."""
        return self.connection.execute(statement, values).rowcount


class Direct:
    """To SQLite's driver."""

    def __init__(self, connection: Connection) -> None:
        """Work on a connection that has begun."""
        self.connection = connection
        self._dialect = connection.dialect
        self._driver: Any = connection.connection.driver_connection

    def first(self, statement: Select[Any], values: Values) -> Any:
        """Give the first row found."""
        prepared = _prepared(statement, tuple(values), self._dialect)
        found = self._done(prepared, values, sqlite3.Cursor.fetchone)
        return None if found is None else prepared.row(found)

    def all(self, statement: Select[Any], values: Values) -> Sequence[Any]:
        """Give every row found."""
        prepared = _prepared(statement, tuple(values), self._dialect)
        return [prepared.row(found) for found in self._done(prepared, values, sqlite3.Cursor.fetchall)]

    def change(self, statement: UpdateBase, values: Values) -> int:
        """Write."""
        prepared = _prepared(statement, tuple(values), self._dialect)
        touched: int = self._done(prepared, values, _ROWCOUNT)
        return touched

    def _done(self, prepared: Prepared, values: Values, taken: Callable[[sqlite3.Cursor], Any]) -> Any:
        given = prepared.given(values)
        try:
            return taken(self._driver.execute(prepared.sql, given))
        except sqlite3.Error as error:
            raise named(error) from error


_ROWCOUNT = attrgetter("rowcount")


class Prepared:
    """A statement in SQLite's words, with what turns its values into SQLite's and its rows into ours."""

    def __init__(self, statement: Statement, names: tuple[str, ...], dialect: Dialect) -> None:
        """Compile it for values of these names."""
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        self.sql = str(compiled)
        converted = {name: _binding(bound.type, dialect) for name, bound in compiled.binds.items()}
        order = compiled.positiontup or []
        self._values = [(name, converted[name]) for name in order]
        self._constants = {
            name: convert(value) if (convert := converted[name]) else value
            for name, value in compiled.params.items()
            if name in order and name not in names
        }
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        processors = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._columns = [(place, convert) for place, convert in enumerate(processors) if convert]
        # its fields are known only now
        self._row: Any = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]  # noqa: PYI024

    def given(self, values: Values) -> list[Any]:
        """Put values in the order of the statement's question marks."""
        if self._constants:
            values = {**values, **self._constants}
        return [values[name] if convert is None else convert(values[name]) for name, convert in self._values]

    def row(self, found: tuple[Any, ...]) -> Any:
        """Turn a row of SQLite's to ours."""
        row = list(found)
        for place, convert in self._columns:
            row[place] = convert(row[place])
        return self._row._make(row)


def _binding(bound: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What turns a value into SQLite's; text takes the shortest way."""
    return _written if isinstance(bound, Written) else bound.dialect_impl(dialect).bind_processor(dialect)


def _written(text: str | None) -> str | None:
    return text if text is None else storable(text)


# the columns that change differ from one statement to the next; these are all that matter
_prepared = lru_cache(maxsize=256)(Prepared)
