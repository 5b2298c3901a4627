"""The report names who gave an answer that is not one's own."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.languages import LANGUAGES
from bot.report.pdf import pdf
from tests.bot.report.specimen import assessment, report

NAME = "Rina, Dinas Perhubungan"


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_by_a_colleague_is_marked_with_their_name(language: str) -> None:
    found = assessment()
    found.ratings |= {item: replace(found.ratings[item], by=NAME) for item in ("P1", "P2")}
    shown = report(found, language)
    assert [row.id for chapter in shown.chapters for row in chapter.rows if row.by] == ["P1", "P2"]
    written = text_of(pdf(shown))
    assert written.count(NAME) == 2
    told = {"en": f"Answer by {NAME} “Laporan evaluasi", "id": f"Jawaban dari {NAME} “Laporan evaluasi"}[language]
    assert told in written


def test_one_s_own_answers_name_nobody() -> None:
    assert not any(row.by for chapter in report(assessment(), "en").chapters for row in chapter.rows)
