"""A typed answer by its label, in whichever of the toolkit's languages."""

from __future__ import annotations

from flows.cards import Answer
from flows.ratings import Basis, Mark, Value
from flows.speech import meaning, spelled
from flows.toolkit import Item, Toolkit, Words


def value_of(toolkit: Toolkit, item: Item, text: str) -> Value | None:
    """The rating a text names, None if it names none that the item offers."""
    for answer in toolkit.scale:
        if _is(answer.name, text):
            return answer.value
    if _is(toolkit.dont_know, text) or meaning(text) is Answer.UNKNOWN:
        return Mark.DONT_KNOW
    return Mark.NOT_APPLICABLE if not item.critical and _is(toolkit.not_applicable, text) else None


def basis_of(toolkit: Toolkit, text: str) -> Basis | None:
    """What a rating rests on, by the text that names it; None if it names nothing."""
    return next((Basis(option.key) for option in toolkit.bases if _is(option.name, text)), None)


def _is(words: Words, text: str) -> bool:
    return bool(said := spelled(text)) and said in {spelled(name) for name in words.values()}
