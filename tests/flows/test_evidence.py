"""Evidence for an item: files, places, links and texts, each with one line on what it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.dialogue import Phase
from flows.evidence import Attachment, Custody, EvidenceKind
from tests import colleagues
from tests.flows.attached import DOCUMENT, LONGEST, PHOTO, PLACE, VOICE, asked, only, pieces
from tests.talking import at


@pytest.mark.parametrize("sent", [PHOTO, DOCUMENT, VOICE])
def test_a_file_waits_to_be_fetched_and_is_asked_about(sent: Attachment) -> None:
    person = asked()
    person.send(sent)
    piece = only(person)
    assert (piece.item, piece.kind, piece.custody, piece.language) == ("P1", sent.kind, Custody.WAITING, "en")
    assert (piece.file, piece.name, piece.size, piece.media_type) == (sent.file, sent.name, sent.size, sent.media_type)
    assert piece.at == person.now
    assert (person.screen.name, person.screen.asks) == ("items P1 shows", True)


def test_a_place_is_kept_at_once() -> None:
    person = asked()
    person.send(PLACE)
    assert (only(person).custody, only(person).content) == (Custody.KEPT, PLACE.content)


def test_the_line_is_kept_and_the_question_comes_back() -> None:
    person = asked()
    person.send(PHOTO)
    person.say("  The night stop\n at Peunayong ")
    assert only(person).shows == "The night stop at Peunayong"
    assert (person.screen.name, person.screen.toast) == ("items P1", "Kept as evidence for “Measured results”.")
    assert "Evidence: 1" in person.words
    assert person.conversation.scratch == {}


def test_a_caption_is_the_line() -> None:
    person = asked()
    person.send(replace(PHOTO, caption=" The stop\n"))
    assert (only(person).shows, person.screen.name) == ("The stop", "items P1")
    assert person.screen.toast


def test_a_caption_that_is_no_line_is_not_cut_but_asked_for_again() -> None:
    person = asked()
    person.send(replace(PHOTO, caption="x" * 201))
    assert (only(person).shows, person.screen.name) == ("", "items P1 shows")
    assert "200" in person.screen.toast


@pytest.mark.parametrize("leave", ["skip", "/back"])
def test_a_line_left_out_can_be_written_later(leave: str) -> None:
    person = asked()
    person.send(DOCUMENT)
    person.say(leave) if leave.startswith("/") else person.choose(leave)
    assert (person.screen.name, only(person).shows) == ("items P1", "")
    person.choose("aside", "evidence")
    assert "1. Document: (not described)" in person.words
    assert DOCUMENT.name in person.words
    person.choose("piece", only(person).id)
    person.say("Page 40")
    assert only(person).shows == "Page 40"


@pytest.mark.parametrize("text", ["x" * 201, "", "\u200d", "\0"])
def test_a_line_too_long_or_empty_is_refused(text: str) -> None:
    person = asked()
    person.send(PHOTO)
    before = person.conversation
    person.say(text)
    assert person.screen.toast
    assert person.conversation == before


@pytest.mark.parametrize("aside", ["why", "note", "case", "answers", "evidence", "ask"])
def test_what_is_sent_over_an_item_belongs_to_it(aside: str) -> None:
    person = asked()
    person.choose("aside", aside)
    person.send(replace(PHOTO, caption="The stop"))
    assert only(person).item == "P1"
    assert person.screen.name == ("items P1" if aside == "evidence" else f"items P1 {aside}")


def test_what_is_sent_while_asked_for_the_basis_belongs_to_the_item() -> None:
    person = asked()
    person.choose("rate", -1)
    person.send(replace(PHOTO, caption="The stop"))
    assert only(person).item == "P1"
    assert (person.screen.name, person.offers("aside", "evidence")) == ("items P1 basis", True)
    assert "Evidence: 1" in person.words


def test_what_is_sent_while_an_answer_is_changed_belongs_to_that_item() -> None:
    person = asked().rate_all(1)
    person.choose("step", "need")
    person.choose("edit", "N2")
    person.send(PHOTO)
    person.say("The survey")
    assert (only(person).item, person.screen.name) == ("N2", "items N2")
    person.say("/back")
    assert person.screen.name == "review need"


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase not in {Phase.ITEMS, Phase.LEFT, Phase.ASKED}])
def test_without_an_item_nothing_is_kept_and_the_way_is_told(phase: Phase) -> None:
    person = at(phase)
    before = person.conversation
    person.send(PHOTO)
    assert person.screen.toast
    assert person.conversation == before


def test_a_colleague_who_is_asked_is_told_that_only_words_are_passed_on() -> None:
    person = colleagues.asked()
    before = person.conversation
    person.send(PHOTO)
    assert "note" in person.screen.toast
    assert person.conversation == before


@pytest.mark.parametrize("aside", ["recap", "forget"])
def test_under_a_card_of_its_own_kind_the_item_is_not_meant(aside: str) -> None:
    person = asked()
    person.say("/forget") if aside == "forget" else person.open()
    person.send(PHOTO)
    assert (pieces(person), person.screen.name) == ([], f"items P1 {aside}")
    assert person.screen.toast


def test_what_is_sent_after_a_long_pause_is_not_kept() -> None:
    person = asked()
    person.wait(days=3).send(PHOTO)
    assert (pieces(person), person.screen.name) == ([], "items P1 recap")
    assert person.screen.toast


def test_evidence_changes_no_answer_and_no_score() -> None:
    person = asked()
    person.send(replace(PHOTO, caption="The stop"))
    assert person.assessment.ratings == {}


# links and texts


@pytest.mark.parametrize(
    ("text", "kind", "content", "shows"),
    [
        ("https://bandaacehkota.go.id/rpjmd.pdf", EvidenceKind.LINK, "https://bandaacehkota.go.id/rpjmd.pdf", ""),
        ("www.bps.go.id  table 3", EvidenceKind.LINK, "www.bps.go.id", "table 3"),
        ("HTTP://x.id\nRPJMD", EvidenceKind.LINK, "HTTP://x.id", "RPJMD"),
        ("See https://x.id", EvidenceKind.TEXT, "See https://x.id", ""),
        ("https://", EvidenceKind.TEXT, "https://", ""),
        (f"https://x.id {LONGEST}x", EvidenceKind.TEXT, f"https://x.id {LONGEST}x", ""),
    ],
)
def test_a_typed_link_or_text_is_evidence(text: str, kind: EvidenceKind, content: str, shows: str) -> None:
    person = asked()
    person.choose("aside", "evidence")
    person.say(text)
    piece = only(person)
    assert (piece.kind, piece.content, piece.shows, piece.custody) == (kind, content, shows, Custody.KEPT)


def test_a_short_text_says_itself_what_it_shows() -> None:
    person = asked()
    person.choose("aside", "evidence")
    person.say("RPJMD 2025, page 40")
    assert (person.screen.name, bool(person.screen.toast)) == ("items P1", True)


def test_a_long_text_is_asked_what_it_shows() -> None:
    person = asked()
    person.choose("aside", "evidence")
    person.say("x" * 201)
    assert person.screen.name == "items P1 shows"


@pytest.mark.parametrize("text", ["x" * 501, "", "\0"])
def test_a_text_too_long_or_empty_is_no_evidence(text: str) -> None:
    person = asked()
    person.choose("aside", "evidence")
    before = person.conversation
    person.say(text)
    assert person.screen.toast
    assert person.conversation == before
