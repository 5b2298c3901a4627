"""Messages to send, kept in the transaction that caused them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, select, update

from storage import rows, statements
from storage.direct import Way
from storage.statements import Upserts
from storage.store import CARD, Outbox, OutgoingMessage
from storage.tables import outbox

_of_this_chat = and_(outbox.c.channel == bindparam("channel"), outbox.c.address == bindparam("address"))
_card = and_(_of_this_chat, outbox.c.lane == CARD)
_draw = delete(outbox).where(_card, outbox.c.stamp == bindparam("stamp"))
_waiting = select(outbox.c.id).where(_card, outbox.c.state == "pending")
_drop = delete(outbox).where(_of_this_chat, outbox.c.state == "pending")

_NO_LEASE = timedelta(0)


class SqlOutbox(Outbox):
    """The outbox of one transaction. Who claims skips what another worker is claiming."""

    def __init__(self, way: Way, upserts: Upserts) -> None:
        """Work on a connection that has begun."""
        self._way = way
        self._connection = way.connection
        self._upserts = upserts

    def post(self, message: OutgoingMessage, lease: timedelta = _NO_LEASE) -> None:
        """Add a message."""
        self._way.change(self._upserts.message, message_columns(message, lease))

    def claim(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[OutgoingMessage]:
        """Take due messages."""
        asked = {"from_channel": channel, "now": now, "limit": limit}
        found = self._connection.execute(statements.due_messages, asked).all()
        if found:
            taken = update(outbox).where(outbox.c.id.in_([row.id for row in found]))
            self._connection.execute(taken.values(lease_until=now + lease, attempts=outbox.c.attempts + 1))
        return [read_message(row) for row in found]

    def sent(self, message: int) -> None:
        """Forget a message that was sent."""
        self._connection.execute(delete(outbox).where(outbox.c.id == message))

    def drawn(self, channel: str, address: str, stamp: str) -> None:
        """Forget a card that was drawn."""
        self._way.change(_draw, {"channel": channel, "address": address, "stamp": stamp})

    def waits(self, channel: str, address: str) -> bool:
        """Whether a card is still to be drawn."""
        return self._connection.execute(_waiting, {"channel": channel, "address": address}).first() is not None

    def drop(self, channel: str, address: str) -> None:
        """Forget what waits for a chat."""
        self._connection.execute(_drop, {"channel": channel, "address": address})

    def retry(self, message: int, not_before: datetime, error: str) -> None:
        """Offer it again later."""
        later = update(outbox).where(outbox.c.id == message)
        self._connection.execute(later.values(not_before=not_before, lease_until=None, last_error=error))

    def give_up(self, message: int, error: str) -> None:
        """Keep it unsent."""
        unsent = update(outbox).where(outbox.c.id == message)
        self._connection.execute(unsent.values(state="given-up", lease_until=None, last_error=error))

    def purge(self, before: datetime) -> int:
        """Delete old given-up messages."""
        old = delete(outbox).where(outbox.c.state == "given-up", outbox.c.created_at < before)
        return self._connection.execute(old).rowcount


def message_columns(message: OutgoingMessage, lease: timedelta) -> rows.Columns:
    """Take from a message what is kept while it waits."""
    return {
        "channel": message.channel,
        "address": message.address,
        "kind": message.kind,
        "body": message.body,
        "created_at": message.created_at,
        "attempts": 0,
        "not_before": message.created_at,
        "lease_until": message.created_at + lease if lease else None,
        "last_error": "",
        "state": "pending",
        "lane": message.lane,
        "stamp": message.stamp,
    }


def read_message(row: Row[Any]) -> OutgoingMessage:
    """Build a message as it is claimed now."""
    return OutgoingMessage(
        id=row.id,
        channel=row.channel,
        address=row.address,
        kind=row.kind,
        body=row.body,
        created_at=row.created_at,
        lane=row.lane,
        stamp=row.stamp,
        attempts=row.attempts + 1,
    )
