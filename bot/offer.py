"""What the bot offers: the toolkits and practices that come with it, and those imported into its database."""

from __future__ import annotations

import json

from flows.library import Library, builtin
from flows.loading import parse_practice, parse_toolkit
from storage.store import Document, Store


def library(store: Store) -> Library:
    """Return what comes with the bot and what was imported; raises NameTaken, BrokenFile and StoreError."""
    with store.unit(read_only=True) as unit:
        toolkits, practices = unit.toolkits(), unit.practices()
    return builtin().with_imported(
        [parse_toolkit(json.loads(one.text), _place("toolkit", one)) for one in toolkits],
        [parse_practice(json.loads(one.text), _place("practice", one)) for one in practices],
    )


def _place(noun: str, document: Document) -> str:
    name = f"{document.key}@{document.version}" if document.version else document.key
    return f"imported {noun} {name}"
