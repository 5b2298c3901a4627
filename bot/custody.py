"""Evidence files that came: judged by their content, kept, or refused with the reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from bot.files import Files
from bot.i18n import translator
from flows.cards import Message, Verbatim, say
from flows.evidence import Custody, Evidence, EvidenceKind, EvidenceRules, Refusal
from storage.store import Store, UnitOfWork

_REFUSED: dict[Refusal, Message] = {
    Refusal.TOO_LARGE: say("evidence.refused-size"),
    Refusal.TYPE: say("evidence.refused-type"),
    Refusal.UNAVAILABLE: say("evidence.refused-gone"),
}

_TEXTUAL = {"text/plain", "text/csv"}


@dataclass(frozen=True)
class Custodian:
    """Looks after evidence files."""

    store: Store
    files: Files
    rules: EvidenceRules

    def wanted(self, unit: UnitOfWork, identifier: str) -> str:
        """The platform's id of a file still to be fetched, empty if nobody waits for it."""
        evidence = unit.evidence(identifier)
        return evidence.file if evidence and evidence.custody is Custody.WAITING else ""

    def keep(self, identifier: str, content: bytes | None, *, too_large: bool = False) -> str:
        """Keep what was fetched (None: it could not be, or it is ``too_large``). Raises StoreError.

        Returns what to tell the person, empty when all is well.
        """
        with self.store.unit(read_only=True) as unit:
            evidence = unit.evidence(identifier)
        if evidence is None or evidence.custody is not Custody.WAITING:
            return ""
        judged = self._judged(evidence, content, Refusal.TOO_LARGE if too_large else Refusal.UNAVAILABLE)
        if judged.path and content is not None:
            self.files.write(judged.path, content)
        if not self.store.run(lambda unit: _noted(unit, judged)):
            # taken back, or its person was forgotten, while it was being fetched
            self.files.remove([judged.path] if judged.path else [])
            return ""
        if judged.refusal is None:
            return ""
        named = replace(_REFUSED[judged.refusal], values={"name": Verbatim(judged.name or judged.shows or "–")})
        return translator(judged.language)(named)

    def _judged(self, evidence: Evidence, content: bytes | None, otherwise: Refusal) -> Evidence:
        if content is None:
            return replace(evidence, custody=Custody.REFUSED, refusal=otherwise)
        media_type = media_type_of(content, evidence)
        known = replace(
            evidence, size=len(content), media_type=media_type, sha256=hashlib.sha256(content).hexdigest()
        )  # fmt: skip
        if len(content) > self.rules.max_bytes:
            return replace(known, custody=Custody.REFUSED, refusal=Refusal.TOO_LARGE)
        if not self.rules.admits(media_type):
            return replace(known, custody=Custody.REFUSED, refusal=Refusal.TYPE)
        return replace(known, custody=Custody.KEPT, path=f"evidence/{evidence.id}{_extension(evidence)}")


def _noted(unit: UnitOfWork, judged: Evidence) -> bool:
    """Write what became of a file; False when there is nothing any more that it belongs to."""
    if unit.evidence(judged.id) is None:
        return False
    unit.keep_evidence(judged)
    return True


def media_type_of(content: bytes, evidence: Evidence) -> str:
    """What a file is by its content; what the platform said counts only where content cannot tell.

    Office documents are archives and look alike; text has no mark at all.
    """
    import filetype

    guessed: Any = filetype.guess(content)
    if guessed is None:
        return evidence.media_type if evidence.media_type in _TEXTUAL and _is_text(content) else ""
    found = str(guessed.mime)
    if evidence.kind is EvidenceKind.VOICE and found in {"audio/ogg", "application/ogg"}:
        return "audio/ogg"
    if found == "application/zip" and evidence.media_type.startswith("application/vnd.o"):
        return evidence.media_type
    return found


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _extension(evidence: Evidence) -> str:
    """The ending of the file's name if it is a plain one."""
    ending = evidence.name.rpartition(".")[2].casefold() if "." in evidence.name else ""
    return f".{ending}" if ending.isascii() and ending.isalnum() and len(ending) <= 5 else ""
