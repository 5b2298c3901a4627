"""Where the card is: edited in place within a step, below what was written or sent, with one card that has buttons."""

from __future__ import annotations

import pytest

from tests.bot.channels.telegram.official import Official
from tests.bot.channels.telegram.stage import Stage, on_stage
from tests.telegram.pictures import png
from tests.telegram.screen import Shown


def cards(rina: Official) -> list[Shown]:
    """The messages with buttons."""
    return [shown for shown in rina.person.chat if shown.rows]


def by_bot(rina: Official) -> list[Shown]:
    """The messages of the bot."""
    return [shown for shown in rina.person.chat if shown.by_bot]


@on_stage
async def test_within_a_step_the_card_is_edited_in_place(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.choose("rate", 1)
    first, shown = rina.card.id, len(by_bot(rina))
    await rina.choose("rate", -1)
    await rina.choose("basis", "C")
    await rina.choose("aside", "why")
    await rina.choose("dismiss")
    await rina.choose("back")
    await rina.choose("back")
    await rina.choose("language", "id")
    assert (rina.card.id, len(by_bot(rina))) == (first, shown)


@on_stage
async def test_a_finished_step_stays_above_as_its_summary(stage: Stage) -> None:
    rina = await stage.at_item()
    first = rina.card
    await rina.choose("rate", 1)
    assert rina.person.now(first).text == "Practice\n\n• Measured results: Helps"
    assert rina.person.now(first).rows == []
    assert rina.card.id > first.id
    assert rina.person.chat[-1] == rina.card


@on_stage
async def test_the_summary_says_whom_to_ask_and_what_answers_rest_on(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.choose("rate", 1)
    need = rina.card
    await rina.rate(-1, "A")
    await rina.choose("aside", "ask")
    await rina.write("Bappeda <planning>")
    need = rina.card
    await rina.choose("skip")
    assert rina.person.now(need).text == (
        "Need\n\n• Real problem: Hinders (A document or data)\n"
        "• Fit with plans: Don't know, to be asked: Bappeda <planning>"
    )


@on_stage
async def test_after_a_typed_answer_the_card_comes_below_and_the_old_one_has_no_buttons(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.choose("rate", 1)
    before = rina.card
    written = await rina.write("Helps")
    assert rina.person.now(before).rows == []
    assert rina.person.now(before).text == before.text
    assert rina.card.id > written.id
    assert cards(rina) == [rina.person.chat[-1]]


@pytest.mark.parametrize("text", ["nothing of the kind", "/nonsense", "/help", "/language"])
@on_stage
async def test_whatever_is_written_the_card_stays_the_last_thing_in_the_chat(stage: Stage, text: str) -> None:
    rina = await stage.at_item()
    await rina.write(text)
    assert cards(rina) == [rina.person.chat[-1]]


@on_stage
async def test_after_a_file_was_sent_the_card_comes_below(stage: Stage) -> None:
    rina = await stage.at_item()
    before = rina.card
    await rina.photo(png(), "the stop")
    assert rina.person.now(before).rows == []
    assert cards(rina) == [rina.person.chat[-1]]
    again = rina.card
    await rina.choose("aside", "why")
    assert rina.card.id == again.id


@on_stage
async def test_after_the_bot_sent_files_the_next_change_comes_below_them(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.conclude()
    verdict = rina.card
    assert [shown.kind for shown in by_bot(rina)[-2:]] == ["text", "photo"]
    await rina.choose("report")
    files = [shown for shown in by_bot(rina) if shown.kind in {"photo", "document"}]
    assert [shown.kind for shown in files] == ["photo", "photo", "document"]
    assert rina.person.now(verdict).rows == []
    await rina.choose("back")
    assert rina.card.id > files[-1].id
    assert rina.person.chat[-1] == rina.card
    assert len(cards(rina)) == 1


@on_stage
async def test_an_edited_message_is_answered_in_place(stage: Stage) -> None:
    rina = await stage.at_item()
    message = await rina.write("no such answer")
    before = rina.card
    await rina.edit(message, "Helps")
    assert rina.card.id == before.id
    assert rina.card.text != before.text


@on_stage
async def test_a_card_that_was_deleted_comes_anew(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.choose("rate", 1)
    card = rina.card
    data = rina.data("Helps")
    world = stage.telegram.world
    world.remove(world.chats[rina.person.id], card.id)
    await rina.tap(data, on=card.id)
    assert rina.ratings == {"P1": 1, "N1": 1}
    assert rina.label("basis", "A")


@on_stage
async def test_an_old_card_loses_the_buttons_that_were_left_on_it(stage: Stage) -> None:
    rina = await stage.at_item()
    first = rina.card
    await stage.telegram.plan("editMessageText", "before", "500")
    await rina.choose("rate", 1)
    if rina.person.now(first).rows:
        await rina.press("Helps", on=rina.person.now(first))
        assert rina.person.now(first).rows == []
    assert cards(rina) == [rina.card]
    assert rina.ratings == {"P1": 1}
