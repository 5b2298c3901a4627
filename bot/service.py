"""The bot as it runs for its operator: every channel that is configured, the HTTP server, upkeep, an orderly end."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.handle import House
from bot.settings import Settings
from storage.store import Store

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

UPKEEP = timedelta(hours=1)
"""How often the house is tidied."""

LEASE = timedelta(seconds=10)
"""How long a card is left to the process that answered; after that another takes it to have died."""

_log = logging.getLogger(__name__)


class Channel(Protocol):
    """One messaging platform, as the service sees it."""

    @property
    def name(self) -> str:
        """What it is called in logs and in answers about its state."""

    async def run(self) -> None:
        """Answer people until cancelled; then finish what is in hand and let go, within seconds."""

    def routes(self) -> Sequence[BaseRoute]:
        """What the platform calls on the HTTP server."""

    def well(self) -> str:
        """Say why it does not work just now; empty if it does."""


class PartEnded(Exception):
    """A part of the service ended by itself. Its text says which and why; the error itself is the cause."""


def channels(settings: Settings, house: House) -> list[Channel]:
    """Build every channel that is configured."""
    return [_telegram(settings, house)] if settings.telegram_token else []


def _telegram(settings: Settings, house: House) -> Channel:
    from bot.channels.telegram.channel import Access, Telegram
    from bot.desk import FrontDesk

    token, secret = settings.telegram_token, settings.telegram_webhook_secret
    house.errands |= {"telegram"}
    house.lease = LEASE

    def link(prefix: str) -> None:
        house.link = prefix

    access = Access(
        token=token.get_secret_value() if token else "",
        api_url=settings.telegram_api_url,
        rate=settings.telegram_rate,
        chat_rate=settings.telegram_chat_rate,
        webhook_url=settings.telegram_webhook_url or "",
        webhook_secret=secret.get_secret_value() if secret else "",
    )
    return Telegram(FrontDesk(house=house), access, settings.default_language, link)


def run_service(settings: Settings, house: House, listener: socket.socket | None) -> None:
    """Run until a signal says to stop; raises PartEnded. The HTTP server answers on ``listener`` if there is one."""

    async def serving() -> None:
        await attend(house, channels(settings, house), listener)

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(serving())


async def attend(house: House, channels: Sequence[Channel], listener: socket.socket | None = None) -> None:
    """Keep everything running until SIGTERM or SIGINT; raises PartEnded when a channel or the server ends before."""
    told = asyncio.create_task(_told_to_stop(), name="signals")
    upkeep = asyncio.create_task(_keep_tidy(house), name="upkeep")
    talking = [asyncio.create_task(channel.run(), name=channel.name) for channel in channels]
    doors = [asyncio.create_task(_open(house.store, channels, listener), name="http")] if listener else []
    _log.info("running: %s", ", ".join(part.get_name() for part in (*talking, *doors)))
    try:
        await asyncio.wait({told, *talking, *doors}, return_when=asyncio.FIRST_COMPLETED)
        ended = [part for part in (*talking, *doors) if part.done()]
    finally:
        _log.info("stopping")
        # the door first: who came in is still answered by the channels
        for parts in (doors, talking, [upkeep, told]):
            await _stopped(parts)
    if ended:
        raise PartEnded(_reason(ended[0])) from ended[0].exception()
    _log.info("stopped")


async def _told_to_stop() -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows, where Ctrl-C cancels the whole
            loop.add_signal_handler(number, told.set)
    await told.wait()
    # whoever presses Ctrl-C again has waited long enough
    loop.remove_signal_handler(signal.SIGINT)


async def _open(store: Store, channels: Sequence[Channel], listener: socket.socket) -> None:
    from bot.server import application, serve

    def ask_store() -> None:
        with store.unit(read_only=True) as unit:
            unit.inquiry("")

    routes = [route for channel in channels for route in channel.routes()]
    app = application(ask_store, {channel.name: channel.well for channel in channels}, routes)
    host, port = listener.getsockname()[:2]
    _log.info("HTTP on %s, port %d", host, port)
    await serve(app, listener)


async def _keep_tidy(house: House) -> None:
    while True:
        try:
            await asyncio.to_thread(house.tidy, datetime.now(UTC))
        except Exception:  # noqa: BLE001 - upkeep that fails must not end the bot
            _log.exception("what need not be kept could not be forgotten; it is tried again later")
        await asyncio.sleep(UPKEEP.total_seconds())


async def _stopped(parts: Iterable[asyncio.Task[None]]) -> None:
    """End tasks and wait for them; what goes wrong with one is logged."""
    for part in parts:
        part.cancel()
    for part in parts:
        await asyncio.wait({part})
        if not part.cancelled() and (error := part.exception()):
            _log.error("%s ended with an error", part.get_name(), exc_info=error)


def _reason(part: asyncio.Task[None]) -> str:
    error = None if part.cancelled() else part.exception()
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    why = " ".join(f"{type(error).__name__}: {error}".split()) if error else "without saying why"
    return f"{part.get_name()} ended by itself ({why}); the log says more"


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    """Find the faster loop where it is installed."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.Loop
