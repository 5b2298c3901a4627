"""Conversations as people hold them, told by what they do; what they write themselves is in their language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.bot.channels.telegram.official import Official
from tests.bot.channels.telegram.stage import Stage
from tests.bot.channels.telegram.words import WORDS, Words
from tests.telegram.pictures import png
from tests.telegram.screen import Shown

PDF = b"%PDF-1.4\n%%EOF\n"


Play = Callable[[Stage, str], Awaitable[list[Official]]]
"""A conversation in a language; gives the people who took part in it."""


async def quick(stage: Stage, language: str) -> list[Official]:
    """The short question set, with a colleague asked on the way and a night in between."""
    words, rina = WORDS[language], await stage.official("Rina", language)
    await _begin(rina, words, language)
    await _first_answers(rina, words)
    link = await _ask_a_colleague(rina)
    await _open_point(rina, words)
    budi = await _colleague(stage, language, link)
    await rina.choose("accept")
    await _next_morning(stage, rina, words)
    await _last_answers(rina)
    await _change(rina)
    await _plan(rina, words)
    await _end(rina)
    return [rina, budi]


async def full(stage: Stage, language: str) -> list[Official]:
    """The whole question set, with evidence, an edited message, and the other language tried for a while."""
    words, rina = WORDS[language], await stage.official("Rina", language)
    await _begin_by_link(rina, words, language)
    await _with_evidence(rina, words)
    await _other_language(rina, language)
    await _looking_back(rina, words)
    await _to_the_review(stage, rina)
    await _plan_and_correct(rina, words)
    await _parts(rina, words)
    await rina.choose("report")
    await rina.write("/mine")
    return [rina]


async def _begin(rina: Official, words: Words, language: str) -> None:
    await rina.write("/start")
    await rina.choose("language", language)
    await rina.choose("agree")
    await rina.write("/help")
    await rina.choose("dismiss")
    await rina.choose("assess")
    await rina.choose("choose", "owl-bus")
    await rina.write(words.city)
    if rina.label("city"):
        await rina.choose("city")
    await rina.choose("finish")
    await rina.choose("length", "quick")


async def _first_answers(rina: Official, words: Words) -> None:
    await rina.write(words.misspelt)
    earlier = rina.card
    await rina.write("2")
    await rina.choose("basis", "A")
    await rina.choose("aside", "why")
    await rina.choose("dismiss")
    await rina.choose("aside", "note")
    await rina.write(words.note)
    await rina.choose("rate", 0)
    await rina.press_again(rina.label("rate", 1) or "", earlier)
    await rina.choose("back")
    await rina.choose("keep")
    await rina.choose("rate", -1)
    await rina.choose("basis", "B")
    await rina.write(words.unclear)
    await rina.write(words.unknown)


async def _ask_a_colleague(rina: Official) -> str:
    """Put the question shown to a colleague; gives the link's payload."""
    await rina.choose("delegate")
    link = next(line for line in rina.card.text.splitlines() if line.startswith("https://t.me/"))
    await rina.choose("leave-open")
    return link.partition("?start=")[2]


async def _open_point(rina: Official, words: Words) -> None:
    await rina.choose("aside", "ask")
    await rina.write(words.whom)
    await rina.choose("within", "2")


async def _colleague(stage: Stage, language: str, payload: str) -> Official:
    words = WORDS[language]
    budi = await stage.official(words.colleague, language)
    await budi.write(f"/start {payload}")
    await budi.choose("language", language)
    await budi.choose("agree")
    await budi.choose("aside", "why")
    await budi.choose("dismiss")
    await budi.choose("rate", -1)
    await budi.choose("basis", "B")
    await budi.write(words.colleague_note)
    await budi.write(words.name)
    await budi.choose("home")
    await budi.write(f"/start {payload}")
    await budi.write("/forget")
    await budi.choose("forget")
    return budi


async def _next_morning(stage: Stage, rina: Official, words: Words) -> None:
    stage.wait(hours=13)
    await rina.write(words.greeting)
    await rina.choose("aside", "answers")
    await rina.choose("dismiss")


async def _last_answers(rina: Official) -> None:
    await rina.choose("rate", 1)
    await rina.choose("basis", "C")
    await rina.choose("rate", 1)
    await rina.choose("rate", 1)
    await rina.choose("basis", "C")


async def _change(rina: Official) -> None:
    """One answer changed from the review."""
    await rina.choose("step", "need")
    await rina.choose("edit", "N2")
    await rina.choose("rate", 1)
    await rina.choose("change")
    await rina.choose("back")


async def _plan(rina: Official, words: Words) -> None:
    await rina.choose("forward")
    await rina.choose("plan", "months")
    await rina.write(words.action)
    await rina.write(words.owner)
    await rina.write(words.due)
    await rina.choose("finish")


async def _end(rina: Official) -> None:
    await rina.choose("aside", "actions")
    await rina.choose("dismiss")
    await rina.choose("aside", "share")
    await rina.choose("dismiss")
    await rina.choose("report")
    await rina.choose("home")
    await rina.write("/mine")
    await rina.write("/mydata")
    await rina.write("/forget")
    await rina.choose("forget")
    await rina.write("/start")


async def _begin_by_link(rina: Official, words: Words, language: str) -> None:
    await rina.write("/start p_owl-bus")
    await rina.choose("language", language)
    await rina.choose("agree")
    await rina.write("Bandung")
    if rina.label("city"):
        await rina.choose("city")
    await rina.choose("skip")
    await rina.choose("profile", "large")
    await rina.write(words.office)
    await rina.choose("profile", "planning")
    await rina.choose("back")
    await rina.choose("profile", "technical")
    await rina.choose("skip")
    await rina.choose("profile", "living")
    await rina.choose("length", "full")


async def _with_evidence(rina: Official, words: Words) -> None:
    await rina.photo(png(64, 48), words.caption)
    await rina.choose("rate", 2)
    await rina.document(words.file, PDF, "application/pdf")
    await rina.write(words.shows)
    await rina.choose("aside", "evidence")
    await rina.choose("dismiss")
    await rina.choose("rate", 1)
    await rina.choose("rate", "na")
    for value in (0, 1):
        await rina.choose("rate", value)


async def _other_language(rina: Official, language: str) -> None:
    """The language is changed by a button and changed back by a command."""
    await rina.choose("language", {"id": "en", "en": "id"}[language])
    await rina.choose("rate", 1)
    await rina.choose("basis", "A")
    await rina.write({"id": "/bahasa", "en": "/language"}[language])


async def _looking_back(rina: Official, words: Words) -> None:
    await rina.write("/answers")
    await rina.choose("dismiss")
    await rina.choose("aside", "case")
    await rina.choose("dismiss")
    await rina.choose("home")
    await rina.choose("open")
    await rina.choose("dismiss")
    await rina.write(words.unknown)
    await rina.write("/back")
    await rina.choose("keep")
    await rina.choose("rate", 1)
    await rina.choose("rate", 1)
    message = await _typed_label(rina, -1)
    await rina.choose("basis", "C")
    await rina.edit(message, rina.label("rate", 0) or "")
    await rina.choose("basis", "B")
    await rina.choose("change")
    await rina.choose("back")
    await rina.choose("forward")


async def _typed_label(rina: Official, value: int) -> Shown:
    return await rina.write(rina.label("rate", value) or "")


async def _to_the_review(stage: Stage, rina: Official) -> None:
    answered = 0
    while rina.label("rate", 1) or rina.label("basis"):
        if rina.label("basis"):
            await rina.choose("basis", "C")
            continue
        if answered == 12:
            stage.wait(hours=13)
        await rina.choose("rate", {3: -1, 9: -2, 14: -1}.get(answered, 1))
        answered += 1
        if answered == 13:
            await rina.choose("dismiss")


async def _plan_and_correct(rina: Official, words: Words) -> None:
    await rina.choose("forward")
    await rina.choose("plan", "years")
    await rina.write(words.action)
    message = await rina.write(words.owner)
    await rina.edit(message, words.owner_changed)
    await rina.choose("replace")
    await rina.choose("plan", "12")
    await rina.choose("finish")


async def _parts(rina: Official, words: Words) -> None:
    await rina.choose("skip")
    await rina.choose("part", "keep")
    await rina.choose("part", "adapt")
    await rina.write(words.reason)
    for _ in range(3):
        await rina.choose("skip")


PLAYS: dict[str, Play] = {"quick": quick, "full": full}
