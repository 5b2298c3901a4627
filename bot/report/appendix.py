"""What stands at the end of the PDF report: evidence, the practice's case sheet, earlier verdicts, the method."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import KeepTogether

from bot.report.content import Piece, Report
from bot.report.look import NOTHING, PAPER
from bot.report.typesetting import CELL, QUIET_CELL, SHEET, SMALL, Typesetter, table
from flows.cards import Message, Number, Verbatim, say


def evidence(report: Report, setter: Typesetter) -> list[Any]:
    """What was attached to the answers, if anything; an item is named beside its first piece."""
    if not report.evidence:
        return []
    tell = report.tell
    headings = (
        say("report.column.question"),
        say("report.column.piece"),
        say("report.column.file"),
        say("report.column.date"),
    )
    rows: list[list[Any]] = [[setter.bold(tell(said), QUIET_CELL) for said in headings]]
    looks: list[Any] = []
    before = ""
    for piece in report.evidence:
        again = piece.id == before
        looks += [("LINEABOVE", (0, len(rows)), (0, len(rows)), 1.5, HexColor(PAPER))] if again else []
        rows.append(["" if again else setter.led(piece.id, piece.name, CELL), *_exhibit(setter, piece)])
        before = piece.id
    return [setter.heading(tell(say("report.attached"))), table(rows, (0.24, 0.41, 0.20, 0.15), *looks, repeat=1)]


def _exhibit(setter: Typesetter, piece: Piece) -> list[Any]:
    told = [setter.led(f"{piece.kind}:", piece.shows or piece.content, CELL)]
    if piece.shows and piece.content:
        told.append(setter.text(piece.content, QUIET_CELL))
    if piece.link:
        told.append(setter.address(piece.link, QUIET_CELL))
    return [told, setter.text(piece.file or NOTHING, QUIET_CELL), setter.text(piece.day, QUIET_CELL)]


def sheet(report: Report, setter: Typesetter) -> list[Any]:
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
        (say("report.sheet.parts"), "" if report.decided else "; ".join(part.text for part in report.parts)),
        (say("report.sheet.success-factors"), report.words(practice.success_factors)),
        (say("report.sheet.obstacles"), report.words(practice.obstacles)),
        (say("report.sheet.cautions"), report.words(practice.cautions)),
        (say("report.sheet.stakeholders"), report.words(practice.stakeholders)),
        (say("report.sheet.themes"), report.words(practice.themes)),
        (say("report.sheet.sdgs"), goals),
    ]
    links = [(report.words(source.title), source.url) for source in practice.sources]
    return [
        setter.heading(tell(say("report.sheet", practice=Verbatim(report.practice)))),
        *(setter.led(f"{tell(label)}:", text, SHEET) for label, text in fields if text),
        *([setter.links(tell(say("report.sheet.sources")), links)] if links else []),
    ]


def history(report: Report, setter: Typesetter) -> list[Any]:
    """The verdicts given before, if any."""
    if not report.history:
        return []
    tell = report.tell
    lines = [
        setter.led(past.day, " · ".join((past.verdict, tell(say("report.total", total=Verbatim(past.total))))), CELL)
        for past in report.history
    ]
    return [setter.heading(tell(say("report.history"))), *lines]


def method(report: Report, setter: Typesetter) -> list[Any]:
    """How the result comes about, and what it is not."""
    toolkit = report.case.toolkit
    heading = setter.heading(report.tell(say("report.method")))
    reference = setter.bold(f"{report.words(toolkit.title)} ({toolkit.reference})", SMALL)
    return [KeepTogether([heading, reference, *(setter.text(text, SMALL) for text in report.method)])]
