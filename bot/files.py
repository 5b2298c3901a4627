"""The folder of evidence and reports: where things lie, and that nothing lies there longer than it should."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

ORPHANED = timedelta(hours=1)
"""How old a file must be before it counts as belonging to nothing; a younger one may be about to be noted."""

KEPT_REPORTS = timedelta(days=7)
"""How long rendered reports are kept to be sent again."""


@dataclass(frozen=True)
class Files:
    """Everything below one folder; paths are relative to it."""

    folder: Path

    def path(self, relative: str) -> Path:
        """Where something lies; raises ValueError for a path that leads out of the folder."""
        path = (self.folder / relative).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise ValueError(relative)
        return path

    def write(self, relative: str, content: bytes) -> Path:
        """Write a file that is either there in full or not at all, for its owner alone."""
        path = self.path(relative)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f".{path.name}.part")
        try:
            part.touch(mode=0o600)
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return path

    def read_note(self, relative: str) -> str:
        """The content of a short text file, empty if there is none."""
        path = self.path(relative)
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def remove(self, relatives: Iterable[str]) -> None:
        """Delete files and folders; what is not there is as good as deleted."""
        for relative in relatives:
            path = self.path(relative)
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def sweep(self, evidence: Collection[str], now: datetime) -> None:
        """Delete evidence that belongs to nothing any more, and reports that were rendered long ago."""
        self._sweep("evidence", set(evidence), now - ORPHANED)
        self._sweep("reports", set(), now - KEPT_REPORTS)

    def _sweep(self, below: str, kept: Collection[str], before: datetime) -> None:
        for path in (self.folder / below).rglob("*"):
            if (
                path.is_file()
                and path.stat().st_mtime < before.timestamp()
                and str(path.relative_to(self.folder)) not in kept
            ):
                path.unlink(missing_ok=True)
