"""Judging ratings without a conversation: checked input in, the judgement as plain data out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from flows.conditions import Condition, Reason
from flows.judgement import Judgement, assess_robustness, judge
from flows.robustness import Robustness
from flows.score_input import Resolve, ScoreInputError, read_score_input
from flows.scoring import ItemFigures, counting_steps, step_weights

__all__ = ["ScoreInputError", "score_ratings"]

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def score_ratings(source: str | bytes | Mapping[str, object], resolve: Resolve) -> dict[str, Json]:
    """Judge the ratings in JSON text, or in an object parsed from it; the result is what ``--json`` prints.

    Raises ScoreInputError with every fault of the input.
    """
    given = read_score_input(source, resolve)
    everything = (given.toolkit, given.length, given.sheets, given.plans, given.weights)
    judgement = judge(*everything)
    weights = step_weights(given.toolkit, given.weights)
    confidence = judgement.confidence
    return {
        "toolkit": judgement.toolkit,
        "people": judgement.people,
        "coverage": judgement.coverage,
        "total": judgement.total,
        "steps": dict(judgement.steps),
        "items": {item: _figures(figures) for item, figures in judgement.items.items()},
        "verdict": judgement.verdict,
        "rule": judgement.rule,
        "because": list(_because(judgement, counting_steps(judgement.steps, weights))),
        "robustness": _robustness(assess_robustness(*everything)),
        "confidence": {
            "evidence": confidence.evidence.value,
            "agreement": confidence.agreement and confidence.agreement.value,
            "level": confidence.level.value,
        },
    }


def _figures(figures: ItemFigures) -> dict[str, Json]:
    return {
        "median": figures.median,
        "n": figures.n,
        "dk": figures.dk,
        "na": figures.na,
        "applicable": figures.applicable,
        "disagreement_index": figures.disagreement_index,
        "agreement": figures.agreement,
        "split": figures.split,
    }


def _robustness(robustness: Robustness) -> dict[str, Json]:
    return {
        "same_verdict_share": robustness.same_verdict_share,
        "label": robustness.label.value,
        "if_unknown_worst": robustness.if_unknown_worst,
        "if_unknown_best": robustness.if_unknown_best,
        "one_person_changes": robustness.one_person_changes,
        "one_answer_changes": [
            {"item": move.item, "to": move.to, "verdict": move.verdict} for move in robustness.one_answer_changes
        ],
    }


def _because(judgement: Judgement, counting: Sequence[str]) -> Iterator[Mapping[str, Json]]:
    """Name items and steps only: coverage and total stand beside this list, so it names what pulls them down."""
    told: list[Mapping[str, Json]] = []
    for reason in judgement.because:
        for entry in _entries(reason, judgement, counting):
            if entry not in told:
                told.append(entry)
                yield entry


def _entries(reason: Reason, judgement: Judgement, counting: Sequence[str]) -> Iterator[Mapping[str, Json]]:
    value, threshold = reason.value, reason.threshold
    if reason.condition is Condition.COVERAGE:
        unknown = (item for item, figures in judgement.items.items() if figures.unknown)
        yield from ({"item": item, "value": None, "threshold": None} for item in unknown)
    elif reason.condition is Condition.TOTAL:
        low = (
            () if reason.met or threshold is None else (step for step in counting if judgement.steps[step] < threshold)
        )
        yield from ({"step": step, "value": judgement.steps[step], "threshold": threshold} for step in low)
    elif reason.item:
        yield {"item": reason.item, "value": value, "threshold": threshold}
    else:
        yield {"step": reason.step, "value": value, "threshold": threshold}
