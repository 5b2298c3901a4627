"""The catalogues say everything, in both languages, and nothing else."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "locales"
LANGUAGES = ("en", "id")
KEYWORDS = {"say": None, "count": (1, 1)}
PLURALS = {"en": 2, "id": 1}


def said_in_code() -> set[str | tuple[str, ...]]:
    found: set[str | tuple[str, ...]] = set()
    for folder in ("flows", "bot"):
        rows = extract_from_dir(str(ROOT / folder), [("**.py", "python")], keywords=KEYWORDS)
        found |= {message for _file, _line, message, _comments, _context in rows}
    return found


def read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, locale=language, abort_invalid=True)


def catalogue(language: str) -> Catalog:
    return read(LOCALES / language / "LC_MESSAGES" / "bot.po", language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_the_template_holds_exactly_what_the_code_says() -> None:
    assert {message.id for message in read(LOCALES / "bot.pot") if message.id} == said_in_code()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_sentence_and_no_other(language: str) -> None:
    assert {message.id for message in messages(language)} == said_in_code()
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_a_guess(language: str) -> None:
    assert [message.id for message in messages(language) if message.fuzzy or not all(forms(message))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    assert catalogue(language).num_plurals == PLURALS[language]
    for message in messages(language):
        if not isinstance(message.id, str):
            assert len(forms(message)) == PLURALS[language], message.id


def test_both_languages_have_the_same_placeholders() -> None:
    english = {message.id: set.union(*map(placeholders, forms(message))) for message in messages("en")}
    indonesian = {message.id: set.union(*map(placeholders, forms(message))) for message in messages("id")}
    assert {key for key in english if english[key] != indonesian[key]} == set()


def test_no_sentence_is_the_same_in_both_languages() -> None:
    """Patterns without a word of their own, and the card shown before a language is chosen, may be."""
    english = {message.id: forms(message)[0] for message in messages("en")}
    same = {message.id for message in messages("id") if english[message.id] == forms(message)[0]}
    worded = {key for key in same if any(map(str.isalpha, "".join(_literals(english[key]))))}
    assert worded == {"language.title", "language.question"}


def _literals(text: str) -> list[str]:
    return [literal for literal, _name, _spec, _conversion in string.Formatter().parse(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_fit_where_they_are_shown(language: str) -> None:
    for message in messages(language):
        key = message.id if isinstance(message.id, str) else message.id[0]
        limit = {"toast": 200, "choice": 30, "report": 1000}.get(key.partition(".")[0], 400)
        assert all(len(form) <= limit for form in forms(message)), key
