"""Where objects meet: the store opened and the house furnished from the settings."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.files import Files
from bot.handle import House
from bot.offer import library
from bot.settings import Settings
from flows.evidence import EvidenceRules
from flows.world import Notice
from storage import schema
from storage.errors import StoreOutdated
from storage.store import Store, open_store


def open_embedded(url: str) -> tuple[Store, bool]:
    """Open a database that is the program's own, with its schema brought up to date; says whether it had to be."""
    try:
        return open_store(url), False
    except StoreOutdated:
        schema.upgrade(url)
        return open_store(url), True


def furnish(store: Store, settings: Settings, *, local: bool = False, files: Path | None = None) -> House:
    """Put the house together. ``local`` says that nothing leaves the person's own computer.

    ``files`` takes the place of the configured folder, for a store that is not the configured one: what belongs to no
    answer in the store is deleted from it.
    """
    notice = Notice(
        controller=settings.controller,
        contact=settings.contact,
        retention_days=settings.retention_days,
        local=local,
    )
    return House(
        store=store,
        library=library(store),
        default_language=settings.default_language,
        zone=ZoneInfo(settings.time_zone),
        notice=notice,
        reload=partial(library, store),
        files=Files(files or settings.files_dir),
        evidence=EvidenceRules(types=settings.evidence_types),
    )
