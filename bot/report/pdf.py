"""The PDF report: one document to attach to a proposal, whole and readable on paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate

from bot.report.content import Report
from bot.report.look import QUIET, REGULAR, TRACK, fit
from bot.report.sections import story
from bot.report.typesetting import MARGIN, WIDTH
from flows.cards import Number, Verbatim, say

AUTHOR = "cocok"

_SMALL = 8.0
_TOP = 54
_BOTTOM = 50


def pdf(report: Report) -> bytes:
    """The report as PDF; equal reports give equal bytes.

    Usually two to four pages. Nothing is ever cut: very long notes make it longer instead.
    """
    pages, _ = _build(report, total=0)
    _, document = _build(report, total=pages)
    return document


def _build(report: Report, total: int) -> tuple[int, bytes]:
    """Set the document once; ``total`` is the number of pages printed in the footer. Gives the pages there are."""
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN - 6,
        rightMargin=MARGIN - 6,
        topMargin=_TOP - 6,
        bottomMargin=_BOTTOM - 6,
        title=_title(report),
        author=AUTHOR,
        subject=report.case.toolkit.reference,
        lang=report.tell.language,
        displayDocTitle=True,
        invariant=1,
    )

    def around(canvas: Any, page: Any) -> None:
        _page(canvas, page.page, total, report)

    document.build(story(report), onFirstPage=around, onLaterPages=around)
    return document.page, out.getvalue()


def _title(report: Report) -> str:
    """The document's title, in the original script: viewers bring typefaces of their own."""
    told = say("report.title", verdict=Verbatim(report.verdict), case=Verbatim(report.subject))
    return report.tell(told).encode(errors="replace").decode()


def _page(canvas: Any, number: int, total: int, report: Report) -> None:
    """Running head and foot."""
    tell, right = report.tell, MARGIN + WIDTH
    canvas.saveState()
    canvas.setFillColor(HexColor(QUIET))
    canvas.setStrokeColor(HexColor(TRACK))
    canvas.setFont(REGULAR, _SMALL)
    if number > 1:
        _line(canvas, A4[1] - 34, f"{report.verdict} · {report.subject}", report.day)
        canvas.line(MARGIN, A4[1] - 41, right, A4[1] - 41)
    canvas.line(MARGIN, 40, right, 40)
    page = tell(say("report.page", number=Number(number), total=Number(total)))
    _line(canvas, 28, tell(say("report.draft")), page)
    canvas.restoreState()


def _line(canvas: Any, y: float, left: str, right: str) -> None:
    shown = fit(left, WIDTH - 100, 1, [_SMALL])
    canvas.drawString(MARGIN, y, " ".join(shown.lines))
    canvas.drawRightString(MARGIN + WIDTH, y, right)
