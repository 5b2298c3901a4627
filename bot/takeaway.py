"""What an official takes away: the picture and the PDF of the assessment in hand, named as a person would name them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from bot.handle import House
from bot.i18n import Translator, translator
from bot.report.compose import compose
from bot.report.content import Assessed, Report, Trace
from bot.report.names import Kind, file_name
from bot.report.pdf import pdf
from bot.report.picture import png
from flows import explain
from flows.assessment import Assessment
from flows.dialogue import Conversation
from flows.judgement import assess_robustness, judge
from flows.library import Library
from flows.toolkit import Length
from flows.world import practice_of


def write_takeaway(house: House, conversation: Conversation, folder: Path, now: datetime) -> list[Path]:
    """Write picture and PDF into ``folder`` and return where they lie; an older file of the same name is replaced.

    Raises OSError when the folder cannot be written to, and LookupError when no practice is in hand.
    """
    assessment, tell = conversation.assessment, translator(conversation.language)
    if assessment is None:
        raise LookupError(conversation.phase)
    day = now.astimezone(house.zone).date()
    report = report_of(assessment, house.library, tell, day)
    practice = report.case.practice
    written = []
    for kind, content in ((Kind.PICTURE, png(report)), (Kind.PDF, pdf(report))):
        path = folder / file_name(kind, practice, assessment.city, day, tell)
        path.write_bytes(content)
        written.append(path)
    return written


def report_of(assessment: Assessment, library: Library, tell: Translator, day: date) -> Report:
    """The assessment judged and put into words; ``day`` is the date printed. LookupError without a practice."""
    toolkit = library.toolkit(f"{assessment.toolkit}@{assessment.version}")
    practice = practice_of(library, assessment.practice, assessment.own_practice)
    if practice is None:
        raise LookupError(assessment.id)
    length, sheets = assessment.length or Length.FULL, [assessment.sheet()]
    judgement = judge(toolkit, length, sheets, assessment.plans)
    robustness = assess_robustness(toolkit, length, sheets, assessment.plans)
    change = explain.change(toolkit, judgement, robustness)
    trace = Trace(
        why=(tell(explain.why(toolkit, judgement, most=None)), *map(tell, explain.obstacles(toolkit, judgement))),
        change=tell(change) if change else "",
        firmness=tuple(map(tell, explain.firmness(toolkit, judgement, robustness))),
    )
    case = Assessed(
        assessment=assessment, toolkit=toolkit, practice=practice, judgement=judgement, robustness=robustness
    )
    return compose(case, trace, tell, day)
