"""Words in the reader's language: catalogues, plural forms, and numbers, dates and lists as CLDR writes them."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot.languages import LOCALES
from flows.cards import Listing, Local, Message, Number, Said, Verbatim


def locales_folder() -> Path:
    """Where the catalogues lie: inside the package when installed from a wheel, beside it in a working copy."""
    packaged = Path(__file__).parent / "locales"
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "locales"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("bot", str(locales_folder()), [language])


class Translator:
    """Turns what is said into text of one language. One per language is enough: see ``translator``."""

    def __init__(self, language: str) -> None:
        """Load the catalogue of ``language``; raises FileNotFoundError when it has not been compiled."""
        self.language = language
        self.locale = Locale.parse(LOCALES[language])
        self._catalogue = _catalogue(language)

    def __repr__(self) -> str:
        """The same in every process, so that what is made with it can be recognised by its text."""
        return f"Translator({self.language!r})"

    def __call__(self, said: Said) -> str:
        """The text of ``said`` in this language."""
        match said:
            case Message():
                return self._message(said)
            case Local(words):
                # what was imported or typed may lack a language that came later
                return words.get(self.language) or next(iter(words.values()), "")
            case Verbatim(text):
                return text
            case Number():
                return self.number(said)
            case Listing(parts, either):
                return format_list([self(part) for part in parts], "or" if either else "standard", self.locale)
            case date():
                return format_date(said, "long", locale=self.locale)

    def number(self, number: Number) -> str:
        """A number with the locale's decimal mark and grouping, e.g. ``62,5`` in Indonesian."""
        return _number(number, self.locale)

    def _message(self, message: Message) -> str:
        if message.count is None:
            pattern = self._catalogue.gettext(message.key)
        else:
            pattern = self._catalogue.ngettext(message.key, message.key, message.count)
        return pattern.format_map(self._texts(message.values)) if message.values else pattern

    def _texts(self, values: Mapping[str, Said]) -> dict[str, str]:
        return {name: self(value) for name, value in values.items()}


@lru_cache(maxsize=4096)
def _number(number: Number, locale: Locale) -> str:
    """Kept, because the same few numbers stand on every card."""
    digits = "#" * number.decimals
    if number.percent:
        return format_percent(number.value, f"#,##0.{digits}%" if digits else "#,##0%", locale=locale)
    return format_decimal(number.value, f"#,##0.{digits}" if digits else "#,##0", locale=locale)


@cache
def translator(language: str) -> Translator:
    """The translator of a language, loaded once."""
    return Translator(language)
