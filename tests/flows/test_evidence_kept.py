"""Evidence that comes in albums, is refused, is listed and is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.i18n import translator
from flows.acceptance import PER_ASSESSMENT, PER_ITEM, allowed
from flows.conversation import respond
from flows.dialogue import Phase
from flows.evidence import MEBIBYTE, TYPES, Attachment, Custody, EvidenceRules, Refusal
from flows.taps import Press, Sent
from flows.world import Dialogue
from tests.flows.attached import DOCUMENT, PHOTO, VOICE, asked, filled, only, pieces

# albums


def album(number: int, caption: str = "") -> Attachment:
    return replace(PHOTO, file=f"a{number}", album="77", caption=caption)


def test_an_album_is_asked_about_once() -> None:
    person = asked()
    person.send(album(1))
    person.send(album(2))
    assert person.screen.name == "items P1 shows"
    person.say("The stops")
    person.send(album(3))
    assert [(piece.item, piece.shows) for piece in pieces(person)] == [("P1", "The stops")] * 3
    assert (person.screen.name, person.screen.toast) == ("items P1", "")


def test_an_album_stays_with_the_item_of_its_first_piece() -> None:
    person = asked()
    person.send(album(1, "The stops"))
    person.rate(1)
    assert person.conversation.focus == "N1"
    person.send(album(2))
    assert [(piece.item, piece.shows) for piece in pieces(person)] == [("P1", "The stops")] * 2
    assert person.screen.name == "items N1"


@pytest.mark.parametrize("phase", [Phase.REVIEW, Phase.VERDICT])
def test_an_album_that_goes_on_after_the_items_is_kept_whole(phase: Phase) -> None:
    person = asked()
    person.send(album(1, "The stops"))
    person.rate_all(1)
    if phase is Phase.VERDICT:
        person.conclude()
    person.send(album(2))
    assert [piece.item for piece in pieces(person)] == ["P1", "P1"]


def test_a_caption_that_comes_late_is_the_album_s() -> None:
    person = asked()
    person.send(album(1))
    person.send(album(2, "The stops"))
    assert [piece.shows for piece in pieces(person)] == ["The stops", "The stops"]
    assert (person.screen.name, bool(person.screen.toast)) == ("items P1", True)


def test_pieces_of_an_album_keep_captions_of_their_own() -> None:
    person = asked()
    person.send(album(1, "East"))
    person.send(album(2, "West"))
    assert [piece.shows for piece in pieces(person)] == ["East", "West"]


def test_an_album_of_another_assessment_is_not_joined() -> None:
    person = asked()
    person.send(album(1, "The stops"))
    first = person.assessment.id
    person.choose("home")
    person.begin()
    person.send(album(2))
    assert len(person.stored(first).evidence) == 1
    assert [piece.file for piece in pieces(person)] == ["a2"]


# what is refused


@pytest.mark.parametrize("sent", [PHOTO, DOCUMENT, VOICE])
def test_a_file_over_the_limit_is_refused_at_once(sent: Attachment) -> None:
    person = asked()
    before = person.conversation
    person.send(replace(sent, size=20 * MEBIBYTE + 1))
    assert "20.1 MB; at most 20 MB" in person.screen.toast
    assert person.conversation == before


def test_a_file_at_the_limit_is_taken_and_so_is_one_of_unknown_size_and_type() -> None:
    person = asked()
    for size, told in ((20 * MEBIBYTE, "APPLICATION/PDF; version=1"), (None, ""), (1, "application/octet-stream")):
        person.send(replace(DOCUMENT, size=size, media_type=told, caption="x"))
    assert [piece.media_type for piece in pieces(person)] == ["application/pdf", "", "application/octet-stream"]


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", "pictures, PDF, Word, Excel, PowerPoint, OpenDocument, plain text and sound recordings"),
        ("id", "gambar, PDF, Word, Excel, PowerPoint, OpenDocument, teks biasa, dan rekaman suara"),
    ],
)
@pytest.mark.parametrize("told", ["application/x-msdownload", "application/zip", "application/x-unsupported"])
def test_a_type_that_is_not_kept_is_refused_with_what_is(language: str, named: str, told: str) -> None:
    person = asked(language)
    before = person.conversation
    person.send(replace(DOCUMENT, media_type=told))
    assert named in person.screen.toast
    assert len(person.screen.toast) <= 180
    assert person.conversation == before


def test_a_setting_decides_what_is_kept_and_voice_notes_always_are() -> None:
    person = asked()
    rules = EvidenceRules(max_bytes=1000, types=frozenset({"application/pdf", "video/mp4"}))
    world = replace(person.world(), evidence=rules)
    kept = []
    for sent in (PHOTO, DOCUMENT, VOICE):
        conversation = person.conversation
        respond(conversation, Sent(replace(sent, size=10)), world)
        kept.append(len(Dialogue(conversation, world).assessment.evidence))
    assert kept == [0, 1, 1]
    assert translator("en")(allowed(rules.types)) == "PDF, sound recordings and mp4"


def test_every_type_kept_has_a_name_of_people() -> None:
    assert len(allowed(TYPES).parts) == 8


def test_an_item_takes_twenty_pieces() -> None:
    person = filled(asked(), 1)
    person.send(PHOTO)
    assert (len(pieces(person)), str(PER_ITEM) in person.screen.toast) == (PER_ITEM, True)
    person.rate(1)
    person.send(PHOTO)
    assert len(pieces(person)) == PER_ITEM + 1


def test_an_assessment_takes_a_hundred_pieces() -> None:
    person = filled(asked(), PER_ASSESSMENT // PER_ITEM)
    while person.conversation.focus != "N2":
        person.rate(1)
    person.send(PHOTO)
    assert (len(pieces(person)), str(PER_ASSESSMENT) in person.screen.toast) == (PER_ASSESSMENT, True)


# what is listed, and taken back


def test_every_piece_is_listed_page_by_page_and_fits_one_message() -> None:
    person = filled(asked(), 1)
    person.choose("aside", "evidence")
    seen = set()
    for _ in range(PER_ITEM // 4):
        assert len(person.words) <= 4096
        found = [Press.decode(button.data) for button in person.screen.buttons]
        seen |= {press.value for press in found if press.trigger == "piece"}
        person.choose("pieces")
    assert seen == set(person.assessment.evidence)


def test_a_piece_is_removed_only_when_that_is_confirmed() -> None:
    person = asked()
    for name in ("one", "two"):
        person.send(replace(DOCUMENT, name=name, caption=name))
    first = pieces(person)[0]
    for answer in ("dismiss", "detach"):
        assert len(pieces(person)) == 2
        person.choose("aside", "evidence")
        person.choose("piece", first.id)
        person.choose("aside", "remove")
        person.choose(answer)
    assert [piece.name for piece in pieces(person)] == ["two"]
    assert person.screen.name == "items P1 evidence"


def test_the_last_piece_removed_leads_back_to_the_question() -> None:
    person = asked()
    person.send(PHOTO)
    person.choose("aside", "remove")
    person.choose("detach")
    assert (pieces(person), person.screen.name) == ([], "items P1")
    assert "Evidence" not in person.words


def test_a_button_of_a_piece_that_has_gone_does_nothing() -> None:
    person = asked()
    person.send(PHOTO)
    person.choose("aside", "remove")
    button = person.button("detach").data
    person.tap(button)
    person.tap(button)
    assert person.screen.name == "items P1"
    assert person.screen.toast


@pytest.mark.parametrize("refusal", Refusal)
def test_a_file_that_could_not_be_kept_says_why_and_is_not_counted(refusal: Refusal) -> None:
    person = asked()
    person.send(replace(PHOTO, caption="The stop"))
    with person.house.store.unit() as unit:
        unit.keep_evidence(replace(only(person), custody=Custody.REFUSED, refusal=refusal))
        unit.commit()
    person.choose("aside", "evidence")
    assert "Not kept: " in person.words
    person.choose("dismiss")
    assert "Evidence" not in person.words


def test_a_long_file_name_keeps_its_ending() -> None:
    person = asked()
    person.send(replace(DOCUMENT, name="x" * 300 + ".pdf"))
    assert len(only(person).name) == 120
    assert only(person).name.endswith(".pdf")


def test_the_card_of_evidence_appears_again_in_the_other_language() -> None:
    person = asked()
    person.send(PHOTO)
    person.say("/language id")
    assert (person.screen.name, person.screen.language) == ("items P1 shows", "id")
    person.say("Halte malam")
    assert only(person).shows == "Halte malam"
