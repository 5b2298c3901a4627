"""The evidence attached to the answers, in words of the report's language."""

from __future__ import annotations

from bot.i18n import Translator
from bot.report.content import Assessed, Piece
from flows.cards import Number, say
from flows.evidence import FILES, MEBIBYTE, Custody, Evidence, EvidenceKind
from flows.views.evidence import KINDS, REFUSALS

_KIBIBYTE = 1024


def pieces(case: Assessed, tell: Translator) -> tuple[Piece, ...]:
    """Every piece of evidence, by item in the toolkit's order, each item's oldest first."""
    kept = case.assessment.evidence.values()
    return tuple(
        _piece(case, piece, tell) for item in case.toolkit.items for piece in kept if piece.item == item
    )  # fmt: skip


def _piece(case: Assessed, piece: Evidence, tell: Translator) -> Piece:
    item = case.toolkit.items[piece.item]
    return Piece(
        id=item.id,
        name=item.name.get(tell.language) or next(iter(item.name.values()), ""),
        kind=tell(KINDS[piece.kind]),
        shows=piece.shows or ("" if piece.content else tell(say("evidence.undescribed"))),
        content="" if piece.kind is EvidenceKind.LINK else piece.content,
        link=piece.content if piece.kind is EvidenceKind.LINK else "",
        file=" · ".join(part for part in (piece.name, _size(piece.size, tell), _state(piece, tell)) if part),
        day=tell(piece.at.astimezone(case.zone).date()),
    )


def _state(piece: Evidence, tell: Translator) -> str:
    """Why a file is not in our hands, empty if it is."""
    if piece.custody is Custody.REFUSED and piece.refusal:
        return tell(say("evidence.refused", reason=REFUSALS[piece.refusal]))
    return tell(say("report.waiting")) if piece.kind in FILES and piece.custody is Custody.WAITING else ""


def _size(size: int | None, tell: Translator) -> str:
    """A size as people read it; empty if it is not known."""
    if size is None:
        return ""
    if size >= MEBIBYTE:
        return f"{tell(Number(size / MEBIBYTE, 1))} MB"
    return f"{tell(Number(max(1, round(size / _KIBIBYTE))))} kB"
