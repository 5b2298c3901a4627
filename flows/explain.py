"""The verdict in words: why, what would change it, how firm it is. Short for the chat, whole for the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.cards import Listing, Local, Message, Number, Said, count, say
from flows.judgement import Condition, Judgement, Reason, Robustness
from flows.toolkit import Length, Toolkit
from flows.verdict import ADAPT, READY, VERDICTS

UNINFORMED = 0
UNPREPARED = 3
"""From this rule on the practice as such has something to say for itself."""

SHOWN = 3
"""Reasons named in the chat; the report names all."""


def why(toolkit: Toolkit, judgement: Judgement, *, most: int | None = SHOWN) -> Said:
    """One sentence: what speaks for the practice, and what decided or kept the better verdicts from holding."""
    unmet = [reason for reason in judgement.because if not reason.met]
    reasons = _reasons(toolkit, unmet or judgement.because, most)
    if judgement.rule == READY:
        return say("why.ready", reasons=reasons)
    if not judgement.steps or judgement.rule < UNPREPARED:
        return say("why.decided", reasons=reasons)
    best = max(judgement.steps, key=judgement.steps.__getitem__)
    score = judgement.steps[best]
    values: dict[str, Said] = {"step": _step(toolkit, best), "score": Number(score, 1), "reasons": reasons}
    return say("why.but", **values) if score >= toolkit.thresholds.ready_total else say("why.weak", **values)


def obstacles(toolkit: Toolkit, judgement: Judgement) -> tuple[Said, ...]:
    """For the report: what kept the better verdicts from holding, one sentence each."""
    found = []
    for rule, reasons in judgement.obstacles.items():
        unmet = [reason for reason in reasons if not reason.met]
        key = VERDICTS[judgement.length][rule]
        if unmet and key != judgement.verdict and not (rule == READY and judgement.rule == ADAPT):
            verdict = toolkit.verdict_texts[key]
            found.append(say("why.obstacle", verdict=Local(verdict.name), reasons=_reasons(toolkit, unmet, None)))
    return tuple(found)


def _reasons(toolkit: Toolkit, reasons: Sequence[Reason], most: int | None) -> Said:
    """The conditions in one list; items that meet or miss the same condition are named together."""
    groups: dict[object, list[Reason]] = {}
    for reason in reasons[:most]:
        alone = reason.step or (None if reason.item else reason.condition)
        groups.setdefault((reason.condition, reason.met, reason.threshold, alone), []).append(reason)
    shown = [_grouped(toolkit, group) if group[0].item else _single(toolkit, group[0]) for group in groups.values()]
    rest = len(reasons[most:]) if most else 0
    return Listing((*shown, say("why.more", number=Number(rest))) if rest else tuple(shown))


def _grouped(toolkit: Toolkit, group: Sequence[Reason]) -> Said:  # noqa: PLR0911 - one sentence per condition
    """What several items have in common."""
    first, number = group[0], len(group)
    items = Listing(tuple(_item(toolkit, reason.item) for reason in group))
    match first.condition, first.met:
        case Condition.KNOWN, _:
            return count("reason.known", number, items=items)
        case Condition.CHANGEABLE, _ if first.threshold == toolkit.thresholds.critical_veto:
            return count("reason.veto", number, items=items)
        case Condition.CHANGEABLE, _:
            return count("reason.fixed", number, items=items)
        case Condition.CRITICAL, True:
            return say("reason.critical-met")
        case Condition.CRITICAL, _ if first.threshold == toolkit.thresholds.critical_veto:
            return count("reason.strongly", number, items=items)
        case Condition.CRITICAL, _:
            return count("reason.critical", number, items=items)
        case Condition.PLANNED, True:
            return count("reason.planned-met", number, items=items)
        case Condition.PLANNED, _:
            return count("reason.planned", number, items=items)
        case _:
            return count("reason.split", number, items=items)


_SINGLE: Mapping[tuple[Condition, bool], Message] = {
    (Condition.COVERAGE, False): say("reason.coverage"),
    (Condition.SCORED, False): say("reason.scored"),
    (Condition.STEP, False): say("reason.step"),
    (Condition.STEP, True): say("reason.step-met"),
    (Condition.TOTAL, False): say("reason.total"),
    (Condition.TOTAL, True): say("reason.total-met"),
}


def _single(toolkit: Toolkit, reason: Reason) -> Said:
    """A condition on a step, the total or the coverage, with its value and threshold."""
    shown = _share if reason.condition is Condition.COVERAGE else _number
    values: dict[str, Said] = {"value": shown(reason.value), "threshold": shown(reason.threshold)}
    if reason.step:
        values["step"] = _step(toolkit, reason.step)
    return replace(_SINGLE[reason.condition, reason.met], values=values)


def change(toolkit: Toolkit, judgement: Judgement, robustness: Robustness) -> Said | None:
    """The one answer that matters most: a single point on it gives another verdict. None where there is none."""
    moves = robustness.one_answer_changes
    if not moves:
        return None
    median = {item: figures.median or 0.0 for item, figures in judgement.items.items()}
    upward = [move for move in moves if move.to > median[move.item]]
    move = min(upward or moves, key=lambda one: (not toolkit.items[one.item].critical, median[one.item]))
    verdict = Local(toolkit.verdict_texts[move.verdict].name)
    item = _item(toolkit, move.item)
    if move.to > median[move.item]:
        return say("change.better", item=item, verdict=verdict)
    return say("change.worse", item=item, verdict=verdict)


def changes(toolkit: Toolkit, robustness: Robustness) -> tuple[Said, ...]:
    """For the report: every single answer that would change the verdict."""
    return tuple(
        say(
            "change.listed",
            item=_item(toolkit, move.item),
            to=Number(move.to, 1),
            verdict=Local(toolkit.verdict_texts[move.verdict].name),
        )
        for move in robustness.one_answer_changes
    )


FIRMNESS: dict[str, Said] = {
    "steady": say("firm.steady"),
    "fairly-steady": say("firm.fairly-steady"),
    "fragile": say("firm.fragile"),
}

CONFIDENCE: dict[str, Said] = {
    "high": say("confidence.high"),
    "medium": say("confidence.medium"),
    "low": say("confidence.low"),
}


def firmness(toolkit: Toolkit, judgement: Judgement, robustness: Robustness) -> tuple[Said, ...]:
    """How firm the verdict is under other weights and with the unknown settled, and how sure."""
    share = Number(robustness.same_verdict_share, percent=True)
    weighed = say("firm.weights", share=share, label=FIRMNESS[robustness.label])
    sentences: list[Said] = [say("firm.uninformed", share=share) if judgement.rule == UNINFORMED else weighed]
    worst, best = robustness.if_unknown_worst, robustness.if_unknown_best
    if any(figures.unknown for figures in judgement.items.values()):
        names = toolkit.verdict_texts
        if worst == best == judgement.verdict:
            sentences.append(say("firm.unknown-same"))
        elif worst == best:
            sentences.append(say("firm.unknown-other", verdict=Local(names[best].name)))
        else:
            sentences.append(say("firm.unknown", worst=Local(names[worst].name), best=Local(names[best].name)))
    if robustness.one_person_changes:
        sentences.append(say("firm.one-person"))
    return (*sentences, confidence(judgement))


def confidence(judgement: Judgement) -> Said:
    """How far to trust the verdict, from what the ratings rest on."""
    return say("confidence.line", level=CONFIDENCE[judgement.confidence.level])


def limits(judgement: Judgement) -> Said:
    """What the verdict is not."""
    return say("verdict.limits-quick") if judgement.length is Length.QUICK else say("verdict.limits")


def _item(toolkit: Toolkit, item: str) -> Said:
    return say("why.item", name=Local(toolkit.items[item].name), id=Local(dict.fromkeys(toolkit.languages, item)))


def _step(toolkit: Toolkit, key: str) -> Said:
    return Local(next(step.name for step in toolkit.steps if step.key == key))


def _number(value: float | None) -> Said:
    return say("score.none") if value is None else Number(value, 1)


def _share(value: float | None) -> Said:
    return say("score.none") if value is None else Number(value, percent=True)
