"""The control of a server in another process: ``POST /do`` for every verb, ``GET /feed`` for what reaches a person.

Bytes travel as ``{"base64": "..."}``.
"""

from __future__ import annotations

import base64
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qs

import orjson
from aiohttp import web

from tests.telegram.desk import Desk


def packed(value: Any) -> Any:
    """A value fit for JSON."""
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def unpacked(value: Any) -> Any:
    """The value that was packed."""
    return base64.b64decode(value["base64"]) if isinstance(value, dict) and value.keys() == {"base64"} else value


class Control:
    """Answers the requests of a test in another process."""

    def __init__(self, desk: Desk) -> None:
        """Control one server."""
        self.desk = desk

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Do what is asked; what a person could not do is answered with 409 and the reason."""
        path, _, query = request.raw_path.partition("?")
        try:
            if path == "/feed":
                asked = {name: float(values[0]) for name, values in parse_qs(query).items()}
                return _response(200, await self._feed(int(asked["person"]), int(asked["after"]), asked["within"]))
            order = orjson.loads(await request.read())
            details = {name: unpacked(value) for name, value in order["details"].items()}
            return _response(200, packed(await self.desk.do(order["verb"], **details)))
        except (AssertionError, KeyError, TypeError, ValueError) as fault:
            return _response(409, f"{type(fault).__name__}: {fault}")

    async def _feed(self, person: int, after: int, within: float) -> list[Any]:
        feed = self.desk.feed(person)
        if len(feed.events) <= after and within > 0:
            await feed.more(within)
        return [asdict(event) for event in feed.events[after:]]


def _response(code: int, value: Any) -> web.Response:
    return web.Response(status=code, body=orjson.dumps(value), content_type="application/json")
