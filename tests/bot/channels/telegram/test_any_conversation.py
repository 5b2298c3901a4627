"""Two people do anything for a while: the platform refuses nothing, every answer is theirs, and nobody is stuck."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from random import Random
from secrets import randbelow

import pytest

from flows.dialogue import Phase
from flows.taps import Press
from tests.bot.channels.telegram.official import Official
from tests.bot.channels.telegram.stage import Stage, answered_once, refusals, staged
from tests.bot.channels.telegram.wandering import Answered, Wanderer, answers

FUZZING = "COCOK_FUZZ" in os.environ
"""``make fuzz`` lets other people wander, and longer; the whole check sees the same ones every time."""

SEEDS = [randbelow(10**9) for _ in range(20)] if FUZZING else [9, 12, 15, 16]
STEPS = 1000 if FUZZING else 300


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_two_people_do_their_answers_are_theirs_and_nobody_is_stuck(seed: int, tmp_path: Path) -> None:
    asyncio.run(wander(seed, tmp_path))


async def wander(seed: int, folder: Path) -> None:
    chance = Random(seed)  # noqa: S311 - not for secrets
    async with staged(folder) as stage:
        people = [Wanderer(await stage.at_item(language), chance) for language in ("id", "en")]
        for _ in range(STEPS):
            one = chance.choice(people)
            before = answers(stage)
            may = await one.act()
            hold_only(may, before, answers(stage))
            for each in people:
                has_one_working_card(each.official)
            assert refusals(stage) == []
        await all_is_told(stage, people)


def hold_only(may: list[Answered], before: set[Answered], after: set[Answered]) -> None:
    """Nothing was answered but what may have been; answers go only with everything else of the person."""
    assert after - before <= set(may)
    kept = {(assessment, item) for assessment, item, _ in after}
    alive = {assessment for assessment, _ in kept}
    lost = {(assessment, item) for assessment, item, _ in before} - kept
    assert not [place for place in lost if place[0] in alive]


def has_one_working_card(official: Official) -> None:
    """One card has buttons, all of which work; none has once everything is forgotten."""
    cards = [shown for shown in official.person.chat if shown.rows]
    if not official.known:
        assert not cards
        return
    (card,) = cards
    here = official.kept
    assert here.phase is not Phase.LEFT
    data = [button["callback_data"] for row in card.buttons for button in row if "callback_data" in button]
    named = {(press.subject, press.revision, press.focus) for press in map(Press.decode, data)}
    assert named == {(here.subject, here.revision, here.focus)}


async def all_is_told(stage: Stage, people: list[Wanderer]) -> None:
    """Every press was answered, nothing was set aside, and everyone can go on."""
    assert answered_once(stage)
    assert stage.rows("select error from dead_letter") == []
    for one in people:
        await one.official.write("/cancel")
        if not one.official.known:
            await one.official.enter()
        elif one.official.label("agree") or one.official.label("language", "id"):
            continue
        assert one.official.label("assess")
