"""Cards of the end: the verdict that explains itself, and what to take away."""

from __future__ import annotations

from flows import explain
from flows.cards import Card, Choice, Line, Local, Reach, say
from flows.solo import firmness, judged
from flows.toolkit import Length
from flows.views.common import back, entry, headline, question, quiet, switches, title
from flows.views.common import card as _card
from flows.world import Dialogue

EARLIER = 5
"""How many verdicts before the present one are shown; all are kept."""


def card(dialogue: Dialogue) -> Card:
    """The verdict, why, what would change it, how firm it is."""
    toolkit, current = dialogue.toolkit, dialogue.assessment
    judgement, robustness = judged(toolkit, current), firmness(toolkit, current)
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
        *([Choice(say("verdict.full"), "full")] if dialogue.length is Length.QUICK else []),
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
