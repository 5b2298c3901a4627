"""What stands at the end of the PDF report: the practice's case sheet, the verdicts before this one, and the method."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import KeepTogether

from bot.report.content import Report
from bot.report.typesetting import CELL, SHEET, SMALL, Typesetter
from flows.cards import Message, Number, Verbatim, say


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
