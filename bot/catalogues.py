"""Compiles the message catalogues: ``python -m bot.catalogues`` in a working copy, the build hook in a wheel."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


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


if __name__ == "__main__":
    sys.stdout.writelines(f"{path}\n" for path in compile_catalogues(Path(__file__).parents[1] / "locales"))
