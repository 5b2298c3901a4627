"""The schema. Moments are UTC, ratings are rows of real columns, and children of an assessment go with it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import Serial, Tree, Written, added, moment, reference, written

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

person = Table(
    "person",
    metadata,
    Column("id", Written, primary_key=True),
    moment("created_at"),
    written("language"),
    written("consent"),
    moment("consented_at", nullable=True),
)

assessment = Table(
    "assessment",
    metadata,
    Column("id", Written, primary_key=True),
    reference("person_id", "person.id", "SET NULL", nullable=True),
    written("kind"),
    written("toolkit"),
    Column("version", Integer, nullable=False),
    written("practice"),
    Column("own_practice", Tree, nullable=True),
    Column("city_key", Written, nullable=True),
    Column("city_name", Written, nullable=True),
    Column("profile", Tree, nullable=False),
    Column("length", Written, nullable=True),
    written("status"),
    moment("created_at"),
    moment("updated_at"),
    Index(None, "person_id"),
)

conversation = Table(
    "conversation",
    metadata,
    Column("id", Written, primary_key=True),
    written("channel"),
    written("address"),
    reference("person_id", "person.id", "CASCADE", nullable=True),
    written("language"),
    written("phase"),
    written("focus"),
    written("aspect"),
    written("aside"),
    written("back_to"),
    Column("scratch", Tree, nullable=False),
    Column("revision", BigInteger, nullable=False),
    reference("assessment_id", "assessment.id", "SET NULL", nullable=True),
    moment("seen_at", nullable=True),
    moment("created_at"),
    added("shown_message"),
    added("shown_leaf"),
    Column("shown_buried", Boolean, nullable=False, server_default=false()),
    Column("unreachable", Boolean, nullable=False, server_default=false()),
    reference("inquiry_token", "inquiry.token", "SET NULL", nullable=True),
    UniqueConstraint("channel", "address"),
    Index(None, "person_id"),
    Index(None, "assessment_id"),
    Index(None, "inquiry_token"),
)

utterance = Table(
    "utterance",
    metadata,
    # counts up, so that the oldest ones can be told
    Column("id", Serial, primary_key=True),
    reference("conversation_id", "conversation.id", "CASCADE"),
    written("message"),
    written("subject"),
    written("phase"),
    written("focus"),
    written("aspect"),
    written("aside"),
    UniqueConstraint("conversation_id", "message"),
)

seat = Table(
    "seat",
    metadata,
    Column("id", Written, primary_key=True),
    reference("assessment_id", "assessment.id", "CASCADE"),
    # a seat outlives its person: what a panel found together stays when one of them is forgotten
    reference("person_id", "person.id", "SET NULL", nullable=True),
    moment("joined_at", nullable=True),
    UniqueConstraint("assessment_id", "person_id"),
    Index(None, "person_id"),
)

rating = Table(
    "rating",
    metadata,
    reference("seat_id", "seat.id", "CASCADE", key=True),
    Column("item", Written, primary_key=True),
    Column("round", SmallInteger, primary_key=True, server_default="1", autoincrement=False),
    Column("value", String(2), nullable=True),
    Column("basis", String(1), nullable=True),
    written("note"),
    Column("language", Written, nullable=True),
    moment("rated_at", nullable=True),
    added("ask"),
    added("until"),
    added("given_by"),
)

rating_change = Table(
    "rating_change",
    metadata,
    Column("id", Serial, primary_key=True),
    reference("seat_id", "seat.id", "CASCADE"),
    written("item"),
    Column("round", SmallInteger, nullable=False, server_default="1"),
    Column("old_value", String(2), nullable=True),
    Column("old_basis", String(1), nullable=True),
    Column("old_language", Written, nullable=True),
    Column("new_value", String(2), nullable=True),
    Column("new_basis", String(1), nullable=True),
    written("language"),
    moment("at"),
    Index(None, "seat_id"),
)

plan = Table(
    "plan",
    metadata,
    reference("assessment_id", "assessment.id", "CASCADE", key=True),
    Column("item", Written, primary_key=True),
    Column("number", SmallInteger, primary_key=True, server_default="1", autoincrement=False),
    Column("changeable", Written, nullable=True),
    written("action"),
    written("owner"),
    written("due"),
)

part_choice = Table(
    "part_choice",
    metadata,
    reference("assessment_id", "assessment.id", "CASCADE", key=True),
    Column("part", SmallInteger, primary_key=True, autoincrement=False),
    Column("decision", Written, nullable=True),
    written("reason"),
)

verdict = Table(
    "verdict",
    metadata,
    Column("id", Serial, primary_key=True),
    reference("assessment_id", "assessment.id", "CASCADE"),
    moment("at"),
    written("toolkit"),
    written("key"),
    Column("rule", SmallInteger, nullable=False),
    Column("total", Float, nullable=True),
    Column("steps", Tree, nullable=False),
    Index(None, "assessment_id"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", Written, primary_key=True),
    reference("assessment_id", "assessment.id", "CASCADE"),
    written("item"),
    written("kind"),
    moment("at"),
    written("language"),
    written("shows"),
    written("content"),
    written("name"),
    Column("size", BigInteger, nullable=True),
    written("media_type"),
    written("sha256"),
    written("file"),
    written("path"),
    written("album"),
    written("custody"),
    Column("refusal", Written, nullable=True),
    Index(None, "assessment_id"),
)

inquiry = Table(
    "inquiry",
    metadata,
    Column("token", Written, primary_key=True),
    reference("assessment_id", "assessment.id", "CASCADE"),
    written("item"),
    reference("asker_id", "person.id", "CASCADE"),
    # an answer outlives who gave it: it is a record of who asked
    reference("colleague_id", "person.id", "SET NULL", nullable=True),
    written("standing"),
    moment("asked_at"),
    moment("expires_at"),
    written("by_name"),
    moment("answered_at", nullable=True),
    # the answer, as in ``rating``; without a language there is none
    Column("value", String(2), nullable=True),
    Column("basis", String(1), nullable=True),
    written("note"),
    Column("language", Written, nullable=True),
    written("ask"),
    written("until"),
    written("given_by"),
    Index(None, "assessment_id"),
    Index(None, "asker_id"),
    Index(None, "colleague_id"),
)

toolkit, practice = (
    Table(
        name,
        metadata,
        Column("key", Written, primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        written("document"),
        moment("imported_at"),
    )
    for name in ("toolkit", "practice")
)

delivery = Table(
    "delivery",
    metadata,
    Column("key", Written, primary_key=True),
    written("channel"),
    written("address"),
    moment("received_at"),
    Index(None, "channel", "address"),
    Index(None, "received_at"),
)

CARDS = text("lane = 'card'")
"""Which messages of the outbox are cards; the upsert of one must name the index in these words."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    written("channel"),
    written("address"),
    written("kind"),
    Column("body", Tree, nullable=False),
    moment("created_at"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    moment("not_before"),
    moment("lease_until", nullable=True),
    Column("last_error", Written, nullable=False, server_default=text("''")),
    Column("state", Written, nullable=False, server_default="pending"),
    added("lane", "card"),
    added("stamp"),
    Index(None, "channel", "address", "id"),
    # a chat has at most one card waiting
    Index(None, "channel", "address", unique=True, sqlite_where=CARDS, postgresql_where=CARDS),
    Index(None, "channel", "state", "not_before"),
    # a number is never given twice: a late "sent" must not remove a younger message
    sqlite_autoincrement=True,
)

dead_letter = Table(
    "dead_letter",
    metadata,
    Column("key", Written, primary_key=True),
    written("channel"),
    written("address"),
    written("body"),
    written("error"),
    moment("at"),
    Index(None, "channel", "address"),
)
