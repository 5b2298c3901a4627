"""Languages of the interface."""

from __future__ import annotations

LOCALES = {"id": "id_ID", "en": "en_GB"}
"""Each language, the default first, and the locale whose numbers and dates it is written with."""

LANGUAGES = tuple(LOCALES)

_KINDRED = {"id": "id", "in": "id", "ms": "id", "jv": "id", "su": "id", "en": "en"}
"""Which of our languages people read best, by the language of their telephone; ``in`` is an old code of Indonesian."""


def spoken(code: str, default: str = "") -> str:
    """Which of our languages a platform's language code (``en-GB``, ``jv``) stands for; ``default`` if for none."""
    return _KINDRED.get(code.replace("_", "-").partition("-")[0].casefold(), default)
