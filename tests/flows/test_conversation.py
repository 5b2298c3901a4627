"""Moving about: languages, back without limit, commands, and coming back after a pause."""

from __future__ import annotations

import pytest

from bot.i18n import translator
from flows.cards import say
from flows.dialogue import Phase
from flows.moves import CONSENTED
from flows.views.asides import HELP
from tests.talking import TALKING, Person, at

UNDER_WAY = (Phase.CITY, Phase.PROFILE, Phase.LENGTH, Phase.ITEMS, Phase.REVIEW, Phase.BARRIERS, Phase.PARTS)
BEFORE_CONSENT = (Phase.LANGUAGE, Phase.CONSENT)


def text(key: str, language: str = "en") -> str:
    return translator(language)(say(key))


# languages


@pytest.mark.parametrize("phase", [phase for phase in TALKING if phase is not Phase.LANGUAGE])
def test_the_same_card_appears_again_in_the_other_language(phase: Phase) -> None:
    person = at(phase)
    before, name = person.conversation.assessment, person.screen.name
    person.say("/bahasa")
    assert (person.screen.name, person.screen.language) == (name, "id")
    assert person.conversation.assessment == before
    person.say("/language en")
    assert (person.screen.name, person.screen.language) == (name, "en")
    assert person.conversation.assessment == before


@pytest.mark.parametrize("aside", ["why", "note"])
def test_a_card_over_another_appears_again_in_the_other_language(aside: str) -> None:
    person = at(Phase.ITEMS)
    person.choose("aside", aside)
    name = person.screen.name
    person.say("/language")
    assert (person.screen.name, person.screen.language) == (name, "id")


def test_a_button_switches_the_language_of_a_question() -> None:
    person = Person().enter().begin()
    person.press("Bahasa Indonesia")
    assert person.screen.name == "items P1"
    assert "Sangat mendukung" in person.labels
    assert not person.assessment.ratings


def test_every_rating_keeps_the_language_it_was_asked_in() -> None:
    person = Person().enter().begin()
    person.rate(1)
    person.say("/language id")
    person.rate(1)
    assert [rating.language for rating in person.assessment.ratings.values()] == ["en", "id"]


def test_a_language_nobody_speaks_here_is_refused() -> None:
    person = Person().enter()
    person.say("/language fr\x1b[31m")
    assert "fr[31m" in person.screen.toast
    assert person.screen.language == "en"


def test_the_language_one_already_reads_changes_nothing() -> None:
    person = Person().enter()
    before = person.conversation
    person.say("/language en")
    assert person.conversation == before


def test_the_language_command_chooses_on_the_first_card() -> None:
    person = Person()
    person.say("/language en")
    assert (person.screen.name, person.screen.language) == ("consent", "en")


# back


@pytest.mark.parametrize("phase", CONSENTED)
def test_back_leads_home_from_everywhere(phase: Phase) -> None:
    person = at(phase)
    places: list[tuple[object, ...]] = []
    while person.phase is not Phase.HOME:
        now = person.conversation
        places.append((now.phase, now.focus, now.aspect))
        assert len(places) < 200
        person.say("/back")
    assert len(set(places)) == len(places)


def test_back_and_its_button_are_the_same() -> None:
    person = at(Phase.LENGTH)
    person.press("Back")
    by_button = person.screen.name
    person.choose("finish")
    person.say("/kembali")
    assert person.screen.name == by_button


def test_back_changes_no_answer() -> None:
    person = at(Phase.REVIEW)
    given = person.assessment.ratings
    for _ in range(100):
        person.say("/back")
        if person.phase is Phase.PRACTICE:
            break
        assert person.assessment.ratings == given
    assert person.stored(person.listed[0].id).ratings == given


def test_the_way_forward_again_keeps_every_answer_by_one_button() -> None:
    person = Person().enter().begin().rate_all(-1)
    given = person.assessment.ratings
    while person.screen.name != "items P1":
        person.say("/back")
    while person.phase is Phase.ITEMS:
        person.choose("keep")
    assert person.assessment.ratings == given


def test_back_closes_the_card_on_top_first() -> None:
    person = at(Phase.ITEMS)
    person.choose("aside", "why")
    person.say("/back")
    assert person.screen.name == "items P1"


def test_back_at_home_is_no_way() -> None:
    person = Person().enter()
    person.say("/back")
    assert (person.screen.name, person.screen.toast) == ("home", text("toast.not-here"))


# coming back


@pytest.mark.parametrize("phase", UNDER_WAY)
def test_typed_text_after_a_year_is_answered_with_the_recap_alone(phase: Phase) -> None:
    person = at(phase)
    before = person.assessment
    person.wait(days=365).say("Surabaya")
    assert person.screen.name.endswith("recap")
    assert person.assessment == before
    person.choose("dismiss")
    assert person.phase is phase


def test_a_tap_after_a_year_counts_and_the_recap_follows() -> None:
    person = Person().enter().begin()
    person.wait(days=365).choose("rate", 2)
    assert person.assessment.ratings["P1"].value == 2
    assert "23 November 2027" in person.words
    person.choose("dismiss")
    assert person.screen.name == "items N1"


def test_opening_the_chat_again_starts_with_a_recap() -> None:
    person = Person().enter().begin()
    person.rate(2)
    person.open()
    assert person.words.splitlines() == [
        "Welcome back.",
        "Owl Bus (Seoul) for Banda Aceh",
        "Last: 23 November 2026, step 2 of 6, 1 of 10 answered",
    ]
    assert person.labels[:3] == ["Continue", "See my answers", "Start another"]


def test_after_a_short_break_there_is_no_recap() -> None:
    person = Person().enter().begin()
    person.wait(hours=11).rate(2)
    assert person.screen.name == "items N1"


@pytest.mark.parametrize("command", ["answers", "help", "forget"])
def test_a_card_asked_for_after_a_year_is_the_card_shown(command: str) -> None:
    person = Person().enter().begin()
    person.wait(days=365).say(f"/{command}")
    assert person.screen.name == f"items P1 {command}"


def test_a_finished_assessment_needs_no_recap() -> None:
    person = at(Phase.VERDICT)
    person.wait(days=365).say("hello")
    assert person.screen.name == "verdict"


# commands


@pytest.mark.parametrize("phase", CONSENTED)
def test_help_is_there_in_every_phase_and_both_languages(phase: Phase) -> None:
    person = at(phase)
    person.say("/help")
    assert text("help.title") in person.words
    assert f"help.{phase}" not in person.words
    assert set(HELP) == set(CONSENTED)
    person.press("Return" if "Return" in person.labels else person.labels[0])
    assert person.phase is phase


@pytest.mark.parametrize("phase", TALKING)
@pytest.mark.parametrize("text_typed", ["/dance", "/", "/dance\nnow", "/\ud800", "/\x1b[2J", "/" + "x" * 5000])
def test_an_unknown_command_is_named_and_changes_nothing(phase: Phase, text_typed: str) -> None:
    person = at(phase)
    before = person.conversation
    person.say(text_typed)
    assert person.screen.toast.encode()
    assert len(person.screen.toast) < 200
    assert person.conversation == before


@pytest.mark.parametrize("phase", BEFORE_CONSENT)
@pytest.mark.parametrize("command", ["answers", "help", "mine", "assess", "cancel", "resume", "back", "nilai"])
def test_before_consent_no_command_leads_on(phase: Phase, command: str) -> None:
    person = at(phase)
    before = person.conversation
    person.say(f"/{command}")
    assert person.screen.toast
    assert person.conversation == before


@pytest.mark.parametrize("phase", TALKING)
def test_what_is_not_understood_changes_nothing(phase: Phase) -> None:
    person = at(phase)
    if not person.screen.asks:
        before = person.conversation
        person.say("what now?")
        assert person.screen.toast == translator(person.screen.language)(say("toast.not-understood"))
        assert person.conversation == before


@pytest.mark.parametrize("language", ["en", "id"])
def test_answers_are_listed_one_a_line(language: str) -> None:
    person = Person().enter(language).begin()
    person.say("/answers")
    assert person.words == {"en": "No answers yet", "id": "Belum ada jawaban"}[language]
    person.press_at(1)
    person.rate(2)
    person.rate("dk")
    person.say("/jawaban")
    lines = {
        "en": ["Your answers", "P1: Strongly helps", "N1: Don't know"],
        "id": ["Jawaban Anda", "P1: Sangat mendukung", "N1: Tidak tahu"],
    }
    assert person.words.replace("’", "'").splitlines() == lines[language]


def test_answers_at_home_are_none() -> None:
    person = Person().enter()
    person.say("/answers")
    assert person.words == "No answers yet"


@pytest.mark.parametrize("phase", CONSENTED)
def test_cancel_puts_the_assessment_away_and_keeps_it(phase: Phase) -> None:
    person = at(phase)
    listed = len(person.listed)
    person.say("/batal")
    assert (person.screen.name, person.conversation.assessment) == ("home", None)
    assert len(person.listed) == listed


@pytest.mark.parametrize("phase", CONSENTED)
def test_assess_begins_another_everywhere(phase: Phase) -> None:
    person = at(phase)
    person.say("/assess")
    assert (person.screen.name, person.conversation.assessment, person.conversation.back_to) == ("practice", None, "")
