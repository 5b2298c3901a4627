"""An item: five answers in words, what they rest on, notes, and how an answer is changed from the review."""

from __future__ import annotations

import pytest

from flows.dialogue import Phase
from flows.library import builtin
from flows.ratings import Basis, Mark, Rating
from tests.talking import Person, at

CITYNET = builtin().toolkit("citynet")
CRITICAL = [item.id for item in CITYNET.items.values() if item.critical]
FREE = [item.id for item in CITYNET.items.values() if not item.critical]


def asked(item: str, language: str = "en") -> Person:
    """Someone who is asked about an item of the full length, having answered what stands before it."""
    person = Person().enter(language).begin(length="full")
    while person.conversation.focus != item:
        person.rate("dk")
    return person


def editing(item: str = "P1", value: int = 1) -> Person:
    """Someone who changes an answer from the review of a quick assessment rated 1 throughout."""
    person = Person().enter().begin().rate_all(value)
    person.choose("step", CITYNET.step_of[item].key)
    person.choose("edit", item)
    return person


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_five_answers_are_offered_in_words(language: str) -> None:
    person = Person().enter(language).begin()
    assert person.labels[:5] == [answer.name[language] for answer in CITYNET.scale]


@pytest.mark.parametrize("item", CRITICAL)
def test_a_critical_item_offers_no_not_applicable_and_asks_for_the_basis_of_any_number(item: str) -> None:
    person = asked(item)
    assert not person.offers("rate", "na")
    assert "Decisive condition" in person.words
    person.choose("rate", 2)
    assert person.screen.name == f"items {item} basis"
    person.choose("basis", "A")
    assert person.assessment.ratings[item] == Rating(value=2, basis=Basis.DOCUMENT, language="en")


@pytest.mark.parametrize("item", [FREE[0], FREE[5], FREE[-1]])
def test_any_other_item_may_not_apply_and_asks_for_a_basis_below_zero_only(item: str) -> None:
    person = asked(item)
    assert person.offers("rate", "na")
    person.choose("rate", 0)
    assert not person.screen.name.endswith("basis")
    person.say("/back")
    person.choose("rate", -1)
    assert person.screen.name == f"items {item} basis"


@pytest.mark.parametrize("mark", ["dk", "na"])
def test_dont_know_and_not_applicable_ask_for_no_basis(mark: str) -> None:
    person = asked("P2")
    person.choose("rate", mark)
    assert (person.screen.name, person.assessment.ratings["P2"].value) == ("items P3", Mark(mark))


def test_a_new_rating_asks_anew_what_it_rests_on_and_the_same_keeps_it() -> None:
    person = asked("N1")
    person.rate(1, basis="A")
    person.say("/back")
    person.say("/back")
    person.choose("rate", 1)
    assert person.assessment.ratings["N1"].basis is Basis.DOCUMENT
    person.say("/back")
    person.choose("rate", 2)
    assert person.assessment.ratings["N1"] == Rating(value=2, language="en")
    assert person.screen.name == "items N1 basis"


@pytest.mark.parametrize("way", ["home", "length"])
def test_a_basis_left_open_is_asked_when_one_comes_back(way: str) -> None:
    person = Person().enter().begin()
    person.choose("rate", -1)
    assert person.screen.name == "items P1 basis"
    if way == "home":
        person.say("/cancel")
        person.choose("open")
        person.choose("dismiss")
    else:
        while person.phase is not Phase.LENGTH:
            person.say("/back")
        person.choose("length", "quick")
    assert person.screen.name == "items P1 basis"


def test_why_is_answered_in_place() -> None:
    person = asked("N1")
    person.choose("aside", "why")
    assert CITYNET.items["N1"].why["en"] in person.words
    person.choose("dismiss")
    assert person.screen.name == "items N1"


def test_a_note_is_kept_changed_and_removed_without_an_answer() -> None:
    person = Person().enter().begin()
    for note in ("RPJMD 2025", "  RPJMD\t2026 \0"):
        person.choose("aside", "note")
        person.say(note)
    assert person.assessment.ratings["P1"] == Rating(note="RPJMD 2026")
    assert (person.screen.name, person.screen.toast) == ("items P1", "Your note is kept.")
    assert "RPJMD 2026" in person.words
    person.choose("aside", "note")
    person.choose("drop-note")
    assert person.assessment.ratings["P1"].note == ""


def test_a_note_in_another_language_leaves_the_language_the_answer_was_asked_in() -> None:
    person = Person().enter().begin()
    person.rate(1)
    person.say("/back")
    person.say("/language id")
    person.choose("aside", "note")
    person.say("Catatan")
    assert person.assessment.ratings["P1"] == Rating(value=1, note="Catatan", language="en")


def test_a_note_stays_when_the_answer_changes() -> None:
    person = Person().enter().begin()
    person.choose("aside", "note")
    person.say("RPJMD")
    person.rate(2)
    assert person.assessment.ratings["P1"] == Rating(value=2, note="RPJMD", language="en")


@pytest.mark.parametrize("text", ["x" * 501, "x" * 100_000, "", "\u200d", "\0\0"])
def test_a_note_too_long_or_empty_is_refused(text: str) -> None:
    person = Person().enter().begin()
    person.choose("aside", "note")
    before = person.conversation
    person.say(text)
    assert person.screen.toast
    assert person.conversation == before


def test_a_card_with_the_longest_notes_still_fits_one_message() -> None:
    person = Person().enter().begin(length="full")
    while person.phase is Phase.ITEMS:
        person.choose("aside", "note")
        person.say("\U0001d4b2" * 500)
        person.rate(1)
    for step in CITYNET.steps:
        person.choose("step", step.key)
        assert len(person.words) <= 4096
        person.say("/back")


def test_what_a_change_does_is_shown_before_anything_is_written() -> None:
    person = editing("N1")
    before = person.assessment
    person.choose("rate", -2)
    person.choose("basis", "B")
    assert person.screen.name == "items N1 confirm"
    assert person.words.splitlines() == [
        "Real problem: from Helps (My estimate) to Strongly hinders (Experience or an expert)",
        "The recommendation changes from “Looks promising” to “Not now”",
        "Need: 75 now, then 37.5 of 100",
        "You will be asked what can be done about it.",
    ]
    assert person.assessment == before
    person.choose("change")
    assert person.screen.name == "review need"
    assert person.assessment.ratings["N1"] == Rating(value=-2, basis=Basis.EXPERIENCE, language="en")
    assert person.conversation.scratch == {}


@pytest.mark.parametrize(
    "steps", [["/back"], ["rate", "/back"], ["rate", "basis", "/back"], ["rate", "basis", "/cancel"]]
)
def test_leaving_an_edit_writes_nothing(steps: list[str]) -> None:
    person = editing("N1")
    before = person.assessment
    values: dict[str, str | int] = {"rate": -1, "basis": "A"}
    for step in steps:
        person.say(step) if step.startswith("/") else person.choose(step, values[step])
    for _ in steps:
        if person.conversation.back_to:
            person.say("/back")
    assert person.stored(before.id) == before
    assert (person.conversation.scratch, person.conversation.back_to) == ({}, "")
    assert person.phase in {Phase.REVIEW, Phase.HOME}


def test_the_same_answer_again_changes_nothing() -> None:
    person = editing("P1")
    before = person.assessment
    person.choose("rate", 1)
    assert (person.phase, person.conversation.back_to) == (Phase.REVIEW, "")
    assert person.assessment == before


def test_an_edit_left_for_another_assessment_does_not_follow() -> None:
    person = editing("N1")
    person.choose("rate", -1)
    person.say("/assess")
    assert (person.conversation.back_to, person.conversation.scratch) == ("", {})


def test_every_answer_can_be_changed_from_the_review() -> None:
    person = Person().enter().begin(length="full").rate_all(1)
    for step in CITYNET.steps:
        person.choose("step", step.key)
        assert all(person.offers("edit", item.id) for item in step.items)
        person.choose("back")


def test_a_language_switch_in_the_middle_of_an_edit_keeps_it() -> None:
    person = editing("P1")
    person.choose("rate", 2)
    person.say("/language id")
    assert person.screen.name == "items P1 confirm"
    person.choose("change")
    assert person.assessment.ratings["P1"].value == 2


def test_an_item_already_answered_says_so_when_an_old_button_is_pressed() -> None:
    person = at(Phase.ITEMS)
    old = person.button("rate", 2).data
    person.choose("rate", 1)
    person.tap(old)
    assert person.assessment.ratings["P1"].value == 1
    assert "Helps" in person.screen.toast
