"""The verdict explained for the report: whole for the PDF, brief for the picture, and what is alike said once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.i18n import Translator
from bot.report.content import Trace
from flows import explain
from flows.cards import Listing, Local, Message, Number, Said, Verbatim, count, say
from flows.judgement import Condition, Judgement, Robustness
from flows.toolkit import Toolkit

_STEP = "reason.step"
"""The sentence of a step that scores too little."""


def trace_of(toolkit: Toolkit, judgement: Judgement, robustness: Robustness, tell: Translator) -> Trace:
    """Explain a verdict in the language of ``tell``."""
    whole = (explain.why(toolkit, judgement, most=None), *explain.obstacles(toolkit, judgement))
    change = explain.change(toolkit, judgement, robustness)
    return Trace(
        why=tuple(tell(_condensed(said, tell)) for said in whole),
        brief=tuple(tell(_condensed(said, tell)) for said in _brief(toolkit, judgement)),
        change=tell(change) if change else "",
        firmness=tuple(map(tell, explain.firmness(toolkit, judgement, robustness))),
    )


def _brief(toolkit: Toolkit, judgement: Judgement) -> Iterator[Said]:
    """What decided, shorter each time: the decisive conditions nobody has rated yet, else the reasons."""
    unrated = [toolkit.items[why.item] for why in judgement.because if why.condition is Condition.KNOWN]
    if not unrated:
        yield from (explain.why(toolkit, judgement, most=most) for most in (3, 2, 1))
    for shown in range(len(unrated), 0, -1):
        names: list[Said] = [say("why.item", name=Local(item.name), id=Verbatim(item.id)) for item in unrated[:shown]]
        rest = len(unrated) - shown
        more: list[Said] = [say("why.more", number=Number(rest))] if rest else []
        yield count("report.unrated", len(unrated), items=Listing((*names, *more)))


def _condensed(said: Said, tell: Translator) -> Said:
    """The same with the steps that miss one threshold named together."""
    match said:
        case Message(values=values):
            return replace(said, values={name: _condensed(value, tell) for name, value in values.items()})
        case Listing(parts):
            return Listing(tuple(_joined(parts, tell)))
        case _:
            return said


def _joined(parts: tuple[Said, ...], tell: Translator) -> Iterator[Said]:
    low: dict[Said, list[Message]] = {}
    for part in parts:
        if isinstance(part, Message) and part.key == _STEP:
            low.setdefault(part.values["threshold"], []).append(part)
    for part in parts:
        if not (isinstance(part, Message) and part.key == _STEP):
            yield part
            continue
        alike = low[part.values["threshold"]]
        if len(alike) == 1:
            yield part
        elif part is alike[0]:
            yield _together(alike, tell)


def _together(alike: list[Message], tell: Translator) -> Said:
    scores = ", ".join(f"{tell(part.values['step'])} {tell(part.values['value'])}" for part in alike)
    threshold = alike[0].values["threshold"]
    return count("report.steps-below", len(alike), threshold=threshold, scores=Verbatim(scores))
