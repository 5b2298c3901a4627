"""One transaction of a database behind the protocol of a unit of work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Table, delete, insert, select
from sqlalchemy.sql.dml import Insert

from flows.assessment import Assessment, Rated, Summary
from flows.dialogue import Conversation, Shown, Utterance
from flows.evidence import Evidence
from flows.inquiry import Inquiry
from storage import chats, rows, statements, supports
from storage.direct import way
from storage.disclosure import disclosed
from storage.engines import SQLITE
from storage.erasing import cut_log, erase, forget_inactive, forget_strangers
from storage.errors import LostRace
from storage.outbox import SqlOutbox
from storage.statements import Upserts
from storage.store import DeadLetter, Document, UnitOfWork, with_events
from storage.tables import conversation as conversations
from storage.tables import dead_letter, delivery, practice, toolkit
from storage.writing import write_events


class SqlUnit(UnitOfWork):
    """One transaction."""

    def __init__(self, connection: Connection, upserts: Upserts, *, read_only: bool) -> None:
        """Work on a connection that has begun."""
        self._connection = connection
        self._way = way(connection)
        self._upserts = upserts
        self._read_only = read_only
        # on SQLite the whole unit is the lock
        self._locks = not read_only and connection.dialect.name != SQLITE
        # by the object's identity, so that each is checked against the revision it was loaded with
        self._loaded: dict[int, tuple[Conversation, rows.Columns, rows.Columns]] = {}
        # an assessment put down again in the same unit may still have events to write
        self._handed: list[Assessment] = []
        self._forgot = False
        self._outbox = SqlOutbox(self._way, upserts)
        self._inquiries = supports.Inquiries(self._way, upserts, locks=self._locks)

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
        return self._way.change(self._upserts.delivery, values) == 1

    def conversation(self, channel: str, address: str) -> Conversation | None:
        """Lock and load a conversation: one statement, and one more for each thing it has in hand."""
        chat = {"channel": channel, "address": address}
        if self._locks:
            self._run(statements.lock_conversation, chat)
        row = self._way.first(statements.load_conversation, chat)
        if row is None:
            return None
        conversation = rows.read_conversation(row)
        if row.assessment_id is not None:
            conversation.assessment = self._read_assessment(row)
        if row.inquiry_token is not None:
            conversation.inquiry = self._inquiries.find(row.inquiry_token)
        loaded = rows.conversation_columns(conversation), rows.person_columns(conversation)
        self._loaded[id(conversation)] = (conversation, *loaded)
        return conversation

    def save(self, conversation: Conversation, at: datetime) -> None:
        """Write a conversation and its assessment's events."""
        if conversation.erased:
            erase(self._connection, conversation)
            self._forgot = True
            self._loaded.pop(id(conversation), None)
            return
        _, old, known = self._loaded.get(id(conversation), (None, {}, {}))
        new, person = rows.conversation_columns(conversation), rows.person_columns(conversation)
        if conversation.person and (person != known or old["person_id"] != conversation.person):
            self._way.change(self._upserts.person, {"id": conversation.person, "created_at": at, **person})
        touched = with_events(conversation, self._handed)
        for assessment in touched:
            write_events(self._way, self._upserts, assessment, conversation.person)
        if conversation.inquiry:
            self._inquiries.keep(conversation.inquiry)
        self._save_conversation(conversation, old, new, at)
        for assessment in touched:
            assessment.events.clear()
        self._loaded[id(conversation)] = (conversation, new, person)

    def assessment(self, identifier: str, person: str) -> Assessment | None:
        """One assessment of a person."""
        row = self._way.first(statements.load_assessment, {"assessment": identifier, "person": person})
        return None if row is None else self._read_assessment(row)

    def assessments(self, person: str) -> list[Summary]:
        """List a person's assessments."""
        return [rows.read_summary(row) for row in self._run(statements.list_assessments, {"person": person})]

    def history(self, identifier: str) -> list[Rated]:
        """Every answer ever given in an assessment."""
        return [rows.read_change(row) for row in self._run(statements.load_history, {"assessment": identifier})]

    def show(self, channel: str, address: str, shown: Shown) -> None:
        """Note which message shows a chat's card."""
        chats.show(self._way, channel, address, shown)

    def reach(self, channel: str, address: str, *, reachable: bool) -> None:
        """Note whether a person can be reached."""
        chats.reach(self._connection, channel, address, reachable=reachable)

    def move(self, channel: str, old: str, new: str) -> None:
        """Give a chat its new address."""
        chats.move(self._connection, channel, old, new)

    def chats(self, person: str) -> list[tuple[str, str]]:
        """List the chats of a person."""
        return chats.chats_of(self._connection, person)

    def note_utterance(self, channel: str, address: str, message: str, utterance: Utterance) -> None:
        """Note which question a message answered."""
        chats.note_utterance(self._connection, self._upserts, channel, address, message, utterance)

    def utterance(self, channel: str, address: str, message: str) -> Utterance | None:
        """Find which question a message answered."""
        return chats.find_utterance(self._connection, channel, address, message)

    def inquiry(self, token: str) -> Inquiry | None:
        """Find an inquiry by its token."""
        return self._inquiries.find(token)

    def keep_inquiry(self, inquiry: Inquiry) -> None:
        """Add an inquiry or write how it stands now."""
        self._inquiries.keep(inquiry)

    def inquiries(self, assessment: str) -> list[Inquiry]:
        """List the inquiries of an assessment."""
        return self._inquiries.of(assessment)

    def evidence(self, identifier: str) -> Evidence | None:
        """Find a piece of evidence."""
        return supports.find_evidence(self._connection, identifier, locked=self._locks)

    def keep_evidence(self, evidence: Evidence) -> None:
        """Write what is known of a file."""
        supports.keep_evidence(self._connection, evidence)

    def evidence_paths(self) -> set[str]:
        """List where all files of evidence lie."""
        return supports.evidence_paths(self._connection)

    def everything(self, person: str) -> dict[str, object]:
        """Collect what is stored about a person."""
        return disclosed(self._connection, person)

    def set_aside(self, letter: DeadLetter) -> None:
        """Keep an input that could not be handled."""
        chats.set_aside(self._connection, self._upserts, letter)

    def dead_letters(self) -> list[DeadLetter]:
        """List the inputs that were set aside."""
        return chats.dead_letters(self._connection)

    def purge_dead_letters(self, before: datetime) -> int:
        """Forget inputs set aside long ago."""
        return self._purged(self._run(delete(dead_letter).where(dead_letter.c.at < before)).rowcount)

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

    def _read_assessment(self, row: Any) -> Assessment:
        assessment = rows.read_header(row)
        here = {"assessment": assessment.id}
        rows.read_answers(assessment, row)
        if row.a_has_verdict:
            assessment.verdicts = [rows.read_verdict(given) for given in self._way.all(statements.load_verdicts, here)]
        if row.a_has_evidence:
            load = statements.load_and_lock_evidence if self._locks else statements.load_evidence
            assessment.evidence = {piece.id: supports.read_evidence(piece) for piece in self._way.all(load, here)}
        self._handed.append(assessment)
        return assessment

    def _save_conversation(
        self, conversation: Conversation, old: rows.Columns, new: rows.Columns, at: datetime
    ) -> None:
        if not old:
            place = {"id": conversation.id, "channel": conversation.channel, "address": conversation.address}
            self._run(insert(conversations), {**place, "created_at": at, **new})
        elif changed := {name: value for name, value in new.items() if value != old[name]}:
            key = {"b_id": conversation.id, "b_revision": old["revision"]}
            if self._way.change(statements.change_conversation, {**key, **changed}) != 1:
                raise LostRace(conversation.id)


class SharedUnit(SqlUnit):
    """A unit that is committed together with others."""

    def commit(self) -> None:
        """Leave it to the sitting."""

    @property
    def forgot(self) -> bool:
        """Whether somebody was forgotten, whose words are still in the log."""
        return self._forgot


class SqlSitting:
    """Several units in one transaction, one after the other."""

    def __init__(self, connection: Connection, upserts: Upserts) -> None:
        """Work on a connection that has begun."""
        self._connection = connection
        self._upserts = upserts
        self._units: list[SharedUnit] = []

    def unit(self) -> SharedUnit:
        """Begin the next unit."""
        self._units.append(SharedUnit(self._connection, self._upserts, read_only=False))
        return self._units[-1]

    def commit(self) -> None:
        """Make all of them last."""
        self._connection.commit()

    def tidy(self) -> None:
        """Leave no words of who was forgotten in the log."""
        if any(unit.forgot for unit in self._units):
            cut_log(self._connection)
