"""The line to the Bot API: python-telegram-bot's ``Bot`` over aiohttp.

Results come back as the API sends them (mappings): building the library's objects for every edited message costs more
than all the rest of an answer, and nobody reads them.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from functools import cache
from typing import Any

import aiohttp
import orjson
from prometheus_client import Counter
from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.metrics import CALLS

CONNECT = 5.0
ANSWER = 20.0
UPLOAD = 120.0
"""Seconds to wait for a connection, for an answer, and for an answer to an upload."""


class NotSent(NetworkError):
    """The call did not leave this machine, so it had no effect."""


class Wire(BaseRequest):
    """HTTP for ``Bot``: one pool of connections, kept open."""

    def __init__(self, wait: float = ANSWER) -> None:
        """``wait`` is how many seconds an answer may take."""
        self._wait = wait
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take."""
        return self._wait

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=60),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT),
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The open pool; raises NotSent when it is closed."""
        if self._session is None:
            detail = "the line is closed"
            raise NotSent(detail)
        return self._session

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Read an answer; raises TelegramError for what is no JSON object."""
        try:
            found = _read(payload)
        except ValueError as error:
            detail = "the answer is not JSON"
            raise TelegramError(detail) from error
        if not isinstance(found, dict):
            detail = "the answer is not a JSON object"
            raise TelegramError(detail)
        return found

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request; raises NotSent when it cannot have arrived, TimedOut or NetworkError when it may have."""
        del write_timeout, connect_timeout, pool_timeout
        wait = self._wait if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        body, headers = _body(request_data)
        if request_data is not None and request_data.contains_files:
            wait = UPLOAD
        timeout = aiohttp.ClientTimeout(total=wait, sock_connect=CONNECT)
        try:
            async with self.session.request(method, url, data=body, headers=headers, timeout=timeout) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            # the error's own words may hold the URL, and with it the token
            raise NetworkError(type(error).__name__) from error


def _read(payload: bytes) -> Any:
    """Read JSON; half a character in one person's message must not keep everybody's updates from being read."""
    try:
        return orjson.loads(payload)
    except ValueError:
        return json.loads(payload.decode(errors="replace"))


def _body(data: RequestData | None) -> tuple[Any, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        # its C code encodes a form ten times faster than urllib
        form = URL.build(query=data.json_parameters).raw_query_string
        return form.encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    parts = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        parts.add_field(name, value)
    for name, (file_name, content, media_type) in data.multipart_data.items():
        parts.add_field(name, content, filename=file_name, content_type=media_type)
    return parts, {}


class Line(Bot):
    """A bot's line: every method of the API by name."""

    def __init__(self, token: str, api_url: str, patience: float) -> None:
        """``api_url`` is the root of the API; ``patience`` how many seconds a long poll lasts."""
        root = api_url.rstrip("/")
        self._wire = Wire()
        super().__init__(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._wire,
            get_updates_request=Wire(patience + ANSWER),
        )

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method and return its result as sent; raises TelegramError kinds."""
        try:
            told = await self._do_post(method, {name: value for name, value in parameters.items() if value is not None})
        except TelegramError:
            _counter(method, "failed").inc()
            raise
        _counter(method, "ok").inc()
        return told

    async def fetch(self, file: str) -> AsyncIterator[bytes]:
        """Yield the content of a file the platform keeps, piece by piece; raises TelegramError kinds."""
        told = await self.call("getFile", file_id=file)
        if not isinstance(told, dict) or not told.get("file_path"):
            detail = "the file has no path"
            raise TelegramError(detail)
        url = f"{self.base_file_url}/{told['file_path']}"
        try:
            timeout = aiohttp.ClientTimeout(total=UPLOAD, sock_connect=CONNECT)
            async with self._wire.session.get(url, timeout=timeout) as response:
                if response.status != 200:
                    detail = f"the file came with status {response.status}"
                    raise NetworkError(detail)
                async for piece in response.content.iter_chunked(64 * 1024):
                    yield piece
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error


@cache
def _counter(method: str, outcome: str) -> Counter:
    return CALLS.labels("telegram", method, outcome)


def upload(content: bytes, name: str) -> InputFile:
    """A file to send with a call."""
    return InputFile(content, filename=name)


def plain(results: Any) -> Iterable[dict[str, Any]]:
    """The mappings in a list of results; anything else is left out."""
    return (one for one in results if isinstance(one, dict)) if isinstance(results, list) else ()
