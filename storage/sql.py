"""The store on SQLite and PostgreSQL: one unit of work for both, SQLAlchemy Core throughout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Row, Table, delete, insert, select
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.sql.dml import Insert

from flows.assessment import Assessment, Rated, Summary
from flows.dialogue import Conversation
from storage import rows, statements
from storage.engines import SQLITE, open_engine
from storage.erasing import cut_log, erase, forget_inactive, forget_strangers
from storage.errors import LostRace, StoreUnreachable
from storage.outbox import SqlOutbox
from storage.schema import check
from storage.statements import Upserts
from storage.store import Document, Store, UnitOfWork, with_events
from storage.tables import conversation as conversations
from storage.tables import delivery, practice, toolkit
from storage.writing import write_events


def open_sql(url: str, patience: float) -> SqlStore:
    """Open a store by SQLAlchemy URL; raises StoreUnreachable, StoreUnreadable, StoreOutdated or StoreTooNew."""
    engine = open_engine(url, patience)
    try:
        check(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, patience)


class SqlStore(Store):
    """A database behind the protocol."""

    def __init__(self, engine: Engine, patience: float) -> None:
        """Keep the engine; on SQLite this process writes one unit at a time."""
        self.engine = engine
        self._reading = engine.execution_options(
            sqlite_begin="DEFERRED", **({} if engine.dialect.name == SQLITE else {"postgresql_readonly": True})
        )
        self._upserts = Upserts(engine.dialect.name)
        self._writer = Lock() if engine.dialect.name == SQLITE else None
        self._patience = patience

    @contextmanager
    def unit(self, *, read_only: bool = False) -> Iterator[UnitOfWork]:
        """Begin a unit of work."""
        if read_only:
            with _connected(self._reading) as connection:
                yield SqlUnit(connection, self._upserts, read_only=True)
            return
        with self._turn(), _connected(self.engine) as connection:
            yield SqlUnit(connection, self._upserts, read_only=False)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._writer is None:
            yield
            return
        if not self._writer.acquire(timeout=self._patience):
            detail = "another unit of work in this process is writing"
            raise LostRace(detail)
        try:
            yield
        finally:
            self._writer.release()


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except PoolTimeout as error:
        raise StoreUnreachable(str(error)) from error
    with connection:
        connection.begin()
        yield connection


class SqlUnit(UnitOfWork):
    """One transaction."""

    def __init__(self, connection: Connection, upserts: Upserts, *, read_only: bool) -> None:
        """Work on a connection that has begun."""
        self._connection = connection
        self._upserts = upserts
        self._read_only = read_only
        # by the object's identity, so that each is checked against the revision it was loaded with
        self._loaded: dict[int, tuple[Conversation, rows.Columns, rows.Columns]] = {}
        # an assessment put down again in the same unit may still have events to write
        self._handed: list[Assessment] = []
        self._forgot = False
        self._outbox = SqlOutbox(connection)

    @property
    def outbox(self) -> SqlOutbox:
        """The messages to send."""
        return self._outbox

    def commit(self) -> None:
        """Make it last."""
        if not self._read_only:
            self._connection.commit()
            if self._forgot:
                cut_log(self._connection)
            self._forgot = False

    def first_delivery(self, key: str, channel: str, address: str, at: datetime) -> bool:
        """Note a delivery."""
        values = {"key": key, "channel": channel, "address": address, "received_at": at}
        return self._run(self._upserts.delivery, values).rowcount == 1

    def conversation(self, channel: str, address: str) -> Conversation | None:
        """Lock and load a conversation: one statement, two with an assessment in hand, three with a verdict."""
        chat = {"channel": channel, "address": address}
        if not self._read_only and self._connection.dialect.name != SQLITE:  # there the whole unit is the lock
            self._run(statements.lock_conversation, chat)
        row = self._run(statements.load_conversation, chat).first()
        if row is None:
            return None
        conversation = rows.read_conversation(row)
        if row.assessment_id is not None:
            conversation.assessment = self._read_assessment(row)
        self._remember(conversation)
        return conversation

    def save(self, conversation: Conversation, at: datetime) -> None:
        """Write a conversation and its assessment's events."""
        if conversation.erased:
            erase(self._connection, conversation)
            self._forgot = True
            self._loaded.pop(id(conversation), None)
            return
        _, old, old_person = self._loaded.get(id(conversation), (None, {}, {}))
        if conversation.person:
            self._save_person(conversation, old, old_person, at)
        touched = with_events(conversation, self._handed)
        for assessment in touched:
            write_events(self._connection, self._upserts, assessment, conversation.person)
        self._save_conversation(conversation, old, at)
        for assessment in touched:
            assessment.events.clear()
        self._remember(conversation)

    def assessment(self, identifier: str, person: str) -> Assessment | None:
        """One assessment of a person."""
        row = self._run(statements.load_header, {"assessment": identifier, "person": person}).first()
        return None if row is None else self._read_assessment(row)

    def assessments(self, person: str) -> list[Summary]:
        """List a person's assessments."""
        return [rows.read_summary(row) for row in self._run(statements.list_assessments, {"person": person})]

    def history(self, identifier: str) -> list[Rated]:
        """Every answer ever given in an assessment."""
        return [rows.read_change(row) for row in self._run(statements.load_history, {"assessment": identifier})]

    def purge_unconsented(self, before: datetime) -> int:
        """Forget people who never consented."""
        return self._purged(forget_strangers(self._connection, before))

    def purge_inactive(self, before: datetime) -> int:
        """Forget people who stayed away."""
        return self._purged(forget_inactive(self._connection, before))

    def purge_deliveries(self, before: datetime) -> int:
        """Forget old deliveries."""
        return self._run(delete(delivery).where(delivery.c.received_at < before)).rowcount

    def add_toolkit(self, key: str, version: int, document: str, at: datetime) -> bool:
        """Keep a toolkit version."""
        return self._keep(self._upserts.toolkit, key, version, document, at)

    def toolkits(self) -> list[Document]:
        """Every toolkit version."""
        return self._documents(toolkit)

    def add_practice(self, key: str, version: int, document: str, at: datetime) -> bool:
        """Keep a practice version."""
        return self._keep(self._upserts.practice, key, version, document, at)

    def practices(self) -> list[Document]:
        """Every practice version."""
        return self._documents(practice)

    def _purged(self, count: int) -> int:
        self._forgot = self._forgot or count > 0
        return count

    def _keep(self, statement: Insert, key: str, version: int, document: str, at: datetime) -> bool:
        values = {"key": key, "version": version, "document": document, "imported_at": at}
        return self._run(statement, values).rowcount == 1

    def _documents(self, table: Table) -> list[Document]:
        found = self._run(select(table).order_by(table.c.key, table.c.version))
        return [
            Document(key=row.key, version=row.version, text=row.document, imported_at=row.imported_at) for row in found
        ]

    def _run(self, statement: Any, values: rows.Columns | None = None) -> CursorResult[Any]:
        return self._connection.execute(statement, values)

    def _remember(self, conversation: Conversation) -> None:
        columns = rows.conversation_columns(conversation)
        self._loaded[id(conversation)] = (conversation, columns, rows.person_columns(conversation))

    def _read_assessment(self, row: Row[Any]) -> Assessment:
        assessment = rows.read_header(row)
        here = {"assessment": assessment.id}
        rows.read_answers(assessment, self._run(statements.load_answers, {**here, "seat": assessment.id}))
        if row.a_concluded:
            assessment.verdicts = [rows.read_verdict(given) for given in self._run(statements.load_verdicts, here)]
        self._handed.append(assessment)
        return assessment

    def _save_person(self, conversation: Conversation, old: rows.Columns, known: rows.Columns, at: datetime) -> None:
        new = rows.person_columns(conversation)
        if new != known or old["person_id"] != conversation.person:
            self._run(self._upserts.person, {"id": conversation.person, "created_at": at, **new})

    def _save_conversation(self, conversation: Conversation, old: rows.Columns, at: datetime) -> None:
        new = rows.conversation_columns(conversation)
        if not old:
            place = {"id": conversation.id, "channel": conversation.channel, "address": conversation.address}
            self._run(insert(conversations), {**place, "created_at": at, **new})
        elif changed := {name: value for name, value in new.items() if value != old[name]}:
            key = {"b_id": conversation.id, "b_revision": old["revision"]}
            if self._run(statements.change_conversation, {**key, **changed}).rowcount != 1:
                raise LostRace(conversation.id)
