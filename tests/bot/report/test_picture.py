"""The picture: its size, its geometry under any names, and what it says."""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.languages import LANGUAGES
from bot.report.content import Report
from bot.report.look import ELLIPSIS
from bot.report.picture import HEIGHT, SMALLEST, WIDTH, alt_text, draw, png
from bot.report.svg import Box, Drawing
from flows.assessment import Assessment
from flows.cards import say
from flows.ratings import Mark, Rating
from flows.toolkit import Length
from tests.bot.report.specimen import DAY, OWL_BUS, TOOLKIT, VALUES, assessment, rated, report, uninformed

CANVAS = Box(0, 0, WIDTH, HEIGHT)
NAMES = (
    "Banda Aceh",
    "W" * 80,
    "Kabupaten Kepulauan Siau Tagulandang Biaro dan Kecamatan Persiapan Pulau-Pulau",
    "서울특별시 종로구 세종대로",
    "مدينة باندا آتشيه الكبرى",
    "🚌🏽🌙" * 20,
    "a\x00b\x1b[31m\u202ec\nd\te",
    "<b>&amp;</b>" * 6,
)


def crowded(language: str, name: str, length: Length = Length.FULL) -> Report:
    practice = replace(OWL_BUS, name={"en": name, "id": name}, city={"en": name, "id": name})
    return report(assessment(length, city=name), language, practice)


def assert_tidy(drawing: Drawing) -> None:
    for text in drawing.placed:
        assert CANVAS.holds(text.box), text
        assert text.area.holds(text.box), text
        assert text.size >= SMALLEST, text
    for one, other in combinations(drawing.placed, 2):
        assert not one.box.meets(other.box), (one, other)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", Length)
@pytest.mark.parametrize("name", NAMES)
def test_no_text_overlaps_another_or_leaves_its_place(name: str, length: Length, language: str) -> None:
    shown = crowded(language, name, length)
    assert_tidy(draw(shown))
    assert png(shown)


@settings(deadline=None, max_examples=40)
@given(name=st.text(min_size=1, max_size=120), item=st.text(min_size=1, max_size=90))
def test_any_names_leave_the_picture_tidy(name: str, item: str) -> None:
    shown = crowded("id", name)
    long = replace(
        shown,
        verdict=item,
        bars=tuple(replace(bar, name=item) for bar in shown.bars),
        supports=tuple(replace(row, name=item, answer=item) for row in shown.supports),
        barriers=tuple(replace(row, name=item, answer=item) for row in shown.barriers),
    )
    assert_tidy(draw(long))


@pytest.mark.parametrize("steps", range(1, 10))
def test_a_toolkit_may_have_up_to_nine_steps_and_long_names_for_everything(steps: int) -> None:
    shown = crowded("id", NAMES[2])
    long = replace(
        shown,
        verdict="Sesuaikan dulu bersama mitra, lalu uji coba",
        bars=tuple(replace(bar, name=NAMES[2]) for bar in (shown.bars * 2)[:steps]),
        supports=tuple(replace(row, name=NAMES[2], answer=NAMES[2]) for row in shown.supports),
    )
    assert_tidy(draw(long))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", Length)
def test_the_picture_has_the_size_of_a_phone_and_equal_bytes_for_equal_reports(length: Length, language: str) -> None:
    picture = png(report(assessment(length), language))
    assert struct.unpack(">II", picture[16:24]) == (1080, 1350)
    assert picture == png(report(assessment(length), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_shows_verdict_scores_and_the_strongest_answers(language: str) -> None:
    shown = report(assessment(), language)
    lines = [text.text for text in draw(shown).placed]
    for expected in (shown.verdict, shown.subject, shown.day, *(bar.written for bar in shown.bars)):
        assert expected in lines
    assert [row.id for row in shown.supports] == ["N1", "P1", "N4"]
    assert [row.id for row in shown.barriers] == ["K2", "C1", "C2"]
    assert {f"{row.id} {row.name}" for row in (*shown.supports, *shown.barriers)} <= set(lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("given", [-2, -1, 1, 2])
def test_the_longest_names_and_answers_of_the_built_in_toolkit_are_shown_whole(given: int, language: str) -> None:
    shown = report(rated(given), language)
    rows = [row for chapter in shown.chapters for row in chapter.rows]
    longest = tuple(sorted((replace(row, critical=True) for row in rows), key=lambda row: -len(row.name))[:3])
    drawing = draw(replace(shown, supports=longest, barriers=longest))
    assert_tidy(drawing)
    lines = [text.text for text in drawing.placed]
    assert lines.count(f"{longest[0].answer} · {shown.tell(say('report.critical'))}") == 6
    assert not [line for line in lines if line.endswith(ELLIPSIS)]


@pytest.mark.parametrize("lines", [1, 2])
def test_where_an_answer_must_be_cut_the_word_decisive_stays_whole(lines: int) -> None:
    shown = crowded("en", "Banda Aceh" if lines == 2 else NAMES[2])
    barriers = tuple(replace(row, answer="between one thing and another " * 4, critical=True) for row in shown.barriers)
    drawing = draw(replace(shown, barriers=barriers))
    assert_tidy(drawing)
    assert sum(text.text.endswith("… · decisive") for text in drawing.placed) == 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("found", [assessment(), assessment(Length.QUICK), rated(-2), rated(2), uninformed()])
def test_the_picture_says_why_in_whole_sentences(found: Assessment, language: str) -> None:
    shown = report(found, language)
    drawing = draw(shown)
    assert_tidy(drawing)
    told = " ".join(text.text for text in drawing.placed)
    assert any(f"{shown.tell(say('report.why'))}: {brief}" in told for brief in shown.trace.brief)
    assert not [text for text in drawing.placed if text.text.endswith(ELLIPSIS)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", Length)
def test_the_picture_names_the_decisive_conditions_still_unknown(length: Length, language: str) -> None:
    shown = report(uninformed(length), language)
    told = " ".join(text.text for text in draw(shown).placed)
    for item in ("C3", "R1"):
        assert f"{TOOLKIT.items[item].name[language]} ({item})" in told


def test_of_many_unknown_conditions_the_picture_counts_those_it_cannot_name() -> None:
    found = uninformed()
    for item in TOOLKIT.items.values():
        if item.critical:
            found.ratings[item.id] = Rating(value=Mark.DONT_KNOW)
    shown = report(found, "en")
    assert shown.trace.brief[0].startswith("6 decisive conditions have no rating yet: Real problem (N1), ")
    assert shown.trace.brief[-1] == "6 decisive conditions have no rating yet: Real problem (N1) and 5 more."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_alternative_text_tells_what_the_picture_shows(language: str) -> None:
    shown = report(assessment(), language)
    told = alt_text(shown)
    assert shown.verdict in told
    assert shown.trace.brief[0] in told
    assert all(f"{bar.name} {bar.written}" in told for bar in shown.bars)
    assert "report." not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_can_be_drawn_before_anything_is_known(language: str) -> None:
    empty = assessment()
    for item in VALUES:
        empty.rate(item, Rating(), empty.created_at)
    shown = report(empty, language)
    assert shown.supports == shown.barriers == ()
    assert all(bar.score is None for bar in shown.bars)
    assert_tidy(draw(shown))


def test_the_picture_carries_the_day_it_was_made() -> None:
    assert report(assessment(), "id").day == f"{DAY.day} November {DAY.year}"
