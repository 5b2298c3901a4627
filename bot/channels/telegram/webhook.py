"""The webhook: 200 only after the update is kept."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.exchange import Unavailable

PATH = "/telegram/webhook"
_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
_AGAIN = {"Retry-After": "5"}

_log = logging.getLogger(__name__)


def route(take: Callable[[list[Mapping[str, Any]]], Awaitable[None]], secret: str) -> Route:
    """Build the route Telegram posts updates to; ``take`` keeps them and raises Unavailable when it cannot."""

    async def receive(request: Request) -> Response:
        # compared as bytes, in a time that tells nothing about how much of it was right
        if not hmac.compare_digest(request.headers.get(_SECRET, "").encode(), secret.encode()):
            return Response(status_code=401)
        try:
            update = orjson.loads(await request.body())
        except ValueError:
            return Response(status_code=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return Response(status_code=400)
        try:
            await take([update])
        except Unavailable as error:
            _log.warning("an update is refused until the store is back: %s", error)
            return Response(status_code=503, headers=_AGAIN)
        return Response(status_code=200)

    return Route(PATH, receive, methods=["POST"])
