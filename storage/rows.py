"""Between rows and the records of the conversation."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from flows.assessment import (
    Assessment,
    City,
    Decision,
    PartChoice,
    Rated,
    Status,
    Summary,
    VerdictRecord,
)
from flows.dialogue import Conversation, Phase, Shown
from flows.ratings import Basis, Changeable, Plan, Rating, parse_value
from flows.toolkit import Length
from storage.plain import read_practice

Columns = dict[str, Any]


def conversation_columns(conversation: Conversation) -> Columns:
    """Take from a conversation what is kept; before consent nothing a person typed."""
    return {
        "person_id": conversation.person or None,
        "language": conversation.language,
        "phase": conversation.phase.value,
        "focus": conversation.focus,
        "aspect": conversation.aspect,
        "aside": conversation.aside,
        "back_to": conversation.back_to,
        "scratch": dict(conversation.scratch) if conversation.person else {},
        "revision": conversation.revision,
        "assessment_id": conversation.assessment.id if conversation.assessment else None,
        "seen_at": conversation.seen_at,
        **shown_columns(conversation.shown),
        "unreachable": conversation.unreachable,
        "inquiry_token": conversation.inquiry.token if conversation.inquiry else None,
    }


def shown_columns(shown: Shown) -> Columns:
    """Take from a conversation which message shows its card."""
    return {"shown_message": shown.message, "shown_leaf": shown.leaf, "shown_buried": shown.buried}


def person_columns(conversation: Conversation) -> Columns:
    """Take from a conversation what is kept of its person."""
    return {
        "language": conversation.language,
        "consent": conversation.consent,
        "consented_at": conversation.consented_at,
    }


def read_conversation(row: Row[Any]) -> Conversation:
    """Build a conversation without its assessment and its inquiry."""
    return Conversation(
        id=row.id,
        channel=row.channel,
        address=row.address,
        language=row.language,
        phase=Phase(row.phase),
        focus=row.focus,
        aspect=row.aspect,
        aside=row.aside,
        back_to=row.back_to,
        scratch=row.scratch,
        revision=row.revision,
        person=row.person_id or "",
        consent=row.consent or "",
        consented_at=row.consented_at,
        seen_at=row.seen_at,
        shown=Shown(message=row.shown_message, leaf=row.shown_leaf, buried=row.shown_buried),
        unreachable=row.unreachable,
    )


def header_columns(assessment: Assessment) -> Columns:
    """Take from an assessment what ``HeaderChanged`` writes."""
    city = assessment.city
    return {
        "practice": assessment.practice,
        "own_practice": assessment.own_practice,
        "city_key": city.key if city else None,
        "city_name": city.name if city else None,
        "profile": assessment.profile,
        "length": assessment.length.value if assessment.length else None,
        "status": assessment.status.value,
        "updated_at": assessment.updated_at,
    }


def read_header(row: Row[Any]) -> Assessment:
    """Build an assessment without its answers, from columns that begin with ``a_``."""
    return Assessment(
        id=row.a_id,
        toolkit=row.a_toolkit,
        version=row.a_version,
        created_at=row.a_created_at,
        updated_at=row.a_updated_at,
        practice=row.a_practice,
        own_practice=read_practice(row.a_own_practice) if row.a_own_practice else None,
        city=read_city(row.a_city_key, row.a_city_name),
        profile=row.a_profile,
        length=Length(row.a_length) if row.a_length else None,
        status=Status(row.a_status),
        inquiring=row.a_has_inquiry,
    )


def read_summary(row: Row[Any]) -> Summary:
    """Build one line of a list."""
    return Summary(
        id=row.a_id,
        toolkit=f"{row.a_toolkit}@{row.a_version}",
        practice=row.a_practice,
        own_practice=read_practice(row.a_own_practice) if row.a_own_practice else None,
        city=read_city(row.a_city_key, row.a_city_name),
        status=Status(row.a_status),
        length=Length(row.a_length) if row.a_length else None,
        answered=row.answered,
        updated_at=row.a_updated_at,
        verdict=row.verdict or "",
    )


def read_city(key: str | None, name: str | None) -> City | None:
    """Build the city, None while there is none."""
    return None if name is None else City(name=name, key=key or "")


def read_answers(assessment: Assessment, row: Any) -> None:
    """Fill in ratings, plans and decisions, each of them a list of lists."""
    assessment.ratings = {item: read_rating(*columns) for item, *columns in row.a_ratings or ()}
    for item, changeable, action, owner, due in row.a_plans or ():
        kind = Changeable(changeable) if changeable else None
        assessment.plans[item] = Plan(changeable=kind, action=action, owner=owner, due=due)
    for part, decision, reason in row.a_part_choices or ():
        assessment.parts[part] = PartChoice(decision=Decision(decision) if decision else None, reason=reason)


def read_rating(  # noqa: PLR0913, PLR0917 - the columns of an answer
    value: str | None, basis: str | None, note: str, language: str | None, ask: str = "", until: str = "", by: str = ""
) -> Rating:  # fmt: skip
    """Build an answer."""
    bare = _bare_rating(value, basis, language or "")
    return replace(bare, note=note, ask=ask, until=until, by=by) if note or ask or until or by else bare


@lru_cache(maxsize=1024)
def _bare_rating(value: str | None, basis: str | None, language: str) -> Rating:
    """Share equal answers, which there are few of; what people wrote is not kept here."""
    known = None if value is None else parse_value(value)
    return Rating(value=known, basis=None if basis is None else Basis(basis), language=language)


def read_verdict(row: Row[Any]) -> VerdictRecord:
    """Build one verdict."""
    return VerdictRecord(at=row.at, key=row.key, rule=row.rule, total=row.total, steps=row.steps)


def rating_columns(seat: str, event: Rated) -> Columns:
    """Take from an event the answer an item has now."""
    return {"seat_id": seat, "item": event.item, "round": 1, **answer_columns(event.new), "rated_at": event.at}


def answer_columns(rating: Rating) -> Columns:
    """Take from an answer what is kept of it."""
    return {
        "value": None if rating.value is None else str(rating.value),
        "basis": None if rating.basis is None else rating.basis.value,
        "note": rating.note,
        "language": rating.language,
        "ask": rating.ask,
        "until": rating.until,
        "given_by": rating.by,
    }


def change_columns(seat: str, event: Rated) -> Columns:
    """Take from a remembered event one step of an answer's history."""
    old, new = event.old, event.new
    return {
        "seat_id": seat,
        "item": event.item,
        "round": 1,
        "old_value": None if old is None or old.value is None else str(old.value),
        "old_basis": None if old is None else old.basis,
        "old_language": None if old is None else old.language,
        "new_value": None if new.value is None else str(new.value),
        "new_basis": new.basis,
        "language": new.language,
        "at": event.at,
    }


def read_change(row: Row[Any]) -> Rated:
    """Build one step of an answer's history."""
    first = row.old_value is None and row.old_basis is None
    old = None if first else read_rating(row.old_value, row.old_basis, "", row.old_language)
    new = read_rating(row.new_value, row.new_basis, "", row.language)
    return Rated(item=row.item, old=old, new=new, at=row.at)
