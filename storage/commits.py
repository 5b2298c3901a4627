"""Works that wait together share one commit, so that one flush to the disk serves them all."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol, TypeVar

from storage.errors import LostRace
from storage.store import UnitOfWork, settle

T = TypeVar("T")
Work = Callable[[UnitOfWork], T]

TOGETHER = 64
"""How many works share a commit at most."""

WORKERS = 8
"""How many works go on at the same time where each commits alone."""


class Sitting(Protocol):
    """A transaction several works share."""

    def unit(self) -> UnitOfWork:
        """Give one of the works a unit of its own, whose ``commit`` leaves it to the others to go on."""

    def commit(self) -> None:
        """Make the work of all last."""


class SharedCommits:
    """One thread that does what was submitted; it begins with the first work, anew in a forked process.

    ``sit`` begins a transaction for several works; ``alone`` does one work and commits, as the store's ``run``.
    """

    def __init__(self, sit: Callable[[], AbstractContextManager[Sitting]], alone: Callable[[Work[Any]], Any]) -> None:
        """Wait for works."""
        self._sit = sit
        self._alone = alone
        self._guard = Lock()
        self._queue = _Queue()
        self._thread: Thread | None = None
        self._process = 0

    def submit(self, work: Work[T]) -> Future[T]:
        """Have a work done soon. Its future is settled after the commit."""
        future: Future[T] = Future()
        with self._guard:
            if self._thread is None or self._process != os.getpid():
                self._start()
            self._queue.put((work, future))
        return future

    def close(self) -> None:
        """Do what still waits and end the thread; whatever is submitted later starts another one."""
        with self._guard:
            thread, self._thread = self._thread, None
            self._queue.put(None)
        if thread is not None and self._process == os.getpid():
            thread.join()

    def _start(self) -> None:
        self._queue = _Queue()
        self._process = os.getpid()
        self._thread = Thread(target=self._serve, args=(self._queue,), name="commits", daemon=True)
        self._thread.start()

    def _serve(self, queue: _Queue) -> None:
        while jobs := _waiting(queue):
            self._do([job for job in jobs if job[1].set_running_or_notify_cancel()])
            del jobs  # nobody's answer is kept until the next work comes

    def _do(self, jobs: list[_Job]) -> None:
        if len(jobs) > 1 and self._together(jobs):
            return
        for work, future in jobs:
            settle(future, partial(self._alone, work))

    def _together(self, jobs: list[_Job], tries: int = 2) -> bool:
        """Settle all with one commit; False when one of them failed, and then nothing of any was kept."""
        begun = committed = False
        results: list[Any] = []
        try:
            with self._sit() as sitting:
                begun = True
                results = [work(sitting.unit()) for work, _ in jobs]
                sitting.commit()
                committed = True
        except BaseException as error:  # noqa: BLE001 - it is for whoever asks the futures
            if begun and not committed:
                return False
            if not begun:
                return self._refused(jobs, error, tries)
        for (_, future), result in zip(jobs, results, strict=True):
            future.set_result(result)
        return True

    def _refused(self, jobs: list[_Job], error: BaseException, tries: int) -> bool:
        if isinstance(error, LostRace) and tries > 1:
            return self._together(jobs, tries - 1)
        # one by one, each would be kept waiting as long for the same answer
        for _, future in jobs:
            future.set_exception(error)
        return True


_Job = tuple[Work[Any], "Future[Any]"]
_Queue = SimpleQueue["_Job | None"]


def _waiting(queue: _Queue) -> list[_Job]:
    """Wait for a work and take those that wait with it; nothing at the end."""
    first = queue.get()
    jobs = [first] if first else []
    while jobs and len(jobs) < TOGETHER:
        try:
            job = queue.get_nowait()
        except Empty:
            break
        if job is None:
            queue.put(None)  # for the next turn
            break
        jobs.append(job)
    return jobs


class Workers:
    """Threads that do what was submitted, each work in a transaction of its own; a forked process has its own."""

    def __init__(self, alone: Callable[[Work[Any]], Any]) -> None:
        """Wait for works."""
        self._alone = alone
        self._guard = Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0

    def submit(self, work: Work[T]) -> Future[T]:
        """Have a work done soon."""
        with self._guard:
            if self._pool is None or self._process != os.getpid():
                self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="commits")
                self._process = os.getpid()
            return self._pool.submit(self._alone, work)

    def close(self) -> None:
        """Do what still waits and end the threads."""
        with self._guard:
            pool, self._pool = self._pool, None
        if pool is not None and self._process == os.getpid():
            pool.shutdown()
