"""Cards of the end: the verdict that explains itself, and what to take away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from flows import explain
from flows.cards import Card, Choice, Line, Local, Reach, say
from flows.judgement import Judgement, Robustness, assess_robustness, judge
from flows.ratings import Plan, Sheet
from flows.toolkit import Length, Toolkit
from flows.views.common import back, entry, headline, question, quiet, switches, title
from flows.views.common import card as _card
from flows.world import Dialogue

EARLIER = 5
"""How many verdicts before the present one are shown; all are kept."""


def judged(dialogue: Dialogue) -> Judgement:
    """The judgement of the assessment in hand."""
    current = dialogue.assessment
    return judge(dialogue.toolkit, dialogue.length, [current.sheet()], current.plans)


def firm(dialogue: Dialogue) -> Robustness:
    """How firm it is. Computed once for equal ratings and plans, since a card may be shown often."""
    current = dialogue.assessment
    return _firm(_Asked(dialogue.toolkit, dialogue.length, current.sheet(), dict(current.plans)))


class _Asked:
    """What is judged; it equals another with the same ratings, plans, toolkit and length."""

    def __init__(self, toolkit: Toolkit, length: Length, sheet: Sheet, plans: Mapping[str, Plan]) -> None:
        self.judged = toolkit, length, [sheet], plans
        self.key = (toolkit.reference, length, frozenset(sheet.ratings.items()), frozenset(plans.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=64)
def _firm(asked: _Asked) -> Robustness:
    return assess_robustness(*asked.judged)


def card(dialogue: Dialogue) -> Card:
    """The verdict, why, what would change it, how firm it is."""
    toolkit, judgement, robustness = dialogue.toolkit, judged(dialogue), firm(dialogue)
    text = toolkit.verdict_texts[judgement.verdict]
    lines = [title(say("verdict.title", verdict=Local(text.name))), Line(headline(dialogue))]
    lines.append(Line(Local(text.meaning)))
    lines.append(Line(say("verdict.why", reason=explain.why(toolkit, judgement))))
    change = explain.change(toolkit, judgement, robustness)
    if change:
        lines.append(Line(say("verdict.change", change=change)))
    lines += [Line(said) for said in explain.firmness(toolkit, judgement, robustness)]
    lines += [Line(say("verdict.next", next=Local(text.next))), *_earlier(dialogue), quiet(explain.limits(judgement))]
    choices = [
        Choice(say("verdict.report"), "report"),
        Choice(say("verdict.actions"), "aside", "actions", Reach.HALF),
        Choice(say("verdict.share"), "aside", "share", Reach.HALF),
        Choice(say("verdict.reopen"), "reopen"),
        Choice(say("choice.home"), "home", reach=Reach.HALF),
        *switches(dialogue),
    ]
    return _card(dialogue, lines, choices)


def _earlier(dialogue: Dialogue) -> list[Line]:
    """The verdicts before this one."""
    names = dialogue.toolkit.verdict_texts
    return [
        entry(say("verdict.earlier", day=dialogue.day(record.at), verdict=Local(names[record.key].name)))
        for record in dialogue.assessment.verdicts[:-1][-EARLIER:]
    ]


def report(dialogue: Dialogue) -> Card:
    """What there is to take away; the channel hands over the files with this card."""
    lines = [title(say("report.card")), Line(headline(dialogue)), question(say("report.files"))]
    choices = [Choice(say("choice.home"), "home"), Choice(say("verdict.share"), "aside", "share", Reach.HALF), back()]
    return _card(dialogue, lines, choices)
