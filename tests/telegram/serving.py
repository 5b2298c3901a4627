"""Requests of the bot: from the body to the method and back, with the mishaps in between."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson
from aiohttp import web
from aiohttp.web_request import FileField

from tests.telegram.calls import Call, Calls
from tests.telegram.files import TOO_LARGE, UPLOAD
from tests.telegram.methods import CHARGED, METHODS, NAMES
from tests.telegram.mishaps import Fate
from tests.telegram.params import Parameters
from tests.telegram.pushing import Webhook
from tests.telegram.refusals import Refusal, refuse
from tests.telegram.shapes import Json, Upload
from tests.telegram.world import World

LARGEST = UPLOAD + 1024 * 1024
"""Bytes a request may have: the largest file and what goes with it."""

NO_ANSWER: Json = {}
UNAUTHORIZED = Refusal(401, "Unauthorized")
UNKNOWN = Refusal(404, "Not Found")
BROKEN = Refusal(500, "Internal Server Error")


class Door:
    """Answers every request of the bot."""

    def __init__(self, world: World, calls: Calls, webhook: Webhook) -> None:
        """Serve one world."""
        self.world = world
        self.calls = calls
        self.webhook = webhook
        self._methods = f"/bot{world.token}/"
        self._files = f"/file/bot{world.token}/"

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        path, _, query = request.raw_path.partition("?")
        path = unquote(path) if "%" in path else path
        if path.startswith(self._files):
            return self._download(path.removeprefix(self._files))
        try:
            if not path.startswith(self._methods):
                raise UNAUTHORIZED if path.startswith("/bot") else UNKNOWN
            method = NAMES.get(path[len(self._methods) :].lower())
            if method is None:
                raise UNKNOWN
            return await self._answer(request, method, await _parameters(request, query))
        except Refusal as refusal:
            return _response(refusal.code, orjson.dumps(refusal.body))

    async def _answer(self, request: web.BaseRequest, method: str, params: Parameters) -> web.StreamResponse:
        at, fate = self.world.clock.now(), self.world.mishaps.fate(method)
        code, answer = (0, NO_ANSWER) if fate and fate.when == "before" else await self._done(method, params)
        if fate is None:
            self.calls.note(Call(at, method, params, code, answer))
            return _response(code, orjson.dumps(answer))
        refusal = self.world.limits.turned_away(fate.seconds) if fate.way == "429" else BROKEN
        told = fate.way in {"429", "500"}
        self.calls.note(Call(at, method, params, refusal.code if told else 0, answer, fate.when))
        if told:
            return _response(refusal.code, orjson.dumps(refusal.body))
        return await self._cut(request, fate)

    async def _done(self, method: str, params: Parameters) -> tuple[int, Json]:
        try:
            if method in CHARGED:
                self._charge(params)
            return 200, {"ok": True, "result": await self._result(method, params)}
        except Refusal as refusal:
            return refusal.code, refusal.body

    def _charge(self, params: Parameters) -> None:
        chat = str(params.values.get("chat_id", "0"))
        self.world.limits.charge(int(chat) if chat.lstrip("-").isdecimal() else 0)

    async def _result(self, method: str, params: Parameters) -> Any:
        does = METHODS.get(method)
        if does:
            return does(self.world, params)
        if method == "getUpdates":
            return await self._updates(params)
        if method == "getWebhookInfo":
            return self.webhook.info
        return self.webhook.set(params) if method == "setWebhook" else self.webhook.delete(params)

    async def _updates(self, params: Parameters) -> list[Json]:
        self.world.mailbox.allow(params.data("allowed_updates"))
        wait = params.number("timeout", 0)
        return await self.world.mailbox.poll(params.number("offset", 0), params.number("limit", 100), wait)

    async def _cut(self, request: web.BaseRequest, fate: Fate) -> web.StreamResponse:
        if fate.way == "timeout":
            await _hung_up(request, self.world.mishaps.stall)
        if request.transport:
            request.transport.abort()
        return web.Response()

    def _download(self, path: str) -> web.StreamResponse:
        stored = self.world.files.at(path)
        if stored is None:
            return _response(404, orjson.dumps(UNKNOWN.body))
        return web.Response(body=stored.data, content_type="application/octet-stream")


async def _hung_up(request: web.BaseRequest, seconds: float) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < deadline:
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(0.02)


def _response(code: int, body: bytes) -> web.Response:
    return web.Response(status=code, body=body, content_type="application/json")


async def _parameters(request: web.BaseRequest, query: str) -> Parameters:
    values: Json = dict(parse_qsl(query)) if query else {}
    kind = request.content_type if request.can_read_body else ""
    try:
        if kind == "multipart/form-data":
            return _from_form(values, await request.post())
        body = await request.read() if kind else b""
    except web.HTTPRequestEntityTooLarge:
        raise TOO_LARGE from None
    if not body:
        return Parameters(values)
    if kind != "application/json":
        return Parameters(values | dict(parse_qsl(body.decode(), keep_blank_values=True)))
    try:
        return Parameters(values | orjson.loads(body))
    except (orjson.JSONDecodeError, TypeError):
        refuse("Can't parse request body JSON object")


def _from_form(values: Json, form: Any) -> Parameters:
    files: dict[str, Upload] = {}
    for name, value in form.items():
        if isinstance(value, FileField):
            files[name] = Upload(value.filename, value.file.read(), value.content_type)
            value.file.close()
        else:
            values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Parameters(values, files)
