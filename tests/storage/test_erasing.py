"""Forgetting: whoever refuses, forgets or never consents leaves no trace."""

from __future__ import annotations

from sqlalchemy import select

from flows.assessment import City, Decision, PartChoice, VerdictRecord
from flows.dialogue import Conversation
from flows.ratings import Plan, Rating
from storage.sql import SqlStore
from storage.store import OutgoingMessage, Store
from storage.tables import metadata
from tests.storage.people import MINUTE, NOON, assessing, begun, keep, newcomer, participant, reopened


def message(address: str) -> OutgoingMessage:
    return OutgoingMessage(channel="telegram", address=address, kind="screen", body={"text": "x"}, created_at=NOON)


def talk(store: Store, conversation: Conversation) -> None:
    """Leave every kind of trace there is."""
    with store.unit() as unit:
        unit.first_delivery(f"telegram:{conversation.address}:1", "telegram", conversation.address, NOON)
        if conversation.assessment:
            conversation.assessment.set_header(NOON, city=City(name="Kota Bogor"))
            conversation.assessment.rate("P1", Rating(value=1), NOON)
            conversation.assessment.plan("P1", Plan(action="musyawarah"), NOON)
            conversation.assessment.decide(0, PartChoice(decision=Decision.KEEP), NOON)
            conversation.assessment.conclude(VerdictRecord(at=NOON, key="k", rule=1, total=1.0, steps={"need": 50.0}))
        unit.save(conversation, NOON)
        unit.outbox.post(message(conversation.address))
        unit.commit()


def everything(store: SqlStore) -> dict[str, list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        tables = metadata.sorted_tables
        return {table.name: [tuple(row) for row in connection.execute(select(table))] for table in tables}


def erase(store: Store, address: str) -> None:
    with store.unit() as unit:
        found = unit.conversation("telegram", address)
        assert found is not None
        found.erased = True
        unit.save(found, NOON)
        unit.commit()


def test_every_trace_of_a_person_goes_and_nothing_of_another(database: SqlStore) -> None:
    talk(database, assessing("1002", "p-2", "b-1"))
    before = everything(database)
    assert all(before[table.name] for table in metadata.sorted_tables if table.name not in {"toolkit", "practice"})
    talk(database, assessing("1001", "p-1", "a-1"))
    with database.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        found.assessment = begun("a-2")
        unit.save(found, NOON)
        unit.commit()
    erase(database, "1001")
    assert everything(database) == before


def test_whoever_refuses_is_forgotten(database: SqlStore) -> None:
    talk(database, newcomer())
    erase(database, "1001")
    assert not any(everything(database).values())


def test_forgetting_reaches_every_chat_of_the_person(store: Store) -> None:
    keep(store, assessing(), assessing("1003", "p-3", "c-1"))
    talk(store, participant("1002", "p-1"))
    erase(store, "1001")
    with store.unit() as unit:
        assert unit.first_delivery("telegram:1002:1", "telegram", "1002", NOON)
        assert unit.outbox.claim(NOON, 10, MINUTE) == []
        assert unit.conversation("telegram", "1001") is None
        assert unit.conversation("telegram", "1002") is None
        assert unit.assessments("p-1") == []
        assert unit.assessment("a-1", "p-1") is None
        assert unit.history("a-1") == []
        assert len(unit.assessments("p-3")) == 1


def test_after_forgetting_deliveries_and_messages_are_gone_too(store: Store) -> None:
    talk(store, assessing())
    erase(store, "1001")
    with store.unit() as unit:
        assert unit.first_delivery("telegram:1001:1", "telegram", "1001", NOON)
        assert unit.outbox.claim(NOON, 10, MINUTE) == []


def test_a_message_about_the_erasure_can_be_posted_after_it(store: Store) -> None:
    talk(store, assessing())
    with store.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        found.erased = True
        unit.save(found, NOON)
        unit.outbox.post(message("1001"))
        unit.commit()
    with store.unit() as unit:
        assert len(unit.outbox.claim(NOON, 10, MINUTE)) == 1


def test_someone_forgotten_may_begin_anew(store: Store) -> None:
    keep(store, assessing())
    erase(store, "1001")
    keep(store, assessing())
    assert reopened(store) == assessing()


def test_whoever_never_consented_is_forgotten_after_a_day_of_silence(store: Store) -> None:
    silent, recent = newcomer("1"), newcomer("2")
    recent.seen_at = NOON + MINUTE
    never_seen = newcomer("3")
    never_seen.seen_at = None
    for conversation in (silent, recent, never_seen, participant("4")):
        talk(store, conversation)
    with store.unit() as unit:
        assert unit.purge_unconsented(NOON) == 0
        assert unit.purge_unconsented(NOON + MINUTE) == 2
        unit.commit()
    with store.unit() as unit:
        left = [address for address in "1234" if unit.conversation("telegram", address)]
        assert left == ["2", "4"]
        assert [one.address for one in unit.outbox.claim(NOON, 10, MINUTE)] == ["2", "4"]
        assert unit.first_delivery("telegram:1:1", "telegram", "1", NOON)
        assert not unit.first_delivery("telegram:2:1", "telegram", "2", NOON)


def test_old_deliveries_are_forgotten(store: Store) -> None:
    with store.unit() as unit:
        unit.first_delivery("old", "telegram", "1001", NOON)
        unit.first_delivery("new", "telegram", "1001", NOON + MINUTE)
        assert unit.purge_deliveries(NOON + MINUTE) == 1
        assert unit.first_delivery("old", "telegram", "1001", NOON)
        assert not unit.first_delivery("new", "telegram", "1001", NOON)
