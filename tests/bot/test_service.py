"""The bot as it runs: channels, HTTP and upkeep side by side, and one orderly end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.bootstrap import furnish
from bot.handle import House
from bot.server import listen
from bot.service import PartEnded, attend, channels
from bot.settings import Settings
from flows.library import Library
from storage.errors import StoreUnreachable
from storage.store import open_store
from tests.bot.shell import folder

__all__ = ["folder"]


@pytest.fixture
def house() -> Iterator[House]:
    store = open_store("memory://")
    yield furnish(store, Settings())
    store.close()


@dataclass
class Talk:
    """A channel that talks to nobody: it notes what happens to it and does as it is told."""

    name: str = "talk"
    ill: str = ""
    seen: list[str] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    meanwhile: Callable[[], Awaitable[None]] | None = None
    at_the_end: Exception | None = None

    async def run(self) -> None:
        self.seen.append(f"{self.name} begins")
        self.begun.set()
        try:
            if self.meanwhile:
                await self.meanwhile()
            else:
                await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)  # what is in hand
            self.seen.append(f"{self.name} lets go")
            if self.at_the_end:
                raise self.at_the_end

    def routes(self) -> Sequence[Route]:
        async def hook(request: Request) -> Response:
            self.seen.append(f"{self.name} is called")
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(0.01)  # until the signal is heard
            self.seen.append(f"{self.name} answers")
            return PlainTextResponse((await request.body()).decode())

        return [Route(f"/{self.name}/webhook", hook, methods=["POST"])]

    def well(self) -> str:
        return self.ill


def attended(house: House, *talks: Talk, when_begun: Callable[[], object] = lambda: None) -> None:
    async def run() -> None:
        attending = asyncio.create_task(attend(house, talks))
        await asyncio.wait({attending, *(asyncio.create_task(talk.begun.wait()) for talk in talks)}, timeout=5)
        when_begun()
        await attending

    asyncio.run(run())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything_in_good_order(house: House, number: int) -> None:
    seen: list[str] = []
    talks = [Talk("one", seen=seen), Talk("two", seen=seen)]
    attended(house, *talks, when_begun=lambda: os.kill(os.getpid(), number))
    assert seen == ["one begins", "two begins", "one lets go", "two lets go"]


def test_signals_are_given_back_afterwards(house: House) -> None:
    before = signal.getsignal(signal.SIGTERM)
    attended(house, Talk(), when_begun=lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_channel_that_dies_ends_the_rest_and_says_why(house: House, caplog: pytest.LogCaptureFixture) -> None:
    async def die() -> None:
        detail = "the token\nis refused"
        raise PermissionError(detail)

    seen: list[str] = []
    with pytest.raises(PartEnded) as caught:
        attended(house, Talk("one", seen=seen), Talk("two", seen=seen, meanwhile=die))
    assert str(caught.value) == "two ended by itself (PermissionError: the token is refused); the log says more"
    assert isinstance(caught.value.__cause__, PermissionError)
    assert seen[-1] == "one lets go"
    assert [record.exc_info is not None for record in caplog.records if "two ended" in record.message] == [True]


def test_a_channel_whose_inner_task_dies_says_why_too(house: House) -> None:
    async def die() -> None:
        detail = "the token is refused"
        raise PermissionError(detail)

    async def group() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(die())

    with pytest.raises(PartEnded, match="PermissionError: the token is refused"):
        attended(house, Talk(meanwhile=group))


def test_a_channel_that_just_ends_is_no_orderly_end_either(house: House) -> None:
    async def end() -> None:
        pass

    with pytest.raises(PartEnded, match="talk ended by itself"):
        attended(house, Talk(meanwhile=end))


def test_trouble_at_the_end_is_logged_and_ends_the_others_all_the_same(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []
    talks = [Talk("one", seen=seen, at_the_end=OSError("no")), Talk("two", seen=seen)]
    attended(house, *talks, when_begun=lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert seen[-2:] == ["one lets go", "two lets go"]
    assert "one ended with an error" in caplog.text


def attended_until(house: House, is_so: Callable[[], object]) -> None:
    async def run() -> None:
        attending = asyncio.create_task(attend(house, [Talk()]))
        while not is_so():  # noqa: ASYNC110 - what a thread does and what is logged tell nobody
            await asyncio.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)
        await attending

    asyncio.run(asyncio.wait_for(run(), 5))


def test_the_house_is_tidied_at_the_start(house: House) -> None:
    read: list[Library] = []

    def reload() -> Library:
        read.append(house.library)
        return house.library

    house.reload = reload
    attended_until(house, lambda: read)
    assert len(read) == 1


def test_upkeep_that_fails_ends_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    def reload() -> Library:
        raise StoreUnreachable

    house.reload = reload
    attended_until(house, lambda: "could not be forgotten" in caplog.text)


def test_a_webhook_in_hand_is_answered_before_its_channel_lets_go(house: House) -> None:
    talk = Talk()

    async def run() -> None:
        with listen("127.0.0.1", 0) as listener:
            port = listener.getsockname()[1]
            attending = asyncio.create_task(attend(house, [talk], listener))
            async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
                async with session.get("/readyz") as answer:
                    assert answer.status == 200
                async with session.post("/talk/webhook", data="salam") as answer:
                    assert await answer.text() == "salam"
            await attending

    asyncio.run(asyncio.wait_for(run(), 10))
    assert talk.seen == ["talk begins", "talk is called", "talk answers", "talk lets go"]


def test_a_channel_that_is_not_well_is_not_ready(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    async def run() -> None:
        with listen("127.0.0.1", 0) as listener:
            port = listener.getsockname()[1]
            attending = asyncio.create_task(attend(house, [Talk(ill="no answer for 2 minutes")], listener))
            async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                assert answer.status == 503
                assert (await answer.json())["reasons"] == {"talk": "no answer for 2 minutes"}
            os.kill(os.getpid(), signal.SIGTERM)
            await attending
            assert f"HTTP on 127.0.0.1, port {port}" in caplog.text

    asyncio.run(asyncio.wait_for(run(), 10))


def test_without_a_token_there_is_no_channel(house: House) -> None:
    assert channels(Settings(), house) == []
