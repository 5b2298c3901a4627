"""Where in the record a typed text lies, found from the question it had answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flows import path
from flows.acts.attaching import alike, pieces_of, tell_of, written
from flows.assessment import Decision
from flows.cards import Local, Said, say
from flows.dialogue import Phase, Utterance
from flows.evidence import Evidence, EvidenceKind
from flows.ratings import Mark
from flows.texts import LIMITS
from flows.world import Dialogue

_LETTERED = frozenset({"name", "city"})
_WRITTEN = frozenset({EvidenceKind.LINK, EvidenceKind.TEXT})

_PLANNED: Mapping[str, Said] = {
    "action": say("edited.action"),
    "owner": say("edited.owner"),
    "due": say("edited.due"),
}


@dataclass(frozen=True)
class Place:
    """Where a typed text lies in the record: what it is called, what it says now, and how to put another there.

    ``limit`` is the most characters it holds; ``lettered`` asks for at least one letter, ``dated`` for a day if it
    names one.
    """

    what: Said
    text: str
    limit: int
    put: Callable[[str], None]
    lettered: bool = False
    dated: bool = False


def place_of(dialogue: Dialogue, utterance: Utterance) -> Place | None:
    """Where in the record a message stands that answered a question of what is in hand; None if nowhere by itself."""
    conversation = dialogue.conversation
    if utterance.subject != conversation.subject or not conversation.person:
        return None
    if utterance.phase is Phase.OWN and not utterance.aside:
        return _own_field(dialogue, utterance.focus)
    if conversation.assessment is None:
        return None
    find = _BESIDE_AN_ITEM.get(utterance.aside) if utterance.aside else None
    if find and utterance.phase is Phase.ITEMS and utterance.focus in dialogue.toolkit.items:
        return find(dialogue, utterance.focus)
    return None if utterance.aside else _answered(dialogue, utterance)


def _answered(dialogue: Dialogue, utterance: Utterance) -> Place | None:
    """A text that was typed on a phase's own card."""
    match utterance.phase:
        case Phase.BARRIERS:
            return _planned(dialogue, utterance.focus, utterance.aspect)
        case Phase.PARTS:
            return _reason(dialogue, utterance.focus, utterance.aspect)
        case Phase.PROFILE:
            return _office(dialogue, utterance.focus)
        case _:
            return None


def _named(dialogue: Dialogue, item: str) -> Local:
    return Local(dialogue.toolkit.items[item].name)


def _note(dialogue: Dialogue, item: str) -> Place | None:
    return _rated(dialogue, item, "note", say("edited.note", item=_named(dialogue, item)))


def _asked(dialogue: Dialogue, item: str) -> Place | None:
    return _rated(dialogue, item, "ask", say("edited.ask", item=_named(dialogue, item)))


def _until(dialogue: Dialogue, item: str) -> Place | None:
    return _rated(dialogue, item, "until", say("edited.until", item=_named(dialogue, item)))


def _rated(dialogue: Dialogue, item: str, field: str, what: Said) -> Place | None:
    """A text beside a rating; who is to be asked has a place only while the item is not known."""
    found = dialogue.rating(item)
    text = getattr(found, field)
    if not text or (field != "note" and found.value is not Mark.DONT_KNOW):
        return None

    def put(new: str) -> None:
        dialogue.assessment.rate(item, replace(found, **{field: new}), dialogue.world.now)  # type: ignore[arg-type]

    dated = field == "until"
    return Place(what, text, LIMITS["due" if dated else field], put, dated=dated)


def _line(dialogue: Dialogue, item: str) -> Place | None:
    """What the evidence of an item shows, if it is clear which piece is meant."""
    described = [piece for piece in pieces_of(dialogue, item) if piece.shows]
    if not described or len(alike(dialogue, described[0])) != len(described):
        return None
    what = say("edited.shows", item=_named(dialogue, item))
    return Place(what, described[0].shows, LIMITS["shows"], lambda new: tell_of(dialogue, described[0], new))


def _written(dialogue: Dialogue, item: str) -> Place | None:
    """A text or link typed as evidence of an item, if there is only one."""
    typed = [piece for piece in pieces_of(dialogue, item) if piece.kind in _WRITTEN]
    if len(typed) != 1:
        return None

    def put(new: str) -> None:
        dialogue.assessment.attach(_rewritten(typed[0], new), dialogue.world.now)

    said = " ".join(part for part in (typed[0].content, _beside(typed[0])) if part)
    return Place(say("edited.evidence", item=_named(dialogue, item)), said, LIMITS["evidence"], put)


def _beside(piece: Evidence) -> str:
    """The words that stood behind a link."""
    return piece.shows if piece.kind is EvidenceKind.LINK else ""


def _rewritten(piece: Evidence, text: str) -> Evidence:
    sent = written(text)
    return replace(piece, kind=sent.kind, content=sent.content, shows=sent.caption or piece.shows)


def _planned(dialogue: Dialogue, item: str, field: str) -> Place | None:
    plan = dialogue.assessment.plans.get(item)
    what = _PLANNED.get(field)
    if plan is None or what is None or not getattr(plan, field) or item not in dialogue.toolkit.items:
        return None

    def put(new: str) -> None:
        dialogue.assessment.plan(item, replace(plan, **{field: new}), dialogue.world.now)  # type: ignore[arg-type]

    named = say("edited.about", what=what, item=_named(dialogue, item))
    return Place(named, getattr(plan, field), LIMITS[field], put, dated=field == "due")


def _reason(dialogue: Dialogue, part: str, aspect: str) -> Place | None:
    choice = dialogue.assessment.parts.get(int(part)) if part.isdecimal() else None
    practice = dialogue.practice
    if choice is None or practice is None or aspect != "reason" or choice.decision in {None, Decision.KEEP}:
        return None
    if not choice.reason or int(part) >= path.part_count(dialogue):
        return None

    def put(new: str) -> None:
        dialogue.assessment.decide(int(part), replace(choice, reason=new), dialogue.world.now)

    return Place(say("edited.reason", part=Local(practice.parts[int(part)])), choice.reason, LIMITS["reason"], put)


def _office(dialogue: Dialogue, field: str) -> Place | None:
    profile = dialogue.assessment.profile
    if field != "office" or not profile.get(field):
        return None

    def put(new: str) -> None:
        dialogue.assessment.set_header(dialogue.world.now, profile={**profile, field: new})

    return Place(say("edited.office"), profile[field], LIMITS["owner"], put)


def _own_field(dialogue: Dialogue, field: str) -> Place | None:
    """A field of the practice just being described; once that is done it is changed by describing it anew."""
    conversation, key = dialogue.conversation, f"own.{field}"
    if dialogue.state is not Phase.OWN or key not in conversation.scratch:
        return None

    def put(new: str) -> None:
        conversation.scratch[key] = new

    return Place(say("edited.own"), conversation.scratch[key], LIMITS[field], put, lettered=field in _LETTERED)


_BESIDE_AN_ITEM: Mapping[str, Callable[[Dialogue, str], Place | None]] = {
    "note": _note,
    "ask": _asked,
    "until": _until,
    "shows": _line,
    "evidence": _written,
}
