"""Running tests that need a loop: each gets a fresh one, with a fresh server in it."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, Self

import orjson
from aiohttp import ClientSession

from tests.telegram.scene import Scene
from tests.telegram.server import TelegramServer
from tests.telegram.shapes import Json


def on_telegram(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """A test whose first argument is a server that is up; its other arguments are given by pytest as always."""

    async def run(**others: Any) -> None:
        async with TelegramServer() as telegram:
            await test(telegram, **others)

    def wrapper(**others: Any) -> None:
        asyncio.run(run(**others))

    signature = inspect.signature(test)
    wrapper.__name__, wrapper.__module__, wrapper.__doc__ = test.__name__, test.__module__, test.__doc__
    wrapper.__signature__ = signature.replace(  # type: ignore[attr-defined] # what pytest looks at
        parameters=list(signature.parameters.values())[1:]
    )
    return wrapper


class Api:
    """Bare calls, to see what exactly is answered: ``async with Api(telegram) as api``."""

    def __init__(self, scene: Scene) -> None:
        """Talk to one server as its bot."""
        self._root = f"{scene.url}/bot{scene.token}"

    async def __aenter__(self) -> Self:
        self.session = ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()

    async def __call__(self, method: str, **parameters: Any) -> Json:
        """The body of the answer."""
        async with self.session.post(f"{self._root}/{method}", json=parameters) as answer:
            body: Json = orjson.loads(await answer.read())
            assert body["ok"] == (answer.status == 200)
            return body

    async def result(self, method: str, **parameters: Any) -> Any:
        """What the method gives; it must not be refused."""
        body = await self(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **parameters: Any) -> str:
        """The description with which it is refused."""
        body = await self(method, **parameters)
        assert not body["ok"], body
        return str(body["description"])
