"""``cocok run``: from the settings to a bot that answers, and an exit code when it ends."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from bot.bootstrap import furnish
from bot.cli.database import opened
from bot.cli.program import JobFailed, Refused
from bot.logs import Redaction, start_logging
from bot.service import PartEnded, run_service
from bot.settings import Settings


def run_bot(settings: Settings) -> None:
    """Answer until a signal says to stop; raises Refused, JobFailed, OSError and StoreError."""
    if not settings.telegram_token:
        message = "no channel is configured; set COCOK_TELEGRAM_TOKEN to the token that @BotFather gave you"
        raise Refused(message)
    start_logging(settings)
    settings.files_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with opened(settings) as store, _listening(settings) as listener:
        try:
            run_service(settings, furnish(store, settings), listener)
        except PartEnded as error:
            raise JobFailed(Redaction(settings.secrets)(str(error))) from error


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket | None]:
    if settings.http_port is None:
        yield None
        return
    from bot.server import listen

    host, port = settings.http_host, settings.http_port
    try:
        listener = listen(host, port)
    except OSError as error:
        message = f"{host}, port {port} cannot be used: {error.strerror}; correct COCOK_HTTP_HOST or COCOK_HTTP_PORT"
        raise JobFailed(message) from error
    with listener:
        yield listener
