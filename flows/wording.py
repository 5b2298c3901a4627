"""Faults in the words of a toolkit or practice: missing languages, odd characters, too long for a chat."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import TypeAlias, get_type_hints

from flows.findings import Fault, called
from flows.practice import Practice, Source
from flows.toolkit import Answer, BasisOption, Item, RuleText, Step, Toolkit, VerdictText, Words

LONGEST = 3000
"""Characters of the longest text object in Slack; Telegram's limit is 4096."""

_LONGEST_IN: Mapping[tuple[type, str], int] = {
    (Toolkit, "title"): 75,  # an option in Slack
    (Toolkit, "dont_know"): 30,  # a button on a phone, as are the next two
    (Toolkit, "not_applicable"): 30,
    (Answer, "name"): 30,
    (BasisOption, "name"): 30,
    (Step, "name"): 30,
    (Item, "name"): 28,
    (Item, "question"): 160,
    (VerdictText, "name"): 60,
    (Practice, "name"): 60,  # a button, as is the city
    (Practice, "city"): 60,
    (Practice, "what"): 400,  # on the card of the practice
    (Practice, "parts"): 160,
}

_PROPER = frozenset(
    {*((Practice, field) for field in ("name", "city", "country", "region", "period")), (Source, "title")}
)
"""What may read the same in two languages, because it holds proper names, years or the title of a publication."""

_COMMON = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and of is are to for with that does do has be or from not",
        "id": "yang dan dari di ke untuk dengan apakah ini itu pada tidak atau",
    }.items()
}
"""Words so common in one language, and absent from the other, that they give a text in the wrong language away."""

Record: TypeAlias = Toolkit | Step | Item | Answer | BasisOption | RuleText | VerdictText | Practice | Source
"""What has words."""

_DIRECTION_MARKS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


@dataclass(frozen=True)
class Passage:
    """One text in every language, with the record that owns it and where it stands in the file."""

    owner: type
    item: str
    field: str
    words: Words
    optional: bool = False


def wording_faults(document: Toolkit | Practice) -> Iterator[Fault]:
    """Everything wrong with the words of a whole document, in the order of its fields."""
    for passage in passages(document):
        if passage.words or not passage.optional:
            yield from _passage_faults(passage, document.languages)
    for item, field, text in _plain_texts(document):
        yield from ((item, field, message) for message in _untidy(text))


def passages(record: Record, item: str = "") -> Iterator[Passage]:
    """Every ``Words`` of a record and of the records inside it; ``item`` is the record's own place."""
    hints = get_type_hints(type(record))
    for field in fields(record):
        value = getattr(record, field.name)
        if hints[field.name] == Words:
            yield Passage(type(record), item, field.name, value, field.default_factory is not MISSING)
        elif isinstance(value, tuple):
            for position, entry in enumerate(value, 1):
                yield from _inside(type(record), field.name, entry, position)


def _inside(owner: type, field: str, entry: object, position: int) -> Iterator[Passage]:
    """Passages of one entry of a list: a record, the words of a part, or something without words."""
    if isinstance(entry, Mapping):
        yield Passage(owner, called(field, entry, position), field, entry)
    elif isinstance(entry, Record):
        yield from passages(entry, called(field, entry, position))


def _plain_texts(document: Toolkit | Practice) -> Iterator[Fault]:
    """Place, field and text of what has no language."""
    steps = document.steps if isinstance(document, Toolkit) else ()
    yield from ((f"item {item.id}", "source", item.source) for step in steps for item in step.items)


def _passage_faults(passage: Passage, languages: tuple[str, ...]) -> Iterator[Fault]:
    words = passage.words
    for language in languages:
        if not words.get(language, "").strip():
            yield passage.item, f"{passage.field}.{language}", "is missing"
    for language in words.keys() - set(languages):
        yield passage.item, f"{passage.field}.{language}", "is in a language that `languages` does not list"
    yield from ((passage.item, passage.field, message) for message in _between(passage))
    original = _is_proper(passage) and len(words) > len(set(words.values()))
    for language, text in words.items():
        foreign = () if original else _foreign(language, text)
        for message in (*_untidy(text), *_too_long(passage, text), *foreign):
            yield passage.item, f"{passage.field}.{language}", message


def _between(passage: Passage) -> Iterator[str]:
    """Faults that show only when the languages are laid side by side."""
    texts = [text for text in passage.words.values() if any(map(str.isalpha, text))]
    if len(set(texts)) < len(texts) and not _is_proper(passage):
        yield "reads the same in two languages; is one not translated?"
    blanks = {frozenset(_blanks(text) or ()) for text in passage.words.values()}
    if len(blanks) > 1:
        yield "has {placeholders} that differ between languages"


def _is_proper(passage: Passage) -> bool:
    return (passage.owner, passage.field) in _PROPER


def _blanks(text: str) -> list[str] | None:
    """Names in braces; None where a brace has no partner."""
    try:
        return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError:
        return None


def _untidy(text: str) -> Iterator[str]:
    if text != text.strip():
        yield "begins or ends with a space or an empty line"
    odd = {f"U+{ord(sign):04X}" for sign in text if _unprintable(sign)}
    if odd:
        yield f"holds invisible characters: {', '.join(sorted(odd))}"
    if _blanks(text) is None:
        yield "has a brace without its partner"


def _unprintable(sign: str) -> bool:
    control = unicodedata.category(sign) in {"Cc", "Cs"} and sign != "\n"
    return control or unicodedata.bidirectional(sign) in _DIRECTION_MARKS


def _too_long(passage: Passage, text: str) -> Iterator[str]:
    longest = _LONGEST_IN.get((passage.owner, passage.field), LONGEST)
    if len(text) > longest:
        yield f"has {len(text)} characters; the chats show {longest}"


def _foreign(language: str, text: str) -> Iterator[str]:
    """Tell the wrong language by its common words, at least two more than the text has of its own."""
    if language not in _COMMON:
        return
    said = "".join(sign if sign.isalpha() else " " for sign in text.lower()).split()
    counts = {known: sum(word in common for word in said) for known, common in _COMMON.items()}
    other = max(counts, key=lambda known: counts[known])
    if counts[other] >= counts[language] + 2:
        yield f"looks like it is written in `{other}`"
