"""What goes wrong on purpose: calls lost before and after their effect, flood, and a server that is down."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientConnectionError, ClientTimeout

from tests.telegram.looping import Api, on_telegram
from tests.telegram.people import Person
from tests.telegram.server import TelegramServer


async def started(telegram: TelegramServer) -> Person:
    person = await telegram.person()
    await person.command("start")
    return person


@pytest.mark.parametrize(("when", "arrives"), [("before", False), ("after", True)])
@on_telegram
async def test_a_call_fails_before_or_after_its_effect(telegram: TelegramServer, when: str, *, arrives: bool) -> None:
    rina = await started(telegram)
    await telegram.plan("sendMessage", when)
    async with Api(telegram) as api:
        body = await api("sendMessage", chat_id=rina.id, text="x")
        assert body == {"ok": False, "error_code": 500, "description": "Internal Server Error"}
        assert [shown.text for shown in rina.chat[1:]] == (["x"] if arrives else [])
        await api.result("sendMessage", chat_id=rina.id, text="y")
    first, second = telegram.calls.of("sendMessage")
    assert (first.fate, first.code, bool(first.answer)) == (when, 500, arrives)
    assert (second.fate, second.code) == ("", 200)


@on_telegram
async def test_a_connection_is_reset_or_hangs(telegram: TelegramServer) -> None:
    rina = await started(telegram)
    await telegram.plan("sendMessage", "after", "reset")
    await telegram.plan("sendMessage", "after", "timeout")
    async with Api(telegram) as api:
        with pytest.raises(ClientConnectionError):
            await api("sendMessage", chat_id=rina.id, text="x")
        root = f"{telegram.url}/bot{telegram.token}"
        with pytest.raises(TimeoutError):
            await api.session.post(
                f"{root}/sendMessage", json={"chat_id": rina.id, "text": "y"}, timeout=ClientTimeout(total=0.1)
            )
    assert [shown.text for shown in rina.chat[1:]] == ["x", "y"]
    assert [call.code for call in telegram.calls.of("sendMessage")] == [0, 0]


@on_telegram
async def test_the_same_seed_lets_the_same_calls_fail(telegram: TelegramServer) -> None:
    fates = []
    async with Api(telegram) as api:
        for _ in range(2):
            await telegram.go_wrong(seed=5, before=0.2, after=0.2, ways=["500"])
            already = len(telegram.calls.of("getMe"))
            for _ in range(50):
                await api("getMe")
            fates.append([call.fate for call in telegram.calls.of("getMe")[already:]])
            assert await api.result("getUpdates") == []
    assert fates[0] == fates[1]
    assert {"before", "after", ""} == {*fates[0]}


@on_telegram
async def test_bursts_to_a_chat_are_taken_and_floods_are_not(telegram: TelegramServer) -> None:
    rina, budi = await started(telegram), await started(telegram)
    await telegram.limit(per_chat=1, burst=3)
    async with Api(telegram) as api:
        bodies = [await api("sendMessage", chat_id=rina.id, text=str(number)) for number in range(5)]
        assert [body["ok"] for body in bodies] == [True, True, True, False, False]
        assert bodies[3]["description"] == "Too Many Requests: retry after 1"
        assert bodies[3]["parameters"] == {"retry_after": 1}
        await api.result("sendMessage", chat_id=budi.id, text="x")
        await api.result("sendChatAction", chat_id=rina.id, action="typing")
        await telegram.advance(1)
        await api.result("sendMessage", chat_id=rina.id, text="later")
    assert telegram.limits.refused == 2
    assert [shown.text for shown in rina.chat[1:]] == ["0", "1", "2", "later"]


@on_telegram
async def test_groups_and_the_whole_bot_have_limits_of_their_own(telegram: TelegramServer) -> None:
    people = [await started(telegram) for _ in range(3)]
    group = await telegram.group("Panel", *people)
    async with Api(telegram) as api:
        await telegram.limit(per_group=20)
        for number in range(20):
            await api.result("sendMessage", chat_id=group.id, text=str(number))
        assert "retry after 3" in await api.refused("sendMessage", chat_id=group.id, text="x")
        await telegram.limit(per_group=0, overall=2)
        for person in people[:2]:
            await api.result("sendMessage", chat_id=person.id, text="x")
        assert "retry after 1" in await api.refused("sendMessage", chat_id=people[2].id, text="x")


@on_telegram
async def test_who_is_down_refuses_connections_and_forgets_nothing(telegram: TelegramServer) -> None:
    rina = await started(telegram)
    url = telegram.url
    async with Api(telegram) as api:
        (begun,) = await api.result("getUpdates")
        offset = begun["update_id"] + 1
        telegram.world.mailbox.attended.clear()
        poll = asyncio.create_task(api("getUpdates", offset=offset, timeout=30))
        await telegram.attended()
        await telegram.pause()
        with pytest.raises(ClientConnectionError):
            await poll
        with pytest.raises(ClientConnectionError):
            await api("getMe")
        await rina.write("while you were away")
        await telegram.resume()
        assert telegram.url == url
        (update,) = await api.result("getUpdates", offset=offset)
        assert update["message"]["text"] == "while you were away"
