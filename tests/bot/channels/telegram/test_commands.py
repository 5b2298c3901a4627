"""Commands and deep links on Telegram: each works in both languages, and none breaks what is under way."""

from __future__ import annotations

import pytest

from bot.channels.telegram.introduction import NAMES
from bot.reading import COMMANDS
from flows.cards import Said, Verbatim, say
from flows.dialogue import Phase
from tests.bot.channels.telegram.official import Official
from tests.bot.channels.telegram.stage import Stage, on_stage

SHOWN = {
    "start": ("items", "recap"),
    "assess": ("practice", ""),
    "resume": ("items", "recap"),
    "answers": ("items", "answers"),
    "back": ("length", ""),
    "mine": ("mine", ""),
    "language": ("items", ""),
    "mydata": ("items", ""),
    "forget": ("items", "forget"),
    "cancel": ("home", ""),
    "help": ("items", "help"),
}
"""Where a command leads from the first question: the phase, and the card over it."""


@pytest.mark.parametrize("written", COMMANDS)
@on_stage
async def test_a_command_works_by_its_name_in_either_language(stage: Stage, written: str) -> None:
    rina = await stage.at_item("id")
    with rina.untouched():
        await rina.write(f"/{written}")
    assert (rina.kept.phase, rina.kept.aside) == SHOWN[COMMANDS[written]]
    assert rina.card.labels
    assert rina.kept.language == ("en" if COMMANDS[written] == "language" else "id")


@pytest.mark.parametrize("written", ["/HELP", "/help@loopback_bot", "/Bantuan   "])
@on_stage
async def test_a_command_is_read_however_it_is_written(stage: Stage, written: str) -> None:
    rina = await stage.at_item()
    await rina.write(written)
    assert rina.kept.aside == "help"


@pytest.mark.parametrize("written", ["/nonsense", "/", "/1", "/<b>x"])
@on_stage
async def test_an_unknown_command_is_named_and_changes_nothing(stage: Stage, written: str) -> None:
    rina = await stage.at_item()
    with rina.untouched():
        await rina.write(written)
    assert rina.remarked(say("toast.unknown-command", command=Verbatim(written[1:])))
    assert "question 1 of 10" in rina.card.text


def test_every_command_of_the_menu_is_known() -> None:
    assert all(name in COMMANDS for names in NAMES.values() for name in names)
    assert set(SHOWN) == set(COMMANDS.values())


async def in_the_middle(stage: Stage) -> Official:
    """Someone with one answer."""
    rina = await stage.at_item()
    await rina.choose("rate", 1)
    return rina


UNKNOWN = say("toast.link-unknown")
PAYLOADS: tuple[tuple[str, Said], ...] = (
    ("p_no-such-practice", say("toast.link-practice")),
    ("p_", UNKNOWN),
    ("p_<b>", UNKNOWN),
    ("a_nobodyaskedthis", say("toast.inquiry-unknown")),
    ("a_", UNKNOWN),
    ("r_nottheir", say("toast.no-such-assessment")),
    ("x", UNKNOWN),
    ("_", UNKNOWN),
    ("P_owl-bus", UNKNOWN),
    ("p_" + "x" * 62, say("toast.link-practice")),
    ("p_" + "x" * 70, UNKNOWN),
    ("p_owl-bus extra", UNKNOWN),
    ("' or 1=1 --", UNKNOWN),
    ("\N{BUS}", UNKNOWN),
)


@pytest.mark.parametrize(("payload", "said"), PAYLOADS)
@on_stage
async def test_a_link_that_leads_nowhere_says_so_and_loses_nothing(stage: Stage, payload: str, said: Said) -> None:
    rina = await in_the_middle(stage)
    with rina.untouched():
        await rina.write(f"/start {payload}")
    assert rina.remarked(said)
    assert rina.card.labels
    await rina.write("/resume")
    assert rina.ratings == {"P1": 1}


@pytest.mark.parametrize(("payload", "said"), PAYLOADS)
@on_stage
async def test_a_newcomer_is_told_of_it_once_the_notice_is_accepted(stage: Stage, payload: str, said: Said) -> None:
    rina = await stage.official("Rina", "en")
    await rina.write(f"/start {payload}")
    await rina.choose("language", "en")
    assert rina.label("agree")
    await rina.choose("agree")
    assert rina.kept.phase is Phase.HOME
    told = [*rina.person.toasts, rina.card.text]
    assert said == UNKNOWN or any(rina.says(said) in text for text in told)


@on_stage
async def test_a_link_to_a_practice_begins_it_and_keeps_what_was_under_way(stage: Stage) -> None:
    rina = await in_the_middle(stage)
    before = rina.record
    await rina.write("/start p_food-waste-fee")
    assert rina.kept.phase is Phase.CITY
    assert {key: rina.record[key] for key in before} == before
    await rina.write("/start p_food-waste-fee")
    assert len(rina.record) == 2


@pytest.mark.parametrize("payload", ["r", "r_{id}"])
@on_stage
async def test_a_link_to_resume_leads_back(stage: Stage, payload: str) -> None:
    rina = await in_the_middle(stage)
    (identifier,) = rina.record
    await rina.choose("home")
    await rina.write(f"/start {payload.format(id=identifier)}")
    assert (rina.kept.phase, rina.kept.aside, rina.kept.subject) == (Phase.ITEMS, "recap", identifier)
    await rina.choose("dismiss")
    assert rina.kept.focus == "N1"


@on_stage
async def test_a_link_to_somebody_elses_assessment_opens_nothing(stage: Stage) -> None:
    rina, budi = await in_the_middle(stage), await stage.at_item()
    (identifier,) = rina.record
    with rina.untouched(), budi.untouched():
        await budi.write(f"/start r_{identifier}")
    assert budi.remarked(say("toast.no-such-assessment"))


async def delegated(stage: Stage) -> tuple[Official, str]:
    """Someone who put their question to a colleague, and the payload of the link."""
    rina = await in_the_middle(stage)
    await rina.choose("delegate")
    link = next(line for line in rina.card.text.splitlines() if line.startswith("https://t.me/loopback_bot?start="))
    await rina.choose("dismiss")
    return rina, link.partition("?start=")[2]


@on_stage
async def test_a_link_to_ones_own_question_is_to_be_passed_on(stage: Stage) -> None:
    rina, payload = await delegated(stage)
    with rina.untouched():
        await rina.write(f"/start {payload}")
    assert rina.remarked(say("toast.inquiry-own"))


@on_stage
async def test_a_link_to_a_question_serves_one_person(stage: Stage) -> None:
    rina, payload = await delegated(stage)
    budi, sari = await stage.at_item("id"), await stage.at_item("id")
    await budi.write(f"/start {payload}")
    assert budi.kept.phase is Phase.ASKED
    with sari.untouched():
        await sari.write(f"/start {payload}")
    assert sari.remarked(say("toast.inquiry-used"))
    with rina.untouched(), budi.untouched():
        await budi.choose("rate", -2)
    assert rina.ratings == {"P1": 1}


@on_stage
async def test_a_link_to_a_question_works_for_seven_days(stage: Stage) -> None:
    _, payload = await delegated(stage)
    budi = await stage.at_item("id")
    stage.wait(days=7)
    await budi.write(f"/start {payload}")
    assert budi.remarked(say("toast.inquiry-expired"))


@on_stage
async def test_a_colleague_who_answers_in_their_language_changes_nothing_until_it_is_accepted(stage: Stage) -> None:
    rina, payload = await delegated(stage)
    budi = await stage.at_item("id")
    before = budi.record
    await budi.write(f"/start {payload}")
    with rina.untouched():
        await budi.rate(-1, "B")
        await budi.write("Perlu <dikaji> lagi")
        await budi.write("Budi & Bappeda")
    assert "Budi & Bappeda has answered your question" in rina.card.text
    assert "Note: Perlu <dikaji> lagi" in rina.card.text
    await rina.choose("accept")
    assert rina.ratings == {"P1": 1, "N1": -1}
    assert budi.record == before
