"""The verdict in words: why, what would change it, how firm it is. Short for the chat, whole for the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.cards import Listing, Local, Message, Number, Said, say
from flows.judgement import Condition, Judgement, Reason, Robustness
from flows.toolkit import Length, Toolkit

SHOWN = 3
"""Reasons named in the chat; the report names all."""


def why(toolkit: Toolkit, judgement: Judgement, *, most: int | None = SHOWN) -> Said:
    """One sentence: what speaks for the practice, and what decided or kept the better verdicts from holding."""
    unmet = [reason for reason in judgement.because if not reason.met]
    reasons = _reasons(toolkit, unmet or judgement.because, most)
    if not judgement.steps or judgement.rule in {0, 1, 2}:
        return say("why.decided", reasons=reasons)
    best = max(judgement.steps, key=judgement.steps.__getitem__)
    score = judgement.steps[best]
    values: dict[str, Said] = {"step": _step(toolkit, best), "score": Number(score), "reasons": reasons}
    if judgement.rule == 4:
        return say("why.ready", **values)
    return say("why.but", **values) if score >= toolkit.thresholds.ready_total else say("why.weak", **values)


def obstacles(toolkit: Toolkit, judgement: Judgement) -> tuple[Said, ...]:
    """For the report: what kept *ready* and *adapt* from holding, one sentence each."""
    found = []
    better = {4: say("why.not-ready"), 5: say("why.not-adapt")}
    for rule, reasons in judgement.obstacles.items():
        unmet = [reason for reason in reasons if not reason.met]
        if unmet and not (rule == 4 and judgement.rule == 5):
            listed = _reasons(toolkit, unmet, None)
            found.append(say("why.obstacle", verdict=better[rule], reasons=listed))
    return tuple(found)


def _reasons(toolkit: Toolkit, reasons: Sequence[Reason], most: int | None) -> Said:
    shown = [reason_words(toolkit, reason) for reason in reasons[:most]]
    rest = len(reasons) - len(shown)
    if rest:
        shown.append(say("why.more", number=Number(rest)))
    return Listing(tuple(shown))


_REASONS: Mapping[tuple[Condition, bool], Message] = {
    (Condition.COVERAGE, False): say("reason.coverage"),
    (Condition.KNOWN, False): say("reason.known"),
    (Condition.SCORED, False): say("reason.scored"),
    (Condition.CHANGEABLE, False): say("reason.fixed"),
    (Condition.CRITICAL, False): say("reason.critical"),
    (Condition.CRITICAL, True): say("reason.critical-met"),
    (Condition.STEP, False): say("reason.step"),
    (Condition.STEP, True): say("reason.step-met"),
    (Condition.TOTAL, False): say("reason.total"),
    (Condition.TOTAL, True): say("reason.total-met"),
    (Condition.PLANNED, False): say("reason.planned"),
    (Condition.PLANNED, True): say("reason.planned-met"),
    (Condition.AGREED, False): say("reason.split"),
}


def reason_words(toolkit: Toolkit, reason: Reason) -> Said:
    """One condition of the trace, with its value and threshold."""
    shown = _share if reason.condition is Condition.COVERAGE else _number
    values: dict[str, Said] = {"value": shown(reason.value), "threshold": shown(reason.threshold)}
    if reason.item:
        values["item"] = _item(toolkit, reason.item)
    if reason.step:
        values["step"] = _step(toolkit, reason.step)
    return replace(_REASONS[reason.condition, reason.met], values=values)


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
    sentences: list[Said] = [say("firm.weights", share=share, label=FIRMNESS[robustness.label])]
    worst, best = robustness.if_unknown_worst, robustness.if_unknown_best
    if any(figures.unknown for figures in judgement.items.values()):
        names = toolkit.verdict_texts
        if worst == best == judgement.verdict:
            sentences.append(say("firm.unknown-same"))
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
