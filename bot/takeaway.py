"""What an official takes away: the picture and the PDF of the assessment in hand, named as a person would name them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from itertools import count
from pathlib import Path

from bot.handle import House
from bot.i18n import Translator, translator
from bot.report.compose import compose
from bot.report.content import Assessed, Report
from bot.report.names import Kind, file_name
from bot.report.pdf import pdf
from bot.report.picture import png
from bot.report.trace import trace_of
from flows.assessment import Assessment
from flows.dialogue import Conversation
from flows.library import Library
from flows.solo import firmness, judged
from flows.world import practice_of


def write_takeaway(house: House, conversation: Conversation, folder: Path, now: datetime) -> list[Path]:
    """Write picture and PDF into ``folder`` and return where they lie.

    What another assessment left under the same names stays; both files are then numbered, alike. Raises OSError when
    the folder cannot be written to, and LookupError when no practice is in hand.
    """
    assessment, tell = conversation.assessment, translator(conversation.language)
    if assessment is None:
        raise LookupError(conversation.phase)
    day = now.astimezone(house.zone).date()
    report = report_of(assessment, house.library, tell, day, house.zone)
    contents = {Kind.PICTURE: png(report), Kind.PDF: pdf(report)}
    for copy in count(1):
        files = {
            folder / file_name(kind, report.case.practice, assessment.city, day, tell, copy=copy): content
            for kind, content in contents.items()
        }
        if _free(files):
            break
    for path, content in files.items():
        _write_whole(path, content)
    return list(files)


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that is either there in full or not at all, whatever the disk has room for."""
    part = path.with_name(f".{path.stem[:60]}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _free(files: Mapping[Path, bytes]) -> bool:
    """Whether nothing else lies at these places."""
    return all(not path.exists() or path.read_bytes() == content for path, content in files.items())


def report_of(
    assessment: Assessment, library: Library, tell: Translator, day: date, zone: tzinfo = UTC
) -> Report:  # fmt: skip
    """The assessment judged and put into words; ``day`` is the date printed. LookupError without a practice."""
    toolkit = library.toolkit(f"{assessment.toolkit}@{assessment.version}")
    practice = practice_of(library, assessment.practice, assessment.own_practice)
    if practice is None:
        raise LookupError(assessment.id)
    judgement, robustness = judged(toolkit, assessment), firmness(toolkit, assessment)
    case = Assessed(
        assessment=assessment, toolkit=toolkit, practice=practice, judgement=judgement, robustness=robustness,
        zone=zone,
    )  # fmt: skip
    return compose(case, trace_of(toolkit, judgement, robustness, tell), tell, day)
