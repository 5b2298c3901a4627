"""The sections of the PDF report, in the order in which a head of department reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, KeepTogether, Spacer, Table, TableStyle

from bot.report.compose import TRACKS
from bot.report.content import Action, Report, Row
from bot.report.look import ACCENT, BOLD, INK, NOTHING, PALE, PAPER, REGULAR, TRACK, fit
from bot.report.typesetting import (
    CASE,
    CELL,
    KICKER,
    QUIET_CELL,
    SHEET,
    SMALL,
    SUBHEADING,
    VERDICT,
    WIDTH,
    Typesetter,
    table,
)
from flows.cards import Message, Number, Verbatim, say

_HALF = WIDTH / 2 - 10
_BAR_ROW = 17
_TOGETHER = 80
"""Points a section must have left on the page to begin there."""


def story(report: Report) -> list[Any]:
    """Everything the document holds, to be used up by one run of the page layout."""
    setter = Typesetter()
    sections: tuple[Callable[[Report, Typesetter], list[Any]], ...] = (
        _head,
        _explanation,
        _profile,
        _actions,
        _parts,
        _unknown,
        _turns,
        _answers,
        _sheet,
        _history,
        _method,
    )
    flow = [flowable for section in sections for flowable in (CondPageBreak(_TOGETHER), *section(report, setter))]
    return [*flow, *([setter.text(report.tell(say("report.missing")), SMALL)] if setter.lost else [])]


def _head(report: Report, setter: Typesetter) -> list[Any]:
    tell = report.tell
    kicker = " · ".join((tell(say("report.recommendation")), report.day, report.length))
    cell = [setter.text(kicker, KICKER), setter.text(report.verdict, VERDICT), setter.text(report.subject, CASE)]
    look = [
        ("BACKGROUND", (0, 0), (-1, -1), HexColor(ACCENT)),
        ("LEFTPADDING", (0, 0), (-1, -1), 16),
        ("RIGHTPADDING", (0, 0), (-1, -1), 16),
        ("TOPPADDING", (0, 0), (-1, -1), 12),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 15),
    ]
    return [Table([[cell]], [WIDTH], style=TableStyle(look)), Spacer(1, 9)]


def _explanation(report: Report, setter: Typesetter) -> list[Any]:
    """The verdict's meaning, its trace and how firm it is, in sentences."""
    told: tuple[tuple[str, str], ...] = (
        (report.tell(say("report.meaning")), report.meaning),
        (report.tell(say("report.why")), " ".join(map(_closed, report.trace.why))),
        (report.tell(say("report.change")), report.trace.change),
        ("", " ".join(report.trace.firmness)),
        (report.tell(say("report.next")), report.next),
    )
    return [setter.led(f"{label}:" if label else "", _closed(text)) for label, text in told if text]


def _closed(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _profile(report: Report, setter: Typesetter) -> list[Any]:
    """The bars on the left, the strongest supports and barriers on the right."""
    tell = report.tell
    total = tell(say("report.total", total=Verbatim(report.total)))
    line = f"{total} · {report.coverage} · {report.confidence} · {report.mark_told}"
    left = [setter.text(tell(say("report.profile")), SUBHEADING), _bars(report)]
    right = [
        *_strongest(report, setter, say("report.supports"), report.supports),
        *_strongest(report, setter, say("report.barriers"), report.barriers),
    ]
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    both = Table([[left, right]], [WIDTH - _HALF, _HALF], style=TableStyle(look))
    heading = setter.heading(tell(say("report.overview")))
    return [KeepTogether([heading, both, setter.text(line, SMALL)])]


def _strongest(report: Report, setter: Typesetter, title: Message, rows: Sequence[Row]) -> list[Any]:
    lines = [setter.led(row.signed, f"{row.id} {row.name}: {row.answer}{_critical(report, row)}", CELL) for row in rows]
    none = setter.text(report.tell(say("report.none")), QUIET_CELL)
    return [setter.text(report.tell(title), SUBHEADING), *(lines or [none])]


def _critical(report: Report, row: Row) -> str:
    return " · " + report.tell(say("report.critical")) if row.critical else ""


def _bars(report: Report) -> Drawing:
    """The profile of the steps, each with its name and score in writing."""
    room, names, scores = WIDTH - _HALF - 24, 108.0, 30.0
    length = room - names - scores
    drawing = Drawing(room, _BAR_ROW * len(report.bars))
    for number, bar in enumerate(reversed(report.bars)):
        y = number * _BAR_ROW + 4
        name = fit(bar.name, names - 6, 1, [9, 8.5, 8, 7.5])
        drawing.add(String(0, y + 2, name.lines[0], fontName=REGULAR, fontSize=name.size, fillColor=HexColor(INK)))
        drawing.add(Rect(names, y, length, 9, fillColor=HexColor(TRACK), strokeColor=None))
        drawing.add(Rect(names, y, length * (bar.score or 0) / 100, 9, fillColor=HexColor(ACCENT), strokeColor=None))
        written = bar.written if bar.score is not None else NOTHING
        label = {"fontName": BOLD, "fontSize": 9.5, "fillColor": HexColor(INK), "textAnchor": "end"}
        drawing.add(String(room, y + 1.5, written, **label))
    x = names + length * report.mark / 100
    drawing.add(Line(x, 0, x, drawing.height, strokeColor=HexColor(INK), strokeWidth=0.7, strokeDashArray=[2, 2]))
    return drawing


def _actions(report: Report, setter: Typesetter) -> list[Any]:
    tell = report.tell
    title = setter.heading(tell(say("actions.title")))
    if not report.actions:
        return [title, setter.text(tell(say("actions.none")), CELL)]
    headings = (
        say("report.column.item"),
        say("report.column.changeable"),
        say("report.column.action"),
        say("report.column.owner"),
        say("report.column.due"),
    )
    rows: list[list[Any]] = [[setter.bold(tell(said), QUIET_CELL) for said in headings]]
    looks: list[Any] = []
    for track, actions in report.actions.items():
        looks += _band(len(rows))
        rows.append([setter.bold(tell(TRACKS[track])), "", "", "", ""])
        rows += [_action(report, setter, action) for action in actions]
    return [title, table(rows, (0.25, 0.15, 0.32, 0.16, 0.12), *looks, repeat=1)]


def _action(report: Report, setter: Typesetter, action: Action) -> list[Any]:
    name = f"{action.row.name}: {action.row.answer}{_critical(report, action.row)}"
    cells = (action.changeable, action.text, action.owner, action.due)
    return [setter.led(action.row.id, name, CELL), *(setter.text(text or NOTHING, CELL) for text in cells)]


def _parts(report: Report, setter: Typesetter) -> list[Any]:
    if not report.parts:
        return []
    tell = report.tell
    headings = (say("report.column.part"), say("report.column.decision"), say("report.column.reason"))
    rows = [[setter.bold(tell(said), QUIET_CELL) for said in headings]]
    rows += [
        [setter.text(text or NOTHING, CELL) for text in (part.text, part.decision, part.reason)]
        for part in report.parts
    ]
    return [KeepTogether([setter.heading(tell(say("part.title"))), table(rows, (0.45, 0.15, 0.40), repeat=1)])]


def _unknown(report: Report, setter: Typesetter) -> list[Any]:
    """What nobody knows yet, with what would settle it."""
    if not report.unknown:
        return []
    tell = report.tell
    headings = (say("report.column.question"), say("report.column.rating"), say("report.column.evidence"))
    rows = [[setter.bold(tell(said), QUIET_CELL) for said in headings]]
    rows += [
        [
            setter.led(row.id, row.name + _critical(report, row), CELL),
            setter.text(row.answer, CELL),
            setter.text(evidence, CELL),
        ]
        for row, evidence in report.unknown
    ]
    return [setter.heading(tell(say("report.unknown"))), table(rows, (0.35, 0.17, 0.48), repeat=1)]


def _turns(report: Report, setter: Typesetter) -> list[Any]:
    tell = report.tell
    title = setter.heading(tell(say("report.turns")))
    if not report.turns:
        return [title, setter.text(tell(say("report.no-turns")), CELL)]
    lines = [setter.led(f"{turn.verdict}:", "; ".join(turn.moves), CELL) for turn in report.turns]
    return [title, setter.text(tell(say("report.turns-lead")), SMALL), *lines]


def _answers(report: Report, setter: Typesetter) -> list[Any]:
    """One table for all steps, a shaded row before each; a note runs below its answer."""
    tell = report.tell
    headings = (say("report.column.question"), say("report.column.rating"), say("report.column.basis"))
    rows: list[list[Any]] = [[setter.bold(tell(said), QUIET_CELL) for said in headings]]
    looks: list[Any] = []
    for chapter in report.chapters:
        looks += [*_band(len(rows)), ("NOSPLIT", (0, len(rows)), (-1, len(rows) + 1))]
        rows.append([setter.bold(f"{chapter.bar.name} · {chapter.bar.written}"), "", ""])
        for row in chapter.rows:
            rows.append(_answer(report, setter, row))
            if row.note:
                looks += _continued(len(rows))
                rows.append([setter.text(f"“{row.note}”", QUIET_CELL), "", ""])
    return [setter.heading(tell(say("report.answers"))), table(rows, (0.47, 0.28, 0.25), *looks, repeat=1)]


def _answer(report: Report, setter: Typesetter, row: Row) -> list[Any]:
    return [
        setter.led(row.id, row.name + _critical(report, row), CELL),
        setter.led(row.signed if row.value is not None else "", row.answer, CELL),
        setter.text(row.basis, QUIET_CELL),
    ]


def _band(place: int) -> list[Any]:
    """The look of a row that heads those below it."""
    return [("SPAN", (0, place), (-1, place)), ("BACKGROUND", (0, place), (-1, place), HexColor(PALE))]


def _continued(place: int) -> list[Any]:
    """The look of a row that belongs to the one above: one cell, no rule between them."""
    return [
        ("SPAN", (0, place), (-1, place)),
        ("LINEABOVE", (0, place), (-1, place), 1.5, HexColor(PAPER)),
        ("TOPPADDING", (0, place), (-1, place), 0),
        ("NOSPLIT", (0, place - 1), (-1, place)),
    ]


def _sheet(report: Report, setter: Typesetter) -> list[Any]:
    """The practice as its source describes it; empty fields are left out."""
    practice, tell = report.case.practice, report.tell
    place = ", ".join(part for part in map(report.words, (practice.city, practice.country, practice.region)) if part)
    goals = ", ".join(tell(Number(goal)) for goal in practice.sdgs)
    fields: list[tuple[Message, str]] = [
        (say("report.sheet.place"), place),
        (say("report.sheet.period"), report.words(practice.period)),
        (say("report.sheet.what"), report.words(practice.what)),
        (say("report.sheet.city-facts"), report.words(practice.city_facts)),
        (say("report.sheet.background"), report.words(practice.background)),
        (say("report.sheet.objectives"), report.words(practice.objectives)),
        (say("report.sheet.actions"), report.words(practice.actions)),
        (say("report.sheet.results"), report.words(practice.results)),
        (say("report.sheet.cost"), report.words(practice.cost)),
        (say("report.sheet.success-factors"), report.words(practice.success_factors)),
        (say("report.sheet.obstacles"), report.words(practice.obstacles)),
        (say("report.sheet.cautions"), report.words(practice.cautions)),
        (say("report.sheet.stakeholders"), report.words(practice.stakeholders)),
        (say("report.sheet.themes"), report.words(practice.themes)),
        (say("report.sheet.sdgs"), goals),
    ]
    links = [(source.title, source.url) for source in practice.sources]
    return [
        setter.heading(tell(say("report.sheet", practice=Verbatim(report.practice)))),
        *(setter.led(f"{tell(label)}:", text, SHEET) for label, text in fields if text),
        *([setter.links(tell(say("report.sheet.sources")), links)] if links else []),
    ]


def _history(report: Report, setter: Typesetter) -> list[Any]:
    if not report.history:
        return []
    tell = report.tell
    lines = [
        setter.led(past.day, " · ".join((past.verdict, tell(say("report.total", total=Verbatim(past.total))))), CELL)
        for past in report.history
    ]
    return [setter.heading(tell(say("report.history"))), *lines]


def _method(report: Report, setter: Typesetter) -> list[Any]:
    """How the result comes about, and what it is not."""
    toolkit = report.case.toolkit
    heading = setter.heading(report.tell(say("report.method")))
    reference = setter.bold(f"{report.words(toolkit.title)} ({toolkit.reference})", SMALL)
    return [KeepTogether([heading, reference, *(setter.text(text, SMALL) for text in report.method)])]
