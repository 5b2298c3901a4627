"""A colleague's answer back with who asked: accepted, changed, or left for later, wherever they stand by then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.handle import House
from bot.i18n import translator
from bot.languages import LANGUAGES
from flows.assessment import Status
from flows.cards import say
from flows.dialogue import Phase
from flows.inquiry import Standing
from flows.ratings import Basis, Rating
from storage.store import open_store
from tests.colleagues import NAME, asker, delegate, found, house_with_links, replied, told
from tests.talking import Person


@pytest.fixture(params=["memory", "sqlite"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house with links on an empty store."""
    store = open_store("memory://" if request.param == "memory" else f"sqlite:///{tmp_path}/cocok.db")
    yield house_with_links(store)
    store.close()


def text(key: str, language: str = "en") -> str:
    return translator(language)(say(key))


# the answer on top


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_laid_over_the_card_with_all_that_was_said(house: House, language: str) -> None:
    owner = Person(house, "9009").enter(language).begin()
    told(owner, -1, note="Perwali 12/2024")
    assert owner.screen.name == "items P1 reply"
    for part in (NAME, "Banda Aceh", "Perwali 12/2024"):
        assert part in owner.words
    assert {"en": "Hinders (Experience or an expert)", "id": "Menghambat (Pengalaman atau ahli)"}[
        language
    ] in owner.words
    assert owner.labels == [text(f"reply.{key}", language) for key in ("accept", "amend", "later")]


@pytest.mark.parametrize("phase", ["home", "mine", "city", "note", "why", "recap", "forget"])
def test_it_is_laid_over_whatever_card_there_is(house: House, phase: str) -> None:
    owner = asker(house)
    token = replied(owner)
    if phase in {"home", "mine"}:
        owner.say("/cancel" if phase == "home" else "/mine")
    elif phase == "city":
        owner.say("/start p_food-waste-fee")
    elif phase == "recap":
        owner.open()
    elif phase == "forget":
        owner.say("/forget")
    else:
        owner.choose("aside", phase)
    owner.hear(token)
    assert owner.conversation.aside == "reply"
    below = owner.phase
    owner.choose("dismiss")
    assert (owner.conversation.aside, owner.phase) == ("", below)
    assert not owner.conversation.scratch


def test_news_twice_is_news_once(house: House) -> None:
    owner = asker(house)
    token = told(owner)
    owner.hear(token)
    assert owner.conversation.aside == "reply"
    owner.choose("accept")
    before = owner.conversation
    owner.hear(token)
    assert (owner.conversation, owner.screen.toast) == (before, "")


def test_news_that_is_not_theirs_changes_nothing(house: House) -> None:
    owner = asker(house)
    waiting = delegate(owner)
    owner.rate(1)
    token = replied(owner)
    other = Person(house, "3003").enter().begin(city="Padang")
    for person, heard in ((other, token), (owner, waiting), (owner, "no such token"), (other, waiting)):
        before = person.conversation
        person.hear(heard)
        assert person.conversation == before


def test_news_is_no_sign_of_life(house: House) -> None:
    owner = asker(house)
    token = replied(owner)
    seen = owner.conversation.seen_at
    owner.wait(days=2).hear(token)
    assert (owner.conversation.seen_at, owner.screen.name) == (seen, "items P1 reply")
    owner.say("hello")
    assert owner.screen.toast == text("toast.paused")
    assert owner.screen.name.endswith("recap")


def test_before_consent_news_is_nothing() -> None:
    person = Person(house_with_links())
    person.open()
    before = person.conversation
    person.hear("abcdefghabcdefgh")
    assert person.conversation == before


# accepted


def test_an_accepted_answer_is_marked_with_who_gave_it(house: House) -> None:
    owner = asker(house)
    token = told(owner, -1, note="Perwali 12/2024")
    owner.choose("accept")
    given = Rating(value=-1, basis=Basis.EXPERIENCE, note="Perwali 12/2024", language="id", by=NAME)
    assert owner.assessment.ratings == {"P1": given}
    assert (owner.screen.name, owner.screen.toast) == ("items N1", text("toast.reply-accepted"))
    assert found(house, token).standing is Standing.SETTLED
    owner.say("/back")
    assert owner.screen.name == "items P1 basis"
    owner.say("/back")
    assert f"Your answer so far: Hinders (Experience or an expert), given by {NAME}" in owner.words


def test_an_answer_accepted_elsewhere_leaves_the_card_below_as_it_was(house: House) -> None:
    owner = asker(house)
    token = replied(owner, 2)
    owner.rate(0)
    owner.hear(token)
    assert "Your answer so far: Neutral" in owner.words
    owner.choose("accept")
    assert owner.screen.name == "items N1"
    assert (owner.assessment.ratings["P1"].value, owner.assessment.ratings["P1"].by) == (2, NAME)


def test_an_answer_is_accepted_into_an_assessment_that_is_not_in_hand(house: House) -> None:
    owner = asker(house)
    first = owner.assessment.id
    token = replied(owner, 2)
    owner.say("/start p_food-waste-fee")
    owner.hear(token)
    owner.choose("accept")
    assert owner.screen.name == "city"
    assert owner.assessment.id != first
    assert owner.stored(first).ratings["P1"].by == NAME
    assert not owner.assessment.ratings
    assert found(house, token).standing is Standing.SETTLED


def test_an_answer_can_be_accepted_from_the_start_page(house: House) -> None:
    owner = asker(house)
    first = owner.assessment.id
    token = replied(owner, "dk")
    owner.say("/cancel")
    owner.hear(token)
    owner.choose("accept")
    assert (owner.screen.name, owner.conversation.assessment) == ("home", None)
    assert owner.stored(first).ratings["P1"].value == "dk"


def test_a_note_of_one_s_own_stays_beside_the_colleague_s(house: House) -> None:
    owner = asker(house)
    owner.choose("aside", "note")
    owner.say("Mine")
    told(owner, 1, note="Theirs")
    owner.choose("accept")
    assert owner.assessment.ratings["P1"].note == "Mine\nTheirs"


def test_an_accepted_answer_opens_a_finished_assessment_again(house: House) -> None:
    owner = asker(house)
    token = replied(owner, -2)
    owner.rate_all(1).conclude()
    owner.hear(token)
    assert owner.screen.name == "verdict reply"
    owner.choose("accept")
    assert (owner.screen.name, owner.assessment.status) == ("review", Status.OPEN)
    owner.conclude()
    assert len(owner.assessment.verdicts) == 2


def test_an_accepted_answer_that_takes_a_barrier_away_leads_out_of_planning_for_it(house: House) -> None:
    owner = asker(house)
    token = replied(owner, 2)
    owner.rate_all(1, P1=-1)
    owner.choose("forward")
    assert (owner.phase, owner.conversation.focus) == (Phase.BARRIERS, "P1")
    owner.hear(token)
    owner.choose("accept")
    assert owner.screen.name == "review"
    owner.choose("forward")
    assert owner.phase is Phase.VERDICT


def test_an_accepted_answer_that_leaves_the_barrier_leaves_the_planning(house: House) -> None:
    owner = asker(house)
    token = replied(owner, -2)
    owner.rate_all(1, P1=-1)
    owner.choose("forward")
    owner.hear(token)
    owner.choose("accept")
    assert owner.screen.name == "barriers P1 changeable"


def test_an_answer_accepted_while_it_is_changed_ends_the_change(house: House) -> None:
    owner = asker(house)
    token = replied(owner, 2)
    owner.rate_all(1)
    owner.choose("step", "practice")
    owner.choose("edit", "P1")
    owner.choose("rate", -2)
    owner.hear(token)
    owner.choose("accept")
    assert owner.screen.name == "review practice"
    assert owner.assessment.ratings["P1"].value == 2
    assert not owner.conversation.scratch


def test_one_s_own_answer_later_is_one_s_own(house: House) -> None:
    owner = asker(house)
    told(owner, 1)
    owner.choose("accept")
    owner.say("/back")
    owner.choose("rate", 2)
    assert owner.assessment.ratings["P1"].by == ""


@pytest.mark.parametrize("trigger", ["accept", "amend"])
def test_a_button_under_an_answer_decided_on_meanwhile_does_nothing(house: House, trigger: str) -> None:
    owner = asker(house)
    told(owner)
    data = owner.button(trigger).data
    owner.choose("accept")
    before = owner.assessment
    owner.tap(data)
    assert owner.assessment == before
    assert owner.screen.toast


def test_the_review_names_who_gave_an_answer_and_the_list_of_answers_does_not(house: House) -> None:
    owner = asker(house)
    told(owner, 1)
    owner.choose("accept")
    owner.rate_all(1)
    owner.choose("step", "practice")
    assert f"answer by {NAME}" in owner.words
    owner.say("/answers")
    assert NAME not in owner.words
