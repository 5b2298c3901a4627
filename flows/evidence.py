"""Evidence for an answer: what was sent, what it shows, and whether the file is in our hands."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What was sent."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    LOCATION = "location"
    LINK = "link"
    TEXT = "text"


FILES = frozenset({EvidenceKind.PHOTO, EvidenceKind.DOCUMENT, EvidenceKind.VOICE})
"""Kinds that come as a file, which is fetched after the message has been answered."""


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"

PICTURES = frozenset(f"image/{one}" for one in ("jpeg", "png", "webp", "heic", "heif", "gif"))
PDF = frozenset({"application/pdf"})
TEXTS = frozenset({"application/msword", f"{_OPEN_XML}.wordprocessingml.document"})
TABLES = frozenset({"application/vnd.ms-excel", f"{_OPEN_XML}.spreadsheetml.sheet"})
SLIDES = frozenset({"application/vnd.ms-powerpoint", f"{_OPEN_XML}.presentationml.presentation"})
OPEN_DOCUMENTS = frozenset(f"{_OPEN_DOCUMENT}.{one}" for one in ("text", "spreadsheet"))
PLAIN = frozenset({"text/plain", "text/csv"})
SOUNDS = frozenset(f"audio/{one}" for one in ("ogg", "mpeg", "mp4", "m4a", "x-m4a"))

TYPES = PICTURES | PDF | TEXTS | TABLES | SLIDES | OPEN_DOCUMENTS | PLAIN | SOUNDS
"""Media types of files that are kept, unless a setting says otherwise."""

VOICE_NOTE = "audio/ogg"
"""The media type of voice notes, which are always kept."""

MEBIBYTE = 1024 * 1024


class Custody(StrEnum):
    """Whether a file is still to be fetched, lies with us, or was refused."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why a file is not kept."""

    TOO_LARGE = "too-large"
    TYPE = "type"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One piece of evidence for one item.

    ``shows`` is one line on what it shows. ``content`` holds a link, a text, or *latitude, longitude*. For files:
    ``name`` as sent, ``size`` in bytes, ``media_type`` by content, ``sha256`` in hexadecimal, ``file`` the platform's
    id of it, ``path`` where it lies below the files folder. ``album`` joins what was sent in one go.
    """

    id: str
    item: str
    kind: EvidenceKind
    at: datetime
    language: str
    shows: str = ""
    content: str = ""
    name: str = ""
    size: int | None = None
    media_type: str = ""
    sha256: str = ""
    file: str = ""
    path: str = ""
    album: str = ""
    custody: Custody = Custody.KEPT
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """What a person sent instead of words, as the channel parsed it: nothing of it is checked yet.

    ``size`` and ``media_type`` are what the platform says; ``caption`` is what was written beside it.
    """

    kind: EvidenceKind
    file: str = ""
    name: str = ""
    size: int | None = None
    media_type: str = ""
    content: str = ""
    caption: str = ""
    album: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceRules:
    """Which files are kept: at most ``max_bytes`` each, of the media types named, and voice notes always."""

    max_bytes: int = 20 * MEBIBYTE
    types: AbstractSet[str] = TYPES

    def admits(self, media_type: str) -> bool:
        """Whether files of a media type (lower case, without parameters) are kept."""
        return media_type == VOICE_NOTE or media_type in self.types


USUAL_RULES = EvidenceRules()
"""What is kept unless a setting says otherwise."""
