"""The PDF report: whole, navigable, and the same bytes every time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.i18n import translator
from bot.languages import LANGUAGES
from bot.report.content import Report
from bot.report.look import MISSING
from bot.report.pdf import pdf
from flows.assessment import Assessment
from flows.cards import say
from flows.ratings import Changeable, Plan
from flows.toolkit import Length
from flows.verdict import VERDICTS
from tests.bot.report.specimen import NOTES, OWL_BUS, PLANS, TOOLKIT, assessment, noted, rated, report, uninformed

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_thirty_two_barriers_with_notes_of_eighty_characters_fill_four_pages_at_most(language: str) -> None:
    found = rated(-1, note=ORDINARY[:80])
    found.plans |= dict.fromkeys(("N1", "C1", "C3", "K1", "A1"), PLANS["C2"])
    assert len(read(report(found, language)).pages) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_single_answer_is_said_to_decide_while_too_little_is_known(language: str) -> None:
    shown = report(uninformed(), language)
    found = text_of(read(shown))
    assert shown.tell(say("report.turns")) not in found
    assert shown.tell(say("report.no-turns")) not in found
    assert shown.tell(say("report.turns")) in text_of(read(report(rated(-2), language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_stand_in_the_case_sheet_until_something_is_decided(language: str) -> None:
    label, undecided = (translator(language)(said) for said in (say("report.sheet.parts"), say("report.undecided")))
    before, after = (text_of(read(report(found, language))) for found in (uninformed(), assessment()))
    parts = [part[language] for part in OWL_BUS.parts]
    assert f"{label}: {'; '.join(parts)}" in before
    assert undecided not in before
    assert f"{label}: " not in after
    assert all(part in after for part in parts)
    assert after.count(undecided) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_changed_is_listed_without_the_action_planned_before(language: str) -> None:
    found = assessment()
    found.plans["K2"] = replace(PLANS["K2"], changeable=Changeable.NO)
    shown = text_of(read(report(found, language)))
    assert PLANS["K2"].action not in shown
    assert PLANS["C2"].action in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_hindrances_without_a_plan_stand_together(language: str) -> None:
    shown = report(rated(-1), language)
    label = f"{shown.tell(say('report.unplanned'))}:"
    assert text_of(read(shown)).count(label) == len(shown.actions)
    assert label not in text_of(read(report(all_planned(rated(-1)), language)))


def all_planned(found: Assessment) -> Assessment:
    """The same assessment with a plan for every item."""
    found.plans = dict.fromkeys(found.ratings, PLANS["C2"])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", Length)
def test_the_method_names_the_verdicts_of_its_length_alone(length: Length, language: str) -> None:
    method = " ".join(report(assessment(length), language).method)
    for other, keys in VERDICTS.items():
        for key in {*keys} - {"discuss-first"}:
            assert (f"“{TOOLKIT.verdict_texts[key].name[language]}”" in method) is (other is length)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", Length)
def test_steps_that_miss_the_same_threshold_are_named_in_one_sentence(length: Length, language: str) -> None:
    shown = report(rated(-2, length), language)
    hindered = next(why for why in shown.trace.why if all(bar.name in why for bar in shown.bars))
    assert hindered.count(" 50 ") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("found", [assessment(), uninformed()])
def test_how_firm_it_is_follows_its_lead_in(found: Assessment, language: str) -> None:
    shown = report(found, language)
    label = f"{shown.tell(say('report.firmness'))}:"
    assert shown.trace.firmness[0].startswith(label)
    assert text_of(read(shown)).count(label) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_scores_have_one_decimal_wherever_they_stand(language: str) -> None:
    shown = report(assessment(), language)
    found = text_of(read(shown))
    need, mark = next(bar for bar in shown.bars if bar.score == 87.5), "," if language == "id" else "."
    assert need.written == f"87{mark}5"
    assert f"({need.written} " in found
    assert found.count(need.written) >= 3
    assert shown.total in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_are_named_in_the_language_of_the_report(language: str) -> None:
    found = text_of(read(report(assessment(), language)))
    assert all(source.title[language] in found for source in OWL_BUS.sources)


def test_a_reopened_assessment_shows_every_verdict_before_this_one() -> None:
    found = assessment()
    assert [past.total for past in report(found, "en").history] == ["58.2"]
