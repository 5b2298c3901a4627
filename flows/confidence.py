"""How far to trust a verdict: what the ratings rest on, and how far people agree.

The axes are those of the IPCC's guidance on uncertainty (2010): evidence and agreement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from flows.agreement import DECIMALS
from flows.ratings import Basis, Sheet
from flows.scoring import ItemFigures
from flows.toolkit import Length, Toolkit


class Evidence(StrEnum):
    """What the ratings rest on."""

    ROBUST = "robust"
    MEDIUM = "medium"
    LIMITED = "limited"


class Level(StrEnum):
    """How high agreement, or confidence as a whole, is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, kw_only=True)
class Confidence:
    """``agreement`` is None when no item has three numeric ratings; confidence is then medium at most."""

    evidence: Evidence
    agreement: Level | None
    level: Level


def assess(toolkit: Toolkit, length: Length, sheets: Sequence[Sheet], figures: Mapping[str, ItemFigures]) -> Confidence:
    """Judge evidence and agreement over the items of the length."""
    evidence = _evidence(toolkit, length, sheets)
    agreement = _agreement(toolkit, figures)
    return Confidence(evidence=evidence, agreement=agreement, level=_level(evidence, agreement))


def _evidence(toolkit: Toolkit, length: Length, sheets: Sequence[Sheet]) -> Evidence:
    """Weigh the bases of all ratings, *don't know* and *not applicable* included, that carry one."""
    asked = {item.id for item in toolkit.asked(length)}
    bases = Counter(
        basis for sheet in sheets for item, basis in sheet.basis.items() if item in asked and item in sheet.ratings
    )
    everything, documents = bases.total(), bases[Basis.DOCUMENT]
    if everything and 2 * documents >= everything:
        return Evidence.ROBUST
    if everything and 2 * (documents + bases[Basis.EXPERIENCE]) >= everything:
        return Evidence.MEDIUM
    return Evidence.LIMITED


def _agreement(toolkit: Toolkit, figures: Mapping[str, ItemFigures]) -> Level | None:
    given = [figure.agreement for figure in figures.values() if figure.agreement is not None]
    if not given:
        return None
    middle = round(median(given), DECIMALS)
    if middle >= toolkit.thresholds.agreement_high:
        return Level.HIGH
    return Level.MEDIUM if middle >= toolkit.thresholds.agreement_medium else Level.LOW


def _level(evidence: Evidence, agreement: Level | None) -> Level:
    if evidence is Evidence.LIMITED or agreement is Level.LOW:
        return Level.LOW
    return Level.HIGH if evidence is Evidence.ROBUST and agreement is Level.HIGH else Level.MEDIUM
