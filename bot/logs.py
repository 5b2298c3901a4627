"""The log: one line an event on standard error, as text or JSON, in UTC, with no secret in it."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote

from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, format_exc_info
from structlog.stdlib import ProcessorFormatter

from bot.settings import Settings

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor

HIDDEN = "[hidden]"
"""What stands in a line where a secret stood."""

QUIET = ("httpx", "httpcore", "telegram", "aiohttp.access", "uvicorn")
"""Libraries that tell of every request, some with the token in its address."""

_TOKEN = re.compile(r"\d{6,}(?::|%3A)[\w-]{30,}", re.ASCII | re.IGNORECASE)
_PASSWORD = re.compile(r"(?<=://)([^\s:/@\"']*):[^\s/@\"]+@")
_SHORTEST = 4
"""Characters of a secret that is hidden wherever it stands; a shorter one would hide half of every line."""


def start_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Write the log to ``stream`` (standard error) from now on, instead of wherever it went before."""
    stream = stream or sys.stderr
    form = settings.log_format or ("text" if stream.isatty() else "json")
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Discreet(form, Redaction(settings.secrets)))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # what logging prints of a line it cannot form would pass the redaction by
    logging.raiseExceptions = False
    # a trigger that the present phase does not know is an everyday event, answered in the chat
    logging.getLogger("transitions").setLevel(logging.ERROR)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


class Redaction:
    """Takes secrets out of a text: those given, in every spelling, and whatever looks like a token or a password."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Know the secrets."""
        spelt = {spelling for secret in secrets if len(secret) >= _SHORTEST for spelling in _spellings(secret)}
        # the longest first, so that nothing is left of a secret that begins like another
        parts = [re.escape(spelling) for spelling in sorted(spelt, key=len, reverse=True)]
        self._known = re.compile("|".join(parts)) if parts else None

    def __call__(self, text: str) -> str:
        """The text without secrets; JSON stays JSON."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        return _PASSWORD.sub(rf"\1:{HIDDEN}@", _TOKEN.sub(HIDDEN, text))


def _spellings(secret: str) -> Iterator[str]:
    """How a secret may be written: as it is, in a URL, as Python shows it once and twice, and all that within JSON."""
    shown = repr(secret)[1:-1]
    for text in (secret, quote(secret), quote(secret, safe=""), shown, repr(shown)[1:-1]):
        yield from (text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])


class _Discreet(ProcessorFormatter):
    def __init__(self, form: str, redact: Redaction) -> None:
        render: Processor = (
            JSONRenderer(ensure_ascii=False)
            if form == "json"
            else ConsoleRenderer(
                colors=False, exception_formatter=plain_traceback, pad_event_to=0, timestamp_key="time"
            )
        )
        traced = [format_exc_info] if form == "json" else []
        super().__init__(processors=[_described, *traced, self.remove_processors_meta, render])
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


def _described(_logger: object, _method: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    return {"time": at.replace("+00:00", "Z"), "level": record.levelname.lower(), "logger": record.name, **event}
