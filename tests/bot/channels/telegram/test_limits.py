"""Own sending limits: bursts pass, floods wait, and nobody waits for another chat."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.telegram.limits import BURST, GROUP, REMEMBERED, Limits


async def admitted(limits: Limits, address: str, times: int) -> int:
    """How many of so many messages are let through at once."""
    asking = [asyncio.create_task(limits.admit(address)) for _ in range(times)]
    done, waiting = await asyncio.wait(asking, timeout=0.1)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return len(done)


@pytest.mark.parametrize(("address", "many"), [("1001", BURST), ("-1001", GROUP)])
def test_a_chat_gets_a_burst_and_then_its_rate(address: str, many: int) -> None:
    async def run() -> None:
        limits = Limits(0, 0.5)
        assert await admitted(limits, address, many + 3) == many
        assert await admitted(limits, "1002", 1) == 1

    asyncio.run(run())


@pytest.mark.parametrize(("rate", "many"), [(30, 30), (0.5, 1)])
def test_all_chats_together_have_a_limit(rate: float, many: int) -> None:
    async def run() -> None:
        limits = Limits(rate, 0)
        through = [await admitted(limits, "1001", many), await admitted(limits, "1002", 5)]
        # at 30 a second a few more are let through while the others are waited for
        assert (through[0], through[1] < 5) == (many, True)

    asyncio.run(run())


def test_without_limits_all_pass_but_who_is_asked_to_wait_waits() -> None:
    async def run() -> None:
        limits = Limits(0, 0)
        assert await admitted(limits, "1001", 200) == 200
        limits.hush("1001", 60)
        assert 59 < limits.quiet("1001") <= 60
        assert await admitted(limits, "1001", 1) == 0
        assert await admitted(limits, "1002", 1) == 1
        limits.hush("1001", 0)
        assert await admitted(limits, "1001", 1) == 1

    asyncio.run(run())


def test_chats_of_long_ago_are_not_remembered() -> None:
    async def run() -> None:
        limits = Limits(0, 1)
        assert await admitted(limits, "1001", BURST) == BURST
        for number in range(REMEMBERED):
            await limits.admit(str(2000 + number))
        assert await admitted(limits, "1001", 1) == 1

    asyncio.run(run())
