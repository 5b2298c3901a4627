"""Forgetting a person: after this no table knows them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, select

from flows.dialogue import Conversation
from storage.tables import assessment, conversation, delivery, outbox, person

_FORGET = [
    delete(table).where(table.c.channel == bindparam("b_channel"), table.c.address == bindparam("b_address"))
    for table in (delivery, outbox)
]


def erase(connection: Connection, erased: Conversation) -> None:
    """Delete a conversation and all that belongs to its person, in every chat they use."""
    chats = [(erased.channel, erased.address)]
    if erased.person:
        theirs = select(conversation.c.channel, conversation.c.address).where(conversation.c.person_id == erased.person)
        chats += [(row.channel, row.address) for row in connection.execute(theirs)]
        alone = delete(assessment).where(assessment.c.person_id == erased.person, assessment.c.kind == "solo")
        connection.execute(alone)
        connection.execute(delete(person).where(person.c.id == erased.person))
    connection.execute(delete(conversation).where(conversation.c.id == erased.id))
    forget_chats(connection, chats)


def forget_chats(connection: Connection, chats: Sequence[tuple[str, str]]) -> None:
    """Delete what was received from and what waits for chats (channel, address)."""
    if chats:
        for statement in _FORGET:
            connection.execute(statement, [{"b_channel": channel, "b_address": address} for channel, address in chats])
