"""What a test holds in its hands: a server, near or far, and the people on it."""

from __future__ import annotations

from typing import Any

from tests.telegram.feeds import Wire
from tests.telegram.people import Group, Person
from tests.telegram.shapes import Json

TOKEN = "7000001:loopback-token-for-tests-only-000000"  # noqa: S105 - of no real bot


class Scene:
    """A server seen from a test; the same whether it runs in this loop, in a thread or in a process of its own."""

    wire: Wire
    token: str
    url: str
    """The API's root: calls go to ``{url}/bot{token}/{method}``."""

    async def person(self, name: str = "Rina", language: str | None = "id", *, number: int = 0) -> Person:
        """Someone new, who has not written to the bot yet."""
        return Person(self.wire, await self.wire.do("arrive", name=name, language=language, person=number))

    async def group(self, title: str, *people: Person, kind: str = "group") -> Group:
        """A new group of some people and the bot; ``kind`` is group or supergroup."""
        founded = await self.wire.do("found_group", title=title, people=[person.id for person in people], kind=kind)
        return Group(self.wire, founded, list(people))

    async def go_wrong(self, **mishaps: Any) -> None:
        """Let things go wrong from now on: the fields of ``Mishaps``, and a ``seed``."""
        await self.wire.do("mishaps", **mishaps)

    async def plan(
        self, method: str, when: str = "before", way: str = "500", *, times: int = 1, seconds: int = 1
    ) -> None:
        """Let the next calls of a method go wrong: before or after their effect, by 500, reset, timeout or 429."""
        await self.wire.do("plan", method=method, when=when, way=way, times=times, seconds=seconds)

    async def limit(self, **limits: float) -> None:
        """Switch flood control on: the fields of ``Limits``."""
        await self.wire.do("limits", **limits)

    async def advance(self, seconds: float) -> None:
        """Let time pass on Telegram's side."""
        await self.wire.do("advance", seconds=seconds)

    async def pause(self) -> None:
        """Be down: connections are reset, and refused until :meth:`resume`. Everything is remembered."""
        await self.wire.do("pause")

    async def resume(self) -> None:
        """Be there again, at the same address."""
        await self.wire.do("resume")

    async def calls_of(self, *methods: str) -> list[Json]:
        """The calls so far, of some methods or of all, as ``Call.body`` tells them."""
        told: list[Json] = await self.wire.do("calls", methods=list(methods))
        return told

    async def books(self) -> Json:
        """What was counted so far."""
        counted: Json = await self.wire.do("books")
        return counted
