"""The PDF report: whole, navigable, and the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.i18n import LANGUAGES
from bot.report.content import Report
from bot.report.look import MISSING
from bot.report.pdf import pdf
from flows.ratings import Changeable, Plan
from flows.toolkit import Length
from tests.bot.report.specimen import NOTES, OWL_BUS, PLANS, TOOLKIT, assessment, noted, report

ORDINARY = "Menurut rapat koordinasi bulan lalu dengan Dishub, hal ini masih perlu dibahas lagi."


def read(shown: Report) -> PdfReader:
    return PdfReader(BytesIO(pdf(shown)))


def text_of(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", Length)
def test_the_report_has_two_to_four_pages_with_ordinary_notes_everywhere(length: Length, language: str) -> None:
    document = read(report(noted(assessment(length), ORDINARY), language))
    assert 2 <= len(document.pages) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", Length)
def test_the_report_holds_every_answer_note_and_action(length: Length, language: str) -> None:
    found = text_of(read(report(assessment(length), language)))
    asked = {item.id: item for item in TOOLKIT.asked(length)}
    for item in asked.values():
        assert f"{item.id} {item.name[language]}" in found
    expected = [note for item, note in NOTES.items() if item in asked]
    expected += [text for item, plan in PLANS.items() if item in asked for text in (plan.action, plan.owner)]
    for text in expected:
        assert text in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_tells_trace_open_points_turning_answers_and_method(language: str) -> None:
    shown = report(assessment(), language)
    found = text_of(read(shown))
    for text in (shown.meaning, shown.trace.change, *shown.trace.firmness, TOOLKIT.status[language]):
        assert text in found
    assert {row.id for row, _ in shown.unknown} == {"P5", "R4"}
    assert all(move in found for turn in shown.turns for move in turn.moves)
    assert [past.verdict in found for past in shown.history] == [True]
    assert "report." not in found


def test_the_longest_notes_make_the_report_longer_and_lose_nothing() -> None:
    note = "kata " * 99 + "akhir"
    assert text_of(read(report(noted(assessment(), note), "id"))).count("akhir”") == len(TOOLKIT.items)


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_find_title_language_outline_and_page_numbers(language: str) -> None:
    shown = report(assessment(), language)
    document = read(shown)
    assert document.metadata is not None
    assert shown.subject in (document.metadata.title or "")
    assert document.metadata.author == "cocok"
    assert str(document.root_object["/Lang"]) == language
    assert len(document.outline) >= 8
    pages = len(document.pages)
    last = f"Page {pages} of {pages}" if language == "en" else f"Halaman {pages} dari {pages}"
    assert last in text_of(document)


def test_equal_reports_give_equal_bytes() -> None:
    assert pdf(report(assessment(), "id")) == pdf(report(assessment(), "id"))


@pytest.mark.parametrize("text", ["서울 버스", "حافلة", "🚌 bus", "<b>&", "a\x00\x1b\u202eb", "x" * 500, "\ud800"])
def test_any_text_can_be_printed(text: str) -> None:
    found = noted(assessment(city=text), text)
    found.plans["K2"] = Plan(changeable=Changeable.NO, action=text, owner=text, due=text)
    practice = replace(OWL_BUS, name={"en": text}, what={"id": text}, parts=({"en": text},))
    assert text_of(read(report(found, "id", practice)))


def test_a_character_the_typeface_lacks_is_shown_and_explained() -> None:
    foreign = text_of(read(report(assessment(city="서울"), "en")))
    assert MISSING * 2 in foreign
    assert "typeface" in foreign
    assert MISSING not in text_of(read(report(assessment(), "en")))


def test_a_reopened_assessment_shows_every_verdict_before_this_one() -> None:
    found = assessment()
    assert [past.total for past in report(found, "en").history] == ["58"]
