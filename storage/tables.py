"""The schema. Moments are UTC, ratings are rows of real columns, and children of an assessment go with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

from storage.plain import instant, plain, storable

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


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


Serial = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str) -> Column[str]:
    return Column(name, Written, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Instant, nullable=nullable)


def _reference(name: str, target: str, ondelete: str, *, key: bool = False, nullable: bool = False) -> Column[str]:
    return Column(name, Written, ForeignKey(target, ondelete=ondelete), primary_key=key, nullable=nullable)


person = Table(
    "person",
    metadata,
    Column("id", Written, primary_key=True),
    _moment("created_at"),
    _text("language"),
    _text("consent"),
    _moment("consented_at", nullable=True),
)

assessment = Table(
    "assessment",
    metadata,
    Column("id", Written, primary_key=True),
    _reference("person_id", "person.id", "SET NULL", nullable=True),
    _text("kind"),
    _text("toolkit"),
    Column("version", Integer, nullable=False),
    _text("practice"),
    Column("own_practice", Tree, nullable=True),
    Column("city_key", Written, nullable=True),
    Column("city_name", Written, nullable=True),
    Column("profile", Tree, nullable=False),
    Column("length", Written, nullable=True),
    _text("status"),
    _moment("created_at"),
    _moment("updated_at"),
    Index(None, "person_id"),
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", Written, primary_key=True),
    _text("channel"),
    _text("address"),
    _reference("person_id", "person.id", "CASCADE", nullable=True),
    _text("language"),
    _text("phase"),
    _text("focus"),
    _text("aspect"),
    _text("aside"),
    _text("back_to"),
    Column("scratch", Tree, nullable=False),
    Column("revision", BigInteger, nullable=False),
    _reference("assessment_id", "assessment.id", "SET NULL", nullable=True),
    _moment("seen_at", nullable=True),
    _moment("created_at"),
    UniqueConstraint("channel", "address"),
    Index(None, "person_id"),
    Index(None, "assessment_id"),
)

seat = Table(
    "seat",
    metadata,
    Column("id", Written, primary_key=True),
    _reference("assessment_id", "assessment.id", "CASCADE"),
    # a seat outlives its person: what a panel found together stays when one of them is forgotten
    _reference("person_id", "person.id", "SET NULL", nullable=True),
    _moment("joined_at", nullable=True),
    UniqueConstraint("assessment_id", "person_id"),
    Index(None, "person_id"),
)

rating = Table(
    "rating",
    metadata,
    _reference("seat_id", "seat.id", "CASCADE", key=True),
    Column("item", Written, primary_key=True),
    Column("round", SmallInteger, primary_key=True, server_default="1", autoincrement=False),
    Column("value", String(2), nullable=True),
    Column("basis", String(1), nullable=True),
    _text("note"),
    Column("language", Written, nullable=True),
    _moment("rated_at", nullable=True),
)

rating_change = Table(
    "rating_change",
    metadata,
    Column("id", Serial, primary_key=True),
    _reference("seat_id", "seat.id", "CASCADE"),
    _text("item"),
    Column("round", SmallInteger, nullable=False, server_default="1"),
    Column("old_value", String(2), nullable=True),
    Column("old_basis", String(1), nullable=True),
    Column("old_language", Written, nullable=True),
    Column("new_value", String(2), nullable=True),
    Column("new_basis", String(1), nullable=True),
    _text("language"),
    _moment("at"),
    Index(None, "seat_id"),
)

plan = Table(
    "plan",
    metadata,
    _reference("assessment_id", "assessment.id", "CASCADE", key=True),
    Column("item", Written, primary_key=True),
    Column("number", SmallInteger, primary_key=True, server_default="1", autoincrement=False),
    Column("changeable", Written, nullable=True),
    _text("action"),
    _text("owner"),
    _text("due"),
)

part_choice = Table(
    "part_choice",
    metadata,
    _reference("assessment_id", "assessment.id", "CASCADE", key=True),
    Column("part", SmallInteger, primary_key=True, autoincrement=False),
    Column("decision", Written, nullable=True),
    _text("reason"),
)

verdict = Table(
    "verdict",
    metadata,
    Column("id", Serial, primary_key=True),
    _reference("assessment_id", "assessment.id", "CASCADE"),
    _moment("at"),
    _text("toolkit"),
    _text("key"),
    Column("rule", SmallInteger, nullable=False),
    Column("total", Float, nullable=True),
    Column("steps", Tree, nullable=False),
    Index(None, "assessment_id"),
)

toolkit = Table(
    "toolkit",
    metadata,
    Column("key", Written, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    _text("document"),
    _moment("imported_at"),
)

practice = Table(
    "practice",
    metadata,
    Column("key", Written, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    _text("document"),
    _moment("imported_at"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("key", Written, primary_key=True),
    _text("channel"),
    _text("address"),
    _moment("received_at"),
    Index(None, "channel", "address"),
    Index(None, "received_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    _text("channel"),
    _text("address"),
    _text("kind"),
    Column("body", Tree, nullable=False),
    _moment("created_at"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    _moment("not_before"),
    _moment("lease_until", nullable=True),
    Column("last_error", Written, nullable=False, server_default=text("''")),
    Column("state", Written, nullable=False, server_default="pending"),
    Index(None, "channel", "address", "id"),
    Index(None, "channel", "state", "not_before"),
    # a number is never given twice: a late "sent" must not remove a younger message
    sqlite_autoincrement=True,
)
