"""Links that lead into the conversation: to a practice, to a colleague's question, back to an assessment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import translator
from bot.languages import LANGUAGES
from flows.cards import say
from flows.dialogue import Phase
from flows.links import Goal, Link, read_link
from flows.moves import CONSENTED
from tests.colleagues import asker, delegate, house_with_links, inquiry
from tests.talking import Person, at

BROKEN = (
    "x",
    "p",
    "p_",
    "a_",
    "r_",
    "q_owl-bus",
    "P_owl-bus",
    "p_owl bus",
    "p_owl.bus",
    "a_ü",
    "r_x_y",
    "p_" + "x" * 63,
)
"""What no link of ours carries."""


def text(key: str, language: str = "en") -> str:
    return translator(language)(say(key))


# what a link carries


@given(st.sampled_from(Goal), st.from_regex(r"[A-Za-z0-9]{1,62}", fullmatch=True))
def test_a_link_reads_as_it_was_written(goal: Goal, name: str) -> None:
    assert read_link(Link(goal, name).encode()) == Link(goal, name)


@given(st.text())
def test_anything_else_is_no_link(payload: str) -> None:
    link = read_link(payload)
    assert link is None or link.encode() == payload


def test_a_practice_s_key_may_hold_hyphens_and_underscores() -> None:
    assert read_link("p_owl-bus") == Link(Goal.PRACTICE, "owl-bus")
    assert read_link("p_night_bus-2") == Link(Goal.PRACTICE, "night_bus-2")


def test_a_payload_longer_than_the_platform_s_is_no_link() -> None:
    assert read_link("p_" + "x" * 62) is not None
    assert read_link("p_" + "x" * 63) is None


@pytest.mark.parametrize("payload", BROKEN)
@pytest.mark.parametrize("phase", [Phase.LANGUAGE, Phase.CONSENT, Phase.HOME, Phase.CITY, Phase.ITEMS, Phase.VERDICT])
def test_a_broken_link_changes_nothing(phase: Phase, payload: str) -> None:
    person = at(phase)
    before = person.conversation
    person.say(f"/start {payload}")
    assert person.screen.toast == text("toast.link-unknown", person.screen.language)
    assert person.conversation == before


# to a practice


@pytest.mark.parametrize("phase", CONSENTED)
def test_a_link_to_a_practice_begins_an_assessment_of_it_from_everywhere(phase: Phase) -> None:
    person = at(phase)
    before, listed = person.conversation.assessment, len(person.listed)
    person.say("/start p_food-waste-fee")
    assert person.screen.name == "city"
    assert person.assessment.practice.startswith("food-waste-fee@")
    assert before is None or before.id != person.assessment.id
    assert (len(person.listed), person.conversation.aside, person.conversation.back_to) == (listed + 1, "", "")
    person.say("Padang")
    assert person.phase is Phase.PROFILE


def test_what_was_in_hand_is_put_away_and_kept() -> None:
    person = Person().enter().begin()
    person.rate(2)
    before = person.assessment
    person.say("/start p_owl-bus")
    assert person.stored(before.id) == before
    assert person.conversation.assessment != before


def test_the_same_link_twice_begins_one_assessment() -> None:
    person = Person().enter()
    person.say("/start p_owl-bus")
    begun = person.assessment.id
    person.say("/start p_owl-bus")
    person.say("Padang")
    person.say("/start p_owl-bus")
    assert (person.screen.name, person.assessment.id, len(person.listed)) == ("city", begun, 1)


def test_a_link_to_a_practice_that_is_not_here_says_so_and_leaves_the_card() -> None:
    person = Person().enter().begin()
    before = person.conversation
    person.say("/start p_no-such-practice")
    assert person.screen.toast == text("toast.link-practice")
    assert person.conversation == before


def test_back_from_a_link_to_a_practice_leads_to_the_list_and_home() -> None:
    person = Person().enter()
    person.say("/start p_owl-bus")
    person.say("/back")
    assert person.screen.name == "practice"
    person.say("/back")
    assert person.screen.name == "home"


def test_a_link_after_a_long_pause_shows_its_card_and_no_recap() -> None:
    person = Person().enter().begin()
    person.wait(days=30).say("/start p_food-waste-fee")
    assert person.screen.name == "city"


def test_a_dead_link_after_a_long_pause_is_followed_by_the_recap() -> None:
    person = Person().enter().begin()
    person.wait(days=30).say("/start p_no-such-practice")
    assert person.screen.name == "items P1 recap"


# back to an assessment


def test_a_link_resumes_what_is_under_way() -> None:
    person = Person().enter().begin()
    person.rate(2)
    person.say("/cancel")
    person.say("/start r")
    assert person.screen.name == "items N1 recap"


def test_a_link_resumes_one_of_several() -> None:
    person = Person().enter().begin()
    first = person.assessment.id
    person.say("/assess")
    person.choose("choose", "food-waste-fee")
    person.say("Padang")
    person.say(f"/start r_{first}")
    assert (person.assessment.id, person.conversation.aside) == (first, "recap")


def test_a_link_to_what_is_in_hand_says_where_things_stand() -> None:
    person = Person().enter().begin()
    person.say(f"/start r_{person.assessment.id}")
    assert person.screen.name == "items P1 recap"


def test_a_link_to_a_finished_assessment_shows_its_verdict() -> None:
    person = at(Phase.VERDICT)
    finished = person.assessment.id
    person.say("/cancel")
    person.say(f"/start r_{finished}")
    assert person.screen.name == "verdict"
    person.say(f"/start r_{finished}")
    assert person.screen.name == "verdict"


def test_nobody_resumes_another_s_assessment() -> None:
    house = house_with_links()
    theirs = Person(house, "2002").enter().begin().assessment.id
    person = Person(house).enter().begin()
    before = person.conversation
    person.say(f"/start r_{theirs}")
    assert person.screen.toast == text("toast.no-such-assessment")
    assert person.conversation == before


def test_without_an_open_assessment_there_is_nothing_to_resume() -> None:
    person = Person().enter()
    person.say("/start r")
    assert (person.screen.name, person.screen.toast) == ("home", text("toast.nothing-open"))


# before the notice is accepted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_is_followed_right_after_the_notice_is_accepted(language: str) -> None:
    person = Person()
    person.say("/start p_owl-bus")
    assert person.screen.name == "language"
    person.choose("language", language)
    assert person.screen.name == "consent"
    person.choose("agree")
    assert (person.screen.name, person.screen.language) == ("city", language)
    assert (person.assessment.practice.partition("@")[0], person.conversation.back_to) == ("owl-bus", "")


def test_before_the_notice_is_accepted_the_latest_link_counts() -> None:
    person = Person()
    person.say("/start p_food-waste-fee")
    person.choose("language", "en")
    person.say("/start p_owl-bus")
    person.say("/start")
    person.say("/start nonsense!")
    person.choose("agree")
    assert person.assessment.practice.startswith("owl-bus@")


def test_who_refuses_the_notice_leaves_no_link_behind() -> None:
    person = Person()
    person.say("/start p_owl-bus")
    person.choose("language", "en")
    person.choose("refuse")
    assert person.kept is None


@pytest.mark.parametrize("payload", ["p_no-such-practice", "r", "r_abcdefgh", "a_abcdefghabcdefgh"])
def test_a_link_that_leads_nowhere_leads_home_after_the_notice(payload: str) -> None:
    person = Person()
    person.say(f"/start {payload}")
    person.choose("language", "en")
    person.choose("agree")
    assert person.screen.name == "home"
    assert person.screen.toast


def test_a_plain_start_after_the_notice_is_home() -> None:
    person = Person().enter()
    person.open()
    assert (person.screen.name, person.screen.toast) == ("home", "")


def test_a_question_waits_until_the_notice_is_accepted() -> None:
    house = house_with_links()
    token = delegate(asker(house))
    person = Person(house)
    person.say(f"/start a_{token}")
    person.choose("language", "id")
    assert "Seorang rekan" in person.words
    known = inquiry(house, token)
    assert known is not None
    assert known.standing == "open"
    person.choose("agree")
    assert (person.screen.name, person.screen.language) == ("asked P1", "id")
