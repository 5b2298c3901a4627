"""Forgetting: whoever refuses, forgets or never consents leaves no trace."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from sqlalchemy import select, text

from flows.assessment import City, Decision, PartChoice, VerdictRecord
from flows.dialogue import Conversation
from flows.inquiry import Standing
from flows.ratings import Plan, Rating
from storage import tables
from storage.sql import SqlStore
from storage.store import DeadLetter, OutgoingMessage, Store, open_store
from storage.tables import metadata
from tests.storage.conftest import PATIENCE
from tests.storage.people import (
    MINUTE,
    NOON,
    assessing,
    begun,
    inquiry,
    keep,
    newcomer,
    participant,
    piece,
    reopened,
    utterance,
)


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
            conversation.assessment.attach(piece(f"e-{conversation.address}"), NOON)
        unit.save(conversation, NOON)
        if conversation.assessment:
            unit.keep_inquiry(inquiry(f"t-{conversation.address}", conversation.assessment.id, conversation.person))
        unit.note_utterance("telegram", conversation.address, "17", utterance())
        unit.set_aside(letter(conversation.address))
        unit.outbox.post(message(conversation.address))
        unit.commit()


def letter(address: str) -> DeadLetter:
    return DeadLetter(key=f"odd:{address}", channel="telegram", address=address, body="{}", error="KeyError", at=NOON)


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


def answer(store: Store, colleague: str = "p-2", name: str = "Sri", key: str = "t-1") -> None:
    """Let a colleague answer a question of p-1, who accepts it."""
    rating = Rating(value=-1, note="halte penuh", language="id", by=name)
    done = replace(inquiry(key), standing=Standing.SETTLED, colleague=colleague, by=name, rating=rating)
    with store.unit() as unit:
        unit.keep_inquiry(done)
        owner = unit.conversation("telegram", "1001")
        assert owner is not None
        assert owner.assessment is not None
        owner.assessment.rate("P1", rating, NOON)
        owner.assessment.rate("P2", Rating(value=1, by=name), NOON)
        unit.save(owner, NOON)
        unit.commit()


def test_what_a_colleague_answered_stays_with_who_asked_but_not_who_gave_it(store: Store) -> None:
    keep(store, assessing(), participant("1002", "p-2"), participant("1003", "p-3"))
    answer(store)
    erase(store, "1003")
    with store.unit(read_only=True) as unit:
        asked = unit.inquiry("t-1")
    assert asked is not None
    assert (asked.colleague, asked.by) == ("p-2", "Sri")
    erase(store, "1002")
    left = Rating(value=-1, note="halte penuh", language="id")
    with store.unit(read_only=True) as unit:
        asked = unit.inquiry("t-1")
    assert asked == replace(inquiry(), standing=Standing.SETTLED, rating=left)
    owner = reopened(store).assessment
    assert owner is not None
    assert owner.ratings == {"P1": left, "P2": Rating(value=1, by="Sri")}  # the second was no answer of theirs


def test_an_answer_by_another_colleague_keeps_its_name(store: Store) -> None:
    keep(store, assessing(), participant("1002", "p-2"), participant("1003", "p-3"))
    answer(store, "p-2", "Sri")
    answer(store, "p-3", "Budi", "t-2")
    erase(store, "1002")
    owner = reopened(store).assessment
    assert owner is not None
    assert owner.ratings["P1"].by == "Budi"
    with store.unit(read_only=True) as unit:
        assert [one.by for one in unit.inquiries("a-1")] == ["", "Budi"]


def test_questions_go_with_who_asked_them_and_from_the_chats_of_colleagues(store: Store) -> None:
    keep(store, assessing(), participant("1002", "p-2"))
    with store.unit() as unit:
        colleague = unit.conversation("telegram", "1002")
        assert colleague is not None
        colleague.inquiry = replace(inquiry(), standing=Standing.TAKEN, colleague="p-2")
        unit.save(colleague, NOON)
        unit.commit()
    erase(store, "1001")
    assert reopened(store, "1002") == participant("1002", "p-2")
    with store.unit(read_only=True) as unit:
        assert unit.inquiry("t-1") is None
        assert unit.inquiries("a-1") == []


def test_no_piece_of_evidence_note_of_a_message_or_input_set_aside_is_left(store: Store) -> None:
    talk(store, assessing())
    talk(store, assessing("1002", "p-2", "b-1"))
    erase(store, "1001")
    keep(store, assessing())
    with store.unit(read_only=True) as unit:
        assert unit.evidence("e-1001") is None
        assert unit.evidence("e-1002") is not None
        assert unit.utterance("telegram", "1001", "17") is None
        assert unit.utterance("telegram", "1002", "17") is not None
        assert [one.address for one in unit.dead_letters()] == ["1002"]


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
        assert unit.outbox.claim("telegram", NOON, 10, MINUTE) == []
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
        assert unit.outbox.claim("telegram", NOON, 10, MINUTE) == []


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
        assert len(unit.outbox.claim("telegram", NOON, 10, MINUTE)) == 1


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
        assert sorted(one.address for one in unit.dead_letters()) == ["2", "4"]
        assert [one.address for one in unit.outbox.claim("telegram", NOON, 10, MINUTE)] == ["2", "4"]
        assert unit.first_delivery("telegram:1:1", "telegram", "1", NOON)
        assert not unit.first_delivery("telegram:2:1", "telegram", "2", NOON)


def test_a_panel_keeps_the_answers_of_whoever_is_forgotten_but_not_who_gave_them(database: SqlStore) -> None:
    keep(database, assessing("1002", "p-2", "b-1"), assessing())
    with database.engine.begin() as connection:
        connection.execute(tables.assessment.update().where(tables.assessment.c.id == "b-1").values(kind="panel"))
        place = {"id": "s-1", "assessment_id": "b-1", "person_id": "p-1"}
        connection.execute(tables.seat.insert(), place | {"joined_at": None})
        given = {"seat_id": "s-1", "item": "P1", "value": "1", "note": "", "language": None, "rated_at": None}
        connection.execute(tables.rating.insert(), given)
    erase(database, "1001")
    erase(database, "1002")
    left = everything(database)
    assert {(row[0], row[2]) for row in left["seat"]} == {("s-1", None), ("b-1", None)}
    assert {row[0] for row in left["rating"]} == {"s-1", "b-1"}
    assert left["person"] == []


def test_whoever_stays_away_from_every_chat_is_forgotten_with_all_that_is_theirs(store: Store) -> None:
    back = participant("1003", "p-2")
    back.seen_at = NOON + MINUTE
    talk(store, assessing())
    talk(store, participant("1004", "p-1"))
    for conversation in (assessing("1002", "p-2", "b-1"), back, newcomer("1005")):
        talk(store, conversation)
    with store.unit() as unit:
        assert unit.purge_inactive(NOON) == 0
        assert unit.purge_inactive(NOON + MINUTE) == 1
        assert unit.purge_inactive(NOON + MINUTE) == 0
        unit.commit()
    with store.unit() as unit:
        left = [address for address in map(str, range(1001, 1006)) if unit.conversation("telegram", address)]
        assert left == ["1002", "1003", "1005"]
        assert (unit.assessments("p-1"), unit.history("a-1")) == ([], [])
        assert (unit.evidence("e-1001"), unit.inquiry("t-1001")) == (None, None)
        assert sorted(one.address for one in unit.dead_letters()) == left
        assert [one.id for one in unit.assessments("p-2")] == ["b-1"]
        assert [one.address for one in unit.outbox.claim("telegram", NOON, 10, MINUTE)] == left
        assert unit.first_delivery("telegram:1004:1", "telegram", "1004", NOON)


def test_whoever_comes_back_while_the_absent_are_forgotten_stays(store: Store) -> None:
    keep(store, assessing())
    started = Event()

    def purge() -> int:
        started.set()
        return store.run(lambda unit: unit.purge_inactive(NOON + MINUTE))

    with ThreadPoolExecutor(1) as pool:
        with store.unit() as unit:
            found = unit.conversation("telegram", "1001")
            assert found is not None
            found.revision, found.seen_at = found.revision + 1, NOON + MINUTE
            unit.save(found, NOON)
            purged = pool.submit(purge)
            started.wait(10)
            sleep(PATIENCE / 4)  # by now it stands at the lock
            unit.commit()
        assert purged.result() == 0
    assert reopened(store).assessment == assessing().assessment


def test_a_person_never_seen_since_the_first_input_counts_from_then(store: Store) -> None:
    conversation = participant()
    conversation.seen_at = None
    keep(store, conversation, at=NOON)
    with store.unit() as unit:
        assert unit.purge_inactive(NOON) == 0
        assert unit.purge_inactive(NOON + MINUTE) == 1


@pytest.mark.parametrize("forget", ["erase", "purge"])
def test_what_was_erased_is_in_no_file_though_the_store_stays_open(tmp_path: Path, forget: str) -> None:
    words = "the mayor's cousin owns the buses"
    store = open_store(f"sqlite:///{tmp_path}/cocok.db")
    conversation = assessing()
    assert conversation.assessment is not None
    conversation.assessment.rate("P2", Rating(value=1, note=words), NOON)
    conversation.scratch = {"note": words}
    conversation.assessment.attach(piece(content=words), NOON)
    keep(store, participant("1002", "p-2"), conversation)
    with store.unit(read_only=True) as unit:
        assert len(unit.history("a-1")) == 2
    assert words.encode() in contents(tmp_path)
    if forget == "erase":
        erase(store, "1001")
    else:
        store.run(lambda unit: unit.purge_inactive(NOON + MINUTE))
    assert words.encode() not in contents(tmp_path)
    store.close()


def contents(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_freed_pages_are_overwritten(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/cocok.db")
    assert isinstance(store, SqlStore)
    with store.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA secure_delete")) == 1
    store.close()


def test_old_deliveries_are_forgotten(store: Store) -> None:
    with store.unit() as unit:
        unit.first_delivery("old", "telegram", "1001", NOON)
        unit.first_delivery("new", "telegram", "1001", NOON + MINUTE)
        assert unit.purge_deliveries(NOON + MINUTE) == 1
        assert unit.first_delivery("old", "telegram", "1001", NOON)
        assert not unit.first_delivery("new", "telegram", "1001", NOON)
