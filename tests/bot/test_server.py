"""The HTTP server: alive, ready or not and why, counted, and closed to what it does not expect."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import Any

import aiohttp
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import server
from bot.metrics import CALLS, INPUTS
from bot.server import LARGEST, application, listen, serve
from storage.errors import StoreUnreachable

WELL: Mapping[str, Callable[[], str]] = {"telegram": lambda: ""}


async def echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


ECHO = Route("/telegram/webhook", echo, methods=["POST"])


def no_question() -> None:
    """Be a store that answers."""


def asked(
    app: Starlette, work: Callable[[httpx.AsyncClient], Coroutine[Any, Any, httpx.Response]]
) -> httpx.Response:  # fmt: skip
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            return await work(client)

    return asyncio.run(ask())


def got(path: str, app: Starlette | None = None) -> httpx.Response:
    return asked(app or application(no_question, WELL, [ECHO]), lambda client: client.get(path))


def test_it_is_alive_whatever_is_wrong() -> None:
    def broken() -> None:
        raise StoreUnreachable

    assert got("/healthz", application(broken, {"telegram": lambda: "no"})).status_code == 200


def test_it_is_ready_when_the_store_and_every_channel_are() -> None:
    answer = got("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": {}})


def test_what_is_not_ready_says_why() -> None:
    def broken() -> None:
        detail = "connection to server at db failed"
        raise StoreUnreachable(detail)

    answer = got("/readyz", application(broken, {**WELL, "slack": lambda: "not connected"}))
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "reasons": {"store": "StoreUnreachable", "slack": "not connected"}}


def test_a_store_that_hangs_is_asked_once_and_waited_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.05)
    free, questions = threading.Event(), []

    def hang() -> None:
        questions.append(1)
        free.wait(10)

    async def twice(client: httpx.AsyncClient) -> httpx.Response:
        try:
            await client.get("/readyz")
            return await client.get("/readyz")
        finally:
            free.set()

    answer = asked(application(hang, WELL), twice)
    assert answer.status_code == 503
    assert list(answer.json()["reasons"]) == ["store"]
    assert len(questions) == 1


def test_a_store_that_answers_again_is_ready_again() -> None:
    faults: list[Exception] = [StoreUnreachable()]

    def ask() -> None:
        if faults:
            raise faults.pop()

    async def twice(client: httpx.AsyncClient) -> httpx.Response:
        assert (await client.get("/readyz")).status_code == 503
        return await client.get("/readyz")

    assert asked(application(ask, WELL), twice).status_code == 200


def test_what_is_counted_is_shown() -> None:
    INPUTS.labels("telegram", "answered").inc()
    CALLS.labels("telegram", "sendMessage", "ok").inc()
    answer = got("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    for line in (
        'cocok_inputs_total{channel="telegram",outcome="answered"}',
        'cocok_calls_total{channel="telegram",method="sendMessage",outcome="ok"}',
        "cocok_input_seconds_count",
        "cocok_dead_letters_total",
    ):
        assert line in answer.text


@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz/", "/telegram/webhook/", "/metrics/x"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert got(path).status_code == 404


def test_a_wrong_method_is_refused() -> None:
    answer = got("/telegram/webhook")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    app = application(no_question, WELL)
    assert asked(app, lambda client: client.post("/healthz")).status_code == 405


@pytest.mark.parametrize(("size", "status"), [(0, 200), (LARGEST, 200), (LARGEST + 1, 413)])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused(size: int, status: int, chunked: bool) -> None:  # noqa: FBT001 - parametrised
    async def pieces() -> Any:
        for start in range(0, size, 250_000):
            yield b"x" * min(250_000, size - start)

    app = application(no_question, WELL, [ECHO])
    content = pieces() if chunked else b"x" * size
    answer = asked(app, lambda client: client.post("/telegram/webhook", content=content))
    assert answer.status_code == status
    assert status != 200 or answer.text == str(size)


def served(routes: Sequence[Route], work: Callable[[str, asyncio.Task[None]], Coroutine[Any, Any, None]]) -> None:
    """Serve on a free port while the work is done."""

    async def run() -> None:
        listener = listen("127.0.0.1", 0)
        task = asyncio.create_task(serve(application(no_question, WELL, routes), listener))
        try:
            await work(f"http://127.0.0.1:{listener.getsockname()[1]}", task)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    asyncio.run(run())


def test_it_answers_over_the_network() -> None:
    async def work(url: str, _task: asyncio.Task[None]) -> None:
        async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as answer:
            assert json.loads(await answer.text())["ready"] is True
            assert "server" not in answer.headers

    served([ECHO], work)


def test_a_request_in_hand_is_answered_before_it_stops() -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> Response:
        begun.set()
        await go_on.wait()
        return PlainTextResponse("done")

    async def work(url: str, task: asyncio.Task[None]) -> None:
        async with aiohttp.ClientSession() as session:
            asking = asyncio.create_task(session.post(f"{url}/slow"))
            await begun.wait()
            task.cancel()
            await asyncio.sleep(0)
            go_on.set()
            async with await asking as answer:
                assert await answer.text() == "done"
            await asyncio.wait({task})
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get(f"{url}/healthz")

    served([Route("/slow", slow, methods=["POST"])], work)


def test_an_address_in_use_is_an_error_at_once() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", taken.getsockname()[1])
