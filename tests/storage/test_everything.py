"""Whoever asks gets all that is stored about them, and nothing about anybody else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.assessment import Decision, PartChoice, VerdictRecord
from flows.inquiry import Standing
from flows.ratings import Plan, Rating
from storage.sql import SqlStore
from storage.store import DeadLetter, OutgoingMessage, Store
from storage.tables import metadata
from tests.storage.people import NOON, assessing, inquiry, keep, participant, piece, utterance

DOCUMENTS = {"toolkit", "practice"}
"""Tables that hold nothing of anybody."""


def living(store: Store, address: str, person: str, assessment: str) -> None:
    """Leave something of a person in every table; every text of theirs holds their address."""
    conversation = assessing(address, person, assessment)
    held = conversation.assessment
    assert held is not None
    held.rate("P2", Rating(value=1, note=f"note {address}", by=f"name {address}"), NOON)
    held.plan("P2", Plan(action=f"plan {address}"), NOON)
    held.decide(0, PartChoice(decision=Decision.ADAPT, reason=f"reason {address}"), NOON)
    held.conclude(VerdictRecord(at=NOON, key="ready-to-pilot", rule=1, total=1.5, steps={"need": 50.0}))
    held.attach(piece(f"e-{address}", shows=f"shows {address}"), NOON)
    post: dict[str, Any] = {"channel": "telegram", "address": address}
    with store.unit() as unit:
        unit.first_delivery(f"telegram:{address}", "telegram", address, NOON)
        unit.save(conversation, NOON)
        unit.note_utterance("telegram", address, "17", utterance())
        unit.outbox.post(OutgoingMessage(**post, kind="card", body={"text": f"card {address}"}, created_at=NOON))
        unit.set_aside(DeadLetter(**post, key=f"odd:{address}", body=f"body {address}", error="KeyError", at=NOON))
        unit.commit()


def everything(store: Store, person: str) -> dict[str, list[dict[str, object]]]:
    with store.unit(read_only=True) as unit:
        found = unit.everything(person)
    plain: dict[str, list[dict[str, object]]] = json.loads(json.dumps(found))
    assert plain == found
    return plain


def test_every_table_that_holds_something_of_a_person_is_named_with_it(store: Store) -> None:
    living(store, "1001", "p-1", "a-1")
    living(store, "1002", "p-2", "b-1")
    store.run(lambda unit: unit.keep_inquiry(replace(inquiry(), colleague="p-2", standing=Standing.TAKEN)))
    found = everything(store, "p-1")
    told = json.dumps(found)
    assert all(f"{word} 1001" in told for word in ("note", "name", "plan", "reason", "shows", "card", "body"))
    assert "1002" not in told
    assert "p-2" not in told
    assert set(found) == {table.name for table in metadata.sorted_tables} - DOCUMENTS | {"inquiry_answered"}
    assert {name for name, rows in found.items() if not rows} == {"inquiry_answered"}


def test_a_moment_is_told_with_its_zone(store: Store) -> None:
    living(store, "1001", "p-1", "a-1")
    (conversation,) = everything(store, "p-1")["conversation"]
    assert datetime.fromisoformat(str(conversation["seen_at"])) == NOON


def test_every_chat_and_every_assessment_of_the_person_is_told(store: Store) -> None:
    living(store, "1001", "p-1", "a-1")
    living(store, "1003", "p-1", "a-3")
    found = everything(store, "p-1")
    assert len(found["person"]) == 1
    assert {row["address"] for row in found["conversation"]} == {"1001", "1003"}
    assert {row["id"] for row in found["assessment"]} == {"a-1", "a-3"}
    assert {row["id"] for row in found["evidence"]} == {"e-1001", "e-1003"}


def test_a_colleague_gets_their_answer_but_not_who_asked(store: Store) -> None:
    keep(store, assessing(), participant("1002", "p-2"))
    rating = Rating(value=-1, note="halte penuh", language="id")
    answered = replace(inquiry(), standing=Standing.ANSWERED, colleague="p-2", by="Sri", rating=rating)
    store.run(lambda unit: unit.keep_inquiry(answered))
    (answer,) = everything(store, "p-2")["inquiry_answered"]
    assert (answer["by_name"], answer["value"], answer["note"]) == ("Sri", "-1", "halte penuh")
    assert "p-1" not in json.dumps(everything(store, "p-2"))
    (asked,) = everything(store, "p-1")["inquiry"]
    assert (asked["by_name"], asked["note"]) == ("Sri", "halte penuh")


def test_of_nobody_nothing_is_told(store: Store) -> None:
    living(store, "1001", "p-1", "a-1")
    assert not any(everything(store, "p-9").values())


def test_every_column_of_a_persons_rows_is_told(database: SqlStore) -> None:
    living(database, "1001", "p-1", "a-1")
    database.run(lambda unit: unit.keep_inquiry(inquiry()))
    found = everything(database, "p-1")
    for table in metadata.sorted_tables:
        if table.name not in DOCUMENTS:
            assert {*table.c.keys()} - found[table.name][0].keys() <= {"colleague_id"}
