"""All that is stored about a person, table by table, for them to have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, select

from storage import tables
from storage.plain import plain

OTHERS = {"colleague_id"}
"""Columns that name another person to who asked a question."""

ANSWERED = ("token", "item", "standing", "by_name", "answered_at", "value", "basis", "note", "language", "ask", "until")
"""Columns of a question that concern who answered it; the rest is of who asked."""


def disclosed(connection: Connection, person: str) -> dict[str, object]:
    """Collect what is stored about a person, as plain data; a moment is ISO text with its zone."""
    return {name: [readable(row) for row in connection.execute(query).mappings()] for name, query in _queries(person)}


def readable(row: Mapping[Any, Any]) -> dict[str, object]:
    """Turn a row to what JSON holds."""
    return {name: value.isoformat() if isinstance(value, datetime) else plain(value) for name, value in row.items()}


def _queries(person: str) -> list[tuple[str, Select[Any]]]:
    seats = select(tables.seat.c.id).where(tables.seat.c.person_id == person)
    assessments = select(tables.seat.c.assessment_id).where(tables.seat.c.person_id == person)
    conversations = select(tables.conversation.c.id).where(tables.conversation.c.person_id == person)
    asked = [column for column in tables.inquiry.c if column.name not in OTHERS]
    answered = [tables.inquiry.c[name] for name in ANSWERED]
    return [
        ("person", select(tables.person).where(tables.person.c.id == person)),
        ("conversation", select(tables.conversation).where(tables.conversation.c.person_id == person)),
        ("assessment", select(tables.assessment).where(tables.assessment.c.id.in_(assessments))),
        ("seat", select(tables.seat).where(tables.seat.c.person_id == person)),
        *((table.name, select(table).where(table.c.seat_id.in_(seats))) for table in _OF_SEATS),
        *((table.name, select(table).where(table.c.assessment_id.in_(assessments))) for table in _OF_ASSESSMENTS),
        ("inquiry", select(*asked).where(tables.inquiry.c.asker_id == person)),
        ("inquiry_answered", select(*answered).where(tables.inquiry.c.colleague_id == person)),
        ("utterance", select(tables.utterance).where(tables.utterance.c.conversation_id.in_(conversations))),
        *((table.name, select(table).where(_in_chats(table, person))) for table in _OF_CHATS),
    ]


_OF_SEATS = (tables.rating, tables.rating_change)
_OF_ASSESSMENTS = (tables.plan, tables.part_choice, tables.verdict, tables.evidence)
_OF_CHATS = (tables.delivery, tables.outbox, tables.dead_letter)


def _in_chats(table: Table, person: str) -> ColumnElement[bool]:
    chat = tables.conversation
    same = and_(chat.c.channel == table.c.channel, chat.c.address == table.c.address, chat.c.person_id == person)
    return select(chat.c.id).where(same).exists()
