"""Cards of the evidence for an item: what is attached, what one piece shows, and its removal."""

from __future__ import annotations

from flows.acts.attaching import LEAF, piece_in_hand, pieces_of
from flows.cards import Answer, Card, Choice, Line, Local, Number, Reach, Said, Verbatim, say
from flows.evidence import Evidence, EvidenceKind, Refusal
from flows.views.common import card, dismiss, question, quiet, skip, title
from flows.world import Dialogue

PAGE = 4
"""Pieces on one card, so that the longest texts still fit one message."""

KINDS: dict[EvidenceKind, Said] = {
    EvidenceKind.PHOTO: say("evidence.photo"),
    EvidenceKind.DOCUMENT: say("evidence.document"),
    EvidenceKind.VOICE: say("evidence.voice"),
    EvidenceKind.LOCATION: say("evidence.location"),
    EvidenceKind.LINK: say("evidence.link"),
    EvidenceKind.TEXT: say("evidence.text"),
}

REFUSALS: dict[Refusal, Said] = {
    Refusal.TOO_LARGE: say("evidence.too-large"),
    Refusal.TYPE: say("evidence.wrong-type"),
    Refusal.UNAVAILABLE: say("evidence.unavailable"),
}


def attached(dialogue: Dialogue) -> Card:
    """What is attached to the item so far; more is asked for."""
    item = dialogue.toolkit.items[dialogue.conversation.focus]
    pieces = pieces_of(dialogue, item.id)
    pages = max(1, -(-len(pieces) // PAGE))
    page = min(int(dialogue.conversation.scratch.get(LEAF, "0")), pages - 1)
    shown = list(enumerate(pieces, 1))[page * PAGE : (page + 1) * PAGE]
    lines = [title(Local(item.name)), question(say("evidence.question")), Line(say("evidence.how"))]
    lines += [line for number, piece in shown for line in _told(piece, number)]
    choices = [dismiss(say("choice.back-to-question"))]
    choices += [
        Choice(say("evidence.open", number=Number(number)), "piece", piece.id, Reach.HALF) for number, piece in shown
    ]
    if pages > 1:
        choices.append(Choice(say("evidence.more"), "pieces", str((page + 1) % pages), Reach.HALF))
    return card(dialogue, lines, choices, asks=say("evidence.question"))


def shows(dialogue: Dialogue) -> Card:
    """One piece, just attached or looked at again: what it shows."""
    piece = piece_in_hand(dialogue)
    if piece is None:
        return attached(dialogue)
    lines = [*_heading(dialogue, piece), question(say("shows.question"))]
    first = dismiss(say("choice.back-to-question")) if piece.shows else skip()
    remove = Choice(say("evidence.remove"), "aside", "remove", Reach.HALF)
    return card(dialogue, lines, [first, remove], asks=say("shows.question"))


def remove(dialogue: Dialogue) -> Card:
    """One piece, before it is removed."""
    piece = piece_in_hand(dialogue)
    if piece is None:
        return attached(dialogue)
    lines = [*_heading(dialogue, piece), question(say("evidence.remove-question"))]
    choices = [dismiss(say("evidence.stay"), Answer.NO)]
    choices.append(Choice(say("evidence.detach"), "detach", piece.id, answers=Answer.YES, final=True))
    return card(dialogue, lines, choices)


def _heading(dialogue: Dialogue, piece: Evidence) -> list[Line]:
    number = pieces_of(dialogue, piece.item).index(piece) + 1
    return [title(Local(dialogue.toolkit.items[piece.item].name)), *_told(piece, number, listed=False)]


def _told(piece: Evidence, number: int, *, listed: bool = True) -> list[Line]:
    """A piece: what it shows (in a list also that this is not said), what it is called, why it is not kept."""
    text = Verbatim(piece.shows) if piece.shows else say("evidence.undescribed")
    beside = piece.name or piece.content
    if piece.kind is EvidenceKind.TEXT and not piece.shows:
        text, beside = Verbatim(piece.content), ""
    head = {"number": Number(number), "kind": KINDS[piece.kind]}
    bare = not (piece.shows or piece.kind is EvidenceKind.TEXT or listed)
    lines = [Line(say("evidence.bare", **head) if bare else say("evidence.line", **head, text=text))]
    lines += [quiet(Verbatim(beside))] if beside else []
    if piece.refusal:
        lines.append(quiet(say("evidence.refused", reason=REFUSALS[piece.refusal])))
    return lines
