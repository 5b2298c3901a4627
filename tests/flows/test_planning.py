"""After the review: what hinders, the essential parts, the verdict, and a second look."""

from __future__ import annotations

import pytest

from flows.assessment import Decision, PartChoice, Status
from flows.dialogue import Phase
from flows.ratings import Changeable, Plan
from tests.talking import Person, at


def hindered(*items: str, length: str = "full") -> Person:
    """Someone who begins to plan for items that hinder."""
    low = dict.fromkeys(items, -1)
    person = Person().enter().begin(length=length).rate_all(1, **low)
    person.choose("forward")
    return person


def planned(person: Person, item: str) -> Plan:
    """Answer every question about the item that hinders now."""
    assert person.conversation.focus == item
    person.choose("plan", "months")
    person.say("Draft a by-law")
    person.say("Dishub")
    person.say("mid 2027")
    return person.assessment.plans[item]


def test_critical_hindrances_come_first_then_the_lowest() -> None:
    person = Person().enter().begin(length="full").rate_all(1, P1=-1, P2=-2, C1=-1, K1=-2)
    person.choose("forward")
    order = []
    while person.phase is Phase.BARRIERS:
        order.append(person.conversation.focus)
        person.choose("skip")
    assert list(dict.fromkeys(order)) == ["K1", "C1", "P2", "P1"]


def test_whether_what_whom_and_when_are_asked_of_each() -> None:
    assert planned(hindered("P1", "P2"), "P1") == Plan(
        changeable=Changeable.MONTHS, action="Draft a by-law", owner="Dishub", due="mid 2027"
    )


def test_no_is_the_last_word_on_a_hindrance() -> None:
    person = hindered("P1", "P2")
    person.choose("plan", "no")
    assert person.screen.name == "barriers P2 changeable"
    assert person.assessment.plans == {"P1": Plan(changeable=Changeable.NO)}


def test_each_question_may_be_skipped() -> None:
    person = hindered("P1")
    person.choose("plan", "years")
    person.say("Draft a by-law")
    person.choose("skip")
    person.choose("skip")
    assert person.assessment.plans == {"P1": Plan(changeable=Changeable.YEARS, action="Draft a by-law")}


def test_all_that_is_left_may_be_skipped_at_once() -> None:
    person = hindered("P1", "P2", "P3")
    person.choose("finish")
    assert person.phase is Phase.PARTS


def test_an_owner_named_before_is_offered_again_and_months_become_a_date() -> None:
    person = hindered("P1", "P2")
    planned(person, "P1")
    person.choose("plan", "months")
    person.say("Another thing")
    person.press("Dishub")
    person.press("In 3 months")
    assert person.assessment.plans["P2"] == Plan(
        changeable=Changeable.MONTHS, action="Another thing", owner="Dishub", due="2027-02-23"
    )


@pytest.mark.parametrize(("more", "phase"), [("finish", Phase.PARTS), ("rest", Phase.BARRIERS)])
def test_five_hindrances_are_asked_about_and_the_rest_on_request(more: str, phase: Phase) -> None:
    person = hindered("P1", "P2", "P3", "P4", "P5", "N2", "N3")
    seen = []
    while person.conversation.aspect != "rest":
        seen.append(person.conversation.focus)
        person.choose("skip")
    assert list(dict.fromkeys(seen)) == ["P1", "P2", "P3", "P4", "P5"]
    assert "2 more" in person.words
    person.choose(more)
    assert person.phase is phase
    assert person.conversation.focus in {"", "N2"}


def test_where_nothing_hinders_nothing_is_planned() -> None:
    person = Person().enter().begin().rate_all(1)
    person.choose("forward")
    assert person.phase is Phase.VERDICT


def test_a_long_plan_is_refused() -> None:
    person = hindered("P1")
    person.choose("plan", "months")
    person.say("x" * 301)
    assert (person.screen.name, person.assessment.plans["P1"].action) == ("barriers P1 action", "")


def test_the_list_of_actions_fits_one_message_even_at_its_longest() -> None:
    person = at(Phase.BARRIERS)
    while person.phase is Phase.BARRIERS:
        if person.offers("rest"):
            person.choose("rest")
        person.choose("plan", "months")
        for limit in (300, 120, 60):
            person.say(chr(0x1D4B2) * limit)
    person.choose("finish")
    person.choose("aside", "actions")
    assert len(person.words) <= 4096
    assert person.words.splitlines()[-1] == "25 more"


def test_parts_are_kept_adapted_replaced_or_dropped_with_a_reason() -> None:
    person = at(Phase.PARTS)
    person.choose("skip")
    person.choose("part", "keep")
    person.choose("part", "replace")
    person.say("Our fares are lower")
    person.choose("skip")
    assert person.phase is Phase.VERDICT
    assert person.assessment.parts == {
        0: PartChoice(decision=Decision.KEEP),
        1: PartChoice(decision=Decision.REPLACE, reason="Our fares are lower"),
    }


def test_parts_are_asked_about_in_the_full_length_alone() -> None:
    assert hindered("P1", length="full").choose("finish").name == "parts"
    assert hindered("P1", length="quick").choose("finish").name == "verdict"


def test_a_practice_without_parts_leads_on_to_the_verdict() -> None:
    person = at(Phase.OWN)
    for text in ("Night bus", "Seoul", "Buses at night"):
        person.say(text)
    person.choose("skip")
    person.choose("skip")
    person.say("Padang")
    person.choose("finish")
    person.choose("length", "full")
    person.rate_all(1)
    person.choose("forward")
    assert person.phase is Phase.VERDICT


@pytest.mark.parametrize(("language", "word"), [("en", "Recommendation"), ("id", "Rekomendasi")])
def test_the_verdict_begins_with_its_name(language: str, word: str) -> None:
    person = Person().enter(language).begin().rate_all(1).conclude()
    assert person.words.startswith(f"{word}: ")
    assert person.assessment.status is Status.FINISHED
    assert len(person.assessment.verdicts) == 1


@pytest.mark.parametrize("aside", ["actions", "share"])
def test_actions_and_a_text_to_share_lie_over_the_verdict(aside: str) -> None:
    person = at(Phase.VERDICT)
    person.choose("aside", aside)
    assert "Banda Aceh" in person.words or aside == "actions"
    person.choose("dismiss")
    assert person.screen.name == "verdict"


def test_from_the_verdict_to_the_report_and_home() -> None:
    person = at(Phase.VERDICT)
    person.choose("report")
    assert person.screen.name == "report"
    person.choose("home")
    assert (person.screen.name, person.conversation.assessment) == ("home", None)


@pytest.mark.parametrize("way", ["reopen", "/back"])
def test_a_second_look_keeps_both_verdicts(way: str) -> None:
    person = Person().enter().begin().rate_all(1).conclude()
    person.wait(days=400)
    person.say(way) if way == "/back" else person.choose(way)
    assert (person.phase, person.assessment.status) == (Phase.REVIEW, Status.FINISHED)
    person.choose("step", "need")
    person.choose("edit", "N1")
    person.rate(-2)
    person.choose("change")
    assert person.assessment.status is Status.OPEN
    person.choose("back")
    person.conclude()
    assert [record.key for record in person.assessment.verdicts] == ["looks-promising", "not-now"]
    assert "Earlier recommendation, 23 November 2026: Looks promising" in person.words


def test_a_second_look_that_changes_nothing_adds_no_verdict() -> None:
    person = Person().enter().begin().rate_all(1).conclude()
    person.choose("reopen")
    person.conclude()
    assert (len(person.assessment.verdicts), person.assessment.status) == (1, Status.FINISHED)


def test_the_card_shows_the_latest_verdicts_of_many_and_the_record_keeps_all() -> None:
    person = Person().enter().begin().rate_all(1).conclude()
    for value in (-2, 1) * 4:
        person.choose("reopen")
        person.choose("step", "need")
        person.choose("edit", "N1")
        person.rate(value)
        person.choose("change")
        person.choose("back")
        person.conclude()
    assert len(person.assessment.verdicts) == 9
    assert person.words.count("Earlier recommendation") == 5


def test_a_plan_for_what_no_longer_hinders_is_kept_but_not_listed() -> None:
    person = hindered("P1", "P2")
    planned(person, "P1")
    planned(person, "P2")
    person.choose("finish")
    person.choose("reopen")
    person.choose("step", "practice")
    person.choose("edit", "P1")
    person.rate(2)
    assert "kept, but no longer counts" in person.words
    person.choose("change")
    person.choose("back")
    person.conclude()
    person.choose("aside", "actions")
    assert len(person.words.splitlines()) == 2
    assert set(person.assessment.plans) == {"P1", "P2"}
