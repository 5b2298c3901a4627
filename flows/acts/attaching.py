"""Evidence: what is attached to an item, what it shows, and what is taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from flows.acceptance import media_type, refusal
from flows.cards import Local, Number, Said, say
from flows.cleaning import clean, clean_line
from flows.dialogue import Phase
from flows.evidence import FILES, Attachment, Custody, Evidence, EvidenceKind
from flows.texts import LIMITS, settle
from flows.world import Dialogue

IN_HAND = "aside.piece"
"""Where the id of the piece lies whose card is shown."""

LEAF = "aside.leaf"
"""Where the page of the list of pieces lies."""

_BESIDE = frozenset(
    ("", "why", "note", "case", "evidence", "shows", "remove", "ask", "until", "ask-colleague", "answers", "help")
)  # fmt: skip
"""Cards over an item under which what is sent still belongs to it."""

_LINK = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_LONGEST_NAME = 120
_LONGEST_CAPTION = 4000


def item_in_hand(dialogue: Dialogue) -> str:
    """The item that what is sent now would be evidence of, or an empty string."""
    conversation = dialogue.conversation
    return conversation.focus if dialogue.state is Phase.ITEMS and conversation.aside in _BESIDE else ""


def piece_in_hand(dialogue: Dialogue) -> Evidence | None:
    """The piece whose card is shown, None if it has gone."""
    return dialogue.assessment.evidence.get(dialogue.conversation.scratch.get(IN_HAND, ""))


def pieces_of(dialogue: Dialogue, item: str) -> list[Evidence]:
    """The evidence of an item, the oldest first."""
    return [piece for piece in dialogue.assessment.evidence.values() if piece.item == item]


def speaks_for_itself(piece: Evidence) -> bool:
    """Whether nothing need be asked about a piece: it has its line, or is a line itself."""
    line = piece.kind is EvidenceKind.TEXT and len(piece.content) <= LIMITS["shows"] and "\n" not in piece.content
    return bool(piece.shows) or line


def receive(dialogue: Dialogue, sent: Attachment) -> bool:
    """Take what a person sent as evidence of the item in hand, or say why not; whether anything was kept.

    What belongs to an album joins the piece that came first, wherever the conversation has gone since.
    """
    mate = _album_mate(dialogue, sent)
    item = mate.item if mate else item_in_hand(dialogue)
    if not item:
        dialogue.toast = _elsewhere(dialogue)
        return False
    dialogue.toast = refusal(dialogue, item, sent)
    if dialogue.toast is not None:
        return False
    if mate:
        _join(dialogue, _piece(dialogue, item, sent), mate)
    else:
        _keep(dialogue, _piece(dialogue, item, sent), captioned=bool(clean_line(sent.caption[:_LONGEST_CAPTION])))
    return True


def write(dialogue: Dialogue, value: str) -> bool:
    """Take a typed link, or any other text, as evidence of the item in hand. Words after a link say what it shows."""
    text = settle(dialogue, value, LIMITS["evidence"])
    if text:
        receive(dialogue, written(text))
    return False


def written(text: str) -> Attachment:
    """A typed text as what was sent: a link, with a line on what it shows if words follow it, or a text."""
    address, _, rest = text.replace("\n", " ").partition(" ")
    if _LINK.fullmatch(address) and len(rest) <= LIMITS["shows"]:
        return Attachment(kind=EvidenceKind.LINK, content=address, caption=rest)
    return Attachment(kind=EvidenceKind.TEXT, content=text)


def describe(dialogue: Dialogue, value: str) -> bool:
    """Say in one line what the piece in hand shows, and with it what came in the same album without a line."""
    line = " ".join(settle(dialogue, value, LIMITS["shows"]).split())
    piece = piece_in_hand(dialogue)
    if line and piece:
        tell_of(dialogue, piece, line)
        _return(dialogue, piece)
    elif line:
        dialogue.uncover()
    return False


def leave_undescribed(dialogue: Dialogue, _value: str) -> bool:
    """Leave open what the piece in hand shows; it is kept all the same."""
    piece = piece_in_hand(dialogue)
    if piece:
        _return(dialogue, piece)
    else:
        dialogue.uncover()
    return False


def take_up(dialogue: Dialogue, value: str) -> bool:
    """Look at one piece, to describe or to remove it."""
    dialogue.conversation.scratch[IN_HAND] = value
    dialogue.conversation.aside = "shows"
    return False


def turn_to(dialogue: Dialogue, value: str) -> bool:
    """Turn to another page of the list of pieces."""
    dialogue.conversation.scratch[LEAF] = value
    return False


def take_back(dialogue: Dialogue, value: str) -> bool:
    """Remove a piece for good."""
    item = dialogue.assessment.evidence[value].item
    dialogue.assessment.detach(value, dialogue.world.now)
    dialogue.toast = say("toast.evidence-removed")
    dialogue.uncover()
    dialogue.conversation.aside = "evidence" if pieces_of(dialogue, item) else ""
    return False


def alike(dialogue: Dialogue, piece: Evidence) -> Sequence[Evidence]:
    """The piece, and what came with it in one album under the same line."""
    every = dialogue.assessment.evidence.values()
    return [one for one in every if one.id == piece.id or (piece.album and _mark(one) == _mark(piece))]


def tell_of(dialogue: Dialogue, piece: Evidence, line: str) -> None:
    """Write down what a piece shows, and with it those of its album that say the same so far."""
    for one in alike(dialogue, piece):
        dialogue.assessment.attach(replace(one, shows=line), dialogue.world.now)


def _mark(piece: Evidence) -> tuple[str, str, str]:
    return piece.item, piece.album, piece.shows


def _album_mate(dialogue: Dialogue, sent: Attachment) -> Evidence | None:
    current, album = dialogue.conversation.assessment, clean_line(sent.album)
    if current is None or not album:
        return None
    return next((piece for piece in current.evidence.values() if piece.album == album), None)


def _piece(dialogue: Dialogue, item: str, sent: Attachment) -> Evidence:
    line = clean_line(sent.caption[:_LONGEST_CAPTION])
    piece = Evidence(
        id=dialogue.world.new_id(),
        item=item,
        kind=sent.kind,
        at=dialogue.world.now,
        language=dialogue.conversation.language,
        shows=line if len(line) <= LIMITS["shows"] else "",
        album=clean_line(sent.album),
    )
    if sent.kind not in FILES:
        return replace(piece, content=clean(sent.content)[: LIMITS["evidence"]])
    return replace(
        piece,
        name=_named(sent.name),
        size=sent.size,
        media_type=media_type(sent.media_type),
        file=clean_line(sent.file),
        custody=Custody.WAITING,
    )


def _named(name: str) -> str:
    """A file's name, with its ending where the middle of a long one is left out."""
    name = clean_line(name)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 21]}…{name[-20:]}"


def _keep(dialogue: Dialogue, piece: Evidence, *, captioned: bool) -> None:
    """Keep the first of an album, or what came alone; ask what it shows unless that is said."""
    conversation = dialogue.conversation
    dialogue.assessment.attach(piece, dialogue.world.now)
    if speaks_for_itself(piece):
        dialogue.toast = _kept(dialogue, piece)
        if conversation.aside == "evidence":
            dialogue.uncover()
        return
    if captioned:
        dialogue.toast = say("toast.caption-too-long", limit=Number(LIMITS["shows"]))
    take_up(dialogue, piece.id)


def _join(dialogue: Dialogue, piece: Evidence, mate: Evidence) -> None:
    """Keep what belongs to an album without a word; a line that comes late is told of those before, too."""
    dialogue.assessment.attach(replace(piece, shows=piece.shows or mate.shows), dialogue.world.now)
    if not piece.shows or mate.shows:
        return
    asked = piece_in_hand(dialogue)
    tell_of(dialogue, mate, piece.shows)
    if dialogue.conversation.aside == "shows" and asked and asked.album == piece.album:
        _return(dialogue, mate)


def _return(dialogue: Dialogue, piece: Evidence) -> None:
    """Back to the question, with a word that the piece is kept."""
    dialogue.uncover()
    dialogue.toast = _kept(dialogue, piece)


def _kept(dialogue: Dialogue, piece: Evidence) -> Said:
    return say("toast.evidence-kept", item=Local(dialogue.toolkit.items[piece.item].name))


def _elsewhere(dialogue: Dialogue) -> Said:
    """Where evidence belongs, and how to get there."""
    conversation = dialogue.conversation
    if not conversation.person:
        return say("toast.not-here")
    if dialogue.state is Phase.ASKED:
        return say("toast.evidence-asked")
    if conversation.assessment is None:
        return say("toast.evidence-without-assessment")
    if dialogue.state is Phase.ITEMS:
        return say("toast.evidence-below")
    return say("toast.evidence-elsewhere")
