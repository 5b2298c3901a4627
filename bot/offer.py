"""What the bot offers: the toolkits and practices that come with it, and those imported into its database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flows.findings import Finding
from flows.library import Library, NameTaken, builtin
from flows.loading import BrokenFile, parse_practice, parse_toolkit
from storage.store import Document, Store


@dataclass(frozen=True)
class Offer:
    """Everything that can be used, and why the rest of what was imported cannot."""

    library: Library
    faults: tuple[Finding, ...] = ()


def library(store: Store) -> Library:
    """Return what comes with the bot and what was imported; raises StoreError. What cannot be used is left out."""
    return offer(store).library


def offer(store: Store) -> Offer:
    """Read what was imported; raises StoreError. What comes with the bot wins over other content of the same name."""
    with store.unit(read_only=True) as unit:
        toolkits, practices = unit.toolkits(), unit.practices()
    made = Offer(builtin())
    made = _joined(made, toolkits, "toolkit", lambda held, one, name: held.with_imported([parse_toolkit(one, name)]))
    return _joined(
        made, practices, "practice", lambda held, one, name: held.with_imported((), [parse_practice(one, name)])
    )


def _joined(
    made: Offer, documents: Iterable[Document], noun: str, join: Callable[[Library, Mapping[str, object], str], Library]
) -> Offer:
    held, faults = made.library, list(made.faults)
    for document in documents:
        name = f"imported {noun} {document.key}@{document.version}"
        try:
            held = join(held, _read(document, name), name)
        except BrokenFile as error:
            faults += error.faults
        except NameTaken as error:
            message = f"is left out: {error} is already here with other content; import it again under a new version"
            faults.append(Finding(name, "", "", message))
    return Offer(held, tuple(faults))


def _read(document: Document, name: str) -> Mapping[str, object]:
    try:
        content = json.loads(document.text)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise BrokenFile(name, (Finding(name, "", "", "is damaged: it does not hold a JSON object"),))
    return content
