"""Compiles the message catalogues and says what is wrong with them.

``python -m bot.catalogues`` compiles them in a working copy, the build hook in a wheel.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from bot.languages import LANGUAGES

Sentences: TypeAlias = Mapping[str, tuple[str, ...]]
"""Every plural form of a sentence, by its key."""


def compile_catalogues(locales: Path) -> list[Path]:
    """Write a ``.mo`` beside every ``.po`` below the folder ``locales`` and return what was written."""
    written = []
    for source in sorted(locales.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3], abort_invalid=True)
        target = source.with_suffix(".mo")
        with target.open("wb") as out:
            write_mo(out, catalogue)
        written.append(target)
    return written


def faults(folder: Path) -> Iterator[str]:
    """What is wrong with the compiled catalogues below ``folder``: missing, incomplete, or older than the source."""
    compiled = {language: _compiled(folder / language / "LC_MESSAGES" / "bot.mo") for language in LANGUAGES}
    every = {key for sentences in compiled.values() for key in sentences}
    for language, sentences in compiled.items():
        if not sentences:
            yield f"{language} is not compiled or not readable; run `make catalogues`"
        elif missing := sorted(every - sentences.keys()):
            yield f"{language} lacks {', '.join(missing)}; complete it and run `make catalogues`"
        elif sentences != _written(folder / language / "LC_MESSAGES" / "bot.po", sentences):
            yield f"{language} is older than its source; run `make catalogues`"


def _compiled(path: Path) -> Sentences:
    """Sentences of a compiled catalogue; none where there is no readable one."""
    try:
        with path.open("rb") as file:
            return _sentences(read_mo(file))
    except (OSError, ValueError, IndexError, KeyError):
        return {}


def _written(path: Path, otherwise: Sentences) -> Sentences:
    """Sentences of a catalogue's source, which an installation need not have."""
    if not path.exists():
        return otherwise
    with path.open("rb") as file:
        return _sentences(read_po(file, locale=path.parts[-3]))


def _sentences(catalogue: Catalog) -> Sentences:
    # the same that a compiler of catalogues takes
    taken = (message for message in catalogue if message.id and message.string and not message.fuzzy)
    forms = {_forms(message.id)[0]: _forms(message.string) for message in taken}
    return {key: texts for key, texts in forms.items() if all(texts)}


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


if __name__ == "__main__":
    sys.stdout.writelines(f"{path}\n" for path in compile_catalogues(Path(__file__).parents[1] / "locales"))
