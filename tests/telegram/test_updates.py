"""How updates reach the bot: by polling and by webhook, in queues, for a time, once or more often."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import orjson
from aiohttp import ClientError, web

from tests.telegram.looping import Api, on_telegram
from tests.telegram.people import Person
from tests.telegram.pushing import SECRET_HEADER
from tests.telegram.server import TelegramServer


async def carded(telegram: TelegramServer, api: Api, name: str = "Rina") -> Person:
    person = await telegram.person(name)
    await person.command("start")
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    await api.result("sendMessage", chat_id=person.id, text="card", reply_markup=keyboard)
    return person


def kinds(updates: list[dict[str, Any]]) -> list[str]:
    return [next(key for key in update if key != "update_id") for update in updates]


@on_telegram
async def test_updates_come_again_until_an_offset_confirms_them(telegram: TelegramServer) -> None:
    async with Api(telegram) as api:
        rina = await carded(telegram, api)
        await rina.press("a")
        first = await api.result("getUpdates")
        assert kinds(first) == ["message", "callback_query"]
        assert first[1]["update_id"] == first[0]["update_id"] + 1
        assert await api.result("getUpdates") == first
        assert await api.result("getUpdates", limit=1) == first[:1]
        assert await api.result("getUpdates", offset=first[1]["update_id"]) == first[1:]
        assert await api.result("getUpdates", offset=first[1]["update_id"] + 1) == []


@on_telegram
async def test_a_poll_ends_when_something_comes_or_time_is_up(telegram: TelegramServer) -> None:
    rina = await telegram.person()
    async with Api(telegram) as api:
        assert await api.result("getUpdates", timeout=1) == []
        telegram.world.mailbox.attended.clear()
        poll = asyncio.create_task(api.result("getUpdates", timeout=30))
        await telegram.attended()
        await rina.write("x")
        assert kinds(await poll) == ["message"]


@on_telegram
async def test_a_second_poller_ends_the_first_one(telegram: TelegramServer) -> None:
    rina = await telegram.person()
    async with Api(telegram) as api:
        first = asyncio.create_task(api.refused("getUpdates", timeout=30))
        await telegram.attended()
        second = asyncio.create_task(api.result("getUpdates", timeout=30))
        assert "Conflict: terminated by other getUpdates request" in await first
        await rina.write("x")
        assert kinds(await second) == ["message"]


@on_telegram
async def test_presses_live_shorter_than_messages(telegram: TelegramServer) -> None:
    async with Api(telegram) as api:
        rina = await carded(telegram, api)
        await rina.press("a")
        await telegram.advance(151)
        assert kinds(await api.result("getUpdates")) == ["message"]
        await telegram.advance(86_400)
        assert await api.result("getUpdates") == []
    assert (await telegram.books())["expired"] == 2


@on_telegram
async def test_only_the_kinds_asked_for_are_kept(telegram: TelegramServer) -> None:
    async with Api(telegram) as api:
        await api.result("getUpdates", allowed_updates=["callback_query"])
        rina = await carded(telegram, api)
        await rina.press("a")
        assert kinds(await api.result("getUpdates")) == ["callback_query"]
        await api.result("getUpdates", offset=-1, allowed_updates=[])
        await rina.write("x")
        assert kinds(await api.result("getUpdates")) == ["callback_query", "message"]


@on_telegram
async def test_every_update_comes_as_often_as_it_is_set_to(telegram: TelegramServer) -> None:
    await telegram.go_wrong(deliveries=3)
    rina = await telegram.person()
    await rina.write("x")
    seen = []
    async with Api(telegram) as api:
        offset = 0
        while updates := await api.result("getUpdates", offset=offset):
            seen += [update["update_id"] for update in updates]
            offset = updates[-1]["update_id"] + 1
    assert len(seen) == 3
    assert len(set(seen)) == 1


@on_telegram
async def test_queues_come_in_any_order_but_each_keeps_its_own(telegram: TelegramServer) -> None:
    await telegram.go_wrong(shake=0.02, seed=3)
    async with Api(telegram) as api:
        rina = await carded(telegram, api)
        for number in range(5):
            await rina.press_data(str(number))
            await rina.write(str(number))
        updates: list[dict[str, Any]] = []
        while len(updates) < 11:
            updates = await api.result("getUpdates", timeout=1)
    texts = [update["message"]["text"] for update in updates if "message" in update]
    presses = [update["callback_query"]["data"] for update in updates if "callback_query" in update]
    assert texts == ["/start", *"01234"]
    assert presses == [*"01234"]
    assert kinds(updates) != ["message", *["callback_query", "message"] * 5]
    numbers = [update["update_id"] for update in updates]
    assert numbers == sorted(numbers)


class Hook:
    """A bot's address: what was posted, and how it answers."""

    def __init__(self) -> None:
        """Accept everything."""
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.fails = 0
        self.open = asyncio.Event()
        self.open.set()
        self._came = asyncio.Event()

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        update = orjson.loads(await request.read())
        self.updates.append(update)
        self.secrets.append(request.headers.get(SECRET_HEADER))
        self._came.set()
        await self.open.wait()
        if self.fails:
            self.fails -= 1
            return web.Response(status=500)
        return web.Response()

    async def gets(self, number: int) -> None:
        async with asyncio.timeout(5):
            while len(self.updates) < number:
                self._came.clear()
                await self._came.wait()


@asynccontextmanager
async def hooked(api: Api, **parameters: object) -> AsyncIterator[Hook]:
    hook = Hook()
    runner = web.ServerRunner(web.Server(hook), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await api.result("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hook", **parameters)
    try:
        yield hook
    finally:
        hook.open.set()
        with suppress(ClientError):
            await api.result("deleteWebhook")
        await runner.cleanup()


@on_telegram
async def test_a_webhook_gets_what_waits_and_what_comes_with_its_secret(telegram: TelegramServer) -> None:
    async with Api(telegram) as api:
        rina = await carded(telegram, api)
        async with hooked(api, secret_token="sesame") as hook:  # noqa: S106 - of no real bot
            await hook.gets(1)
            await rina.press("a")
            await hook.gets(2)
            assert kinds(hook.updates) == ["message", "callback_query"]
            assert set(hook.secrets) == {"sesame"}
            assert "Conflict: can't use getUpdates method" in await api.refused("getUpdates")
            assert (await api.result("getWebhookInfo"))["pending_update_count"] == 0
        assert await api.result("getUpdates") == []


@on_telegram
async def test_a_webhook_is_tried_until_it_accepts(telegram: TelegramServer) -> None:
    async with Api(telegram) as api, hooked(api) as hook:
        hook.fails = 2
        rina = await telegram.person()
        await rina.write("x")
        await rina.write("y")
        await hook.gets(4)
        assert [update["message"]["text"] for update in hook.updates] == ["x", "x", "x", "y"]
        assert "500" in (await api.result("getWebhookInfo"))["last_error_message"]


@on_telegram
async def test_a_queue_waits_for_its_head_and_others_do_not(telegram: TelegramServer) -> None:
    async with Api(telegram) as api:
        rina, budi = await carded(telegram, api), await carded(telegram, api, "Budi")
        async with hooked(api) as hook:
            await hook.gets(2)
            hook.open.clear()
            await rina.write("1")
            await rina.write("2")
            await rina.press("a")
            await budi.write("3")
            await hook.gets(5)
            await budi.rest(0.05)
            assert sorted(kinds(hook.updates[2:])) == ["callback_query", "message", "message"]
            assert {update["message"]["text"] for update in hook.updates[2:] if "message" in update} == {"1", "3"}
            hook.open.set()
            await hook.gets(6)
            assert hook.updates[-1]["message"]["text"] == "2"


@on_telegram
async def test_a_webhook_gets_copies_too_and_never_what_is_too_old(telegram: TelegramServer) -> None:
    await telegram.go_wrong(deliveries=2)
    async with Api(telegram) as api, hooked(api) as hook:
        rina = await telegram.person()
        await rina.write("x")
        await hook.gets(2)
        assert hook.updates[0] == hook.updates[1]
        hook.fails = 100
        await rina.press_data("old", on=1)
        await hook.gets(3)
        await telegram.advance(200)
        tried = len(hook.updates)
        hook.fails = 0
        await rina.press_data("new", on=1)
        await hook.gets(tried + 2)
        assert [update["callback_query"]["data"] for update in hook.updates[tried:]] == ["new", "new"]
        assert (await telegram.books())["expired"] == 1
