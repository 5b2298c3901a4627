"""The picture: its size, its geometry under any names, and what it says."""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import LANGUAGES
from bot.report.content import Report
from bot.report.picture import HEIGHT, SMALLEST, WIDTH, alt_text, draw, png
from bot.report.svg import Box, Drawing
from flows.ratings import Rating
from flows.toolkit import Length
from tests.bot.report.specimen import DAY, OWL_BUS, VALUES, assessment, report

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
def test_the_alternative_text_tells_what_the_picture_shows(language: str) -> None:
    shown = report(assessment(), language)
    told = alt_text(shown)
    assert shown.verdict in told
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
