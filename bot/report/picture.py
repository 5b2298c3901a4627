"""The picture for the phone: the verdict and why, the profile of the steps, what helps most and what hinders most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from resvg_py import svg_to_bytes

from bot.report.content import Bar, Report, Row
from bot.report.look import (
    ACCENT,
    BOLD,
    ELLIPSIS,
    FAMILY,
    FONTS,
    INK,
    NOTHING,
    PALE,
    PAPER,
    QUIET,
    REGULAR,
    TRACK,
    Fitted,
    width,
)
from bot.report.svg import Box, Drawing, fitted, tall
from flows.cards import Message, Verbatim, say

WIDTH, HEIGHT = 1080, 1350
SMALLEST = 28
"""Least text size in pixels that reads well on a phone."""

_MARGIN = 64
_INNER = WIDTH - 2 * _MARGIN
_COLUMN = (_INNER - 40) / 2
_CHIP = 72
_NAME = 344
_SCORE = 96
_BAR_HEIGHT = 24
_LEAST_GAP = 16


def png(report: Report) -> bytes:
    """The picture as PNG, ``WIDTH`` x ``HEIGHT``."""
    return svg_to_bytes(
        svg_string=draw(report).svg(),
        skip_system_fonts=True,
        font_files=[str(FONTS / f"{name}.ttf") for name in (REGULAR, BOLD)],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )


def alt_text(report: Report) -> str:
    """The picture in words, for readers who do not see it."""
    lines = [
        _led(report, say("report.recommendation"), report.verdict),
        report.subject,
        *([_led(report, say("report.why"), report.trace.brief[0])] if report.trace.brief else []),
        "; ".join(f"{bar.name} {bar.written}" for bar in report.bars),
        f"{report.coverage} · {report.confidence}",
        _led(report, say("report.supports"), _listed(report, report.supports)),
        _led(report, say("report.barriers"), _listed(report, report.barriers)),
        report.tell(say("report.draft")),
    ]
    return "\n".join(lines)


def _led(report: Report, label: Message, text: str) -> str:
    return f"{report.tell(label)}: {text}"


def _listed(report: Report, rows: Sequence[Row]) -> str:
    return "; ".join(f"{row.id} {row.name} ({row.answer})" for row in rows) or report.tell(say("report.none"))


def draw(report: Report) -> Drawing:
    """The picture with every text placed; texts are shrunk, wrapped or cut to their boxes."""
    drawing = Drawing(WIDTH, HEIGHT, f"{report.verdict}: {report.subject}")
    drawing.rectangle(Box(0, 0, WIDTH, HEIGHT), PAPER)
    top, bottom = _head(drawing, report), _foot(drawing, report)
    blocks = _blocks(report, bottom - top)
    gap = (bottom - top - sum(block.height for block in blocks)) / (len(blocks) + 1)
    for block in blocks:
        top += gap
        block.paint(drawing, top)
        top += block.height
    return drawing


@dataclass(frozen=True)
class _Block:
    """A part of the body: its height, and how it is painted from a given top."""

    height: float
    paint: Callable[[Drawing, float], object]


def _head(drawing: Drawing, report: Report) -> float:
    """The band with the verdict and the case; returns where it ends."""
    kicker = fitted(report.tell(say("report.recommendation")), _INNER / 2, (30, SMALLEST))
    day = fitted(report.day, _INNER / 2, (30, SMALLEST))
    verdict = fitted(report.verdict, _INNER, (68, 44), lines=2, bold=True)
    case = _case_lines(report)
    bottom = 56 + tall(kicker) + 6 + tall(verdict) + 10 + sum(map(tall, case)) + 40
    drawing.rectangle(Box(0, 0, WIDTH, bottom), ACCENT)
    top = 56.0
    drawing.text(day, Box(WIDTH / 2, top, _INNER / 2, tall(day)), PALE, align=1)
    top = _stack(drawing, [kicker], top, PALE) + 6
    top = _stack(drawing, [verdict], top, PAPER) + 10
    _stack(drawing, case, top, PAPER)
    return bottom


def _case_lines(report: Report) -> list[Fitted]:
    """Practice and city on one line if they fit, else each by itself, so that neither hides the other."""
    whole = fitted(report.subject, _INNER, (38, 32))
    if not whole.lines or not whole.lines[0].endswith("…"):
        return [whole]
    to = report.tell(say("report.to", city=Verbatim(report.city)))
    return [
        fitted(report.practice, _INNER, (34, SMALLEST), lines=2),
        *([fitted(to, _INNER, (34, SMALLEST))] if report.city else []),
    ]


def _stack(drawing: Drawing, texts: Sequence[Fitted], top: float, colour: str) -> float:
    """Texts below one another over the whole width; returns where they end."""
    for text in texts:
        drawing.text(text, Box(_MARGIN, top, _INNER, tall(text)), colour)
        top += tall(text)
    return top


def _foot(drawing: Drawing, report: Report) -> float:
    """The line on what this is worth; returns where it begins."""
    draft = fitted(report.tell(say("report.draft")), _INNER, (SMALLEST, SMALLEST), lines=2)
    top = HEIGHT - 44 - tall(draft)
    drawing.rectangle(Box(_MARGIN, top - 20, _INNER, 2), TRACK)
    _stack(drawing, [draft], top, QUIET)
    return top - 20


def _blocks(report: Report, room: float) -> list[_Block]:
    """The body as airy as the room allows: names on two lines, or on one, with wide rows or narrow ones."""
    for lines, row, why in ((2, 48, 3), (2, 48, 2), (1, 48, 3), (1, 48, 2), (1, 36, 2), (1, 36, 0)):
        blocks = [*_why(report, why), _profile(report, lines, row), _strongest(report, lines)]
        if sum(block.height for block in blocks) + _LEAST_GAP * (len(blocks) + 1) <= room:
            break
    return blocks


def _why(report: Report, lines: int) -> list[_Block]:
    """The most that can be said of what decided in that many lines; nothing in none."""
    if not lines or not report.trace.brief:
        return []
    sentences = [_led(report, say("report.why"), brief) for brief in report.trace.brief]
    told = [fitted(sentence, _INNER, (30, SMALLEST), lines=lines) for sentence in sentences]
    whole = next((text for text in told if not text.lines[-1].endswith(ELLIPSIS)), told[-1])
    return [_Block(tall(whole), lambda drawing, top: _stack(drawing, [whole], top, INK))]


def _profile(report: Report, lines: int, row: float) -> _Block:
    """A bar for every step, its name before and its score behind it; below, how much and how surely is known."""
    heading = _heading(report, say("report.profile"), _INNER)
    names = [fitted(bar.name, _NAME, (32 if row > 40 else SMALLEST, SMALLEST), lines=lines) for bar in report.bars]
    heights = [max(row, tall(name)) for name in names]
    told = (report.mark_told, f"{report.coverage} · {report.confidence}")
    known = [fitted(text, _INNER, (30, SMALLEST)) for text in told]

    def paint(drawing: Drawing, top: float) -> None:
        top = _stack(drawing, [heading], top, INK) + 10
        drawing.upright(_bar_x(report.mark), top, top + sum(heights), INK)
        for bar, name, height in zip(report.bars, names, heights, strict=True):
            _bar(drawing, bar, name, Box(_MARGIN, top, _INNER, height))
            drawing.rectangle(Box(_bar_x(report.mark) - 2, top + (height - _BAR_HEIGHT) / 2, 4, _BAR_HEIGHT), PAPER)
            top += height
        _stack(drawing, known, top + 16, QUIET)

    return _Block(tall(heading) + 10 + sum(heights) + 16 + sum(map(tall, known)), paint)


def _bar_x(score: float) -> float:
    return _MARGIN + _NAME + 16 + (_INNER - _NAME - 16 - _SCORE) * score / 100


def _bar(drawing: Drawing, bar: Bar, name: Fitted, row: Box) -> None:
    start, end = _bar_x(0), _bar_x(100)
    drawing.text(name, Box(row.x, row.y + (row.height - tall(name)) / 2, _NAME, tall(name)), INK)
    top = row.y + (row.height - _BAR_HEIGHT) / 2
    drawing.rectangle(Box(start, top, end - start, _BAR_HEIGHT), TRACK)
    if bar.score is not None:
        drawing.rectangle(Box(start, top, _bar_x(bar.score) - start, _BAR_HEIGHT), ACCENT)
    size = 34 if row.height > 44 else SMALLEST
    score = fitted(bar.written if bar.score is not None else NOTHING, _SCORE, (size, SMALLEST), bold=True)
    drawing.text(score, Box(end, row.y + (row.height - tall(score)) / 2, _SCORE, tall(score)), INK, align=1)


def _heading(report: Report, said: Message, room: float) -> Fitted:
    return fitted(report.tell(said), room, (32, SMALLEST), bold=True)


def _strongest(report: Report, lines: int) -> _Block:
    """Supports and barriers side by side."""
    left = _column(report, say("report.supports"), report.supports, lines)
    right = _column(report, say("report.barriers"), report.barriers, lines)

    def paint(drawing: Drawing, top: float) -> None:
        for column, x in ((left, _MARGIN), (right, WIDTH - _MARGIN - _COLUMN)):
            _paint_column(drawing, column, x, top)

    return _Block(max(_column_height(left), _column_height(right)), paint)


@dataclass(frozen=True)
class _Entry:
    row: Row
    name: Fitted
    answer: Fitted


@dataclass(frozen=True)
class _Column:
    heading: Fitted
    entries: tuple[_Entry, ...]
    empty: Fitted


def _column(report: Report, title: Message, rows: Sequence[Row], lines: int) -> _Column:
    room = _COLUMN - _CHIP - 16
    critical = " · " + report.tell(say("report.critical"))
    entries = tuple(
        _Entry(
            row=row,
            name=fitted(f"{row.id} {row.name}", room, (30, SMALLEST), lines=lines),
            answer=_answer(row.answer, critical * row.critical, room, lines),
        )
        for row in rows
    )
    empty = fitted(report.tell(say("report.none")), _COLUMN, (30, SMALLEST))
    return _Column(_heading(report, title, _COLUMN), entries, empty)


def _answer(answer: str, critical: str, room: float, lines: int) -> Fitted:
    """The answer in words; where it has to be cut, the word that marks a decisive condition stays whole."""
    whole = fitted(answer + critical, room, (SMALLEST, SMALLEST), lines=lines)
    if not critical or not whole.lines[-1].endswith(ELLIPSIS):
        return whole
    cut = fitted(answer, room - width(critical, SMALLEST), (SMALLEST, SMALLEST))
    return replace(cut, lines=("".join(cut.lines) + critical,))


def _entry_height(entry: _Entry) -> float:
    return tall(entry.name) + tall(entry.answer) + 14


def _column_height(column: _Column) -> float:
    return tall(column.heading) + 12 + (sum(map(_entry_height, column.entries)) or tall(column.empty))


def _paint_column(drawing: Drawing, column: _Column, x: float, top: float) -> None:
    drawing.text(column.heading, Box(x, top, _COLUMN, tall(column.heading)), INK)
    top += tall(column.heading) + 12
    if not column.entries:
        drawing.text(column.empty, Box(x, top, _COLUMN, tall(column.empty)), QUIET)
    for entry in column.entries:
        _paint_entry(drawing, entry, x, top)
        top += _entry_height(entry)


def _paint_entry(drawing: Drawing, entry: _Entry, x: float, top: float) -> None:
    """Supports carry their rating in a filled chip, barriers in an outlined one: the shape tells, not the colour."""
    helps = entry.row.value is not None and entry.row.value > 0
    chip = Box(x, top + 2, _CHIP, 44)
    drawing.rectangle(chip, ACCENT if helps else PAPER, stroke=ACCENT, radius=8)
    value = fitted(entry.row.signed, _CHIP - 8, (30, SMALLEST), bold=True)
    inside = Box(chip.x + 4, chip.y + (chip.height - tall(value)) / 2, chip.width - 8, tall(value))
    drawing.text(value, inside, PAPER if helps else ACCENT, align=0.5)
    room = _COLUMN - _CHIP - 16
    drawing.text(entry.name, Box(x + _CHIP + 16, top, room, tall(entry.name)), INK)
    top += tall(entry.name)
    drawing.text(entry.answer, Box(x + _CHIP + 16, top, room, tall(entry.answer)), QUIET)
