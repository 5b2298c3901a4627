"""Presses that come late, twice, from elsewhere or from nowhere: each is answered kindly, and none answers wrongly."""

from __future__ import annotations

import pytest

from flows.cards import Local, Said, say
from flows.dialogue import Phase
from flows.toolkit import Toolkit
from tests.bot.channels.telegram.official import Official
from tests.bot.channels.telegram.stage import Stage, on_stage
from tests.telegram.screen import Shown

GARBAGE = (
    *("", "x", "x" * 64, "||||", "|||||", "a|b|c|d|e", "é|0||rate|1", "|99999999999999999999||home|", "|-1||home|"),
    *("test0000|1|P1|rate|1", "1|1|1|1|1", "\N{BUS}", "|0||forget|", "<b>|0||agree|"),
)  # fmt: skip


def already(stage: Stage, value: int) -> Said:
    """What is said of a question that is answered."""
    toolkit: Toolkit = stage.house.library.toolkit("citynet@1")
    return say("toast.already-answered", answer=Local(toolkit.answers[value].name))


async def at_second(stage: Stage, language: str = "en") -> tuple[Official, Shown]:
    """Someone at the second question, with the card of the first as it was."""
    rina = await stage.at_item(language)
    first = rina.card
    await rina.choose("rate", 1)
    return rina, first


@pytest.mark.parametrize("label", ["Helps", "Strongly hinders", "Don't know"])
@on_stage
async def test_a_button_of_an_answered_question_says_what_was_answered(stage: Stage, label: str) -> None:
    rina, first = await at_second(stage)
    with rina.untouched():
        await rina.press_again(label, first)
    assert rina.toast == rina.says(already(stage, 1))
    assert rina.ratings == {"P1": 1}


@on_stage
async def test_a_button_of_a_question_left_again_answers_nothing(stage: Stage) -> None:
    rina, _ = await at_second(stage)
    second = rina.card
    await rina.choose("back")
    with rina.untouched():
        await rina.press_again("Hinders", second)
    assert rina.toast == rina.says(say("toast.stale"))
    assert "question 1 of 10" in rina.card.text


@on_stage
async def test_a_button_of_an_earlier_version_of_the_card_is_not_taken(stage: Stage) -> None:
    rina, _ = await at_second(stage)
    before = rina.card
    await rina.choose("aside", "why")
    await rina.choose("dismiss")
    assert rina.card.text == before.text
    with rina.untouched():
        await rina.press_again("Helps", before)
    assert rina.toast == rina.says(say("toast.stale"))
    await rina.press("Helps")
    assert rina.ratings == {"P1": 1, "N1": 1}


@on_stage
async def test_a_button_in_the_other_language_is_answered_in_the_present_one(stage: Stage) -> None:
    rina, _ = await at_second(stage)
    before = rina.card
    await rina.choose("language", "id")
    with rina.untouched():
        await rina.press_again("Helps", before)
    assert rina.toast == "Tombol itu sudah tidak berlaku. Silakan lanjutkan dari sini."
    assert rina.label("rate", 1) == "Mendukung"


@on_stage
async def test_a_button_of_another_assessment_changes_neither(stage: Stage) -> None:
    rina, first = await at_second(stage)
    second = rina.card
    await rina.choose("home")
    await rina.begin("food-waste-fee")
    for earlier in (first, second):
        with rina.untouched():
            await rina.press_again("Strongly helps", earlier)
        assert rina.toast == rina.says(say("toast.stale"))
    assert len(rina.record) == 2
    assert rina.ratings == {}


@on_stage
async def test_a_double_tap_answers_one_question(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.person.press("Helps")
    await rina.person.press("Helps")
    await stage.settled()
    assert rina.ratings == {"P1": 1}
    assert rina.person.toasts == [rina.says(already(stage, 1))]
    assert "question 2 of 10" in rina.card.text


@on_stage
async def test_two_buttons_at_once_answer_one_question(stage: Stage) -> None:
    rina, _ = await at_second(stage)
    for label in ("Helps", "Hinders", "Back"):
        await rina.person.press(label, on=rina.card)
    await stage.settled()
    assert rina.ratings == {"P1": 1, "N1": 1}
    stale = rina.says(say("toast.stale"))
    assert rina.person.toasts == [rina.says(already(stage, 1)), stale]


@on_stage
async def test_a_card_in_a_group_belongs_to_who_was_asked(stage: Stage) -> None:
    rina, _ = await at_second(stage)
    budi = await stage.official("Budi", "id")
    group = await stage.telegram.group("Dinas", rina.person, budi.person)
    with rina.untouched():
        await budi.person.wire.do(
            "press", person=budi.person.id, chat=group.id, message=1, label="Helps", data=rina.data("Helps")
        )
        await stage.settled()
    assert (
        budi.toast
        == "Kartu ini milik percakapan lain. Kirim /start kepada saya untuk membuka percakapan Bapak/Ibu sendiri."
    )
    assert not budi.known


@on_stage
async def test_data_of_another_person_does_nothing_in_ones_own_chat(stage: Stage) -> None:
    rina, _ = await at_second(stage)
    budi = await stage.at_item("id")
    with rina.untouched(), budi.untouched():
        await budi.tap(rina.data("Helps"))
    assert budi.toast == budi.says(say("toast.stale"))
    assert budi.ratings == {}


@on_stage
async def test_data_of_another_person_does_nothing_for_a_stranger(stage: Stage) -> None:
    rina, _ = await at_second(stage)
    budi = await (await stage.official("Budi", "en")).enter()
    await budi.write("/forget")
    await budi.choose("forget")
    with rina.untouched():
        await budi.tap(rina.data("Helps"))
    assert "/start" in budi.toast
    assert not budi.known


@on_stage
async def test_a_press_after_everything_was_forgotten_stores_nothing(stage: Stage) -> None:
    rina, first = await at_second(stage)
    await rina.write("/forget")
    card = rina.card
    await rina.choose("forget")
    before = stage.everything()
    for label, on in (("Helps", first), ("No, keep it", card), ("Yes, delete everything", card)):
        await rina.press_again(label, on)
        assert rina.toast == "Nothing is kept of this conversation any more. Write /start to begin anew."
    assert stage.everything() == before
    assert not any(before[table] for table in ("conversation", "person", "assessment", "rating", "outbox"))
    await rina.enter()
    assert rina.record == {}


@on_stage
async def test_a_press_on_a_card_of_a_conversation_tidied_away_stores_nothing(stage: Stage) -> None:
    rina = await stage.official("Rina", "en")
    await rina.write("/start")
    stage.wait(hours=25)
    stage.house.tidy(stage.clock())
    before = stage.everything()
    assert before["conversation"] == []
    await rina.press("English")
    assert rina.toast == "Nothing is kept of this conversation any more. Write /start to begin anew."
    assert stage.everything() == before


@on_stage
async def test_data_that_was_never_on_a_button_is_not_taken(stage: Stage) -> None:
    rina, _ = await at_second(stage)
    for data in GARBAGE:
        with rina.untouched():
            await rina.tap(data)
        assert rina.toast == rina.says(say("toast.stale"))
    assert stage.rows("select error from dead_letter") == []
    await rina.press("Helps")
    assert rina.ratings == {"P1": 1, "N1": 1}


@on_stage
async def test_a_press_after_the_verdict_changes_no_answer(stage: Stage) -> None:
    rina, first = await at_second(stage)
    await rina.conclude()
    assert rina.kept.phase is Phase.VERDICT
    with rina.untouched():
        await rina.press_again("Strongly hinders", first)
    assert rina.toast == rina.says(already(stage, 1))
    assert rina.label("report")


@on_stage
async def test_presses_while_the_recap_lies_there_answer_nothing(stage: Stage) -> None:
    rina, first = await at_second(stage)
    question = rina.card
    await rina.write("/start")
    assert rina.kept.aside == "recap"
    with rina.untouched():
        await rina.press_again("Hinders", question)
        assert rina.toast == rina.says(say("toast.stale"))
        await rina.press_again("Hinders", first)
        assert rina.toast == rina.says(already(stage, 1))
    assert rina.kept.aside == "recap"
    await rina.choose("dismiss")
    await rina.press("Helps")
    assert rina.ratings == {"P1": 1, "N1": 1}


@on_stage
async def test_a_press_after_a_long_pause_counts_and_then_tells_where_things_stand(stage: Stage) -> None:
    rina, _ = await at_second(stage)
    question = rina.card
    stage.wait(hours=13)
    await rina.press("Hinders")
    assert rina.ratings == {"P1": 1, "N1": -1}
    assert rina.kept.aside == "recap"
    with rina.untouched():
        await rina.press_again("Hinders", question)
    assert rina.toast == rina.says(already(stage, -1))


@on_stage
async def test_more_on_an_earlier_card_unfolds_nothing(stage: Stage) -> None:
    rina, first = await at_second(stage)
    await rina.press_again("More", first)
    assert rina.toast == rina.says(say("toast.stale"))
    assert rina.card.labels[-1] == "More"
