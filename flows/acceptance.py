"""Whether what was sent can be kept as evidence, and if not, what to say about it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from math import ceil

from flows.cards import Listing, Number, Said, Verbatim, say
from flows.cleaning import clean, clean_line
from flows.evidence import (
    FILES,
    MEBIBYTE,
    OPEN_DOCUMENTS,
    PDF,
    PICTURES,
    PLAIN,
    SLIDES,
    SOUNDS,
    TABLES,
    TEXTS,
    TYPES,
    VOICE_NOTE,
    Attachment,
)
from flows.world import Dialogue

PER_ITEM = 20
PER_ASSESSMENT = 100
"""How many pieces of evidence are kept at most."""

_FAMILIES: tuple[tuple[Said, AbstractSet[str]], ...] = (
    (say("evidence.type.pictures"), PICTURES),
    (Verbatim("PDF"), PDF),
    (Verbatim("Word"), TEXTS),
    (Verbatim("Excel"), TABLES),
    (Verbatim("PowerPoint"), SLIDES),
    (Verbatim("OpenDocument"), OPEN_DOCUMENTS),
    (say("evidence.type.plain"), PLAIN),
    (say("evidence.type.sounds"), SOUNDS),
)

_UNTOLD = frozenset({"", "application/octet-stream"})
"""What a platform says when it does not know the type; the content will tell."""


def refusal(dialogue: Dialogue, item: str, sent: Attachment) -> Said | None:
    """Why something is not kept as evidence of an item, with what to do instead; None when it is."""
    if sent.kind in FILES:
        return _full(dialogue, item) or _unfit(dialogue, sent)
    return _full(dialogue, item) or (None if clean(sent.content) else say("toast.text-empty"))


def media_type(told: str) -> str:
    """A media type in lower case and without parameters."""
    return clean_line(told.partition(";")[0]).casefold()


def _full(dialogue: Dialogue, item: str) -> Said | None:
    kept = dialogue.assessment.evidence.values()
    if sum(piece.item == item for piece in kept) >= PER_ITEM:
        return say("toast.evidence-item-full", limit=Number(PER_ITEM))
    if len(kept) >= PER_ASSESSMENT:
        return say("toast.evidence-full", limit=Number(PER_ASSESSMENT))
    return None


def _unfit(dialogue: Dialogue, sent: Attachment) -> Said | None:
    rules, told = dialogue.world.evidence, media_type(sent.media_type)
    if sent.size is not None and sent.size > rules.max_bytes:
        # rounded up, so that what is over the limit never reads as if it were not
        size = ceil(sent.size * 10 / MEBIBYTE) / 10
        return say("toast.file-too-large", size=Number(size, 1), limit=Number(rules.max_bytes / MEBIBYTE, 1))
    if told not in _UNTOLD and not rules.admits(told):
        return say("toast.file-type", types=allowed(rules.types))
    return None


def allowed(types: AbstractSet[str]) -> Listing:
    """What kinds of file are kept, in people's words; a type without a name of its own by what follows the slash."""
    kept = {*types, VOICE_NOTE}
    named = [name for name, family in _FAMILIES if family & kept]
    others = [Verbatim(one.partition("/")[2]) for one in sorted(kept - TYPES)]
    return Listing((*named, *others))
