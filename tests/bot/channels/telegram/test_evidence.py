"""Evidence files: fetched, judged by their content, kept or refused with the reason, and gone with their person."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.custody import Custodian
from bot.handle import House
from flows.evidence import Custody, Evidence, EvidenceRules, Refusal
from storage.store import UnitOfWork
from tests.bot.channels.telegram.running import bot_on
from tests.bot.channels.telegram.visiting import at_first_question, kept, sees_choice, tap, until
from tests.telegram.looping import on_telegram
from tests.telegram.people import Person
from tests.telegram.pictures import png
from tests.telegram.server import TelegramServer

PROGRAM = b"MZ" + bytes(200)
PLAN = b"%PDF-1.7\n" + bytes(200)
ON_DISK = "evidence"


def pieces(house: House, person: Person) -> list[Evidence]:
    assessment = kept(house.store, person).assessment
    return list(assessment.evidence.values()) if assessment else []


def settled(house: House, person: Person) -> bool:
    found = pieces(house, person)
    return bool(found) and all(piece.custody is not Custody.WAITING for piece in found)


@on_telegram
async def test_a_photo_is_kept_as_it_was_sent_with_what_identifies_it(telegram: TelegramServer, house: House) -> None:
    picture = png()
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await rina.send_document("peta.png", picture, "image/png", caption="Map of the routes")
        await until(lambda: settled(house, rina))
        (piece,) = pieces(house, rina)
    assert (piece.item, piece.shows, piece.name) == ("P1", "Map of the routes", "peta.png")
    assert (piece.size, piece.media_type) == (len(picture), "image/png")
    assert piece.sha256 == hashlib.sha256(picture).hexdigest()
    assert piece.file
    assert house.files.path(piece.path).read_bytes() == picture


@on_telegram
async def test_a_voice_note_is_kept_as_it_is(telegram: TelegramServer, house: House) -> None:
    note = b"OggS" + bytes(24) + b"OpusHead" + bytes(40)
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await rina.send_voice(note)
        await until(lambda: settled(house, rina))
        (piece,) = pieces(house, rina)
    assert (piece.custody, piece.media_type) == (Custody.KEPT, "audio/ogg")
    assert house.files.path(piece.path).read_bytes() == note


@on_telegram
async def test_a_program_that_calls_itself_a_report_is_refused_with_the_reason(
    telegram: TelegramServer, house: House
) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await rina.send_document("report.pdf", PROGRAM, "application/pdf", caption="Our report")
        await rina.sees("The file report.pdf was not kept")
        (piece,) = pieces(house, rina)
    assert (piece.custody, piece.refusal, piece.path) == (Custody.REFUSED, Refusal.TYPE, "")
    assert not list(house.files.folder.rglob("*.pdf"))


@on_telegram
async def test_what_is_told_to_be_too_large_is_refused_at_once(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await rina.send_document("plan.pdf", PLAN, "application/pdf", caption="Plan", size=21 * 2**20)
        await rina.sees("20 MB")
        assert pieces(house, rina) == []


@on_telegram
async def test_a_fetch_that_fails_is_made_again(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await telegram.plan("getFile", "before", "500")
        await rina.send_document("plan.pdf", PLAN, "application/pdf", caption="Plan")
        await until(lambda: settled(house, rina))
        (piece,) = pieces(house, rina)
    assert piece.custody is Custody.KEPT


@on_telegram
async def test_with_its_person_evidence_is_gone_from_the_disk(telegram: TelegramServer, house: House) -> None:
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await rina.send_document("plan.pdf", PLAN, "application/pdf", caption="Plan")
        await until(lambda: settled(house, rina))
        assert list((house.files.folder / ON_DISK).iterdir())
        await rina.command("forget")
        await sees_choice(rina, "forget")
        await tap(rina, "forget")
        await until(lambda: not list((house.files.folder / ON_DISK).iterdir()))


@pytest.mark.parametrize("refusal", [Refusal.TOO_LARGE, Refusal.UNAVAILABLE])
@on_telegram
async def test_what_did_not_come_is_refused_for_what_kept_it_back(
    telegram: TelegramServer, house: House, refusal: Refusal
) -> None:
    piece, _ = await waiting_piece(telegram, house)
    custodian = Custodian(house.store, house.files, EvidenceRules())
    told = custodian.keep(piece.id, None, too_large=refusal is Refusal.TOO_LARGE)
    with house.store.unit(read_only=True) as unit:
        found = unit.evidence(piece.id)
    assert found
    assert (found.custody, found.refusal) == (Custody.REFUSED, refusal)
    assert piece.name in told


@on_telegram
async def test_a_file_whose_person_is_forgotten_meanwhile_leaves_nothing(
    telegram: TelegramServer, house: House
) -> None:
    piece, rina = await waiting_piece(telegram, house)
    custodian = _Interrupted(house.store, house.files, EvidenceRules(), str(rina.id))
    assert custodian.keep(piece.id, PLAN) == ""
    assert not list(house.files.folder.rglob("*.pdf"))


@dataclass(frozen=True)
class _Interrupted(Custodian):
    """The person of ``chat`` is forgotten between the judgement of a file and its note."""

    chat: str

    def _judged(self, evidence: Evidence, content: bytes | None, otherwise: Refusal) -> Evidence:
        self.store.run(self._forget)
        return super()._judged(evidence, content, otherwise)

    def _forget(self, unit: UnitOfWork) -> None:
        conversation = unit.conversation("telegram", self.chat)
        assert conversation
        conversation.erased = True
        unit.save(conversation, datetime.now(UTC))


async def waiting_piece(telegram: TelegramServer, house: House) -> tuple[Evidence, Person]:
    """A document that was attached and is still to be fetched, and who sent it."""
    house.errands = frozenset()
    async with bot_on(telegram, house):
        rina = await at_first_question(telegram)
        await rina.send_document("plan.pdf", PLAN, "application/pdf", caption="Plan")
        await until(lambda: pieces(house, rina))
        (piece,) = pieces(house, rina)
    return piece, rina
