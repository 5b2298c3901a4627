"""The configured database, as commands open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.bootstrap import open_embedded
from bot.offer import Offer, offer
from bot.settings import DEFAULT_DATABASE, Settings
from flows.library import builtin
from storage import schema
from storage.store import Store, open_store


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """Open the store, close it at the end; the embedded default gets a newer schema by itself. Raises StoreError."""
    if settings.database_url == DEFAULT_DATABASE:
        store, upgraded = open_embedded(settings.database_url)
        if upgraded:
            click.echo(f"{settings.sqlite_file} had an older schema and has been upgraded.", err=True)
    else:
        store = open_store(settings.database_url)
    try:
        yield store
    finally:
        store.close()


def offered(settings: Settings) -> Offer:
    """Return everything on offer; a database that is not there yet is not made for it. Raises as `offer` does."""
    if settings.sqlite_file and not settings.sqlite_file.exists():
        return Offer(builtin())
    with opened(settings) as store:
        return offer(store)


def upgrade(settings: Settings) -> str:
    """Bring the database to the newest schema and say what was done; raises StoreError."""
    if settings.database_url == "memory://":
        return "A database in memory needs no upgrade."
    before = schema.current(settings.database_url)
    schema.upgrade(settings.database_url)
    newest = schema.REVISIONS[-1]
    return (
        f"The schema is {newest} already." if before == newest else f"Upgraded from {before or 'nothing'} to {newest}."
    )
