"""Messages that come too early, too late, changed or forwarded: none answers another question."""

from __future__ import annotations

import pytest

from flows.cards import Said, say
from flows.dialogue import Phase
from tests.bot.channels.telegram.official import Official
from tests.bot.channels.telegram.stage import Stage, on_stage
from tests.telegram.shapes import Json


def unsent(rina: Official, text: str) -> Json:
    """A message that is written now and reaches the bot later."""
    world, chat = rina.stage.telegram.world, rina.stage.telegram.world.chats[rina.person.id]
    message = {
        "message_id": world.number(chat), "from": rina.person.user, "chat": chat.body, "date": world.now(),
        "text": text,
    }  # fmt: skip
    return world.post(chat, message)


async def arrived(rina: Official, message: Json) -> None:
    """Let it reach the bot."""
    rina.stage.telegram.world.mailbox.put("message", message, rina.person.id)
    await rina.stage.settled()


@on_stage
async def test_of_three_quick_messages_only_the_first_answers(stage: Stage) -> None:
    rina = await stage.at_item()
    for text in ("Helps", "Hinders", "Neutral"):
        await rina.person.write(text)
    await stage.settled()
    assert rina.ratings == {"P1": 1}
    assert rina.remarked(say("toast.early"))
    await rina.write("Hinders")
    assert rina.ratings == {"P1": 1, "N1": -1}


@on_stage
async def test_quick_messages_that_trickle_in_answer_nothing_more(stage: Stage) -> None:
    rina = await stage.at_item()
    written = [unsent(rina, text) for text in ("Helps", "Hinders", "Neutral", "Strongly helps")]
    for message in written:
        await arrived(rina, message)
    assert rina.ratings == {"P1": 1}
    assert rina.remarked(say("toast.early"))
    assert "question 2 of 10" in rina.card.text
    await rina.write("Neutral")
    assert rina.ratings == {"P1": 1, "N1": 0}


@on_stage
async def test_what_is_written_between_two_copies_of_a_card_answers_it(stage: Stage) -> None:
    rina = await stage.at_item()
    late = unsent(rina, "Hinders")
    await rina.write("Helps")
    reply = unsent(rina, "Neutral")
    await arrived(rina, late)
    assert rina.ratings == {"P1": 1}
    await arrived(rina, reply)
    assert rina.ratings == {"P1": 1, "N1": 0}


@on_stage
async def test_a_message_while_a_card_is_on_its_way_is_not_its_answer(stage: Stage) -> None:
    rina = await stage.at_item()
    await stage.telegram.plan("sendMessage", "before", "500", times=2)
    await rina.person.press("Helps")
    await rina.person.rest(0.05)
    assert rina.kept.focus == "N1"
    await rina.write("Hinders")
    assert rina.ratings == {"P1": 1}
    assert rina.remarked(say("toast.early"))


@on_stage
async def test_a_message_overtaken_by_a_press_is_not_taken_for_what_that_led_to(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.choose("rate", 1)
    await rina.rate(1)
    number, late = stage.overtake(), unsent(rina, "Hinders")
    await rina.choose("back")
    await rina.choose("back")
    await stage.bring(number, late)
    assert rina.ratings == {"P1": 1, "N1": 1}
    assert rina.remarked(say("toast.early"))
    await rina.write("Hinders")
    assert rina.ratings == {"P1": 1, "N1": -1}


@on_stage
async def test_numbers_that_begin_anew_after_long_silence_lock_nobody_out(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.choose("rate", 1)
    stage.wait(days=8)
    await stage.bring(17, unsent(rina, "Good morning"))
    assert rina.kept.aside == "recap"
    await stage.bring(18, unsent(rina, "Continue"))
    await stage.bring(19, unsent(rina, "Hinders"))
    assert rina.ratings == {"P1": 1, "N1": -1}


@on_stage
async def test_an_edited_answer_is_asked_about_and_changes_nothing_else(stage: Stage) -> None:
    rina = await stage.at_item()
    message = await rina.write("Helps")
    await rina.rate(1)
    with rina.untouched():
        await rina.edit(message, "Hinders")
    assert rina.remarked(say("toast.edited-rating"))
    assert (rina.kept.focus, rina.kept.aspect) == ("P1", "basis")
    await rina.choose("basis", "A")
    await rina.choose("change")
    assert rina.ratings == {"P1": -1, "N1": 1}


@on_stage
async def test_an_edited_answer_that_says_nothing_clear_leaves_the_choice(stage: Stage) -> None:
    rina = await stage.at_item()
    message = await rina.write("Helps")
    with rina.untouched():
        await rina.edit(message, "well, it depends")
        assert rina.remarked(say("toast.edited-choose"))
        assert rina.kept.focus == "P1"
        await rina.choose("back")
    await rina.write("/resume")
    assert rina.ratings == {"P1": 1}


@on_stage
async def test_a_note_changed_in_its_message_is_offered_for_that_note_only(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.choose("aside", "note")
    message = await rina.write("first words")
    await rina.choose("rate", 1)
    with rina.untouched():
        await rina.edit(message, "second words")
    await rina.choose("replace")
    assert rina.toast == rina.says(say("toast.edited-kept"))
    record = rina.kept.assessment
    assert record is not None
    assert {item: rating.note for item, rating in record.ratings.items()} == {"P1": "second words"}


@pytest.mark.parametrize(("text", "said"), [("Helps", say("toast.edited")), ("/forget", say("toast.edited"))])
@on_stage
async def test_an_edited_message_that_answered_nothing_answers_nothing(stage: Stage, text: str, said: Said) -> None:
    rina = await stage.at_item()
    message = await rina.write("a nice practice")
    with rina.untouched():
        await rina.edit(message, text)
    assert rina.remarked(said)
    assert rina.ratings == {}


@on_stage
async def test_an_edited_answer_of_an_assessment_put_away_leaves_it(stage: Stage) -> None:
    rina = await stage.at_item()
    message = await rina.write("Helps")
    await rina.choose("home")
    with rina.untouched():
        await rina.edit(message, "Hinders")
    assert rina.remarked(say("toast.edited-elsewhere"))
    assert rina.kept.phase is Phase.HOME


@on_stage
async def test_a_message_edited_after_everything_was_forgotten_stores_nothing(stage: Stage) -> None:
    rina = await stage.at_item()
    message = await rina.write("Helps")
    await rina.write("/forget")
    await rina.choose("forget")
    before = stage.everything()
    await rina.edit(message, "Hinders")
    assert stage.everything() == before
    assert not rina.known


@pytest.mark.parametrize("text", ["Helps", "1", "something else"])
@on_stage
async def test_a_forwarded_message_is_nobodys_answer(stage: Stage, text: str) -> None:
    rina, budi = await stage.at_item(), await stage.official("Budi", "en")
    message = await budi.write(text)
    with rina.untouched():
        await rina.forward(message)
    assert rina.remarked(say("toast.forwarded"))
    assert rina.ratings == {}


@on_stage
async def test_a_card_forwarded_to_the_bot_answers_nothing(stage: Stage) -> None:
    rina = await stage.at_item()
    first = rina.card
    with rina.untouched():
        await rina.forward(first)
    assert rina.remarked(say("toast.forwarded"))
    assert rina.card.id != first.id
    assert rina.person.now(first).labels == []
