"""Webhooks: every update is posted until it is accepted, one at a time in a queue, the queues side by side."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import orjson
from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.telegram.mailbox import Mailbox, Waiting
from tests.telegram.params import Parameters
from tests.telegram.refusals import refuse
from tests.telegram.shapes import Clock, Json

CONNECTIONS = 40
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


@dataclass
class Webhook:
    """Posts what is in the mailbox to the bot's address while one is set.

    ``first_wait`` and ``longest_wait`` are the seconds between tries, doubling from one to the other; Telegram's own
    are 1 and about 90.
    """

    mailbox: Mailbox
    clock: Clock
    first_wait: float = 0.05
    longest_wait: float = 1.0
    patience: float = 60.0
    url: str = ""
    connections: int = CONNECTIONS
    tries: int = 0
    last_error: Json = field(default_factory=dict)
    _secret: str = ""
    _lanes: dict[int, deque[Waiting]] = field(default_factory=lambda: defaultdict(deque))
    _work: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CONNECTIONS))
    _session: ClientSession | None = None

    def set(self, params: Parameters) -> bool:
        """Answer ``setWebhook``; an empty address takes the webhook away."""
        url, secret = params.text("url"), params.text("secret_token")
        if not url:
            return self.delete(params)
        where = urlsplit(url)
        if where.scheme != "https" and where.hostname not in {"127.0.0.1", "localhost"}:
            refuse("bad webhook: An HTTPS URL must be provided for webhook")
        if not _SECRET.fullmatch(secret):
            refuse("bad webhook: secret token contains unallowed characters")
        self.mailbox.allow(params.data("allowed_updates"))
        self.stop()
        if params.flag("drop_pending_updates"):
            self.mailbox.clear()
        self.url, self._secret = url, secret
        self.connections = min(max(params.number("max_connections", CONNECTIONS), 1), 100)
        self._places = asyncio.Semaphore(self.connections)
        self.mailbox.end_poll("terminated by setWebhook request")
        self.mailbox.taken = self.take
        self.mailbox.attended.set()
        for update in list(self.mailbox.waiting):
            self.take(update)
        return True

    def delete(self, params: Parameters) -> bool:
        """Answer ``deleteWebhook``."""
        self.stop()
        self.url = ""
        self.mailbox.taken = None
        if params.flag("drop_pending_updates"):
            self.mailbox.clear()
        return True

    @property
    def info(self) -> Json:
        """Answer ``getWebhookInfo``."""
        info: Json = {
            "url": self.url, "has_custom_certificate": False, "pending_update_count": len(self.mailbox.waiting),
        }  # fmt: skip
        if self.url:
            info |= {"max_connections": self.connections, "ip_address": "127.0.0.1"} | self.last_error
        return info | ({"allowed_updates": self.mailbox.allowed} if self.mailbox.allowed else {})

    def take(self, update: Waiting) -> None:
        """Put an update into its lane, and set the lane to work if it is idle."""
        self._lanes[update.queue].append(update)
        if update.queue not in self._work:
            self._work[update.queue] = asyncio.get_running_loop().create_task(self._deliver(update.queue))

    def stop(self) -> None:
        """Post no more."""
        for task in self._work.values():
            task.cancel()
        self._work.clear()
        self._lanes.clear()

    async def close(self) -> None:
        """Let go of the connections."""
        working = list(self._work.values())
        self.stop()
        await asyncio.gather(*working, return_exceptions=True)
        if self._session:
            await self._session.close()
        self._session = None

    async def _deliver(self, queue: int) -> None:
        lane = self._lanes[queue]
        while lane:
            update = lane[0]
            wait = self.first_wait
            if self.mailbox.mishaps.shake:
                await asyncio.sleep(self.mailbox.mishaps.delay())
            while update.left > 0 and update.expires >= self.clock.now():
                if await self._post(update):
                    update.left -= 1
                    continue
                await asyncio.sleep(wait)
                wait = min(2 * wait, self.longest_wait)
            self.mailbox.expired += update.left > 0
            lane.popleft()
            self.mailbox.drop(update)
        del self._work[queue], self._lanes[queue]

    async def _post(self, update: Waiting) -> bool:
        self._session = self._session or ClientSession(timeout=ClientTimeout(total=self.patience))
        headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: self._secret} if self._secret else {})
        self.tries += 1
        try:
            async with (
                self._places,
                self._session.post(self.url, data=orjson.dumps(update.body), headers=headers) as answer,
            ):
                await answer.read()
                if answer.ok:
                    return True
                self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except (ClientError, TimeoutError, OSError) as error:
            self._note(f"Connection failed: {type(error).__name__}")
        return False

    def _note(self, error: str) -> None:
        self.last_error = {"last_error_date": int(self.clock.now()), "last_error_message": error}
