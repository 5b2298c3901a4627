"""Works that are submitted: each gets its own result, whoever shares its commit."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pytest
from sqlalchemy import event

from flows.ratings import Rating
from storage.commits import TOGETHER, SharedCommits
from storage.errors import LostRace, StoreFull
from storage.sql import SqlStore
from storage.store import Store, UnitOfWork, open_store
from tests.storage.conftest import PATIENCE
from tests.storage.people import NOON, assessing, keep, participant, reopened
from tests.storage.test_erasing import contents

T = TypeVar("T")


class MistakeError(Exception):
    """Something went wrong in the middle."""


def begin(number: int) -> Callable[[UnitOfWork], str]:
    """Let somebody write for the first time."""

    def work(unit: UnitOfWork) -> str:
        unit.save(participant(str(number), f"p-{number}"), NOON)
        return f"c-{number}"

    return work


def fail(unit: UnitOfWork) -> None:
    """Write something, then fail."""
    unit.save(participant("odd", "p-odd"), NOON)
    raise MistakeError


def there(store: Store, *addresses: object) -> list[bool]:
    with store.unit(read_only=True) as unit:
        return [unit.conversation("telegram", str(address)) is not None for address in addresses]


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(f"sqlite:///{tmp_path}/cocok.db", patience=PATIENCE)
    assert isinstance(opened, SqlStore)
    yield opened
    opened.close()


@contextmanager
def held_up(store: Store) -> Iterator[None]:
    """Keep the store's thread busy meanwhile, so that what is submitted waits together."""
    entered, go = Event(), Event()

    def dawdle(unit: UnitOfWork) -> None:
        del unit
        entered.set()
        assert go.wait(10)

    dawdling = store.submit(dawdle)
    assert entered.wait(10)
    try:
        yield
    finally:
        go.set()
        dawdling.result(10)


@contextmanager
def counted(store: SqlStore) -> Iterator[list[str]]:
    commits: list[str] = []

    def note(connection: object) -> None:
        del connection
        commits.append("commit")

    event.listen(store.engine, "commit", note)
    yield commits
    event.remove(store.engine, "commit", note)


def results(futures: list[Future[T]]) -> list[T]:
    return [future.result(10) for future in futures]


def test_many_works_at_once_get_each_its_own_result(store: Store) -> None:
    futures = [store.submit(begin(number)) for number in range(100)]
    assert results(futures) == [f"c-{number}" for number in range(100)]
    assert all(there(store, *range(100)))


def test_works_that_wait_together_share_a_commit(sqlite: SqlStore) -> None:
    with counted(sqlite) as commits:
        with held_up(sqlite):
            futures = [sqlite.submit(begin(number)) for number in range(TOGETHER + 10)]
        results(futures)
    assert len(commits) == 3  # of who held it up, of as many as go together, of the rest
    assert all(there(sqlite, *range(TOGETHER + 10)))


def test_works_of_one_chat_see_each_other_in_the_order_they_were_submitted(sqlite: SqlStore) -> None:
    keep(sqlite, assessing())

    def answer(number: int) -> Callable[[UnitOfWork], int]:
        def work(unit: UnitOfWork) -> int:
            found = unit.conversation("telegram", "1001")
            assert found is not None
            assert found.assessment is not None
            found.assessment.rate(f"X{number}", Rating(value=1), NOON)
            found.revision += 1
            unit.save(found, NOON)
            return found.revision

        return work

    with held_up(sqlite):
        futures = [sqlite.submit(answer(number)) for number in range(5)]
    assert results(futures) == [1, 2, 3, 4, 5]
    again = reopened(sqlite).assessment
    assert again is not None
    assert list(again.ratings) == ["P1", "X0", "X1", "X2", "X3", "X4"]


def test_a_work_that_fails_leaves_nothing_and_touches_no_other(store: Store) -> None:
    with held_up(store) if isinstance(store, SqlStore) else nullcontext():
        before, failing, after = store.submit(begin(1)), store.submit(fail), store.submit(begin(2))
    with pytest.raises(MistakeError):
        failing.result(10)
    assert (before.result(10), after.result(10)) == ("c-1", "c-2")
    assert there(store, 1, "odd", 2) == [True, False, True]


def test_a_work_that_commits_itself_does_not_commit_the_others(sqlite: SqlStore) -> None:
    def hasty(unit: UnitOfWork) -> str:
        begin(1)(unit)
        unit.commit()
        return "done"

    with counted(sqlite) as commits:
        with held_up(sqlite):
            futures = [sqlite.submit(hasty), sqlite.submit(begin(2))]
        assert results(futures) == ["done", "c-2"]
    assert len(commits) == 2
    assert all(there(sqlite, 1, 2))


def test_a_race_lost_once_is_run_again_and_one_lost_twice_reported(store: Store) -> None:
    tries = {"once": 0, "always": 0}

    def losing(name: str, times: int) -> Callable[[UnitOfWork], str]:
        def work(unit: UnitOfWork) -> str:
            del unit
            tries[name] += 1
            if tries[name] <= times:
                raise LostRace(name)
            return name

        return work

    futures = [store.submit(losing("once", 1)), store.submit(begin(1)), store.submit(losing("always", 99))]
    assert futures[0].result(10) == "once"
    assert futures[1].result(10) == "c-1"
    with pytest.raises(LostRace, match="always"):
        futures[2].result(10)
    assert tries["always"] in {2, 3}  # together with others, then twice on its own


def test_nothing_is_settled_before_it_is_committed(sqlite: SqlStore) -> None:
    settled: list[list[bool]] = []

    def note(connection: object) -> None:
        del connection
        settled.append([future.done() for future in futures])

    with held_up(sqlite):
        futures = [sqlite.submit(begin(number)) for number in range(5)]
        event.listen(sqlite.engine, "commit", note)
    results(futures)
    event.remove(sqlite.engine, "commit", note)
    assert settled[-1] == [False] * 5


def test_a_commit_that_fails_is_told_to_each_and_keeps_nothing(sqlite: SqlStore) -> None:
    commits = []

    def refuse(connection: object) -> None:
        commits.append(connection)
        if len(commits) > 1:  # the first is of who held them up
            raise StoreFull

    event.listen(sqlite.engine, "commit", refuse)
    with held_up(sqlite):
        futures = [sqlite.submit(begin(number)) for number in range(3)]
    wait(futures, 10)
    event.remove(sqlite.engine, "commit", refuse)
    assert [type(future.exception()) for future in futures] == [StoreFull] * 3
    assert not any(there(sqlite, *range(3)))
    assert sqlite.submit(begin(7)).result(10) == "c-7"


def test_works_that_cannot_begin_have_all_lost_the_race_together(sqlite: SqlStore) -> None:
    with sqlite.unit():
        futures = [sqlite.submit(begin(number)) for number in range(TOGETHER)]
        done, _ = wait(futures, 20 * PATIENCE)
    assert len(done) == TOGETHER
    assert {type(future.exception()) for future in futures} == {LostRace}


def test_a_work_called_off_in_time_is_not_done(sqlite: SqlStore) -> None:
    with held_up(sqlite):
        first, second = sqlite.submit(begin(1)), sqlite.submit(begin(2))
        assert first.cancel()
    assert second.result(10) == "c-2"
    assert there(sqlite, 1, 2) == [False, True]


def test_closing_does_what_still_waits(url: str) -> None:
    store = open_store(url, patience=PATIENCE)
    futures = [store.submit(begin(number)) for number in range(20)]
    store.close()
    assert [future.done() for future in futures] == [True] * 20
    assert results(futures) == [f"c-{number}" for number in range(20)]


def test_a_closed_store_that_is_used_again_begins_again(database_url: str) -> None:
    store = open_store(database_url, patience=PATIENCE)
    store.close()
    assert store.submit(begin(1)).result(10) == "c-1"
    store.close()
    assert store.submit(begin(2)).result(10) == "c-2"
    store.close()


def test_whoever_is_forgotten_among_others_is_in_no_file(sqlite: SqlStore, tmp_path: Path) -> None:
    words = "the mayor's cousin owns the buses"
    conversation = assessing()
    assert conversation.assessment is not None
    conversation.assessment.rate("P2", Rating(value=1, note=words), NOON)
    keep(sqlite, conversation)

    def forget(unit: UnitOfWork) -> None:
        found = unit.conversation("telegram", "1001")
        assert found is not None
        found.erased = True
        unit.save(found, NOON)

    with held_up(sqlite):
        futures: list[Future[Any]] = [sqlite.submit(begin(7)), sqlite.submit(forget), sqlite.submit(begin(8))]
    wait(futures, 10)
    assert there(sqlite, 7, 1001, 8) == [True, False, True]
    assert words.encode() not in contents(tmp_path)


def forked(work: Callable[[], object]) -> int:
    """Do something in a child process; gives its exit code, negative for a signal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which the child is to do without
        child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_whoever_was_told_so_is_kept_though_the_process_is_killed(tmp_path: Path) -> None:
    url, told = f"sqlite:///{tmp_path}/cocok.db", tmp_path / "told"

    def killed() -> None:
        store = open_store(url, patience=PATIENCE)
        assert isinstance(store, SqlStore)
        commits = []

        def die_third(connection: object) -> None:
            commits.append(connection)
            if len(commits) == 3:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(store.engine, "commit", die_third)
        file = told.open("w", buffering=1)
        with held_up(store):
            for number in range(2 * TOGETHER):
                store.submit(begin(number)).add_done_callback(lambda done: print(done.result(), file=file))
        store.close()

    assert forked(killed) == -signal.SIGKILL
    assert told.read_text().split() == [f"c-{number}" for number in range(TOGETHER)]
    store = open_store(url)
    assert there(store, *range(2 * TOGETHER)) == [True] * TOGETHER + [False] * TOGETHER
    store.close()


def test_a_forked_process_has_a_thread_of_its_own() -> None:
    def alone(work: Callable[[Any], Any]) -> Any:
        return work(None)

    def never() -> Any:
        raise AssertionError

    commits = SharedCommits(never, alone)
    assert commits.submit(lambda _: "parent").result(10) == "parent"
    assert forked(lambda: commits.submit(lambda _: "child").result(10)) == 0
    commits.close()
