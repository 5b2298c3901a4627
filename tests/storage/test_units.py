"""Units of work: all or nothing, one after the other, each delivery once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Event
from time import sleep

import pytest

from flows.ratings import Rating
from storage.errors import LostRace, StoreUnreachable
from storage.store import OutgoingMessage, Store, UnitOfWork, open_store
from tests.storage.conftest import PATIENCE
from tests.storage.people import NOON, assessing, begun, keep, newcomer, participant, reopened


class MistakeError(Exception):
    """Something went wrong in the middle."""


def greeting() -> OutgoingMessage:
    return OutgoingMessage(channel="telegram", address="1001", kind="screen", body={"text": "…"}, created_at=NOON)


def test_a_unit_that_is_not_committed_leaves_nothing(store: Store) -> None:
    with store.unit() as unit:
        unit.first_delivery("telegram:1", "telegram", "1001", NOON)
        unit.save(assessing(), NOON)
        unit.add_practice("seoul", 1, "{}", NOON)
        unit.outbox.post(greeting())
    with store.unit() as unit:
        assert unit.conversation("telegram", "1001") is None
        assert unit.assessments("p-1") == []
        assert unit.practices() == []
        assert unit.purge_deliveries(NOON.replace(year=2100)) == 0
        assert unit.outbox.claim("telegram", NOON, 10, NOON - NOON) == []


def test_a_unit_that_fails_leaves_nothing_and_the_store_goes_on(store: Store) -> None:
    def fail() -> None:
        with store.unit() as unit:
            unit.save(assessing(), NOON)
            raise MistakeError

    with pytest.raises(MistakeError):
        fail()
    keep(store, participant())
    assert reopened(store) == participant()


def test_a_read_only_unit_leaves_nothing(store: Store) -> None:
    with suppress(StoreUnreachable), store.unit(read_only=True) as unit:  # PostgreSQL refuses at once
        unit.save(participant(), NOON)
        unit.commit()
    with store.unit(read_only=True) as unit:
        assert unit.conversation("telegram", "1001") is None


def test_readers_see_what_was_committed_and_do_not_wait_for_the_writer(store: Store) -> None:
    keep(store, newcomer())
    with store.unit() as unit:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        found.language = "en"
        unit.save(found, NOON)
        assert reopened(store).language == ""
        unit.commit()
    assert reopened(store).language == "en"


def test_a_delivery_is_first_once(store: Store) -> None:
    def deliver(unit: UnitOfWork) -> bool:
        return unit.first_delivery("telegram:1", "telegram", "1001", NOON)

    assert [store.run(deliver) for _ in range(3)] == [True, False, False]


def test_a_delivery_whose_unit_was_rolled_back_is_first_again(store: Store) -> None:
    with store.unit() as unit:
        assert unit.first_delivery("telegram:1", "telegram", "1001", NOON)
    with store.unit() as unit:
        assert unit.first_delivery("telegram:1", "telegram", "1001", NOON)
        assert not unit.first_delivery("telegram:1", "telegram", "1001", NOON)


def test_a_conversation_that_changed_since_it_was_loaded_is_a_lost_race(store: Store) -> None:
    keep(store, participant())
    with store.unit() as unit:
        early, late = unit.conversation("telegram", "1001"), unit.conversation("telegram", "1001")
        assert early is not None
        assert late is not None
        early.revision += 1
        unit.save(early, NOON)
        late.revision, late.focus = late.revision + 1, "C1"
        with pytest.raises(LostRace):
            unit.save(late, NOON)


def test_a_chat_begun_by_someone_faster_is_a_lost_race(store: Store) -> None:
    keep(store, newcomer())
    another = newcomer()
    another.id = "c-other"
    with pytest.raises(LostRace), store.unit() as unit:
        unit.save(another, NOON)
    assert reopened(store).id == newcomer().id


def test_a_lost_race_is_run_once_more(store: Store) -> None:
    attempts = []

    def work(unit: UnitOfWork) -> str:
        attempts.append(unit.first_delivery("telegram:1", "telegram", "1001", NOON))
        if len(attempts) == 1:
            raise LostRace
        return "done"

    assert store.run(work) == "done"
    assert attempts == [True, True]


def test_a_race_lost_twice_is_reported(store: Store) -> None:
    attempts = []

    def work(unit: UnitOfWork) -> None:
        attempts.append(unit)
        raise LostRace

    with pytest.raises(LostRace):
        store.run(work)
    assert len(attempts) == 2


def test_other_errors_are_not_run_again(store: Store) -> None:
    attempts = []

    def work(unit: UnitOfWork) -> None:
        attempts.append(unit)
        raise MistakeError

    with pytest.raises(MistakeError):
        store.run(work)
    assert len(attempts) == 1


def test_whoever_waits_too_long_for_the_same_conversation_has_lost_the_race(store: Store) -> None:
    keep(store, participant())

    def work(unit: UnitOfWork) -> None:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        found.revision += 1
        unit.save(found, NOON)

    with store.unit() as unit:
        work(unit)
        with ThreadPoolExecutor(1) as pool, pytest.raises(LostRace):
            pool.submit(store.run, work).result()


def test_writers_on_one_file_queue_in_the_process_before_they_queue_at_the_file(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/cocok.db", patience=PATIENCE)
    with store.unit(), pytest.raises(LostRace, match="in this process"), store.unit():
        pass
    store.close()


def test_two_first_inputs_at_the_same_time_make_one_conversation(store: Store) -> None:
    start = Barrier(2, timeout=10)

    def work(unit: UnitOfWork) -> str:
        found = unit.conversation("telegram", "1001")
        if found is None:
            found = newcomer()
            unit.save(found, NOON)
        return found.id

    def person() -> str:
        start.wait()
        return store.run(work)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(person), pool.submit(person)
        assert first.result() == second.result() == "c-1001"


def test_no_answer_is_lost_when_two_threads_answer(store: Store) -> None:
    keep(store, assessing())

    def answer(number: int) -> None:
        def work(unit: UnitOfWork) -> None:
            found = unit.conversation("telegram", "1001")
            assert found is not None
            assert found.assessment is not None
            found.revision += 1
            found.assessment.rate(f"X{number}", Rating(value=number % 5 - 2), NOON)
            unit.save(found, NOON)

        store.run(work)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(answer, range(20)))
    again = reopened(store)
    assert again.revision == 20
    assert again.assessment is not None
    assert len(again.assessment.ratings) == 21


def test_whoever_waited_for_the_same_conversation_goes_on_from_what_the_other_left(store: Store) -> None:
    keep(store, participant())
    asked = Event()

    def answer(number: int, unit: UnitOfWork) -> None:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        found.revision += 1
        if found.assessment is None:
            found.assessment = begun()
        found.assessment.set_header(NOON, profile={**found.assessment.profile, f"field-{number}": "chosen"})
        unit.save(found, NOON)

    def late(number: int) -> None:
        asked.set()
        store.run(lambda unit: answer(number, unit))

    for number in (0, 2):  # the first begins the assessment, the third finds it there
        asked.clear()
        with ThreadPoolExecutor(1) as pool:
            with store.unit() as unit:
                answer(number, unit)
                waiting = pool.submit(late, number + 1)
                asked.wait(10)
                sleep(PATIENCE / 4)  # by now it stands at the lock
                unit.commit()
            waiting.result()
    again = reopened(store)
    assert again.assessment is not None
    assert again.assessment.profile == {f"field-{number}": "chosen" for number in range(4)}


def test_a_second_process_waits_for_the_first_and_then_has_lost_the_race(database_url: str) -> None:
    first, second = (open_store(database_url, patience=PATIENCE) for _ in range(2))
    keep(first, participant())
    with first.unit() as unit:
        assert unit.conversation("telegram", "1001") is not None
        with pytest.raises(LostRace), second.unit() as other:
            other.conversation("telegram", "1001")
    with second.unit() as other:
        assert other.conversation("telegram", "1001") == participant()
    first.close()
    second.close()
