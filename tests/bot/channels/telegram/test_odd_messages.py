"""Messages that are no answers: stickers and polls, pictures where they belong nowhere, endless texts, markup."""

from __future__ import annotations

import pytest

from flows.cards import Number, say
from tests.bot.channels.telegram.official import Official
from tests.bot.channels.telegram.stage import Stage, on_stage
from tests.telegram.pictures import png
from tests.telegram.shapes import Json

ODD: dict[str, Json] = {
    "sticker": {
        "sticker": {
            "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1, "is_animated": False,
            "is_video": False,
        }
    },
    "poll": {
        "poll": {
            "id": "1", "question": "Helps", "options": [{"text": "Helps", "voter_count": 0, "persistent_id": "1"}],
            "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular",
            "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
        }
    },
    "contact": {"contact": {"phone_number": "+62", "first_name": "Helps"}},
    "video note": {
        "video_note": {"file_id": "v", "file_unique_id": "v", "length": 1, "duration": 1, "file_size": 9}
    },
    "dice": {"dice": {"emoji": "\N{GAME DIE}", "value": 2}},
    "video": {
        "video": {
            "file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1, "mime_type": "video/mp4"
        }
    },
}  # fmt: skip
"""What an official may send instead of an answer, as the platform tells it."""


async def sent(rina: Official, content: Json) -> None:
    """Let something arrive that people seldom send."""
    world, chat = rina.stage.telegram.world, rina.stage.telegram.world.chats[rina.person.id]
    message = {"message_id": world.number(chat), "from": rina.person.user, "chat": chat.body, "date": world.now()}
    world.post(chat, message | content)
    world.mailbox.put("message", message | content, chat.id)
    await rina.stage.settled()


@pytest.mark.parametrize("language", ["id", "en"])
@on_stage
async def test_text_on_a_card_that_takes_none_is_answered_kindly(stage: Stage, language: str) -> None:
    rina = await (await stage.official("Rina", language)).enter(language)
    before = rina.card
    await rina.write("selamat siang / good afternoon")
    assert rina.remarked(say("toast.not-understood"))
    assert rina.card.rows == before.rows


@pytest.mark.parametrize("kind", ODD)
@on_stage
async def test_what_is_no_evidence_is_refused_at_a_question(stage: Stage, kind: str) -> None:
    rina = await stage.at_item()
    with rina.untouched():
        await sent(rina, ODD[kind])
    assert "cannot be kept as evidence" in rina.card.text
    assert "question 1 of 10" in rina.card.text


@pytest.mark.parametrize("kind", [*ODD, "photo"])
@on_stage
async def test_what_is_sent_at_home_is_told_where_it_belongs(stage: Stage, kind: str) -> None:
    rina = await (await stage.official("Rina", "en")).enter()
    if kind == "photo":
        await rina.photo(png())
    else:
        await sent(rina, ODD[kind])
    assert rina.remarked(say("toast.evidence-without-assessment"))
    assert rina.record == {}


@on_stage
async def test_a_photo_in_the_review_changes_nothing(stage: Stage) -> None:
    rina = await stage.at_item()
    while rina.label("rate", 1):
        await rina.rate(1)
    with rina.untouched():
        await rina.photo(png())
    assert rina.remarked(say("toast.evidence-elsewhere"))


@on_stage
async def test_a_photo_before_consent_is_not_kept(stage: Stage) -> None:
    rina = await stage.official("Rina", "en")
    await rina.write("/start")
    await rina.photo(png(), "a caption nobody agreed to")
    assert rina.says(say("toast.not-here")) in rina.card.text
    assert not any("nobody agreed" in str(rows) for rows in stage.everything().values())


@on_stage
async def test_a_text_that_is_too_long_is_refused_whole(stage: Stage) -> None:
    rina = await stage.at_item()
    await rina.choose("aside", "note")
    with rina.untouched():
        await sent(rina, {"text": "x" * 5000})
    said = say("toast.text-too-long", limit=Number(500), length=Number(5000))
    assert rina.remarked(said)
    assert rina.kept.aside == "note"
    await rina.write("short")
    assert rina.remarked(say("toast.note-kept"))


@on_stage
async def test_a_long_text_where_none_is_asked_for_is_not_understood(stage: Stage) -> None:
    rina = await stage.at_item()
    with rina.untouched():
        await sent(rina, {"text": "Helps " * 1000})
    assert rina.remarked(say("toast.not-understood"))


@on_stage
async def test_markup_in_a_note_is_shown_as_it_was_written(stage: Stage) -> None:
    rina = await stage.at_item()
    note = '<b>5 & 6</b> <a href="https://x">x</a> &amp; </b> <tg-spoiler>'
    await rina.choose("aside", "note")
    await rina.write(note)
    assert f"Your note: {note}" in rina.card.text
    bold = [entity for entity in rina.card.entities if entity["type"] == "bold"]
    assert len(bold) == 1  # the question
    await rina.choose("rate", 1)
    await rina.write("/answers")
    await rina.choose("review")
    await rina.choose("step", "practice")
    assert note in rina.card.text
