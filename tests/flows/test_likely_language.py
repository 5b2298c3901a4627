"""The language a platform tells of a person: a guess that orders the first card, and no choice."""

from __future__ import annotations

import pytest

from bot.exchange import Inbound
from bot.i18n import translator
from bot.languages import LANGUAGES, spoken
from flows.conversation import respond, show
from flows.dialogue import Conversation, Phase
from flows.library import builtin
from flows.taps import Command
from flows.world import World
from tests.flows.test_texts import NoShelf
from tests.talking import CHANNEL, MORNING, Person, at, numbered_ids


@pytest.mark.parametrize("code", ["id", "in", "ms", "jv", "su", "id-ID", "ID", "ms_MY", "JV-id"])
def test_who_reads_a_kindred_language_reads_indonesian(code: str) -> None:
    assert spoken(code) == "id"


@pytest.mark.parametrize("code", ["en", "en-GB", "EN", "en_US"])
def test_english_is_english_everywhere(code: str) -> None:
    assert spoken(code) == "en"


@pytest.mark.parametrize("code", ["", "ko", "fr-CA", "x", "-", "ind", "english", "i"])
def test_of_others_nothing_is_known(code: str) -> None:
    assert (spoken(code), spoken(code, "id")) == ("", "id")


def world() -> World:
    return World(library=builtin(), shelf=NoShelf(), now=MORNING, new_id=numbered_ids())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_card_puts_the_likely_language_first_and_asks_once(language: str) -> None:
    person = Conversation(id="c", channel="console", address="1", language=language)
    choices = show(person, world()).choices
    assert [choice.value for choice in choices] == [language, *(other for other in LANGUAGES if other != language)]
    respond(person, Command("language", language), world())
    assert (person.phase, person.language) == (Phase.CONSENT, language)


def test_the_first_card_of_who_is_not_known_is_in_every_language() -> None:
    assert "Selamat datang di cocok. · Welcome to cocok." in at(Phase.LANGUAGE).words
    assert at(Phase.LANGUAGE).labels == ["Bahasa Indonesia", "English"]


def test_a_language_nobody_has_words_for_is_no_guess() -> None:
    person = Conversation(id="c", channel="console", address="1", language="ko")
    assert show(person, world()) == show(Conversation(id="c", channel="console", address="1"), world())


def test_the_first_card_is_wholly_in_the_likely_language() -> None:
    shown = show(Conversation(id="c", channel="console", address="1", language="id"), world())
    told = [translator("id")(line.said) for line in shown.lines]
    assert "Selamat datang di cocok." in told
    assert not any("Welcome" in line for line in told)


def test_a_wrong_guess_is_put_right_by_one_tap() -> None:
    person = Person()
    person.house.handle(
        Inbound(channel=CHANNEL, address=person.address, key="1", text="/start", language="en"), MORNING
    )
    person.seen.append(person.looked.screen)
    assert (person.words.splitlines()[0], person.labels) == ("Welcome to cocok.", ["English", "Bahasa Indonesia"])
    person.choose("language", "id")
    assert (person.screen.name, person.screen.language) == ("consent", "id")


def test_later_guesses_change_nothing() -> None:
    person = Person().enter("en")
    person.house.handle(Inbound(channel=CHANNEL, address=person.address, key="x", text="/help", language="id"), MORNING)
    assert person.conversation.language == "en"
