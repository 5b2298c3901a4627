"""The load: crowds in this loop and in a process of their own."""

from __future__ import annotations

import asyncio
import json
import sys

import pytest

from tests.telegram.crowd import Plan
from tests.telegram.load import drive
from tests.telegram.looping import Api, on_telegram
from tests.telegram.scene import Scene
from tests.telegram.screen import Shown
from tests.telegram.server import TelegramServer
from tests.telegram.shapes import Json
from tests.telegram.strategies import Say, Tap, named, varied

CARD = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}], [{"text": "b", "callback_data": "b"}]]}


async def asking(api: Api, questions: int) -> None:
    """A bot that asks so many questions of everyone, on one card; a text begins it anew."""
    asked: dict[int, int] = {}
    offset = 0
    while True:
        for update in await api.result("getUpdates", offset=offset, timeout=10):
            offset = update["update_id"] + 1
            if "message" in update:
                chat = update["message"]["chat"]["id"]
                asked[chat] = 0
                await api("sendMessage", chat_id=chat, text="Question 0", reply_markup=CARD)
                continue
            query = update["callback_query"]
            asked[query["from"]["id"]] += 1
            number = asked[query["from"]["id"]]
            await api("answerCallbackQuery", callback_query_id=query["id"])
            await api(
                "editMessageText", chat_id=query["from"]["id"], message_id=query["message"]["message_id"],
                text=f"Question {number}", reply_markup=CARD if number < questions else None,
            )  # fmt: skip


async def walked(telegram: TelegramServer, plan: Plan, questions: int = 100) -> Json:
    async with Api(telegram) as api:
        bot = asyncio.create_task(asking(api, questions))
        figures = await drive(telegram, plan)
        bot.cancel()
        await asyncio.gather(bot, return_exceptions=True)
        return figures


@on_telegram
async def test_everyone_taps_as_often_as_planned(telegram: TelegramServer) -> None:
    figures = await walked(telegram, Plan(people=5, taps=4, warmup=2))
    assert (figures["taps"], figures["stuck"], figures["calls_per_tap"]) == (20, 0, pytest.approx(2, abs=0.1))
    assert figures["p99_ms"] >= figures["p50_ms"] > 0
    assert {person.user["first_name"] for person in telegram.world.people.values()} == {f"Person {n}" for n in range(5)}


@on_telegram
async def test_taps_come_at_a_given_rate(telegram: TelegramServer) -> None:
    figures = await walked(telegram, Plan(people=3, taps=5, rate=200, strategy=varied))
    assert (figures["taps"], figures["stuck"]) == (15, 0)
    assert figures["taps_per_second"] <= 220


@on_telegram
async def test_who_gets_no_card_any_more_is_reported_stuck(telegram: TelegramServer) -> None:
    figures = await walked(telegram, Plan(people=3, taps=5, patience=0.3), questions=3)
    assert (figures["taps"], figures["stuck"]) == (6, 3)


@on_telegram
async def test_a_strategy_can_write_and_can_end(telegram: TelegramServer) -> None:
    def strategy(card: Shown, taps: int) -> Tap | Say | None:
        if taps == 3:
            return None
        return Say("/again") if taps == 1 and card.text == "Question 1" else Tap("a")

    plan = Plan(people=2, taps=10, strategy=strategy)
    assert (await walked(telegram, plan))["stuck"] == 0
    texts = [shown["text"] for shown in telegram.world.chats[plan.first_person].messages.values()]
    assert texts == ["/start", "Question 1", "/again", "Question 2"]


def test_strategies_are_found_by_name() -> None:
    assert named("varied") is named("tests.telegram.strategies:varied") is varied


def test_the_load_runs_in_a_process_of_its_own() -> None:
    async def run() -> list[Json]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.telegram.load", "--people", "3", "--taps", "4", "--rounds", "2",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout
        assert process.stdin
        scene = Scene()
        addresses = json.loads(await process.stdout.readline())
        scene.url, scene.token = addresses["url"], addresses["token"]
        async with Api(scene) as api:
            bot = asyncio.create_task(asking(api, 100))
            rounds = [json.loads(await process.stdout.readline())]
            process.stdin.write(b"\n")
            rounds.append(json.loads(await process.stdout.readline()))
            bot.cancel()
            await asyncio.gather(bot, return_exceptions=True)
        await process.wait()
        return rounds

    assert [(figures["taps"], figures["stuck"]) for figures in asyncio.run(run())] == [(12, 0), (12, 0)]
