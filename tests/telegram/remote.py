"""A server in a process of its own, and the people on it, as if it were here."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import orjson
from aiohttp import ClientSession

from tests.telegram.control import packed, unpacked
from tests.telegram.scene import TOKEN, Scene
from tests.telegram.shapes import Event


class RemoteFeed:
    """The feed of a person on another process's server, as far as it was fetched."""

    def __init__(self, wire: RemoteWire, person: int) -> None:
        """Begin empty."""
        self.events: list[Event] = []
        self._wire = wire
        self._person = person

    async def more(self, within: float) -> bool:
        """Wait for at least one more event, for so many seconds at most; whether there is one."""
        asked = {"person": self._person, "after": len(self.events), "within": within}
        fetched = [Event(**event) for event in await self._wire.get("/feed", asked)]
        self.events += fetched
        return bool(fetched)


class RemoteWire:
    """The way to another process's server."""

    def __init__(self, control: str) -> None:
        """Know the address of its control."""
        self._control = control
        self._session = ClientSession()
        self._feeds: dict[int, RemoteFeed] = {}

    async def do(self, verb: str, **details: Any) -> Any:
        """Do one thing; what the person doing it sees of it is fetched before this returns."""
        order = {"verb": verb, "details": {name: packed(value) for name, value in details.items()}}
        async with self._session.post(f"{self._control}/do", data=orjson.dumps(order)) as answer:
            result = unpacked(orjson.loads(await answer.read()))
            assert answer.ok, result
        if details.get("person") in self._feeds:
            await self._feeds[details["person"]].more(0)
        return result

    def feed(self, person: int) -> RemoteFeed:
        """What reaches a person."""
        return self._feeds.setdefault(person, RemoteFeed(self, person))

    async def get(self, path: str, asked: dict[str, Any]) -> Any:
        """Fetch something."""
        async with self._session.get(f"{self._control}{path}", params=asked) as answer:
            result = orjson.loads(await answer.read())
            assert answer.ok, result
            return result

    async def close(self) -> None:
        """Let go of the connections."""
        await self._session.close()


class RemoteServer(Scene):
    """A server that runs in another process already."""

    def __init__(self, url: str, token: str, control: str) -> None:
        """Be reached at the addresses the process told."""
        self.url = url
        self.token = token
        self.wire = self._wire = RemoteWire(control)

    async def close(self) -> None:
        """Let go of the connections; the server stays."""
        await self._wire.close()


class ServerProcess:
    """Starts a server in a process of its own and ends it: ``async with ServerProcess() as telegram``."""

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        """Start with the ``async with`` statement."""
        self._arguments = ("--token", token, "--port", str(port))

    async def __aenter__(self) -> RemoteServer:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.telegram.server", *self._arguments,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout
        self._scene = RemoteServer(**json.loads(await self._process.stdout.readline()))
        return self._scene

    async def __aexit__(self, *_: object) -> None:
        await self._scene.close()
        assert self._process.stdin
        self._process.stdin.close()
        await self._process.wait()
