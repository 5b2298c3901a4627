"""A question put to a colleague: what they see and answer, and that nothing of their own is touched by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.handle import House
from bot.i18n import translator
from bot.languages import LANGUAGES
from flows.cards import say
from flows.inquiry import LIFETIME, Standing
from flows.ratings import Basis, Rating
from storage.store import open_store
from tests.colleagues import NAME, answer, asked, asker, delegate, house_with_links, inquiry, opened
from tests.talking import CHANNEL, Person

DAYS = LIFETIME.days


@pytest.fixture(params=["memory", "sqlite"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house with links on an empty store."""
    store = open_store("memory://" if request.param == "memory" else f"sqlite:///{tmp_path}/cocok.db")
    yield house_with_links(store)
    store.close()


def text(key: str, language: str = "en") -> str:
    return translator(language)(say(key))


# who is asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_colleague_sees_the_question_the_practice_and_the_city_and_nothing_else(house: House, language: str) -> None:
    owner = asker(house)
    owner.choose("aside", "note")
    owner.say("Our own secret")
    owner.rate(2)
    owner.say("/back")
    token = delegate(owner)
    colleague = opened(Person(house).enter(language), token)
    shown = colleague.words
    assert "Banda Aceh" in shown
    assert "Seoul" in shown
    assert owner.shown_in(language).lines[2][1] in shown
    assert "secret" not in shown
    assert not colleague.offers("keep")


def test_a_decisive_condition_is_marked_and_always_applies(house: House) -> None:
    owner = asker(house)
    owner.rate(1)
    colleague = opened(Person(house).enter(), delegate(owner))
    assert (colleague.screen.name, owner.conversation.focus) == ("asked N1", "N1")
    assert text("item.critical") in colleague.words
    assert not colleague.offers("rate", "na")


def test_an_answer_comes_back_with_all_that_was_said(house: House) -> None:
    colleague = asked(house)
    token = colleague.conversation.inquiry.token if colleague.conversation.inquiry else ""
    answer(colleague, -1, "A", note="Perwali 12/2024")
    found = inquiry(house, token)
    assert found is not None
    given = Rating(value=-1, basis=Basis.DOCUMENT, note="Perwali 12/2024", language="en")
    assert (found.rating, found.by, found.standing) == (given, NAME, Standing.ANSWERED)
    assert (found.colleague, found.answered_at) == (colleague.conversation.person, colleague.now)
    assert colleague.labels == ["Start an assessment", "To the start page"]


def test_why_and_the_practice_are_told_to_a_colleague_too(house: House) -> None:
    colleague = asked(house)
    for aside in ("why", "case"):
        colleague.choose("aside", aside)
        assert colleague.screen.name == f"asked P1 {aside}"
        colleague.choose("dismiss")
    assert colleague.screen.name == "asked P1"


def test_a_colleague_can_go_back_and_answer_otherwise(house: House) -> None:
    colleague = asked(house)
    colleague.choose("rate", -2)
    colleague.choose("basis", "C")
    colleague.say("A note")
    assert colleague.screen.name == "asked P1 name"
    names = []
    for _ in range(3):
        colleague.say("/back")
        names.append(colleague.screen.name)
    assert names == ["asked P1 note", "asked P1 basis", "asked P1"]
    assert "Keep: Strongly hinders (My estimate)" in colleague.labels
    colleague.choose("rate", 1)
    colleague.choose("skip")
    colleague.say(NAME)
    found = colleague.conversation.inquiry
    assert found is not None
    assert found.rating == Rating(value=1, language="en")
    colleague.say("/back")
    assert colleague.screen.name == "home"


def test_what_was_answered_can_be_kept_on_the_way_forward(house: House) -> None:
    colleague = asked(house)
    colleague.choose("rate", -2)
    colleague.choose("basis", "C")
    colleague.say("A note")
    for _ in range(3):
        colleague.say("/back")
    for _ in range(3):
        colleague.choose("keep")
    assert colleague.screen.name == "asked P1 name"
    colleague.say(NAME)
    found = colleague.conversation.inquiry
    assert found is not None
    assert found.rating == Rating(value=-2, basis=Basis.ESTIMATE, note="A note", language="en")


@pytest.mark.parametrize("name", ["", "   ", "123", "...", "x" * 101, "\u200b"])
def test_a_name_that_is_none_sends_nothing(name: str) -> None:
    colleague = asked()
    colleague.choose("rate", 1)
    colleague.choose("skip")
    colleague.say(name)
    assert colleague.screen.toast
    assert colleague.screen.name == "asked P1 name"


def test_a_name_is_one_line() -> None:
    colleague = asked()
    colleague.choose("rate", 1)
    colleague.choose("skip")
    colleague.say("Rina\nDinas\u202e  Perhubungan")
    found = colleague.conversation.inquiry
    assert found is not None
    assert found.by == "Rina Dinas Perhubungan"


def test_the_language_can_be_switched_in_the_middle(house: House) -> None:
    colleague = asked(house)
    colleague.say("/bahasa")
    assert (colleague.screen.name, colleague.screen.language) == ("asked P1", "id")
    answer(colleague, 1)
    found = colleague.conversation.inquiry
    assert found is not None
    assert found.rating is not None
    assert found.rating.language == "id"


def test_a_colleague_s_own_assessment_is_put_away_and_untouched(house: House) -> None:
    token = delegate(asker(house))
    colleague = Person(house).enter().begin(city="Padang")
    colleague.rate(2)
    before = colleague.assessment
    answer(opened(colleague, token), -2)
    assert colleague.conversation.assessment is None
    assert [one.id for one in colleague.listed] == [before.id]
    assert colleague.stored(before.id) == before
    colleague.say("/resume")
    assert colleague.assessment == before


def test_who_asked_is_told_in_every_chat_they_can_be_reached_in(house: House) -> None:
    colleague = asked(house)
    answer(colleague)
    with house.store.unit() as unit:
        posted = unit.outbox.claim(CHANNEL, colleague.now, 100, LIFETIME)
        token = colleague.conversation.inquiry.token if colleague.conversation.inquiry else ""
        assert [(one.address, one.body) for one in posted if one.kind == "news"] == [("9009", {"token": token})]


def test_a_stale_button_of_a_question_does_nothing(house: House) -> None:
    colleague = asked(house)
    stale = [button.data for button in colleague.screen.buttons]
    colleague.choose("rate", 1)
    before = colleague.conversation
    for data in stale:
        colleague.tap(data)
        assert colleague.screen.toast == text("toast.stale")
        assert colleague.conversation == before
    colleague.choose("skip")
    colleague.say(NAME)
    done = colleague.conversation
    for screen in colleague.seen[:-1]:
        for button in screen.buttons:
            colleague.tap(button.data)
            assert colleague.conversation.inquiry == done.inquiry


def test_another_s_buttons_are_nobody_else_s(house: House) -> None:
    token = delegate(asker(house))
    first = opened(Person(house, "1").enter(), token)
    second = Person(house, "2").enter()
    before = second.conversation
    for button in first.screen.buttons:
        second.tap(button.data)
        assert second.conversation == before


# leaving in the middle


@pytest.mark.parametrize("way_back", ["/start", "/resume"])
def test_who_leaves_in_the_middle_comes_back_to_the_question(house: House, way_back: str) -> None:
    colleague = asked(house)
    colleague.choose("rate", 1)
    colleague.say("/cancel")
    assert colleague.screen.name == "home"
    assert colleague.labels[0] == text("home.answer")
    colleague.say(way_back)
    assert colleague.screen.name == "asked P1 note"
    colleague.say(way_back)
    assert colleague.screen.name == "asked P1 note"


def test_home_offers_the_question_that_was_left(house: House) -> None:
    colleague = asked(house)
    colleague.say("/back")
    colleague.choose("answer")
    assert colleague.screen.name == "asked P1"


def test_a_card_over_the_question_is_taken_away_by_resume() -> None:
    colleague = asked()
    colleague.choose("aside", "why")
    colleague.say("/resume")
    assert colleague.screen.name == "asked P1"


def test_the_same_question_waits_while_a_colleague_assesses_something_themselves(house: House) -> None:
    colleague = asked(house)
    colleague.say("/assess")
    colleague.choose("choose", "owl-bus")
    colleague.say("/start")
    assert colleague.screen.name == "city recap"
    colleague.say("/cancel")
    colleague.say("/resume")
    assert colleague.screen.name == "asked P1"


def test_after_the_time_is_up_nothing_can_be_answered(house: House) -> None:
    colleague = asked(house)
    data = colleague.button("rate", 1).data
    colleague.wait(days=DAYS).tap(data)
    assert (colleague.screen.name, colleague.screen.toast) == ("home", text("toast.inquiry-expired"))
    assert colleague.conversation.inquiry is None


@pytest.mark.parametrize("command", ["/start", "/resume"])
def test_after_the_time_is_up_a_question_that_was_left_is_gone(command: str) -> None:
    colleague = asked()
    colleague.say("/cancel")
    colleague.wait(days=DAYS).say(command)
    assert (colleague.screen.name, colleague.screen.toast) == ("home", text("toast.inquiry-expired"))
    colleague.say(command)
    assert colleague.screen.toast != text("toast.inquiry-expired")


def test_a_command_still_counts_after_the_time_is_up() -> None:
    colleague = asked()
    colleague.wait(days=DAYS).say("/mine")
    assert (colleague.screen.name, colleague.screen.toast) == ("mine", text("toast.inquiry-expired"))


def test_a_greeting_after_a_night_becomes_no_name() -> None:
    colleague = asked()
    colleague.choose("rate", 1)
    colleague.choose("skip")
    colleague.wait(hours=13).say("Good morning")
    assert (colleague.screen.name, colleague.screen.toast) == ("asked P1 name", text("toast.paused-asked"))
    colleague.say(NAME)
    assert colleague.screen.name == "asked P1 done"
