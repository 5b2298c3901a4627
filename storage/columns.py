"""Types and kinds of columns: text every engine accepts, moments in UTC, plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, ForeignKey, Integer, Text, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from storage.plain import instant, plain, storable


class Written(TypeDecorator[str]):
    """Text of any length, made storable on the way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean what people wrote."""
        del dialect
        return None if value is None else storable(value)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn to UTC; refuse a moment without a zone."""
        del dialect
        return None if value is None else instant(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Tree(TypeDecorator[Mapping[str, Any]]):
    """Plain data as JSON; None is SQL's NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> Any:
        """Take apart and clean."""
        del dialect
        return None if value is None else plain(value)


class gathered(FunctionElement[Any]):  # noqa: N801 - it reads as SQL's own functions do
    """Rows of a subquery as one JSON list of lists; NULL or empty when there are none."""

    name = "gathered"
    type = JSON()
    inherit_cache = True


@compiles(gathered, "sqlite")
def _gather_sqlite(element: gathered, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **options)}))"


@compiles(gathered, "postgresql")
def _gather_postgresql(element: gathered, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(element.clauses, **options)}))"


Serial = BigInteger().with_variant(Integer(), "sqlite")


def written(name: str) -> Column[str]:
    """Text that is always there."""
    return Column(name, Written, nullable=False)


def added(name: str, default: str = "") -> Column[str]:
    """Text that a later version of the schema added: rows from before have the default."""
    return Column(name, Written, nullable=False, server_default=text(f"'{default}'"))


def moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    """A moment."""
    return Column(name, Instant, nullable=nullable)


def reference(name: str, target: str, ondelete: str, *, key: bool = False, nullable: bool = False) -> Column[str]:
    """The key of another table's row."""
    return Column(name, Written, ForeignKey(target, ondelete=ondelete), primary_key=key, nullable=nullable)
