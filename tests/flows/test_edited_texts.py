"""A typed text changed after it was sent: it is put in its own place if that is wanted, and nowhere else."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from flows.dialogue import Phase, Utterance
from flows.evidence import EvidenceKind
from flows.ratings import Changeable
from tests.flows.changing import CHANGED, PHOTO, annotated, said
from tests.talking import Person


def planned() -> Person:
    """Someone who planned for the first item that hinders, at the review."""
    person = annotated().rate_all(-1)
    person.choose("forward")
    person.choose("plan", Changeable.MONTHS)
    for text in ("Agree on it", "Dishub", "when money comes"):
        person.say(text)
    person.choose("finish")
    person.choose("skip")
    person.choose("part", "adapt")
    person.say("Three routes first")
    return person


PLACES = {
    "note": (Phase.ITEMS, "P1", "", "note"),
    "evidence": (Phase.ITEMS, "P1", "", "evidence"),
    "shows": (Phase.ITEMS, "P1", "", "shows"),
    "ask": (Phase.ITEMS, "P2", "", "ask"),
    "until": (Phase.ITEMS, "P2", "", "until"),
    "action": (Phase.BARRIERS, "C1", "action", ""),
    "owner": (Phase.BARRIERS, "C1", "owner", ""),
    "due": (Phase.BARRIERS, "C1", "due", ""),
    "reason": (Phase.PARTS, "0", "reason", ""),
}


def texts(person: Person) -> dict[str, str]:
    """Every text in its place."""
    found = person.assessment
    pieces = {piece.kind: piece for piece in found.evidence.values()}
    plan = next(iter(found.plans.values()))
    return {
        "note": found.ratings["P1"].note, "evidence": pieces[EvidenceKind.TEXT].content,
        "shows": pieces[EvidenceKind.PHOTO].shows, "ask": found.ratings["P2"].ask, "until": found.ratings["P2"].until,
        "action": plan.action, "owner": plan.owner, "due": plan.due, "reason": found.parts[0].reason,
    }  # fmt: skip


def place(person: Person, name: str) -> Utterance:
    phase, focus, aspect, aside = PLACES[name]
    focus = next(iter(person.assessment.plans)) if phase is Phase.BARRIERS else focus
    return said(person, phase, focus, aspect, aside)


@pytest.mark.parametrize("name", PLACES)
def test_a_changed_text_stands_in_its_own_place_once_that_is_wanted(name: str) -> None:
    person = planned()
    before, where = texts(person), person.conversation
    person.edit(CHANGED, place(person, name))
    assert person.screen.name.endswith("edited")
    assert texts(person) == before
    assert before[name] in person.words
    assert CHANGED in person.words
    person.choose("replace")
    assert texts(person) == before | {name: CHANGED}
    now = person.conversation
    assert (now.phase, now.focus, now.aspect, now.aside) == (where.phase, where.focus, where.aspect, "")
    assert now.scratch == where.scratch


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("way", ["dismiss", "/back", "/cancel"])
def test_a_changed_text_may_be_left(name: str, way: str) -> None:
    person = planned()
    before = person.assessment
    person.edit(CHANGED, place(person, name))
    person.say(way) if way.startswith("/") else person.choose(way)
    assert person.stored(before.id) == before
    assert not [key for key in person.conversation.scratch if key.startswith("aside.")]


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("text", ["", "\0", "x" * 501])
def test_a_changed_text_that_does_not_fit_is_refused(name: str, text: str) -> None:
    person = planned()
    before = person.conversation
    person.edit(text, place(person, name))
    assert person.conversation == before
    assert person.screen.toast


def test_a_changed_text_that_says_the_same_changes_nothing() -> None:
    person = annotated()
    before = person.conversation
    person.edit(" The  first note ", said(person, Phase.ITEMS, "P1", aside="note"))
    assert person.conversation == before


def test_the_second_of_two_taps_changes_nothing_more() -> None:
    person = annotated()
    person.edit(CHANGED, said(person, Phase.ITEMS, "P1", aside="note"))
    button = person.button("replace").data
    person.tap(button)
    after = deepcopy(person.assessment)
    person.tap(button)
    assert person.assessment == after


def test_changed_once_more_the_latest_text_counts() -> None:
    person = annotated()
    for text in ("Second", "Third"):
        person.edit(text, said(person, Phase.ITEMS, "P1", aside="note"))
    person.choose("replace")
    assert person.assessment.ratings["P1"].note == "Third"


def test_a_changed_day_is_understood() -> None:
    person = annotated()
    person.edit("17 Agustus 2027", said(person, Phase.ITEMS, "P2", aside="until"))
    assert "17 August 2027" in person.words
    person.choose("replace")
    assert person.assessment.ratings["P2"].until == "2027-08-17"


def test_a_changed_link_stays_one_with_its_words() -> None:
    person = Person().enter().begin()
    person.choose("aside", "evidence")
    person.say("https://a.id RPJMD")
    person.edit("https://b.id RKPD 2027", said(person, Phase.ITEMS, "P1", aside="evidence"))
    assert "https://a.id RPJMD" in person.words
    person.choose("replace")
    (piece,) = person.assessment.evidence.values()
    assert (piece.kind, piece.content, piece.shows) == (EvidenceKind.LINK, "https://b.id", "RKPD 2027")


def test_which_of_several_pieces_is_meant_is_not_guessed() -> None:
    person = annotated()
    person.say("/back")
    person.say("/back")
    assert person.conversation.focus == "P1"
    person.send(replace(PHOTO, file="p2", caption="Another"))
    before = person.conversation
    person.edit(CHANGED, said(person, Phase.ITEMS, "P1", aside="shows"))
    assert person.conversation == before
    assert "Attach evidence" in person.screen.toast


def test_an_album_under_one_line_is_one_place() -> None:
    person = Person().enter().begin()
    for number in (1, 2):
        person.send(replace(PHOTO, file=f"p{number}", album="7"))
    person.edit(CHANGED, said(person, Phase.ITEMS, "P1", aside="shows"))
    person.choose("replace")
    assert [piece.shows for piece in person.assessment.evidence.values()] == [CHANGED] * 2


def test_whom_to_ask_has_no_place_once_the_answer_is_known() -> None:
    person = annotated()
    person.say("/back")
    person.choose("rate", 1)
    before = person.conversation
    person.edit(CHANGED, said(person, Phase.ITEMS, "P2", aside="ask"))
    assert person.conversation == before


def test_a_note_that_was_removed_does_not_come_back() -> None:
    person = Person().enter().begin()
    for step in ("note", "drop-note"):
        person.choose("aside", "note")
        person.say("RPJMD") if step == "note" else person.choose(step)
    before = person.conversation
    person.edit(CHANGED, said(person, Phase.ITEMS, "P1", aside="note"))
    assert person.conversation == before


def test_a_text_changed_after_the_verdict_leads_to_the_review() -> None:
    person = Person().enter().begin()
    person.choose("aside", "note")
    person.say("RPJMD")
    person.rate_all(1).conclude()
    person.edit(CHANGED, said(person, Phase.ITEMS, "P1", aside="note"))
    assert person.screen.name == "verdict edited"
    person.choose("replace")
    assert (person.screen.name, person.assessment.ratings["P1"].note) == ("review", CHANGED)
    person.conclude()
    assert len(person.assessment.verdicts) == 1


def test_evidence_described_otherwise_after_the_verdict_changes_no_verdict() -> None:
    person = Person().enter().begin()
    person.send(PHOTO)
    person.rate_all(1).conclude()
    person.edit(CHANGED, said(person, Phase.ITEMS, "P1", aside="shows"))
    person.choose("replace")
    assert person.screen.name == "verdict"


def test_the_office_can_be_put_right() -> None:
    person = Person().enter()
    person.choose("assess")
    person.choose("choose", "owl-bus")
    person.say("Banda Aceh")
    for _ in range(2):
        person.choose("skip")
    person.say("Dishub")
    person.edit("Dinas Perhubungan", said(person, Phase.PROFILE, "office"))
    person.choose("replace")
    assert person.assessment.profile["office"] == "Dinas Perhubungan"
    assert person.screen.name == "profile role"


def test_a_practice_being_described_can_be_put_right() -> None:
    person = Person().enter()
    person.choose("assess")
    person.choose("describe")
    person.say("Nigth bus")
    person.say("Seoul")
    person.edit("Night bus", said(person, Phase.OWN, "name"))
    person.choose("replace")
    assert person.conversation.scratch == {"own.name": "Night bus", "own.city": "Seoul"}
    person.edit("123", said(person, Phase.OWN, "name"))
    assert person.conversation.scratch["own.name"] == "Night bus"
    assert person.screen.toast
