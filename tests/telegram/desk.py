"""Everything a test can do to a server, by name: what people do, what goes wrong, and looking into the books."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from tests.telegram.acts import ACTS, arrive
from tests.telegram.calls import Calls
from tests.telegram.feeds import LocalFeed
from tests.telegram.pushing import Webhook
from tests.telegram.shapes import Json
from tests.telegram.world import World


class Desk:
    """The wire to a server in the same loop."""

    def __init__(self, world: World, calls: Calls, webhook: Webhook, **switches: Callable[[], Awaitable[None]]) -> None:
        """Know every verb; ``switches`` are the server's own."""
        self.world = world
        self.calls = calls
        self.webhook = webhook
        self._feeds: dict[int, LocalFeed] = {}
        self._switches = switches
        self._verbs: dict[str, Callable[..., Any]] = {name: partial(act, world) for name, act in ACTS.items()} | {
            "arrive": self._arrive,
            "mishaps": world.mishaps.configure,
            "plan": world.mishaps.plan,
            "limits": world.limits.configure,
            "advance": world.clock.advance,
            "calls": lambda methods: [call.body for call in (calls.of(*methods) if methods else calls)],
            "file": lambda file_id: world.files.kept[file_id.removesuffix("s")].data,
            "menu": self._menu,
            "books": lambda: self.books,
        }

    async def do(self, verb: str, **details: Any) -> Any:
        """Do one thing; gives what it gives."""
        if verb in self._switches:
            return await self._switches[verb]()
        return self._verbs[verb](**details)

    def feed(self, person: int) -> LocalFeed:
        """What reaches a person from now on; the same feed every time."""
        if person not in self._feeds:
            self._feeds[person] = LocalFeed()
            self.world.people[person].watchers.append(self._feeds[person].take)
        return self._feeds[person]

    @property
    def books(self) -> Json:
        """Counts: calls by method and code, 429 given, mishaps, updates waiting and expired, posts to the webhook."""
        mailbox = self.world.mailbox
        return {
            "methods": dict(self.calls.methods), "codes": {str(code): many for code, many in self.calls.codes.items()},
            "refused": self.world.limits.refused, "mishaps": self.world.mishaps.happened,
            "waiting": len(mailbox.waiting), "expired": mailbox.expired, "posts": self.webhook.tries,
        }  # fmt: skip

    def _arrive(self, **details: Any) -> Json:
        user = arrive(self.world, **details)
        self.feed(user["id"])
        return user

    def _menu(self, person: int) -> list[Json]:
        language = str(self.world.people[person].user.get("language_code", "")).partition("-")[0]
        return self.world.settings.shown(person, language)
