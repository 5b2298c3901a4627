"""A card in words: the same content in each language, and buttons that name what they answer."""

from __future__ import annotations

import pytest

from bot.i18n import translator
from bot.languages import LANGUAGES
from bot.render import render
from flows.cards import Card, Choice, Line, Reach, Style, Verbatim, say
from flows.dialogue import Phase
from flows.taps import Press
from tests.talking import TALKING, at

CARD = Card("home", (Line(say("home.title"), Style.TITLE),), (Choice(say("choice.back"), "back", reach=Reach.HALF),))


@pytest.mark.parametrize("phase", TALKING)
def test_a_card_is_the_same_in_every_language_but_for_its_words(phase: Phase) -> None:
    person = at(phase)
    here, there = (person.shown_in(language) for language in LANGUAGES)
    assert (here.name, here.asks) == (there.name, there.asks)
    assert [style for style, _ in here.lines] == [style for style, _ in there.lines]
    assert [(button.data, button.reach) for button in here.buttons] == [
        (button.data, button.reach) for button in there.buttons
    ]
    assert phase is Phase.LANGUAGE or here.lines != there.lines


@pytest.mark.parametrize("phase", TALKING)
def test_every_sentence_is_in_the_catalogues(phase: Phase) -> None:
    person = at(phase)
    for language in LANGUAGES:
        screen = person.shown_in(language)
        shown = [text for _, text in screen.lines] + [button.label for button in screen.buttons]
        assert not [text for text in shown if "{" in text or text.split(".")[0] == str(phase)]


def test_a_button_names_assessment_screen_and_question() -> None:
    person = at(Phase.ITEMS)
    press = Press.decode(person.button("rate", 2).data)
    assert press == Press(person.assessment.id, person.conversation.revision, "P1", "rate", "2")


def test_before_there_is_an_assessment_a_button_names_the_conversation() -> None:
    conversation = at(Phase.HOME).conversation
    screen = render(CARD, conversation, translator("en"))
    assert Press.decode(screen.buttons[0].data) == Press(conversation.id, conversation.revision, "", "back")
    assert (screen.lines, screen.buttons[0].reach, screen.toast) == (
        ((Style.TITLE, "Does it fit our city?"),),
        "half",
        "",
    )


def test_what_a_person_wrote_is_shown_as_it_is() -> None:
    card = Card("home", (Line(Verbatim("{city} <b>%s</b>")),))
    screen = render(card, at(Phase.HOME).conversation, translator("id"), Verbatim("{x}"))
    assert screen.lines == ((Style.BODY, "{city} <b>%s</b>"),)
    assert screen.toast == "{x}"
