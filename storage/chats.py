"""What is noted of chats beside their conversation: what shows their card, what was written, what could not be read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from flows.dialogue import Phase, Shown, Utterance
from storage import rows, statements
from storage.direct import Way
from storage.statements import Upserts, this_chat
from storage.store import CARD, REMEMBERED, DeadLetter
from storage.tables import conversation, dead_letter, delivery, outbox, utterance

_change = update(conversation).where(
    conversation.c.channel == bindparam("b_channel"), conversation.c.address == bindparam("b_address")
)
_reach = _change.values(unreachable=bindparam("unreachable"))
_last_seen = func.coalesce(conversation.c.seen_at, conversation.c.created_at)
_of_person = (
    select(conversation.c.channel, conversation.c.address)
    .where(conversation.c.person_id == bindparam("person"), ~conversation.c.unreachable)
    .order_by(_last_seen.desc(), conversation.c.id)
)
_here = select(conversation.c.id).where(this_chat).scalar_subquery()
_beyond = (
    select(utterance.c.id)
    .where(utterance.c.conversation_id == _here)
    .order_by(utterance.c.id.desc())
    .offset(REMEMBERED)
    .limit(1)
    .scalar_subquery()
)
_forget_oldest = delete(utterance).where(utterance.c.conversation_id == _here, utterance.c.id <= _beyond)


def show(way: Way, channel: str, address: str, shown: Shown) -> None:
    """Note which message shows a chat's card."""
    way.change(_change, {"b_channel": channel, "b_address": address, **rows.shown_columns(shown)})


def reach(connection: Connection, channel: str, address: str, *, reachable: bool) -> None:
    """Note whether a person can be reached in a chat."""
    connection.execute(_reach, {"b_channel": channel, "b_address": address, "unreachable": not reachable})


def chats_of(connection: Connection, person: str) -> list[tuple[str, str]]:
    """List the chats a person can be reached in, the last used first."""
    return [(row.channel, row.address) for row in connection.execute(_of_person, {"person": person})]


def move(connection: Connection, channel: str, old: str, new: str) -> None:
    """Give a chat its new address.

    Whoever wrote at the new one before without consent makes room; somebody who did consent stays, and the old chat
    then is out of reach. A card that waits at the new address stays: it shows what is true when it is drawn.
    """
    if old == new:
        return
    if _there(connection, channel, old):
        there = conversation.c.channel == channel, conversation.c.address == new
        connection.execute(delete(conversation).where(*there, conversation.c.person_id.is_(None)))
        if _there(connection, channel, new):
            reach(connection, channel, old, reachable=False)
        else:
            connection.execute(_change.values(address=new), {"b_channel": channel, "b_address": old})
    waiting = select(outbox.c.id).where(outbox.c.channel == channel, outbox.c.address == new, outbox.c.lane == CARD)
    if connection.execute(waiting).first():
        stale = outbox.c.channel == channel, outbox.c.address == old, outbox.c.lane == CARD
        connection.execute(delete(outbox).where(*stale))
    for table in (outbox, delivery, dead_letter):
        moved = update(table).where(table.c.channel == channel, table.c.address == old)
        connection.execute(moved.values(address=new))


def _there(connection: Connection, channel: str, address: str) -> bool:
    chat = {"channel": channel, "address": address}
    return connection.execute(select(conversation.c.id).where(this_chat), chat).first() is not None


def note_utterance(  # noqa: PLR0913, PLR0917 - as the unit has it
    connection: Connection, upserts: Upserts, channel: str, address: str, message: str, said: Utterance
) -> None:  # fmt: skip
    """Note what a message answered, and forget which ones the oldest answered."""
    chat = {"channel": channel, "address": address}
    place = {f"b_{name}": value for name, value in utterance_columns(said).items()}
    connection.execute(upserts.utterance, {**chat, "b_message": message, **place})
    connection.execute(_forget_oldest, chat)


def find_utterance(connection: Connection, channel: str, address: str, message: str) -> Utterance | None:
    """Find what a message answered."""
    place = {"channel": channel, "address": address, "message": message}
    row = connection.execute(statements.find_utterance, place).first()
    return read_utterance(row) if row else None


def set_aside(connection: Connection, upserts: Upserts, letter: DeadLetter) -> None:
    """Keep an input that could not be handled."""
    connection.execute(upserts.dead_letter, vars(letter))


def dead_letters(connection: Connection) -> list[DeadLetter]:
    """List what was set aside, the newest first."""
    newest = select(dead_letter).order_by(dead_letter.c.at.desc(), dead_letter.c.key)
    return [read_dead_letter(row) for row in connection.execute(newest)]


def utterance_columns(utterance: Utterance) -> rows.Columns:
    """Take from an utterance what is kept: all of it."""
    return vars(utterance) | {"phase": utterance.phase.value}


def read_utterance(row: Row[Any]) -> Utterance:
    """Build an utterance."""
    return Utterance(subject=row.subject, phase=Phase(row.phase), focus=row.focus, aspect=row.aspect, aside=row.aside)


def read_dead_letter(row: Row[Any]) -> DeadLetter:
    """Build an input that was set aside."""
    return DeadLetter(key=row.key, channel=row.channel, address=row.address, body=row.body, error=row.error, at=row.at)
