"""Killed at any moment, with updates doubled and out of order and calls lost on the way: every answer counts once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import uvloop

from tests.campaign.campaign import Campaign
from tests.campaign.officials import Manner
from tests.campaign.running import BotProcess
from tests.telegram.server import TelegramServer

KILLS = int(os.environ.get("COCOK_TEST_KILLS", "12"))
"""How often the bot is killed while people answer; set it for a longer campaign."""

LOST = {"before": 0.025, "after": 0.025}
"""Shares of calls that fail before and after their effect."""

BRISK = Manner(pace=0.06, patience=0.9, full=0.0)
# what is written together with a press comes in either order then, and nobody can tell which question it is for
PRESSING = Manner(pace=0.06, patience=0.9, full=0.0, both=0.0)
TYPING = Manner(pace=0.06, patience=0.9, full=0.0, typed=0.3, both=0.6)


async def campaign(folder: Path, kills: int, manner: Manner, *, webhook: bool, **mishaps: float) -> Campaign:
    async with TelegramServer() as telegram:
        await telegram.go_wrong(seed=7, **mishaps)
        fought = Campaign(telegram, BotProcess(telegram, folder, webhook=webhook), kills=kills, manner=manner)
        await fought.run(within=100 + 10 * kills)
        if mishaps:
            assert telegram.world.mishaps.happened
        return fought


def test_killed_at_any_moment_it_loses_no_answer_and_doubles_none(tmp_path: Path) -> None:
    fought = uvloop.run(campaign(tmp_path, KILLS, Manner(), webhook=False))
    assert fought.faults == []
    assert (fought.killed, len([one for one in fought.officials if one.finished])) == (KILLS, 50)


@pytest.mark.parametrize(
    ("webhook", "manner"), [(False, PRESSING), (True, TYPING)], ids=["by polling", "by webhook"]
)  # fmt: skip
def test_twice_out_of_order_and_with_calls_lost_every_answer_counts_once(
    tmp_path: Path, manner: Manner, *, webhook: bool
) -> None:
    fought = uvloop.run(campaign(tmp_path, 0, manner, webhook=webhook, deliveries=2, shake=0.2, **LOST))
    assert fought.faults == []


@pytest.mark.parametrize("webhook", [False, True], ids=["by polling", "by webhook"])
def test_killed_among_all_other_mishaps_it_loses_nothing_either(tmp_path: Path, *, webhook: bool) -> None:
    kills = max(3, KILLS // 4)
    fought = uvloop.run(campaign(tmp_path, kills, PRESSING, webhook=webhook, deliveries=2, shake=0.2, **LOST))
    assert (fought.faults, fought.killed) == ([], kills)
