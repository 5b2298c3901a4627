"""Evidence belongs to its assessment: it comes with it, goes with it, and its file is looked after meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.assessment import Assessment
from flows.evidence import Custody, Evidence, Refusal
from storage.errors import LostRace
from storage.sql import SqlStore
from storage.store import Store, UnitOfWork, open_store
from tests.storage.conftest import PATIENCE, questions
from tests.storage.people import MINUTE, NOON, assessing, keep, piece, reopened


def attach(unit: UnitOfWork, *pieces: Evidence, address: str = "1001") -> None:
    found = unit.conversation("telegram", address)
    assert found is not None
    assert found.assessment is not None
    for one in pieces:
        found.assessment.attach(one, NOON + MINUTE)
    unit.save(found, NOON)


def held(store: Store) -> Assessment:
    assessment = reopened(store).assessment
    assert assessment is not None
    return assessment


def test_evidence_comes_back_with_its_assessment(store: Store) -> None:
    keep(store, assessing())
    whole = piece(
        shows="Halte di Jalan Sudirman",
        name="halte.jpg",
        size=3_000_000_000,
        media_type="image/jpeg",
        sha256="ab" * 32,
        path="a-1/e-1.jpg",
        album="77",
        custody=Custody.REFUSED,
        refusal=Refusal.TOO_LARGE,
    )
    store.run(lambda unit: attach(unit, whole, piece("e-2", content="-6.2, 106.8")))
    assert held(store).evidence == {"e-1": whole, "e-2": piece("e-2", content="-6.2, 106.8")}
    with store.unit(read_only=True) as unit:
        taken = unit.assessment("a-1", "p-1")
        assert taken is not None
        assert list(taken.evidence) == ["e-1", "e-2"]
        assert taken.updated_at == NOON + MINUTE


def test_what_is_known_of_evidence_changes_with_a_later_event(store: Store) -> None:
    keep(store, assessing())
    store.run(lambda unit: attach(unit, piece()))
    store.run(lambda unit: attach(unit, piece(shows="now it is clear")))
    assert held(store).evidence == {"e-1": piece(shows="now it is clear")}


def test_evidence_taken_back_is_gone(store: Store) -> None:
    keep(store, assessing())

    def detach(unit: UnitOfWork) -> None:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        assert found.assessment is not None
        found.assessment.detach("e-1", NOON)
        unit.save(found, NOON)

    store.run(lambda unit: attach(unit, piece(), piece("e-2")))
    store.run(detach)
    assert set(held(store).evidence) == {"e-2"}
    with store.unit(read_only=True) as unit:
        assert unit.evidence("e-1") is None


def test_a_piece_is_found_by_its_id_and_written_as_it_is_known_then(store: Store) -> None:
    keep(store, assessing(), assessing("1002", "p-2", "b-1"))
    store.run(lambda unit: attach(unit, piece()))
    store.run(lambda unit: attach(unit, piece("f-1"), address="1002"))

    def fetched(unit: UnitOfWork) -> None:
        found = unit.evidence("e-1")
        assert found == piece()
        unit.keep_evidence(replace(found, custody=Custody.KEPT, path="a-1/e-1", sha256="cd", size=7))

    store.run(fetched)
    assert held(store).evidence["e-1"] == piece(custody=Custody.KEPT, path="a-1/e-1", sha256="cd", size=7)
    with store.unit(read_only=True) as unit:
        assert unit.evidence("f-1") == piece("f-1")
        assert unit.evidence("e-9") is None
        assert unit.evidence_paths() == {"a-1/e-1"}


def test_a_line_written_while_the_file_is_fetched_stays(store: Store) -> None:
    keep(store, assessing())
    store.run(lambda unit: attach(unit, piece()))
    with store.unit(read_only=True) as unit:
        found = unit.evidence("e-1")
    assert found is not None
    store.run(lambda unit: attach(unit, piece(shows="Halte di Jalan Sudirman")))
    store.run(lambda unit: unit.keep_evidence(replace(found, custody=Custody.KEPT, path="a-1/e-1", size=7)))
    known = piece(shows="Halte di Jalan Sudirman", custody=Custody.KEPT, path="a-1/e-1", size=7)
    assert held(store).evidence == {"e-1": known}


def test_writing_what_is_known_of_evidence_that_is_gone_brings_nothing_back(store: Store) -> None:
    keep(store, assessing())
    store.run(lambda unit: unit.keep_evidence(piece()))
    with store.unit(read_only=True) as unit:
        assert unit.evidence("e-1") is None
    assert held(store).evidence == {}


def test_an_id_that_another_assessment_has_is_a_lost_race(store: Store) -> None:
    keep(store, assessing(), assessing("1002", "p-2", "b-1"))
    store.run(lambda unit: attach(unit, piece()))
    with pytest.raises(LostRace):
        store.run(lambda unit: attach(unit, piece(shows="mine"), address="1002"))
    assert held(store).evidence == {"e-1": piece()}


def test_an_assessment_without_evidence_costs_no_question_about_it(database: SqlStore) -> None:
    keep(database, assessing())
    with questions(database) as asked:
        reopened(database)
        assert len(asked) == 1
    database.run(lambda unit: attach(unit, piece()))
    with questions(database) as asked:
        assert held(database).evidence
        assert len(asked) == 2


def test_who_answers_while_a_file_is_being_noted_overwrites_nothing(clean_postgres: str) -> None:
    store = open_store(clean_postgres, patience=PATIENCE)
    keep(store, assessing())
    store.run(lambda unit: attach(unit, piece()))
    with store.unit() as unit:
        found = unit.evidence("e-1")
        assert found is not None
        with pytest.raises(LostRace):
            store.run(lambda other: attach(other, piece(shows="a line")))
        unit.keep_evidence(replace(found, custody=Custody.KEPT))
        unit.commit()
    assert held(store).evidence["e-1"].custody is Custody.KEPT
    store.close()
