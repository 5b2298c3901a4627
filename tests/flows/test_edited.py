"""A message that had answered an item, changed after it was sent: nothing is written before it is confirmed."""

from __future__ import annotations

import pytest

from flows.answers import basis_of, value_of
from flows.dialogue import Phase, Utterance
from flows.library import builtin
from flows.ratings import Basis, Mark, Rating
from tests import colleagues
from tests.flows.changing import CHANGED, annotated, said, write
from tests.talking import Person, at

CITYNET = builtin().toolkit("citynet")


def reviewing(value: int | str = 1) -> Person:
    """Someone in the review of a quick assessment."""
    return Person().enter().begin().rate_all(value)


def test_a_changed_rating_is_confirmed_before_it_counts() -> None:
    person = reviewing()
    before = person.assessment
    person.edit("hinders", said(person, Phase.ITEMS, "N2"))
    assert person.assessment == before
    assert person.screen.name == "items N2 basis"
    person.choose("basis", "C")
    assert person.screen.name == "items N2 confirm"
    assert "Helps" in person.words
    assert "Hinders (My estimate)" in person.words
    assert person.assessment == before
    person.choose("change")
    assert person.assessment.ratings["N2"] == Rating(value=-1, basis=Basis.ESTIMATE, language="en")
    assert {item for item in before.ratings if person.assessment.ratings[item] != before.ratings[item]} == {"N2"}
    assert person.screen.name == "review need"


def test_a_changed_rating_that_needs_no_basis_is_shown_at_once_and_may_be_left() -> None:
    person = reviewing()
    before = person.assessment
    person.edit("Sangat mendukung", said(person, Phase.ITEMS, "N2"))
    assert person.screen.name == "items N2 confirm"
    assert "confirm" in person.screen.toast
    person.choose("back")
    person.choose("back")
    assert (person.assessment, person.phase) == (before, Phase.REVIEW)


@pytest.mark.parametrize("text", ["hm, let me think", "2", "/help", "", "na"])
def test_a_text_that_names_no_answer_leads_to_choosing_one(text: str) -> None:
    person = reviewing()
    before = person.assessment
    person.edit(text, said(person, Phase.ITEMS, "N1"))
    assert (person.screen.name, person.assessment) == ("items N1", before)
    assert person.screen.toast
    assert person.offers("rate", 2)


def test_the_same_answer_in_other_words_changes_nothing() -> None:
    person = reviewing()
    before = person.conversation
    person.edit("  MENDUKUNG  ", said(person, Phase.ITEMS, "N2"))
    assert person.conversation == before
    assert person.screen.toast


@pytest.mark.parametrize("phase", [Phase.ITEMS, Phase.REVIEW, Phase.BARRIERS, Phase.PARTS, Phase.VERDICT, Phase.REPORT])
def test_a_rating_can_be_changed_from_every_phase_after_it(phase: Phase) -> None:
    person = at(phase)
    if phase is Phase.ITEMS:
        person.rate(-1)
    person.edit("neutral", said(person, Phase.ITEMS, "P1"))
    assert person.screen.name == "items P1 confirm"
    person.choose("change")
    assert (person.assessment.ratings["P1"].value, person.screen.name) == (0, "review practice")


@pytest.mark.parametrize("phase", [Phase.CITY, Phase.PROFILE, Phase.LENGTH, Phase.OWN, Phase.PRACTICE])
def test_before_the_items_a_rating_is_left_alone_so_that_nothing_typed_is_lost(phase: Phase) -> None:
    person = Person().enter().begin_own()
    person.rate(1)
    while person.phase is not phase:
        person.say("/back")
    before = person.conversation
    person.edit("neutral", said(person, Phase.ITEMS, "P1"))
    assert person.conversation == before
    assert person.screen.toast


def test_a_changed_basis_is_confirmed() -> None:
    person = reviewing()
    person.edit("dokumen atau data", said(person, Phase.ITEMS, "N1", "basis"))
    assert person.screen.name == "items N1 confirm"
    person.choose("change")
    assert person.assessment.ratings["N1"] == Rating(value=1, basis=Basis.DOCUMENT, language="en")


@pytest.mark.parametrize(("aspect", "focus"), [("basis", "P2"), ("confirm", "N1"), ("", "K2"), ("", "nothing")])
def test_what_is_asked_no_longer_is_not_changed(aspect: str, focus: str) -> None:
    person = reviewing()
    before = person.conversation
    person.edit("My estimate", said(person, Phase.ITEMS, focus, aspect))
    assert person.conversation == before
    assert person.screen.toast


def test_a_change_of_another_item_held_back_is_dropped_not_mixed_up() -> None:
    person = reviewing()
    person.choose("step", "need")
    person.choose("edit", "N1")
    person.choose("rate", -2)
    person.edit("neutral", said(person, Phase.ITEMS, "N2"))
    person.choose("change")
    assert person.assessment.ratings["N1"].value == 1
    assert person.assessment.ratings["N2"].value == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sangat menghambat", -2),
        ("strongly HELPS", 2),
        ("netral", 0),
        ("Tidak tahu", Mark.DONT_KNOW),
        ("tdk tau", Mark.DONT_KNOW),
        ("don't know", Mark.DONT_KNOW),
        ("don’t know", Mark.DONT_KNOW),
        ("tidak berlaku", Mark.NOT_APPLICABLE),
        ("menghambat sekali tapi", None),
        ("", None),
        ("1", None),
    ],
)
def test_an_answer_is_known_by_its_label_in_either_language(text: str, value: int | Mark | None) -> None:
    assert value_of(CITYNET, CITYNET.items["P2"], text) == value


def test_a_decisive_condition_is_never_not_applicable() -> None:
    assert value_of(CITYNET, CITYNET.items["N1"], "tidak berlaku") is None


def test_what_an_answer_rests_on_is_known_by_its_label() -> None:
    found = {basis_of(CITYNET, option.name[language]) for option in CITYNET.bases for language in ("en", "id")}
    assert found == set(Basis)
    assert basis_of(CITYNET, "rumour") is None


def test_a_message_is_known_by_the_question_it_had_answered_however_often_it_is_changed() -> None:
    person = Person().enter().begin()
    write(person, "Helps", 11)
    write(person, "Netral", 12)
    write(person, "My estimate", 13)
    assert person.screen.name == "items N2"
    for text in ("Sangat mendukung", "Strongly helps"):
        write(person, text, 11, edited=True)
        assert person.screen.name == "items P1 confirm"
    write(person, "Helps", 12, edited=True)
    assert person.screen.name == "items N1 basis"
    assert {item: rating.value for item, rating in person.assessment.ratings.items()} == {"P1": 1, "N1": 0}


def test_a_changed_command_changes_nothing() -> None:
    person = Person().enter().begin()
    write(person, "Helps", 11)
    write(person, "/answers", 12)
    before = person.conversation
    write(person, "/help", 12, edited=True)
    assert person.conversation == before


@pytest.mark.parametrize("phase", [Phase.CITY, Phase.OWN, Phase.LENGTH, Phase.HOME, Phase.REVIEW, Phase.VERDICT])
@pytest.mark.parametrize("where", [Phase.ITEMS, Phase.REVIEW, Phase.VERDICT])
def test_elsewhere_a_changed_message_is_answered_with_the_way(phase: Phase, where: Phase) -> None:
    person = at(where)
    before = person.conversation
    person.edit("Surabaya", said(person, phase, "name" if phase is Phase.OWN else ""))
    assert person.conversation == before
    assert person.screen.toast


@pytest.mark.parametrize("where", [phase for phase in Phase if phase not in {Phase.LEFT, Phase.ASKED}])
@pytest.mark.parametrize("known", [True, False])
def test_a_message_that_answered_nothing_here_changes_nothing(where: Phase, *, known: bool) -> None:
    person = at(where)
    before = person.conversation
    other = Utterance(subject="another1", phase=Phase.ITEMS, focus="P1", aspect="", aside="")
    person.edit("Helps", other if known else None)
    assert person.conversation == before
    assert person.screen.toast


def test_a_colleague_who_changes_a_message_changes_nothing() -> None:
    person = colleagues.asked()
    person.choose("rate", 1)
    before = person.conversation
    person.edit("Hinders", said(person, Phase.ASKED, person.conversation.focus))
    assert person.conversation == before
    assert "/back" in person.screen.toast


def test_a_message_of_an_assessment_put_away_changes_nothing() -> None:
    person = annotated()
    place_then = said(person, Phase.ITEMS, "P1", aside="note")
    person.choose("home")
    before = person.conversation
    person.edit(CHANGED, place_then)
    assert person.conversation == before
    assert "/mine" in person.screen.toast


@pytest.mark.parametrize("phase", [Phase.CITY, Phase.ITEMS, Phase.BARRIERS, Phase.OWN])
def test_with_nothing_in_hand_a_message_of_before_changes_nothing(phase: Phase) -> None:
    person = Person().enter()
    before = person.conversation
    person.edit(CHANGED, said(person, phase, "name"))
    assert person.conversation == before
    assert person.screen.toast


def test_a_change_after_a_long_pause_is_still_only_asked_about() -> None:
    person = annotated()
    person.wait(days=1).edit(CHANGED, said(person, Phase.ITEMS, "P1", aside="note"))
    assert person.screen.name == "items P3 edited"
    person.choose("dismiss")
    person.wait(days=1).edit(CHANGED)
    assert person.screen.name == "items P3 recap"
