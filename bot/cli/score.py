"""Judging ratings out of a file, without a conversation."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli.database import offered
from bot.cli.program import Refused
from bot.i18n import Translator, translator
from bot.settings import Settings
from flows import explain
from flows.cards import Local, Number, Said, say
from flows.judgement import Judgement, assess_robustness, judge
from flows.score import score_ratings
from flows.score_input import ScoreInput, read_score_input
from flows.toolkit import Toolkit

MAX_BYTES = 10_000_000
"""Some 20,000 people's ratings."""


def score(source: str, settings: Settings, language: str, *, as_json: bool) -> None:
    """Print what the ratings come to; raises ScoreInputError."""
    content, resolve = _content(source), offered(settings).library.toolkit
    if as_json:
        result = score_ratings(content, resolve)
        click.echo(json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        click.echo("\n".join(_summary(read_score_input(content, resolve), translator(language))))


def _content(source: str) -> bytes:
    if source == "-":
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with Path(source).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        message = f"{source}: is larger than {MAX_BYTES // 1_000_000} MB; give fewer people at a time"
        raise Refused(message)
    return content


def _summary(given: ScoreInput, tell: Translator) -> Iterator[str]:
    everything = (given.toolkit, given.length, given.sheets, given.plans, given.weights)
    judgement, robustness = judge(*everything), assess_robustness(*everything)
    toolkit, text = given.toolkit, given.toolkit.verdict_texts[judgement.verdict]
    yield tell(say("verdict.title", verdict=Local(text.name)))
    yield tell(Local(text.meaning))
    yield ""
    yield from _figures(toolkit, judgement, tell)
    yield ""
    yield tell(say("verdict.why", reason=explain.why(toolkit, judgement)))
    if change := explain.change(toolkit, judgement, robustness):
        yield tell(say("verdict.change", change=change))
    yield from (tell(said) for said in explain.firmness(toolkit, judgement, robustness))
    yield tell(say("verdict.next", next=Local(text.next)))
    yield tell(explain.limits(judgement))


def _figures(toolkit: Toolkit, judgement: Judgement, tell: Translator) -> Iterator[str]:
    answered, total = tell(Number(judgement.coverage, percent=True)), tell(_score(judgement.total))
    yield f"{judgement.toolkit}, {judgement.length}: people {judgement.people}, coverage {answered}, total {total}"
    names = {step.key: tell(Local(step.name)) for step in toolkit.steps}
    room = max(map(len, names.values()))
    for step, name in names.items():
        yield f"  {name:<{room}}  {tell(_score(judgement.steps.get(step))):>8}"


def _score(value: float | None) -> Said:
    return say("score.none") if value is None else Number(value, 1)
