"""Messages to send, kept in the transaction that caused them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, update

from storage import rows, statements
from storage.store import Outbox, OutgoingMessage
from storage.tables import outbox


class SqlOutbox(Outbox):
    """The outbox of one transaction. Who claims skips what another worker is claiming."""

    def __init__(self, connection: Connection) -> None:
        """Work on a connection that has begun."""
        self._connection = connection

    def post(self, message: OutgoingMessage) -> None:
        """Add a message."""
        values = {"channel": message.channel, "address": message.address, "kind": message.kind, "body": message.body}
        times = {"created_at": message.created_at, "not_before": message.created_at}
        self._connection.execute(statements.add_message, values | times)

    def claim(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[OutgoingMessage]:
        """Take due messages."""
        asked = {"from_channel": channel, "now": now, "limit": limit}
        found = self._connection.execute(statements.due_messages, asked).all()
        if found:
            taken = update(outbox).where(outbox.c.id.in_([row.id for row in found]))
            self._connection.execute(taken.values(lease_until=now + lease, attempts=outbox.c.attempts + 1))
        return [rows.read_message(row) for row in found]

    def sent(self, message: int) -> None:
        """Forget a message that was sent."""
        self._connection.execute(delete(outbox).where(outbox.c.id == message))

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
