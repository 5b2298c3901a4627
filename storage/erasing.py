"""Forgetting people: after this no table knows them, and on SQLite no file holds what they wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select, update

from flows.dialogue import Conversation
from storage.engines import SQLITE
from storage.tables import assessment, conversation, dead_letter, delivery, inquiry, outbox, person, rating, seat

_FORGET = [
    delete(table).where(table.c.channel == bindparam("b_channel"), table.c.address == bindparam("b_address"))
    for table in (delivery, outbox, dead_letter)
]

# answers that others accepted stay theirs, without the name of who gave them
_answered = inquiry.c.colleague_id == bindparam("b_person")
_of_theirs = (
    select(inquiry.c.token)
    .join(seat, seat.c.assessment_id == inquiry.c.assessment_id)
    .where(_answered, seat.c.id == rating.c.seat_id, inquiry.c.item == rating.c.item)
    .where(rating.c.given_by.in_([inquiry.c.by_name, inquiry.c.given_by]))
)
_UNNAME = [
    update(rating).where(rating.c.given_by != "", _of_theirs.exists()).values(given_by=""),
    update(inquiry).where(_answered).values(by_name="", given_by=""),
]

_last_seen = func.coalesce(conversation.c.seen_at, conversation.c.created_at)


def erase(connection: Connection, erased: Conversation) -> None:
    """Delete a conversation and all that belongs to its person, in every chat they use."""
    if erased.person:
        _forget_person(connection, erased.person)
    connection.execute(delete(conversation).where(conversation.c.id == erased.id))
    _forget_chats(connection, [(erased.channel, erased.address)])


def forget_strangers(connection: Connection, before: datetime) -> int:
    """Delete conversations without consent that were last seen before a moment; returns how many."""
    gone = delete(conversation).where(conversation.c.person_id.is_(None), _last_seen < before)
    chats = connection.execute(gone.returning(conversation.c.channel, conversation.c.address)).all()
    _forget_chats(connection, [(row.channel, row.address) for row in chats])
    return len(chats)


def forget_inactive(connection: Connection, before: datetime) -> int:
    """Delete people who were last seen before a moment in every chat; returns how many."""
    theirs = conversation.c.person_id == person.c.id
    # whoever is writing at this moment is waited for, and then counts as seen
    silent = select(conversation.c.id).where(conversation.c.person_id.is_not(None), _last_seen < before)
    connection.execute(silent.with_for_update()).all()
    away = select(person.c.id).where(~select(conversation.c.id).where(theirs, _last_seen >= before).exists())
    people = connection.scalars(away).all()
    for one in people:
        _forget_person(connection, one)
    return len(people)


def cut_log(connection: Connection) -> None:
    """Empty SQLite's write-ahead log, which holds erased text until then. Call it outside a transaction.

    A process that reads for longer than the patience leaves it to the next time.
    """
    if connection.dialect.name == SQLITE:
        with suppress(sqlite3.Error):
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _forget_person(connection: Connection, identifier: str) -> None:
    theirs = select(conversation.c.channel, conversation.c.address).where(conversation.c.person_id == identifier)
    chats = [(row.channel, row.address) for row in connection.execute(theirs)]
    for statement in _UNNAME:
        connection.execute(statement, {"b_person": identifier})
    alone = delete(assessment).where(assessment.c.person_id == identifier, assessment.c.kind == "solo")
    connection.execute(alone)
    connection.execute(delete(person).where(person.c.id == identifier))
    _forget_chats(connection, chats)


def _forget_chats(connection: Connection, chats: Sequence[tuple[str, str]]) -> None:
    """Delete what was received from and what waits for chats (channel, address)."""
    if chats:
        for statement in _FORGET:
            connection.execute(statement, [{"b_channel": channel, "b_address": address} for channel, address in chats])
