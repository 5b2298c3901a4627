"""Not known yet: somebody is to be asked, by a day, and what is open is listed."""

from __future__ import annotations

import pytest

from flows.dialogue import Phase
from flows.ratings import Basis, Changeable, Mark, Rating
from tests.talking import Person

UNKNOWN = Mark.DONT_KNOW


def asking(language: str = "en") -> Person:
    """Someone about to say whom to ask about the first item."""
    person = Person().enter(language).begin()
    person.choose("aside", "ask")
    return person


def test_nothing_is_written_before_a_name_is_there() -> None:
    person = asking()
    assert (person.screen.name, person.screen.asks, person.assessment.ratings) == ("items P1 ask", True, {})
    person.choose("dismiss")
    assert (person.screen.name, person.assessment.ratings) == ("items P1", {})


def test_the_name_makes_it_a_don_t_know_and_the_day_is_asked() -> None:
    person = asking()
    person.say("  Dinas\nPerhubungan ")
    assert person.assessment.ratings["P1"] == Rating(value=UNKNOWN, language="en", ask="Dinas Perhubungan")
    assert person.screen.name == "items P1 until"
    assert "To be asked: Dinas Perhubungan" in person.words


@pytest.mark.parametrize(("within", "day"), [("1", "2026-11-30"), ("2", "2026-12-07"), ("month", "2026-12-23")])
def test_a_day_pressed_is_counted_from_today_and_leads_on(within: str, day: str) -> None:
    person = asking()
    person.say("Bappeda")
    person.choose("within", within)
    assert person.assessment.ratings["P1"].until == day
    assert person.screen.name == "items N1"


def test_a_day_typed_is_understood_and_other_words_are_kept() -> None:
    for text, kept in (("17 Agustus 2027", "2027-08-17"), ("after the council meets", "after the council meets")):
        person = asking()
        person.say("Bappeda")
        person.say(text)
        assert (person.assessment.ratings["P1"].until, person.screen.name) == (kept, "items N1")


@pytest.mark.parametrize("text", ["x" * 61, "", "\0"])
def test_a_day_too_long_or_empty_is_refused(text: str) -> None:
    person = asking()
    person.say("Bappeda")
    before = person.conversation
    person.say(text)
    assert person.screen.toast
    assert person.conversation == before


@pytest.mark.parametrize("text", ["x" * 121, "", "\u200d"])
def test_a_name_too_long_or_empty_is_refused(text: str) -> None:
    person = asking()
    before = person.conversation
    person.say(text)
    assert person.screen.toast
    assert person.conversation == before


def test_the_day_may_be_left_out() -> None:
    person = asking()
    person.say("Bappeda")
    person.choose("skip")
    assert (person.assessment.ratings["P1"].until, person.screen.name) == ("", "items N1")


def test_the_item_tells_who_is_to_be_asked_and_the_note_stays() -> None:
    person = Person().enter().begin()
    person.choose("aside", "note")
    person.say("RPJMD")
    person.choose("aside", "ask")
    person.say("Bappeda")
    person.choose("within", "1")
    person.say("/back")
    assert "To be asked: Bappeda, by 30 November 2026" in person.words
    assert person.assessment.ratings["P1"].note == "RPJMD"


def test_names_already_given_are_offered_again() -> None:
    person = asking()
    person.say("Bappeda")
    person.choose("skip")
    person.choose("aside", "ask")
    assert person.labels[:1] == ["Bappeda"]
    person.choose("known", "0")
    assert person.assessment.ratings["N1"].ask == "Bappeda"


def test_owners_of_plans_are_offered_too_and_three_names_at_most() -> None:
    person = Person().enter().begin(length="full").rate_all(-1)
    person.choose("forward")
    for owner in ("Dishub", "Bappeda", "Diskominfo", "BPKD"):
        person.choose("plan", Changeable.MONTHS)
        person.say("Agree on it")
        person.say(owner)
        person.choose("skip")
    person.say("/back")
    while person.phase is not Phase.REVIEW:
        person.say("/back")
    person.choose("step", "need")
    person.choose("edit", "N1")
    person.choose("aside", "ask")
    assert person.labels[:4] == ["Dishub", "Bappeda", "Diskominfo", "Back to the question"]


@pytest.mark.parametrize("value", [1, -1, "na"])
def test_another_answer_forgets_whom_to_ask(value: int | str) -> None:
    person = asking()
    person.say("Bappeda")
    person.choose("within", "1")
    person.say("/back")
    person.choose("rate", value)
    rating = person.assessment.ratings["P1"]
    assert (rating.ask, rating.until) == ("", "")


def test_don_t_know_again_keeps_whom_to_ask() -> None:
    person = asking()
    person.say("Bappeda")
    person.choose("within", "1")
    person.say("/back")
    person.choose("rate", "dk")
    assert person.assessment.ratings["P1"].ask == "Bappeda"


def test_somebody_else_is_asked_by_another_day_and_nobody_after_all() -> None:
    person = asking()
    person.say("Bappeda")
    person.choose("within", "1")
    person.say("/back")
    person.choose("aside", "ask")
    person.say("Dishub")
    assert person.assessment.ratings["P1"].until == ""
    person.say("/back")
    person.choose("aside", "ask")
    person.choose("drop-ask")
    assert person.assessment.ratings["P1"] == Rating(value=UNKNOWN, language="en")
    assert person.screen.name == "items P1"


def changing() -> Person:
    """Someone who changes a founded answer from the review."""
    person = Person().enter().begin().rate_all(1)
    person.choose("step", "need")
    person.choose("edit", "N1")
    return person


def test_from_the_review_it_is_recorded_and_leads_back_there() -> None:
    person = changing()
    person.choose("aside", "ask")
    person.say("Bappeda")
    person.choose("skip")
    assert person.assessment.ratings["N1"] == Rating(value=UNKNOWN, language="en", ask="Bappeda")
    assert (person.screen.name, person.conversation.back_to) == ("review need", "")


def test_a_change_held_back_gives_way_to_whom_to_ask() -> None:
    person = changing()
    person.choose("rate", -2)
    person.choose("basis", "A")
    person.say("/back")
    person.say("/back")
    person.choose("aside", "ask")
    person.say("Bappeda")
    person.choose("within", "2")
    assert person.assessment.ratings["N1"].value is UNKNOWN
    assert person.screen.name == "review need"


def test_a_change_back_to_a_number_is_confirmed_and_forgets_whom_to_ask() -> None:
    person = changing()
    person.choose("aside", "ask")
    person.say("Bappeda")
    person.choose("skip")
    person.choose("edit", "N1")
    person.choose("rate", 2)
    person.choose("basis", "A")
    person.choose("change")
    assert person.assessment.ratings["N1"] == Rating(value=2, basis=Basis.DOCUMENT, language="en")


def test_leaving_before_the_day_keeps_the_name() -> None:
    person = asking()
    person.say("Bappeda")
    person.say("/cancel")
    person.choose("open")
    person.choose("dismiss")
    person.say("/back")
    assert "To be asked: Bappeda" in person.words


# the list of open points


def test_open_points_stand_below_the_actions_those_with_a_name_first() -> None:
    person = Person().enter().begin()
    person.rate("dk")
    person.choose("aside", "ask")
    person.say("Bappeda")
    person.choose("within", "1")
    person.rate_all(1, N2="dk")
    person.conclude()
    person.choose("aside", "actions")
    assert person.words.splitlines()[-4:] == [
        "Still to be found out",
        "Real problem: ask Bappeda, by 30 November 2026",
        "Measured results: nobody named to ask yet",
        "Fit with plans: nobody named to ask yet",
    ]


def test_without_open_points_there_is_no_such_list() -> None:
    person = Person().enter().begin().rate_all(1).conclude()
    person.choose("aside", "actions")
    assert "Still to be found out" not in person.words


def test_the_longest_actions_and_open_points_fit_one_message() -> None:
    person = Person().enter("id").begin(length="full")
    unknown = 0
    while person.phase is Phase.ITEMS:
        if unknown < 8:
            person.choose("aside", "ask")
            person.say("\U0001d4b2" * 120)
            person.say("\U0001d4b2" * 60)
            unknown += 1
        else:
            person.rate(-1)
    person.choose("forward")
    while person.phase is Phase.BARRIERS:
        if person.offers("plan", Changeable.MONTHS):
            person.choose("plan", Changeable.MONTHS)
            person.say("\U0001d4b2" * 300)
            person.say("\U0001d4b2" * 120)
            person.say("\U0001d4b2" * 60)
        else:
            person.choose("rest")
    person.choose("finish")
    person.choose("aside", "actions")
    assert 3000 < len(person.words) <= 4096
