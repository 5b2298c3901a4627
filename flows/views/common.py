"""Pieces that several cards share."""

from __future__ import annotations

from collections.abc import Iterable

from flows.assessment import City
from flows.cards import Answer, Card, Choice, Line, Local, Reach, Said, Style, Verbatim, say
from flows.practice import Practice
from flows.ratings import Mark, Value
from flows.toolkit import Toolkit
from flows.world import Dialogue

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
"""Every language in its own name, as those who look for it read it."""


def card(dialogue: Dialogue, lines: Iterable[Line], choices: Iterable[Choice] = (), asks: Said | None = None) -> Card:
    """A card of the present state, named after it."""
    conversation = dialogue.conversation
    where = (conversation.phase, conversation.focus, conversation.aspect, conversation.aside)
    return Card(" ".join(part for part in where if part), tuple(lines), tuple(choices), asks)


def back() -> Choice:
    """One step back."""
    return Choice(say("choice.back"), "back", reach=Reach.HALF, answers=Answer.BACK)


def skip() -> Choice:
    """Leave this one question."""
    return Choice(say("choice.skip"), "skip", reach=Reach.HALF)


def dismiss(label: Said, answers: Answer = Answer.BACK) -> Choice:
    """Return to the card below, which may answer what this one asks."""
    return Choice(label, "dismiss", answers=answers)


def switches(dialogue: Dialogue) -> list[Choice]:
    """Every other language, in its own name."""
    return [
        Choice(Verbatim(LANGUAGE_NAMES[language]), "language", language, Reach.FOLDED)
        for language in dialogue.world.languages
        if language != dialogue.conversation.language
    ]


def answer_words(toolkit: Toolkit, value: Value) -> Local:
    """A rating in the toolkit's words."""
    match value:
        case Mark.DONT_KNOW:
            return Local(toolkit.dont_know)
        case Mark.NOT_APPLICABLE:
            return Local(toolkit.not_applicable)
        case _:
            return Local(toolkit.answers[value].name)


def basis_words(toolkit: Toolkit, key: str) -> Local:
    """What a rating rests on, in the toolkit's words."""
    return Local(next(option.name for option in toolkit.bases if option.key == key))


def titled(practice: Practice) -> Said:
    """A practice with its source city: *Owl Bus (Seoul)*."""
    if not any(practice.city.values()):
        return Local(practice.name)
    return say("practice.title", practice=Local(practice.name), city=Local(practice.city))


def headline(dialogue: Dialogue) -> Said:
    """What is assessed for whom: *Owl Bus (Seoul) for Banda Aceh*."""
    return matched(dialogue.practice, dialogue.assessment.city)


def matched(practice: Practice | None, city: City | None) -> Said:
    """A practice and the receiving city, as far as they are known."""
    name = titled(practice) if practice else say("practice.none")
    return say("assessment.title", practice=name, city=Verbatim(city.name)) if city else name


def title(said: Said) -> Line:
    """The card's first line."""
    return Line(said, Style.TITLE)


def question(said: Said) -> Line:
    """What is asked."""
    return Line(said, Style.QUESTION)


def quiet(said: Said) -> Line:
    """What may be overlooked."""
    return Line(said, Style.QUIET)


def entry(said: Said) -> Line:
    """One of several things listed."""
    return Line(said, Style.ENTRY)
