"""Cards that get lost, come twice or too late: each ends with one that works."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.handle import House
from flows.taps import Press
from tests.bot.channels.telegram.running import bot_on, housed
from tests.bot.channels.telegram.visiting import (
    all_is_drawn,
    at_first_question,
    brisk,
    calls_to,
    cards,
    data_of,
    greeted,
    kept,
    ratings,
    sees_choice,
    tap,
    until,
)
from tests.telegram.looping import Api, on_telegram
from tests.telegram.screen import Shown
from tests.telegram.server import TelegramServer


@pytest.fixture
def house(house: House) -> House:
    return brisk(house)


def revision_of(shown: Shown) -> int:
    return Press.decode(shown.buttons[0][0]["callback_data"]).revision


@pytest.mark.parametrize("way", ["reset", "500"])
@on_telegram
async def test_of_a_card_sent_twice_only_the_newer_one_works(telegram: TelegramServer, house: House, way: str) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await telegram.plan("sendMessage", "after", way)
        await rina.write("/start")
        await rina.sees(lambda person: len({shown.id for shown in cards(person) if "Continue" in shown.labels}) == 2)
        older, newer = [shown for shown in cards(rina) if "Continue" in shown.labels]
        await all_is_drawn(telegram, house, rina)
        before = kept(house.store, rina)
        await tap(rina, "dismiss", on=older)
        await rina.toasted("out of date")
        assert kept(house.store, rina).revision == before.revision == revision_of(newer)
        await rina.sees(lambda person: not person.now(older).labels)
        await tap(rina, "dismiss", on=newer)
        await sees_choice(rina, "rate")


@on_telegram
async def test_an_edit_that_is_lost_before_or_after_its_effect_is_made_again(
    telegram: TelegramServer, house: House
) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await telegram.plan("editMessageText", "before", "reset")
        await tap(rina, "rate", "-1")
        await sees_choice(rina, "basis")
        await all_is_drawn(telegram, house, rina)
        await telegram.plan("editMessageText", "after", "500")
        await tap(rina, "back")
        await sees_choice(rina, "rate")
        await all_is_drawn(telegram, house, rina)
        assert {call.answer.get("error_code") for call in calls_to(telegram, rina) if call.code == 400} <= {400}
        assert len({shown.id for shown in cards(rina) if shown.labels}) == 1


@on_telegram
async def test_a_summary_that_is_lost_is_made_again(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        old = rina.newest
        await telegram.plan("editMessageText", "before")
        await tap(rina, "rate", "1")
        await rina.sees(lambda person: person.newest.id != old.id)
        await rina.sees(lambda person: "Helps" in person.now(old).text and not person.now(old).labels)


@on_telegram
async def test_a_card_that_is_gone_is_sent_anew(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        old = rina.newest
        async with Api(telegram) as api:
            await api.result("deleteMessage", chat_id=rina.id, message_id=old.id)
        await rina.press_data(data_of(old, "rate", "-1"), on=old)
        await sees_choice(rina, "basis")
        assert rina.newest.id > old.id
        await all_is_drawn(telegram, house, rina)


@on_telegram
async def test_a_card_that_shows_the_state_already_is_fine(
    telegram: TelegramServer, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        shown = rina.newest
        await rina.press_data("a|1|b|c|d", on=shown)
        await rina.toasted("out of date")
        await all_is_drawn(telegram, house, rina)
        assert rina.newest == shown
        assert [call.code for call in calls_to(telegram, rina)][-1] == 400
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@on_telegram
async def test_a_button_answered_too_late_counts_all_the_same(
    telegram: TelegramServer, house: House, file: Path
) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
    await tap(rina, "rate", "-1")
    await telegram.advance(60)
    house = brisk(housed(f"sqlite:///{file}", file.parent))
    async with bot_on(telegram, house):
        await sees_choice(rina, "basis")
        assert ratings(house.store, rina) == {"P1": "-1"}
        assert rina.unanswered
        await all_is_drawn(telegram, house, rina)


# elsewhere


@on_telegram
async def test_commands_in_a_group_are_answered_with_where_to_write(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina, budi = await greeted(telegram, "Rina", "en"), await telegram.person("Budi", "id")
        group = await telegram.group("Panel", rina, budi)
        await group.write(rina, "among ourselves")
        await group.write(rina, "/start")
        await until(lambda: len(group.chat) == 3)
        await group.write(budi, "/nilai@loopback_bot")
        await until(lambda: len(group.chat) == 5)
        answers = [shown.text for shown in group.chat if shown.by_bot]
        assert "private" in answers[0]
        assert "pribadi" in answers[1]
        await group.remove_bot()
        await budi.command("start")
        await sees_choice(budi, "language")
