"""A colleague's answer that is not simply accepted: changed first, left for later, or without a name by then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.handle import House
from bot.i18n import translator
from flows.cards import say
from flows.dialogue import Phase
from flows.inquiry import Standing
from flows.ratings import Basis, Rating
from storage.store import open_store
from tests.colleagues import NAME, answer, asker, delegate, found, house_with_links, opened, replied, told
from tests.talking import Person


@pytest.fixture(params=["memory", "sqlite"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house with links on an empty store."""
    store = open_store("memory://" if request.param == "memory" else f"sqlite:///{tmp_path}/cocok.db")
    yield house_with_links(store)
    store.close()


def text(key: str, language: str = "en") -> str:
    return translator(language)(say(key))


# changed


def test_a_change_begins_with_the_colleague_s_answer(house: House) -> None:
    owner = asker(house)
    token = told(owner, -1, note="Theirs")
    owner.choose("amend")
    assert (owner.screen.name, owner.conversation.back_to) == ("items P1", Phase.REVIEW)
    assert f"{NAME} answered: Hinders (Experience or an expert)" in owner.words
    assert not owner.assessment.ratings
    owner.choose("keep")
    assert "Keep: Experience or an expert" in owner.labels
    owner.choose("keep")
    assert owner.screen.name == "items P1 confirm"
    owner.choose("change")
    given = Rating(value=-1, basis=Basis.EXPERIENCE, note="Theirs", language="id", by=NAME)
    assert owner.assessment.ratings == {"P1": given}
    assert owner.screen.name == "review practice"
    assert (found(house, token).standing, owner.conversation.scratch) == (Standing.SETTLED, {})


def test_a_changed_answer_is_one_s_own(house: House) -> None:
    owner = asker(house)
    token = told(owner, -1, note="Theirs")
    owner.choose("amend")
    owner.choose("rate", 2)
    owner.choose("change")
    assert owner.assessment.ratings == {"P1": Rating(value=2, language="en")}
    assert found(house, token).standing is Standing.SETTLED


def test_to_stay_with_one_s_own_answer_decides_too(house: House) -> None:
    owner = asker(house)
    token = replied(owner, -1)
    owner.rate(2)
    owner.hear(token)
    owner.choose("amend")
    owner.choose("rate", 2)
    assert (owner.screen.name, owner.assessment.ratings["P1"].value) == ("review practice", 2)
    assert found(house, token).standing is Standing.SETTLED


def test_a_change_left_by_back_decides_nothing(house: House) -> None:
    owner = asker(house)
    token = told(owner, -1)
    owner.choose("amend")
    owner.say("/back")
    assert owner.screen.name == "review practice"
    assert not owner.assessment.ratings
    assert found(house, token).standing is Standing.ANSWERED
    owner.choose("edit", "P1")
    owner.choose("reply")
    owner.choose("accept")
    assert owner.assessment.ratings["P1"].by == NAME


def test_a_change_takes_the_assessment_in_hand_it_belongs_to(house: House) -> None:
    owner = asker(house)
    first = owner.assessment.id
    token = replied(owner, -1)
    owner.say("/start p_food-waste-fee")
    owner.hear(token)
    owner.choose("amend")
    assert (owner.assessment.id, owner.screen.name) == (first, "items P1")
    owner.choose("rate", 0)
    owner.choose("change")
    assert owner.stored(first).ratings["P1"].value == 0


def test_an_item_that_is_not_asked_any_more_can_only_be_accepted(house: House) -> None:
    owner = asker(house, length="full")
    owner.rate(1)
    assert owner.conversation.focus == "P2"
    token = replied(owner, 1)
    owner.say("/back")
    owner.say("/back")
    owner.choose("length", "quick")
    owner.hear(token)
    assert not owner.offers("amend")
    owner.choose("accept")
    assert owner.assessment.ratings["P2"].by == NAME


# later


def test_what_is_left_for_later_is_found_again_at_its_question(house: House) -> None:
    owner = asker(house)
    token = told(owner, 1)
    owner.choose("dismiss")
    assert f"{NAME} answered: Helps" in owner.words
    owner.choose("reply", token)
    assert owner.screen.name == "items P1 reply"
    owner.choose("accept")
    owner.say("/back")
    assert not owner.offers("reply")


def test_of_two_answers_both_can_be_decided_on(house: House) -> None:
    owner = asker(house)
    first = replied(owner, 1)
    second = replied(owner, -1)
    assert first != second
    owner.hear(first)
    owner.choose("accept")
    owner.say("/back")
    owner.choose("reply", second)
    assert "Your answer so far: Helps" in owner.words
    owner.choose("dismiss")
    assert found(house, second).standing is Standing.ANSWERED


def test_an_answer_without_a_name_can_still_be_used(house: House) -> None:
    owner = asker(house)
    token = delegate(owner)
    colleague = answer(opened(Person(house, "1").enter(), token), 1)
    colleague.say("/forget")
    colleague.choose("forget")
    owner.hear(token)
    assert text("delegate.somebody") in owner.words
    owner.choose("accept")
    assert owner.assessment.ratings == {"P1": Rating(value=1, language="en")}


def test_when_a_colleague_forgets_later_only_their_name_goes(house: House) -> None:
    owner = asker(house)
    token = delegate(owner)
    colleague = answer(opened(Person(house, "1").enter(), token), 1)
    owner.hear(token)
    owner.choose("accept")
    colleague.say("/forget")
    colleague.choose("forget")
    assert owner.assessment.ratings == {"P1": Rating(value=1, language="en")}


def test_an_answer_looked_at_while_it_disappears_is_said_to_be_gone(house: House) -> None:
    owner = asker(house)
    told(owner)
    with house.store.unit() as unit:
        conversation = unit.conversation("console", owner.address)
        assert conversation is not None
        conversation.scratch["aside.reply"] = "gone"
        conversation.revision += 1
        unit.save(conversation, owner.now)
        unit.commit()
    assert text("reply.gone") in [line for _, line in owner.looked.screen.lines]
    owner.say("/back")
    assert owner.screen.name == "items P1"
