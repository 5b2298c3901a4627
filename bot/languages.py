"""Languages of the interface."""

from __future__ import annotations

LOCALES = {"id": "id_ID", "en": "en_GB"}
"""Each language, the default first, and the locale whose numbers and dates it is written with."""

LANGUAGES = tuple(LOCALES)
