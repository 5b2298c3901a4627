"""Evidence and open points in the report: all of them in both languages, and no word where there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from bot.i18n import translator
from bot.languages import LANGUAGES
from bot.report.compose import compose
from bot.report.content import Report
from bot.report.pdf import pdf
from bot.takeaway import report_of
from flows.assessment import Assessment
from flows.cards import say
from flows.evidence import Custody, Evidence, EvidenceKind, Refusal
from flows.library import builtin
from flows.ratings import Mark, Rating
from tests.bot.report.specimen import DAY, THEN, assessment, report

KIND = EvidenceKind


def piece(number: int, item: str, kind: EvidenceKind, **fields: object) -> Evidence:
    at = THEN + timedelta(days=number)
    return Evidence(id=f"e{number}", item=item, kind=kind, at=at, language="id", **fields)  # type: ignore[arg-type]


PIECES = (
    piece(1, "N1", KIND.DOCUMENT, name="Survei 2025.pdf", size=2_400_000, shows="Halaman 12: 61% memakai ojek"),
    piece(2, "N1", KIND.PHOTO, size=180_000, custody=Custody.WAITING),
    piece(3, "C1", KIND.LINK, content="www.jdih.go.id/qanun-5", shows="Pasal 14"),
    piece(4, "C1", KIND.TEXT, content="Trayek lintas kabupaten perlu izin provinsi."),
    piece(5, "K5", KIND.LOCATION, content="5.548290, 95.323753", shows="Terminal Keudah"),
    piece(6, "K5", KIND.VOICE, size=90, shows="Wawancara sopir"),
    piece(7, "R2", KIND.DOCUMENT, name="data.zip", custody=Custody.REFUSED, refusal=Refusal.TYPE),
)


def attached(*pieces: Evidence) -> Assessment:
    """The finished assessment with evidence."""
    found = assessment()
    found.evidence = {one.id: one for one in pieces}
    return found


def asked(found: Assessment) -> Assessment:
    """The same assessment with somebody to ask about one of the two items that are not known."""
    found.ratings["R4"] = Rating(value=Mark.DONT_KNOW, ask="Diskominfo", until="2026-12-07")
    return found


def read(shown: Report) -> PdfReader:
    return PdfReader(BytesIO(pdf(shown)))


def text_of(shown: Report) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(shown).pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_piece_is_listed_with_its_kind_what_it_shows_file_and_date(language: str) -> None:
    shown, tell = report(attached(*PIECES), language), translator(language)
    found = text_of(shown)
    assert tell(say("report.attached")) in found
    for one in PIECES:
        for part in (one.shows, one.content, one.name, tell(one.at.date())):
            assert part in found
    for said in (say("evidence.photo"), say("evidence.voice"), say("report.waiting"), say("evidence.undescribed")):
        assert tell(said) in found
    assert tell(say("evidence.refused", reason=say("evidence.wrong-type"))) in found
    assert ("2.3 MB" if language == "en" else "2,3 MB") in found
    assert "176 kB" in found
    assert "1 kB" in found


def test_pieces_stand_in_the_order_of_the_questions_and_name_each_once() -> None:
    shown = report(attached(*reversed(PIECES)), "en")
    assert [one.id for one in shown.evidence] == ["N1", "N1", "C1", "C1", "K5", "K5", "R2"]
    listed = text_of(shown).partition("Evidence attached")[2].partition("The practice")[0]
    assert listed.count("N1 Real problem") == 1


def test_evidence_of_a_question_the_quick_length_leaves_out_is_listed_all_the_same() -> None:
    found = attached(piece(1, "K5", KIND.TEXT, content="Data seluler"))
    found.length = None
    assert [one.id for one in report(found, "id").evidence] == ["K5"]


def test_a_link_leads_where_it_says() -> None:
    targets = [
        annotation.get_object()["/A"]["/URI"]
        for page in read(report(attached(*PIECES), "en")).pages
        for annotation in page.get("/Annots", [])
    ]
    assert "https://www.jdih.go.id/qanun-5" in targets


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_evidence_and_names_there_is_no_word_of_either(language: str) -> None:
    found, tell = text_of(report(assessment(), language)), translator(language)
    for said in (say("report.attached"), say("report.column.ask"), say("report.nobody")):
        assert tell(said) not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_points_name_whom_to_ask_by_when_and_where_nobody_is_named(language: str) -> None:
    shown, tell = report(asked(assessment()), language), translator(language)
    found = text_of(shown)
    assert [(row.id, row.ask) for row, _ in shown.unknown] == [("P5", ""), ("R4", "Diskominfo")]
    assert tell(say("report.nobody")) in found
    assert "Diskominfo" in found
    assert ("7 December 2026" if language == "en" else "7 Desember 2026") in found


def test_the_longest_evidence_makes_the_report_longer_and_loses_nothing() -> None:
    items = [item for item in list(builtin().toolkit("citynet").items)[:5] for _ in range(20)]
    pieces = [
        piece(number, item, KIND.TEXT, content="kata " * 99 + "akhir", shows="x" * 200)
        for number, item in enumerate(items)
    ]
    assert text_of(report(attached(*pieces), "id")).count("akhir") >= 100


@pytest.mark.parametrize("text", ["서울", "<b>&\"'", "a\x00\x1b\u202eb", "x" * 500, "\ud800", "www.\ud800"])
def test_any_text_can_be_printed_as_evidence(text: str) -> None:
    pieces = [
        piece(number, "N1", kind, content=text, name=text, shows=text)
        for number, kind in enumerate(KIND)
    ]  # fmt: skip
    found = asked(attached(*pieces))
    found.ratings["R4"] = replace(found.ratings["R4"], ask=text, until=text)
    assert text_of(report(found, "id"))


def test_days_are_those_of_the_reader_s_calendar() -> None:
    late = replace(PIECES[0], at=THEN.replace(hour=22))
    shown = report_of(attached(late), builtin(), translator("en"), DAY, ZoneInfo("Asia/Jakarta"))
    assert [one.day for one in shown.evidence] == ["13 May 2026"]
    assert compose(shown.case, shown.trace, shown.tell, DAY) == shown
