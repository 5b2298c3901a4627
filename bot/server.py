"""The HTTP server: is the bot alive, is it ready, what does it count, and what platforms send to its channels."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from uvicorn import Config, Server

PATIENCE = 1.0
"""Seconds within which the store has to answer to be called well."""

LARGEST = 1_000_000
"""Bytes of a request's body; a platform sends far less."""

_GRACE = 5
"""Seconds that requests in hand have to end when the server stops."""

_log = logging.getLogger(__name__)


def application(
    ask_store: Callable[[], object], wells: Mapping[str, Callable[[], str]], routes: Sequence[BaseRoute] = ()
) -> Starlette:
    """Put the application together.

    ``ask_store`` reads anything from the store and raises what is wrong with it; ``wells`` gives for each channel the
    reason why it is not well, empty if it is.
    """
    state = _State(ask_store, wells)
    own = [Route("/healthz", _alive), Route("/readyz", state.ready), Route("/metrics", _metrics)]
    app = Starlette(routes=[*own, *routes], max_body_size=LARGEST)
    app.router.redirect_slashes = False
    return app


async def _alive(_request: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _metrics(_request: Request) -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


class _State:
    """Whether everything is ready. The store is asked one question at a time, so that hanging it uses up one thread."""

    def __init__(self, ask_store: Callable[[], object], wells: Mapping[str, Callable[[], str]]) -> None:
        self._ask_store = ask_store
        self._wells = wells
        self._asked: asyncio.Future[object] | None = None

    async def ready(self, _request: Request) -> Response:
        reasons = {"store": await self._store(), **{name: well() for name, well in self._wells.items()}}
        reasons = {name: reason for name, reason in reasons.items() if reason}
        return JSONResponse({"ready": not reasons, "reasons": reasons}, status_code=503 if reasons else 200)

    async def _store(self) -> str:
        if self._asked is None or self._asked.done():
            self._asked = asyncio.ensure_future(asyncio.to_thread(self._ask_store))
        try:
            await asyncio.wait_for(asyncio.shield(self._asked), PATIENCE)
        except TimeoutError:
            return f"does not answer within {PATIENCE:g} s"
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the store is the answer, its details are not
            _log.warning("the store does not answer: %s", error)
            return type(error).__name__
        return ""


def listen(host: str, port: int) -> socket.socket:
    """Take the address, before anything else is begun; raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


async def serve(app: Starlette, listener: socket.socket) -> None:
    """Answer requests until cancelled; those in hand are ended first. The listener is closed in any case."""
    config = Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Embedded(config)
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await serving
        listener.close()


class _Embedded(Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs the loop."""
        yield
