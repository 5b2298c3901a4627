"""A Telegram Bot API server on loopback, for tests: it refuses what Telegram refuses and forgets what Telegram forgets.

In a test's loop ``async with TelegramServer() as telegram``; beside synchronous code ``with ThreadedServer() as
telegram``; in a process of its own ``python -m tests.telegram.server --port 8081 --control 8082``, driven through
``tests.telegram.remote``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

import uvloop
from aiohttp import web

from tests.telegram.calls import Calls
from tests.telegram.control import Control
from tests.telegram.desk import Desk
from tests.telegram.pushing import Webhook
from tests.telegram.scene import TOKEN, Scene
from tests.telegram.serving import LARGEST, Door
from tests.telegram.world import World

HOST = "127.0.0.1"
T = TypeVar("T")


class Listener:
    """An HTTP server that can be taken down and put up again at the same address."""

    def __init__(self, handler: Any, port: int) -> None:
        """Be down at first; port 0 takes a free one when it goes up."""
        self.port = port
        self._handler = handler
        self._server: web.Server | None = None
        self._runner: web.ServerRunner | None = None

    async def up(self) -> None:
        """Accept connections."""
        loop = asyncio.get_running_loop()

        def request(*parts: Any) -> web.BaseRequest:
            message, payload, protocol, writer, task = parts
            return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST)

        self._server = web.Server(self._handler, request_factory=request, access_log=None)
        self._runner = web.ServerRunner(self._server, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port, reuse_address=True, backlog=4096)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def down(self) -> None:
        """Reset every connection and accept none."""
        if self._server is None or self._runner is None:
            return
        for site in list(self._runner.sites):
            await site.stop()
        for connection in self._server.connections:
            if connection.transport:
                connection.transport.abort()
        await self._runner.cleanup()
        self._server = self._runner = None


class TelegramServer(Scene):
    """The server in this event loop."""

    def __init__(self, token: str = TOKEN, *, port: int = 0, keep_calls: bool = True) -> None:
        """Prepare a world without people; ``keep_calls`` lists every call, else they are only counted."""
        self.token = token
        self.world = World(token)
        self.calls = Calls(keeping=keep_calls)
        self.webhook = Webhook(self.world.mailbox, self.world.clock)
        self.clock, self.mishaps, self.limits = self.world.clock, self.world.mishaps, self.world.limits
        self._listener = Listener(Door(self.world, self.calls, self.webhook), port)
        self.wire = self.desk = Desk(
            self.world, self.calls, self.webhook, pause=self._listener.down, resume=self._listener.up
        )  # fmt: skip

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._listener.port

    @property
    def url(self) -> str:  # type: ignore[override] # known once the server is up
        """The API's root: calls go to ``{url}/bot{token}/{method}``."""
        return f"http://{HOST}:{self.port}"

    async def attended(self) -> None:
        """Wait until a bot asks for updates or has set a webhook."""
        await self.world.mailbox.attended.wait()

    async def start(self) -> Self:
        """Go up."""
        await self._listener.up()
        return self

    async def stop(self) -> None:
        """Go down for good."""
        self.world.mailbox.end_poll("terminated by the end of the server")
        await self.webhook.close()
        await self._listener.down()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


class ThreadedServer:
    """The server in a thread with a loop of its own. People act through :meth:`run`."""

    def __init__(self, token: str = TOKEN, *, port: int = 0) -> None:
        """Start with the ``with`` statement."""
        self.server = TelegramServer(token, port=port)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True)

    def run(self, act: Coroutine[Any, Any, T], within: float = 30.0) -> T:
        """Let something happen in the server's loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(within)

    def __enter__(self) -> Self:
        self._thread.start()
        self.run(self.server.start())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.server.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def serve(server: TelegramServer, control_port: int) -> None:
    """Run the server with its control, tell both addresses in a line of JSON, and end when the standard input does."""
    control = Listener(Control(server.desk), control_port)
    await server.start()
    await control.up()
    addresses = {"url": server.url, "token": server.token, "control": f"http://{HOST}:{control.port}"}
    sys.stdout.write(json.dumps(addresses) + "\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await server.stop()
    await control.down()


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and serve."""
    reader = argparse.ArgumentParser(prog="python -m tests.telegram.server", description=__doc__)
    reader.add_argument("--port", type=int, default=0, help="of the Bot API; 0 takes a free one")
    reader.add_argument("--control", type=int, default=0, help="port of the control; 0 takes a free one")
    reader.add_argument("--token", default=TOKEN)
    given = reader.parse_args(arguments)
    uvloop.run(serve(TelegramServer(given.token, port=given.port), given.control))


if __name__ == "__main__":
    main()
