"""The sections of the PDF report, in the order in which a head of department reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.platypus import CondPageBreak, KeepTogether, Spacer, Table, TableStyle

from bot.report.appendix import evidence, history, method, sheet
from bot.report.compose import TRACKS
from bot.report.content import Action, Report, Row
from bot.report.look import ACCENT, BOLD, INK, NOTHING, PALE, PAPER, REGULAR, TRACK, fit
from bot.report.typesetting import (
    CASE,
    CELL,
    KICKER,
    QUIET_CELL,
    SMALL,
    SUBHEADING,
    VERDICT,
    WIDTH,
    Typesetter,
    table,
)
from flows.cards import Message, Verbatim, say
from flows.explain import UNINFORMED

_HALF = WIDTH / 2 - 10
_BAR_ROW = 17
_TOGETHER = 80
"""Points a section must have left on the page to begin there."""
_FIRST_ANSWER, _LONGEST_NOTE = 90, 80
"""Points for the head of the answers with the first one, and for its note: the table keeps them together."""


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
        evidence,
        sheet,
        history,
        method,
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
    why, *more = report.trace.why or ("",)
    firm = _label(report, say("report.firmness"))
    told = (
        (_label(report, say("report.meaning")), report.meaning),
        (_label(report, say("report.why")), why),
        *(("", text) for text in more),
        (_label(report, say("report.change")), report.trace.change),
        (firm, " ".join(report.trace.firmness).removeprefix(firm).lstrip()),
        (_label(report, say("report.next")), report.next),
    )
    return [setter.led(label, _closed(text)) for label, text in told if text]


def _label(report: Report, said: Message) -> str:
    return f"{report.tell(said)}:"


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
    planned = any(action.planned for actions in report.actions.values() for action in actions)
    rows: list[list[Any]] = [[setter.bold(tell(said), QUIET_CELL) for said in headings]] if planned else []
    looks: list[Any] = []
    for track, actions in report.actions.items():
        looks += _band(len(rows))
        rows.append([setter.bold(tell(TRACKS[track])), "", "", "", ""])
        rows += [_action(report, setter, action) for action in actions if action.planned]
        if open_ones := [action.row for action in actions if not action.planned]:
            looks.append(("SPAN", (0, len(rows)), (-1, len(rows))))
            rows.append([_unplanned(report, setter, open_ones), "", "", "", ""])
    return [title, table(rows, (0.25, 0.15, 0.32, 0.16, 0.12), *looks, repeat=int(planned))]


def _action(report: Report, setter: Typesetter, action: Action) -> list[Any]:
    """One row; where nothing can be changed there is nothing to do, and the cells after that stay empty."""
    name = f"{action.row.name}: {action.row.answer}{_critical(report, action.row)}"
    cells = [action.changeable, action.text, action.owner, action.due]
    missing = "" if action.fixed else NOTHING
    return [setter.led(action.row.id, name, CELL), *(setter.text(text or missing, CELL) for text in cells)]


def _unplanned(report: Report, setter: Typesetter, rows: Sequence[Row]) -> Any:
    """What hinders and has no plan yet, in one paragraph."""
    names = "; ".join(f"{row.id} {row.name}: {row.answer}{_critical(report, row)}" for row in rows)
    return setter.led(_label(report, say("report.unplanned")), names, CELL)


def _parts(report: Report, setter: Typesetter) -> list[Any]:
    """What becomes of the essential parts, once anything is decided; before that the case sheet lists them."""
    if not report.decided:
        return []
    tell = report.tell
    headings = (say("report.column.part"), say("report.column.decision"), say("report.column.reason"))
    rows = [[setter.bold(tell(said), QUIET_CELL) for said in headings]]
    rows += [
        [setter.text(text, CELL) for text in (part.text, part.decision or tell(say("report.undecided")), part.reason)]
        for part in report.parts
    ]
    return [KeepTogether([setter.heading(tell(say("part.title"))), table(rows, (0.45, 0.15, 0.40), repeat=1)])]


def _unknown(report: Report, setter: Typesetter) -> list[Any]:
    """What nobody knows yet, with what would settle it, and who is to be asked once anybody is named."""
    if not report.unknown:
        return []
    tell = report.tell
    named = any(row.ask for row, _ in report.unknown)
    headings = [say("report.column.question"), say("report.column.rating"), say("report.column.evidence")]
    headings += [say("report.column.ask"), say("report.column.due")] if named else []
    rows = [[setter.bold(tell(said), QUIET_CELL) for said in headings]]
    for row, settles in report.unknown:
        asked = (row.ask or tell(say("report.nobody")), row.until or NOTHING) if named else ()
        told = (row.answer, settles, *asked)
        item = setter.led(row.id, row.name + _critical(report, row), CELL)
        rows.append([item, *(setter.text(text, CELL) for text in told)])
    shares = (0.23, 0.12, 0.34, 0.18, 0.13) if named else (0.35, 0.17, 0.48)
    return [setter.heading(tell(say("report.unknown"))), table(rows, shares, repeat=1)]


def _turns(report: Report, setter: Typesetter) -> list[Any]:
    """The answers on which the verdict hangs; while too little is known it hangs on none of those given."""
    if report.case.judgement.rule == UNINFORMED:
        return []
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
            if below := _below(report, row):
                looks += _continued(len(rows))
                rows.append([[setter.text(text, QUIET_CELL) for text in below], "", ""])
    heading = setter.heading(tell(say("report.answers")))
    noted = any(chapter.rows[0].note for chapter in report.chapters[:1])
    return [
        CondPageBreak(_FIRST_ANSWER + _LONGEST_NOTE * noted),
        heading,
        table(rows, (0.47, 0.28, 0.25), *looks, repeat=1),
    ]


def _answer(report: Report, setter: Typesetter, row: Row) -> list[Any]:
    return [
        setter.led(row.id, row.name + _critical(report, row), CELL),
        setter.led(row.signed if row.value is not None else "", row.answer, CELL),
        setter.text(row.basis, QUIET_CELL),
    ]


def _below(report: Report, row: Row) -> list[str]:
    """Who gave the answer, if a colleague did, and the note on it."""
    by = report.tell(say("report.by", name=Verbatim(row.by))) if row.by else ""
    return [text for text in (by, f"“{row.note}”" if row.note else "") if text]


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
