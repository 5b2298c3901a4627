"""What an official knows they were asked and answered, and whether the record says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from flows.assessment import Assessment, Rated
from tests.campaign.cards import Card

PASSED = "(passed over)"
LEFT = "(left)"
_PASSING = {"skip", "keep", "finish", "rest"}


@dataclass
class Round:
    """A question as it was asked once. Of several buttons pressed on the same card only the first one counts.

    ``confirmed`` says that the bot told that it has kept what was written.
    """

    version: tuple[str, int]
    pressed: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    confirmed: bool = False

    @property
    def said(self) -> set[str]:
        """What it may have been answered with."""
        return {*self.pressed[:1], *self.written}


Rounds = dict[str, list[Round]]


@dataclass
class Ledger:
    """The rounds of every assessment by question. What is asked before there is one is of the next one."""

    assessments: dict[str, Rounds] = field(default_factory=dict)
    _before: str = ""
    _begun: Rounds = field(default_factory=lambda: defaultdict(list))
    _known: dict[tuple[str, tuple[str, int]], Round] = field(default_factory=dict)
    _note: Round | None = None

    def see(self, card: Card) -> None:
        """Note that a question is asked, and that a note is kept."""
        rounds = self._of(card)
        if self._note and card.tells_of_note:
            self._note.confirmed = True
        if card.question and (card.question, card.version) not in self._known:
            self._known[card.question, card.version] = Round(card.version)
            rounds[card.question].append(self._known[card.question, card.version])

    def press(self, card: Card, trigger: str, value: str) -> None:
        """Note which button was pressed on a card that was seen."""
        if card.question and trigger != "more":
            answer = value if trigger in _ANSWERING else PASSED if trigger in _PASSING else LEFT
            self._known[card.question, card.version].pressed.append(answer)

    def write(self, card: Card, value: str) -> None:
        """Note what was written below a card that was seen."""
        asked = self._known[card.question, card.version]
        asked.written.append(value)
        self._note = asked if card.kind == "note" else None

    def _of(self, card: Card) -> Rounds:
        subject = card.version[0]
        self._before = self._before or subject
        if subject == self._before:
            return self._begun
        if subject not in self.assessments:
            self.assessments[subject], self._begun = self._begun, defaultdict(list)
        return self.assessments[subject]


_ANSWERING = {"rate", "basis", "part", "plan", "profile", "choose", "length", "city", "last-city"}


def stored(assessment: Assessment) -> dict[str, str]:
    """Every answer of a record by its question."""
    found = dict(_ratings(assessment)) | dict(_plans(assessment))
    found |= {f"profile {name}": value for name, value in assessment.profile.items()}
    found |= {"practice": assessment.practice.partition("@")[0], "length": assessment.length or ""}
    found |= {"city": assessment.city.name if assessment.city else ""}
    if own := assessment.own_practice:
        fields = {"name": own.name["id"], "city": own.city["id"], "what": own.what["id"], "link": own.link}
        fields["parts"] = "; ".join(part["id"] for part in own.parts)
        found |= {f"own {name}": text for name, text in fields.items()}
    return {question: answer for question, answer in found.items() if answer}


def _ratings(assessment: Assessment) -> Iterator[tuple[str, str]]:
    for item, rating in assessment.ratings.items():
        yield f"rate {item}", "" if rating.value is None else str(rating.value)
        yield f"basis {item}", rating.basis or ""
        yield f"note {item}", rating.note


def _plans(assessment: Assessment) -> Iterator[tuple[str, str]]:
    for item, plan in assessment.plans.items():
        yield f"changeable {item}", plan.changeable or ""
        yield from ((f"{kind} {item}", getattr(plan, kind)) for kind in ("action", "owner", "due"))
    for part, choice in assessment.parts.items():
        yield f"part {part}", choice.decision or ""
        yield f"reason {part}", choice.reason


def faults(rounds: Rounds, assessment: Assessment, history: Sequence[Rated]) -> list[str]:
    """Whatever the record has that was not said, lacks that was, or has twice; nothing where both agree."""
    kept = stored(assessment)
    found = [
        f"{question}: {answer!r} was never asked for" for question, answer in kept.items() if question not in rounds
    ]
    for question, asked in rounds.items():
        if question != "due" and not question.startswith("due "):
            found += _compared(question, asked, kept.get(question, ""), rounds)
    for item in {event.item for event in history}:
        values, bases = _changes(event for event in history if event.item == item)
        found += _followed(f"rate {item}", rounds, values)
        found += _followed(f"basis {item}", rounds, bases)
    return found


def _compared(question: str, asked: list[Round], kept: str, rounds: Rounds) -> list[str]:
    """The last time it was asked it was answered for good; a button on that card outweighs all before."""
    *earlier, last = asked
    allowed = {*last.said, *(text for one in earlier for text in one.written)}
    if not last.said or allowed & {PASSED, LEFT}:
        allowed |= {"", *(answer for one in earlier for answer in one.said)}
    if question.startswith("basis ") and _is_newer(rounds.get(f"rate {question[6:]}", []), asked):
        allowed.add("")  # another answer needs none, or a new one
    if question.startswith("note ") and not any(one.confirmed for one in asked):
        allowed.add("")  # a note need not be made, and what comes too early or too late is refused with a word
    if kept in allowed:
        return []
    said = [(one.version[1], one.pressed, one.written) for one in asked]
    return [f"{question}: {kept!r} is kept, said was {said}"]


def _is_newer(rates: list[Round], bases: list[Round]) -> bool:
    return bool(rates) and rates[-1].version[1] > bases[-1].version[1]


def _changes(events: Iterable[Rated]) -> tuple[list[str], list[str]]:
    """The values an item was given one after the other, and the bases."""
    values, bases = [], []
    for event in events:
        old = event.old
        if event.new.value is not None and (old is None or old.value != event.new.value):
            values.append(str(event.new.value))
        if event.new.basis is not None and (old is None or old.basis != event.new.basis):
            bases.append(str(event.new.basis))
    return values, bases


def _followed(question: str, rounds: Rounds, answers: list[str]) -> list[str]:
    """Each change must go back to a time of its own at which the question was asked, in the same order."""
    asked = iter(rounds.get(question, []))
    if all(any(answer in one.said for one in asked) for answer in answers):
        return []
    said = [(one.version[1], one.pressed, one.written) for one in rounds.get(question, [])]
    return [f"{question}: the history {answers} has more than was said: {said}"]
