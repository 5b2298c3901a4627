"""The judgement of one person's assessment, put together in one place."""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment import Assessment
from flows.judgement import Judgement, Robustness, assess_robustness, judge
from flows.ratings import Rating, Sheet
from flows.toolkit import Length, Toolkit

NO_CHANGES: Mapping[str, Rating] = {}


def judged(toolkit: Toolkit, assessment: Assessment, changes: Mapping[str, Rating] = NO_CHANGES) -> Judgement:
    """Judge it as it stands, or as it would stand with some ratings changed (by item id)."""
    return judge(toolkit, _length(assessment), [_sheet(assessment, changes)], assessment.plans)


def firmness(toolkit: Toolkit, assessment: Assessment) -> Robustness:
    """Say how firm the verdict on it is."""
    return assess_robustness(toolkit, _length(assessment), [assessment.sheet()], assessment.plans)


def _length(assessment: Assessment) -> Length:
    return assessment.length or Length.FULL


def _sheet(assessment: Assessment, changes: Mapping[str, Rating]) -> Sheet:
    return assessment.sheet({**assessment.ratings, **changes}) if changes else assessment.sheet()
