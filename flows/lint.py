"""What is wrong with a toolkit or practice that loads: ambiguous ids, dead rules and items, texts a chat cannot show.

Every finding is a reason to refuse an import; there are no mere warnings.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from flows.findings import Fault, Finding
from flows.practice import MAX_PARTS, Practice
from flows.reach import unreachable_rules
from flows.toolkit import Item, Length, Step, Thresholds, Toolkit
from flows.verdict import VERDICTS
from flows.wording import wording_faults

LONGEST_HINT = 350
"""Characters of why, evidence and example together, in one language: what a phone shows without scrolling."""

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")
_ITEM_ID = re.compile(r"[A-Za-z0-9]{1,8}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+")

Name = TypeVar("Name", bound=Hashable)


def lint_toolkit(toolkit: Toolkit, file: str) -> list[Finding]:
    """Every fault of a toolkit; ``file`` is the name told in the findings.

    Whether each rule can hold is tried only with a toolkit whose ids, steps and thresholds are sound.
    """
    structure = [*_identity(toolkit), *_step_faults(toolkit), *_quick_faults(toolkit), *_threshold_faults(toolkit)]
    dead = [] if structure else _dead_rules(toolkit)
    texts = chain(wording_faults(toolkit), _hint_faults(toolkit), _missing_texts(toolkit))
    return [Finding(file, *fault) for fault in chain(structure, dead, texts)]


def lint_practice(practice: Practice, file: str) -> list[Finding]:
    """Every fault of a practice; ``file`` is the name told in the findings."""
    faults = chain(_practice_faults(practice), _source_faults(practice), wording_faults(practice))
    return [Finding(file, *fault) for fault in faults]


def _identity(toolkit: Toolkit) -> Iterator[Fault]:
    yield from _reference_faults(toolkit)
    yield from _language_faults(toolkit.languages)
    for step in toolkit.steps:
        yield from _key_faults(f"step {step.key}", step.key)
    for name in _twice(step.key for step in toolkit.steps):
        yield f"step {name}", "key", "is used by more than one step"
    for verdict in _twice(verdict.key for verdict in toolkit.verdicts):
        yield f"verdict {verdict}", "key", "is used by more than one verdict"
    for number in _twice(rule.number for rule in toolkit.rules):
        yield f"rule {number}", "number", "is used by more than one rule"
    yield from _item_ids(toolkit)


def _reference_faults(document: Toolkit | Practice) -> Iterator[Fault]:
    yield from _key_faults("", document.key)
    if document.version < 1:
        yield "", "version", "must be 1 or more"


def _key_faults(item: str, key: str) -> Iterator[Fault]:
    if not _KEY.fullmatch(key):
        yield item, "key", "must be 1 to 24 small letters, digits and hyphens"


def _language_faults(languages: tuple[str, ...]) -> Iterator[Fault]:
    if not languages:
        yield "", "languages", "must list at least one language"
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            yield "", "languages", f"holds `{language}`, which is no language code such as en or id"
    for language in _twice(languages):
        yield "", "languages", f"holds `{language}` twice"


def _item_ids(toolkit: Toolkit) -> Iterator[Fault]:
    ids = [item.id for step in toolkit.steps for item in step.items]
    for name in ids:
        if not _ITEM_ID.fullmatch(name):
            yield f"item {name}", "id", "must be 1 to 8 letters and digits"
    for name in _twice(ids):
        yield f"item {name}", "id", "is used by more than one item; only one of them would ever be asked"


def _step_faults(toolkit: Toolkit) -> Iterator[Fault]:
    if not toolkit.steps:
        yield "", "steps", "holds no step"
    for step in toolkit.steps:
        if not step.items:
            yield f"step {step.key}", "items", "holds no item, so the step can never have a score"
        if not math.isfinite(step.weight) or step.weight < 0:
            yield f"step {step.key}", "weight", "must be a number above 0"
        elif step.weight == 0:
            yield f"step {step.key}", "weight", "is 0, so its items are asked but never count in the total"
    for item in _items(toolkit):
        if not item.source.strip():
            yield f"item {item.id}", "source", "is empty; name the method the question comes from"


def _quick_faults(toolkit: Toolkit) -> Iterator[Fault]:
    for length in Length:
        if toolkit.minutes.get(length, 0) < 1:
            yield "", f"minutes.{length}", "must be 1 or more"
    for name in toolkit.minutes.keys() - set(Length):
        yield "", f"minutes.{name}", "is not a length; the lengths are full and quick"
    if not any(item.quick for item in _items(toolkit)):
        yield "", "items", "has no item with quick = true, so the quick length asks nothing"
    if not any(item.critical for item in _items(toolkit)):
        yield "", "items", "has no item with critical = true, so rules 1 and 6 can never hold"
    for item in _items(toolkit):
        if item.critical and not item.quick:
            yield f"item {item.id}", "quick", "must be true: a critical item belongs to the quick length"


def _threshold_faults(toolkit: Toolkit) -> Iterator[Fault]:
    for field, holds, message in _limits(toolkit.thresholds):
        if not holds:
            yield "", f"thresholds.{field}", message
    steps = {step.key: step for step in toolkit.steps}
    for field in ("reject_floors", "prepare_floors"):
        floors = getattr(toolkit.thresholds, field)
        for name in _twice(floor.step for floor in floors):
            yield "", f"thresholds.{field}", f"names step {name} twice"
        for floor in floors:
            place = f"{field.split('_')[0]} floor {floor.step}"
            if floor.step not in steps:
                yield place, "step", "is not a step of this toolkit"
            elif not 0 < floor.below <= toolkit.thresholds.ready_step:
                yield place, "below", "must lie above 0 and not above ready_step, or one of the two never decides"
    yield from _rejectable(toolkit.thresholds, steps)


def _limits(cut: Thresholds) -> Iterator[tuple[str, bool, str]]:
    """Field, whether it is in order, and what to say if not."""
    yield "coverage", 0 < cut.coverage <= 1, "must lie above 0 and not above 1"
    veto = -2 <= cut.critical_veto < cut.critical_ready
    yield "critical_veto", veto, "must lie at or above -2 and below critical_ready, or rules 1 and 3 lose their items"
    yield "critical_ready", cut.critical_ready <= 2, "must not lie above 2, or rule 4 can never hold"
    yield "reject_min_rated", cut.reject_min_rated >= 1, "must be 1 or more"
    yield "ready_total", 0 < cut.ready_total <= 100, "must lie above 0 and not above 100, or rule 4 can never hold"
    yield "ready_step", 0 <= cut.ready_step <= 100, "must lie between 0 and 100, or rule 4 can never hold"
    yield "adapt_total", 0 <= cut.adapt_total < cut.ready_total, "must lie at or above 0 and below ready_total"
    yield "split_share", 0 < cut.split_share <= 0.5, "must lie above 0 and not above 0.5; both ends cannot hold more"
    yield "split_index", cut.split_index > 0, "must lie above 0"
    yield "steady", cut.fairly_steady < cut.steady <= 1, "must lie above fairly_steady and not above 1"
    yield "fairly_steady", cut.fairly_steady > 0, "must lie above 0"
    yield "agreement_high", cut.agreement_medium < cut.agreement_high <= 1, "must lie above agreement_medium, at most 1"
    yield "agreement_medium", cut.agreement_medium >= -1, "must not lie below -1"


def _rejectable(cut: Thresholds, steps: dict[str, Step]) -> Iterator[Fault]:
    for floor in cut.reject_floors:
        if floor.step in steps and len(steps[floor.step].items) < cut.reject_min_rated:
            message = f"can never count: the step has fewer items than reject_min_rated ({cut.reject_min_rated})"
            yield f"reject floor {floor.step}", "step", message


def _dead_rules(toolkit: Toolkit) -> Iterator[Fault]:
    for length in Length:
        for rule in unreachable_rules(toolkit, length):
            yield f"rule {rule}", "", f"can hold under no ratings tried in the {length} length; check the thresholds"


def _hint_faults(toolkit: Toolkit) -> Iterator[Fault]:
    for item in _items(toolkit):
        for language in toolkit.languages:
            size = sum(len(words.get(language, "")) for words in (item.why, item.evidence, item.example))
            if size > LONGEST_HINT:
                message = f"have {size} characters together; one screen shows {LONGEST_HINT}"
                yield f"item {item.id}", f"why, evidence and example.{language}", message


def _missing_texts(toolkit: Toolkit) -> Iterator[Fault]:
    keys = dict.fromkeys(chain.from_iterable(VERDICTS.values()))
    numbers = range(len(VERDICTS[Length.FULL]))
    yield from _unlike("verdict", keys, [verdict.key for verdict in toolkit.verdicts])
    yield from _unlike("rule", numbers, [rule.number for rule in toolkit.rules])


def _unlike(noun: str, wanted: Iterable[Name], given: list[Name]) -> Iterator[Fault]:
    known = list(wanted)
    yield from (
        (f"{noun} {name}", "", "is missing; every result needs its text") for name in known if name not in given
    )
    yield from ((f"{noun} {name}", "", f"is not a known {noun}") for name in given if name not in known)


def _practice_faults(practice: Practice) -> Iterator[Fault]:
    yield from _reference_faults(practice)
    yield from _language_faults(practice.languages)
    if len(practice.parts) > MAX_PARTS:
        yield "", "parts", f"holds {len(practice.parts)} parts; at most {MAX_PARTS} can be weighed"
    for goal in practice.sdgs:
        if not 1 <= goal <= 17:
            yield "", "sdgs", f"holds {goal}; the goals run from 1 to 17"
    for goal in _twice(practice.sdgs):
        yield "", "sdgs", f"holds {goal} twice"
    if practice.link and not _LINK.fullmatch(practice.link):
        yield "", "link", "must be a web address that begins with http:// or https://"


def _source_faults(practice: Practice) -> Iterator[Fault]:
    if not practice.sources:
        yield "", "sources", "is empty; name at least one source with title and url"
    for number, source in enumerate(practice.sources, 1):
        if not _LINK.fullmatch(source.url):
            yield f"source number {number}", "url", "must be a web address that begins with http:// or https://"
    for url in _twice(source.url for source in practice.sources):
        yield "", "sources", f"names {url} twice"


def _items(toolkit: Toolkit) -> list[Item]:
    return [item for step in toolkit.steps for item in step.items]


def _twice(names: Iterable[Name]) -> list[Name]:
    return [name for name, times in Counter(names).items() if times > 1]
