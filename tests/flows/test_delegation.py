"""A question put to a colleague: the link that is passed on, whom it serves, and what is left of it in the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.handle import House
from bot.i18n import translator
from bot.languages import LANGUAGES
from bot.reading import read_text
from flows.cards import say
from flows.dialogue import Phase
from flows.inquiry import LIFETIME, Standing
from flows.ratings import Mark
from flows.taps import Press, Typed
from storage.store import open_store
from tests.colleagues import NAME, answer, asked, asker, delegate, house_with_links, inquiry, opened, shown_token
from tests.talking import Person

DAYS = LIFETIME.days


@pytest.fixture(params=["memory", "sqlite"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house with links on an empty store."""
    store = open_store("memory://" if request.param == "memory" else f"sqlite:///{tmp_path}/cocok.db")
    yield house_with_links(store)
    store.close()


def text(key: str, language: str = "en") -> str:
    return translator(language)(say(key))


# who asks


def test_where_there_are_no_links_nobody_is_offered_one() -> None:
    assert not Person().enter().begin().offers("delegate")


def test_the_link_is_shown_with_what_it_shows_and_how_long_it_works(house: House) -> None:
    owner = asker(house)
    owner.choose("delegate")
    assert "30 November 2026" in owner.words
    assert text("delegate.shown") in owner.words
    found = inquiry(house, shown_token(owner))
    assert found is not None
    assert len(found.token) == 16
    assert (found.item, found.standing, found.assessment) == ("P1", Standing.OPEN, owner.assessment.id)
    assert found.expires_at - found.asked_at == LIFETIME


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_can_be_shared_by_a_button_that_opens_an_address(house: House, language: str) -> None:
    owner = Person(house).enter(language).begin()
    owner.choose("delegate")
    button = owner.screen.buttons[0]
    assert button.label == text("delegate.share", language)
    assert button.data == ""
    shared = f"https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fcocok_bot%3Fstart%3Da_{shown_token(owner)}&text="
    assert button.url.startswith(shared)
    assert " " not in button.url
    assert "Banda%20Aceh" in button.url


@pytest.mark.parametrize("written", ["1", "Share the link", "share the link", "no. 1"])
def test_a_button_that_opens_an_address_cannot_be_pressed_by_writing(written: str) -> None:
    owner = asker(house_with_links())
    owner.choose("delegate")
    assert isinstance(read_text(written, owner.screen), Typed)
    before = owner.conversation
    owner.say(written)
    assert owner.screen.toast
    assert owner.conversation == before


def test_the_tap_of_a_button_that_opens_an_address_does_nothing() -> None:
    owner = asker(house_with_links())
    owner.choose("delegate")
    before = owner.conversation
    owner.tap(Press(owner.assessment.id, before.revision, "P1", "", "").encode())
    owner.tap("")
    assert owner.conversation == before


def test_the_same_question_keeps_its_link_and_another_gets_its_own(house: House) -> None:
    owner = asker(house)
    first = delegate(owner)
    assert delegate(owner) == first
    owner.rate(1)
    assert delegate(owner) != first


def test_an_expired_link_is_replaced(house: House) -> None:
    owner = asker(house)
    first = delegate(owner)
    owner.wait(days=DAYS).open()
    owner.choose("dismiss")
    assert delegate(owner) != first


def test_going_on_meanwhile_rates_it_as_not_known() -> None:
    owner = asker(house_with_links())
    owner.choose("delegate")
    owner.choose("leave-open")
    assert owner.assessment.ratings["P1"].value is Mark.DONT_KNOW
    assert (owner.screen.name, owner.conversation.aside) == ("items N1", "")


def test_going_on_meanwhile_keeps_an_answer_given_before() -> None:
    owner = asker(house_with_links())
    owner.rate(2)
    owner.say("/back")
    owner.choose("delegate")
    assert "Keep: Strongly helps" in owner.labels
    owner.choose("leave-open")
    assert (owner.assessment.ratings["P1"].value, owner.screen.name) == (2, "items N1")


def test_the_question_tells_that_an_answer_is_awaited_until_it_cannot_come(house: House) -> None:
    owner = asker(house)
    delegate(owner)
    assert "Asked a colleague, no answer yet (until 30 November 2026)" in owner.words
    owner.rate(1)
    assert "Asked a colleague" not in owner.words
    owner.say("/back")
    assert "Asked a colleague" in owner.words
    owner.wait(days=DAYS).open()
    owner.choose("dismiss")
    assert "Asked a colleague" not in owner.words


def test_a_question_can_be_put_to_a_colleague_while_its_answer_is_changed() -> None:
    owner = asker(house_with_links()).rate_all(1)
    owner.choose("step", "practice")
    owner.choose("edit", "P1")
    owner.choose("delegate")
    assert not owner.offers("leave-open")
    owner.choose("dismiss")
    assert (owner.screen.name, owner.conversation.back_to) == ("items P1", Phase.REVIEW)


def test_while_the_link_card_lies_open_the_link_may_be_used_up(house: House) -> None:
    owner = asker(house)
    owner.choose("delegate")
    opened(Person(house).enter(), shown_token(owner))
    assert text("delegate.used") in "\n".join(line for _, line in owner.looked.screen.lines)
    owner.open()
    owner.choose("dismiss")
    owner.choose("delegate")
    assert shown_token(owner)


# links that do not lead to a question


def test_a_link_works_for_one_person_only(house: House) -> None:
    token = delegate(asker(house))
    first = opened(Person(house, "1").enter(), token)
    second = opened(Person(house, "2").enter(), token)
    assert (second.screen.name, second.screen.toast) == ("home", text("toast.inquiry-used"))
    assert second.conversation.inquiry is None
    answer(first)
    opened(second, token)
    assert second.screen.toast == text("toast.inquiry-used")


def test_the_same_colleague_returns_to_the_question_by_its_link_until_it_is_answered(house: House) -> None:
    token = delegate(asker(house))
    colleague = opened(Person(house).enter(), token)
    colleague.choose("rate", -1)
    opened(colleague, token)
    assert colleague.screen.name == "asked P1 basis"
    colleague.choose("basis", "C")
    colleague.say("/cancel")
    opened(colleague, token)
    assert colleague.screen.name == "asked P1 note"
    colleague.choose("skip")
    colleague.say(NAME)
    colleague.choose("home")
    opened(colleague, token)
    assert (colleague.screen.name, colleague.screen.toast) == ("home", text("toast.inquiry-answered"))


def test_nobody_answers_their_own_question(house: House) -> None:
    owner = asker(house)
    token = delegate(owner)
    opened(owner, token)
    assert (owner.screen.name, owner.screen.toast) == ("home", text("toast.inquiry-own"))
    found = inquiry(house, token)
    assert found is not None
    assert found.standing is Standing.OPEN


def test_an_expired_link_says_so(house: House) -> None:
    token = delegate(asker(house))
    colleague = Person(house).enter()
    opened(colleague.wait(days=DAYS), token)
    assert (colleague.screen.name, colleague.screen.toast) == ("home", text("toast.inquiry-expired"))


def test_a_link_nobody_knows_says_so() -> None:
    colleague = opened(Person(house_with_links()).enter(), "abcdefghabcdefgh")
    assert (colleague.screen.name, colleague.screen.toast) == ("home", text("toast.inquiry-unknown"))


# forgetting


def test_who_forgets_before_answering_leaves_the_link_to_others(house: House) -> None:
    token = delegate(asker(house))
    first = opened(Person(house, "1").enter(), token)
    first.choose("rate", -2)
    first.say("/forget")
    first.choose("forget")
    found = inquiry(house, token)
    assert found is not None
    assert (found.standing, found.colleague, found.rating) == (Standing.OPEN, "", None)
    second = answer(opened(Person(house, "2").enter(), token), 1)
    assert second.screen.name == "asked P1 done"


def test_who_forgets_after_answering_leaves_the_answer_without_a_name(house: House) -> None:
    colleague = asked(house)
    token = colleague.conversation.inquiry.token if colleague.conversation.inquiry else ""
    answer(colleague, 1)
    colleague.say("/forget")
    assert text("forget.answers") in colleague.words
    colleague.choose("forget")
    found = inquiry(house, token)
    assert found is not None
    assert (found.standing, found.by, found.colleague) == (Standing.ANSWERED, "", "")
    assert opened(Person(house, "3").enter(), token).screen.toast == text("toast.inquiry-used")


def test_when_who_asked_forgets_the_question_is_gone_from_the_colleague_s_chat(house: House) -> None:
    owner = asker(house)
    token = delegate(owner)
    colleague = opened(Person(house).enter(), token)
    owner.say("/forget")
    owner.choose("forget")
    assert inquiry(house, token) is None
    looked = colleague.looked.screen
    assert text("asked.withdrawn") in [line for _, line in looked.lines]
    colleague.choose("rate", 1)
    assert (colleague.screen.name, colleague.screen.toast) == ("home", text("toast.inquiry-withdrawn"))


def test_when_who_asked_forgets_the_card_over_the_question_goes_too(house: House) -> None:
    owner = asker(house)
    colleague = opened(Person(house).enter(), delegate(owner))
    colleague.choose("aside", "why")
    owner.say("/forget")
    owner.choose("forget")
    assert text("asked.withdrawn") in [line for _, line in colleague.looked.screen.lines]
    colleague.choose("dismiss")
    assert colleague.screen.name == "home"


def test_the_thanks_stay_when_who_asked_forgets(house: House) -> None:
    owner = asker(house)
    colleague = answer(opened(Person(house).enter(), delegate(owner)))
    owner.say("/forget")
    owner.choose("forget")
    colleague.open()
    assert colleague.screen.name == "home"
    colleague.say("/assess")
    assert colleague.screen.name == "practice"
