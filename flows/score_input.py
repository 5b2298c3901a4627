"""Reading what the shell command that judges a file is given: every fault is found before anything is judged."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import TypeAlias

from flows.ratings import Basis, Changeable, Mark, Plan, Sheet, Value
from flows.toolkit import Length, Toolkit

Resolve: TypeAlias = Callable[[str], Toolkit]
"""Finds a toolkit by ``key`` (its newest version) or ``key@version``; raises KeyError for one it does not know."""

_TOP = ("toolkit", "length", "people", "changeable", "actions", "weights")
_REQUIRED = ("toolkit", "length", "people")
_MARKS: tuple[str, ...] = tuple(Mark)


class ScoreInputError(Exception):
    """The input is refused; ``faults`` names everything wrong with it, one English sentence each, for operators."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        """Keep the faults; the message has one a line."""
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class ScoreInput:
    """Checked input, ready to be judged. ``weights`` is None when the toolkit's own apply."""

    toolkit: Toolkit
    length: Length
    sheets: tuple[Sheet, ...]
    plans: Mapping[str, Plan]
    weights: Mapping[str, float] | None


def read_score_input(source: str | bytes | Mapping[str, object], resolve: Resolve) -> ScoreInput:
    """Check JSON text, or an object already parsed from it. Raises ScoreInputError with every fault."""
    reading = _Reading(resolve)
    data = source if isinstance(source, Mapping) else reading.parse(source)
    if data is None:
        raise ScoreInputError(tuple(reading.faults))
    return reading.read(data)


def shown(value: object) -> str:
    """Quote a value in a fault as JSON writes it, cut to a readable length."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=repr)
    except (RecursionError, ValueError):
        return "a value that nests too deeply"
    return text if len(text) <= 60 else f"{text[:57]}..."


@dataclass
class _Reading:
    """One pass over the input. Every part that can still be checked is checked, whatever is wrong elsewhere."""

    resolve: Resolve
    faults: list[str] = field(default_factory=list)
    toolkit: Toolkit | None = None

    def parse(self, text: str | bytes) -> Mapping[str, object] | None:
        """Parse the text; None, and a fault, when it is no JSON object."""
        try:
            data = json.loads(text, object_pairs_hook=self._object)
        except RecursionError:
            self.faults.append("the input is not readable JSON: it is nested too deeply")
        except ValueError as error:
            self.faults.append(f"the input is not readable JSON: {error}")
        else:
            if isinstance(data, dict):
                return data
            self.faults.append("the input must be a JSON object")
        return None

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        twice = (name for name in dict.fromkeys(names) if names.count(name) > 1)
        self.faults += [f"the key {shown(name)} appears twice in one object" for name in twice]
        return dict(pairs)

    def read(self, data: Mapping[str, object]) -> ScoreInput:
        """Check the whole object."""
        self.fields(data, _TOP, _REQUIRED, "the input")
        self.toolkit = self.find_toolkit(data["toolkit"]) if "toolkit" in data else None
        length = self.choice(data["length"], tuple(Length), "length") if "length" in data else ""
        sheets = tuple(self.people(data["people"])) if "people" in data else ()
        plans = self.plans(data)
        weights = self.weights(data["weights"]) if "weights" in data else None
        if self.faults or self.toolkit is None:
            raise ScoreInputError(tuple(self.faults))
        return ScoreInput(toolkit=self.toolkit, length=Length(length), sheets=sheets, plans=plans, weights=weights)

    def find_toolkit(self, reference: object) -> Toolkit | None:
        """Resolve the toolkit named."""
        if isinstance(reference, str):
            try:
                return self.resolve(reference)
            except KeyError:
                pass
        self.faults.append(f"toolkit: {shown(reference)} is not known; give a key or key@version")
        return None

    def people(self, data: object) -> Iterator[Sheet]:
        """Check every person's ratings."""
        if not isinstance(data, list) or not data:
            self.faults.append("people: must be a list of at least one person")
            return
        seen: set[str] = set()
        for position, entry in enumerate(data, start=1):
            place = f"person number {position}"
            if not isinstance(entry, Mapping):
                self.faults.append(f"{place}: must be an object")
                continue
            self.fields(entry, ("id", "ratings", "basis"), ("id", "ratings"), place)
            name = self.text(entry, "id", place)
            if name in seen:
                self.faults.append(f"{place}: {shown(name)} is already in the list")
            seen |= {name} if name else set()
            place = f"person {shown(name)}" if name else place
            yield Sheet(person=name, ratings=self.ratings(entry, place), basis=self.bases(entry, place))

    def ratings(self, entry: Mapping[str, object], place: str) -> dict[str, Value]:
        """Check ratings by item: -2 to 2, ``dk``, or ``na`` where the item offers it."""
        found: dict[str, Value] = {}
        for item, value, spot in self.by_item(entry, "ratings", place):
            if isinstance(value, str) and value in _MARKS:
                found[item] = Mark(value)
                if value == Mark.NOT_APPLICABLE and self.is_critical(item):
                    self.faults.append(f"{spot}: a critical item cannot be na; use dk for don't know")
            elif isinstance(value, int) and not isinstance(value, bool) and -2 <= value <= 2:
                found[item] = value
            else:
                self.faults.append(f"{spot}: {shown(value)} is no rating; use -2, -1, 0, 1, 2, dk or na")
        return found

    def is_critical(self, item: str) -> bool:
        """Whether the toolkit, when it is known, calls the item critical."""
        return self.toolkit is not None and item in self.toolkit.items and self.toolkit.items[item].critical

    def bases(self, entry: Mapping[str, object], place: str) -> dict[str, Basis]:
        """Check what the ratings rest on."""
        found = {
            item: self.choice(value, tuple(Basis), spot) for item, value, spot in self.by_item(entry, "basis", place)
        }
        return {item: Basis(key) for item, key in found.items() if key}

    def plans(self, data: Mapping[str, object]) -> dict[str, Plan]:
        """Check what can be changed, and by which action of whom."""
        found: dict[str, Plan] = {}
        changeable = {
            item: self.choice(value, tuple(Changeable), spot) for item, value, spot in self.by_item(data, "changeable")
        }
        for item, value, spot in self.by_item(data, "actions"):
            if not isinstance(value, Mapping):
                self.faults.append(f"{spot}: must be an object with text and owner")
                continue
            self.fields(value, ("text", "owner"), (), spot)
            action, owner = (self.text(value, name, spot, needed=False) for name in ("text", "owner"))
            found[item] = Plan(action=action, owner=owner)
        for item, key in changeable.items():
            if key:
                plan = found.get(item, Plan())
                found[item] = Plan(changeable=Changeable(key), action=plan.action, owner=plan.owner)
        return found

    def weights(self, data: object) -> dict[str, float] | None:
        """Check the step weights: finite, not negative, not all 0; a step left out keeps the toolkit's weight."""
        if not isinstance(data, Mapping):
            self.faults.append("weights: must be an object")
            return None
        found: dict[str, float] = {}
        for step, value in data.items():
            if self.toolkit is not None and step not in {known.key for known in self.toolkit.steps}:
                self.faults.append(f"weights: {shown(step)} is no step of {self.toolkit.reference}")
            weight = _number(value)
            if weight is None or weight < 0:
                self.faults.append(f"weights: {_spot(step)}: {shown(value)} must be a finite number, 0 or more")
            else:
                found[step] = weight
        if self.toolkit is not None and all(found.get(step.key, step.weight) == 0 for step in self.toolkit.steps):
            self.faults.append("weights: at least one step must weigh more than 0")
        return found

    def by_item(self, data: Mapping[str, object], name: str, place: str = "") -> Iterator[tuple[str, object, str]]:
        """Walk an object by item id: the id, the value and how to call the spot. Absent is empty."""
        entries = data.get(name, {})
        path = f"{place}: {name}" if place else name
        if not isinstance(entries, Mapping):
            self.faults.append(f"{path}: must be an object")
            return
        for item, value in entries.items():
            if self.toolkit is not None and item not in self.toolkit.items:
                self.faults.append(f"{path}: {shown(item)} is no item of {self.toolkit.reference}")
            yield item, value, f"{path}: {_spot(item)}"

    def fields(self, data: Mapping[str, object], known: tuple[str, ...], required: tuple[str, ...], place: str) -> None:
        """Check an object's own fields."""
        self.faults += [f"{place}: unknown field {shown(name)}" for name in data if name not in known]
        self.faults += [f"{place}: {name} is missing" for name in required if name not in data]

    def text(self, data: Mapping[str, object], name: str, place: str, *, needed: bool = True) -> str:
        """Take a text; empty, and a fault, when it is none. One that is not needed may be absent or empty."""
        value = data.get(name, "")
        if not isinstance(value, str) or (needed and name in data and not value.strip()):
            self.faults.append(f"{place}: {name}: {shown(value)} must be text")
            return ""
        return value

    def choice(self, value: object, known: Collection[str], place: str) -> str:
        """Take one of the known words; empty, and a fault, for anything else."""
        if isinstance(value, str) and value in known:
            return value
        self.faults.append(f"{place}: {shown(value)} must be one of {', '.join(known)}")
        return ""


def _spot(name: str) -> str:
    return name if name.isalnum() else shown(name)


def _number(value: object) -> float | None:
    """Read a finite number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None
