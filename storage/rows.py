"""Between rows and the records of the conversation."""

from __future__ import annotations

from collections.abc import Iterable
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
from flows.dialogue import Conversation, Phase
from flows.ratings import Basis, Changeable, Plan, Rating, parse_value
from flows.toolkit import Length
from storage.plain import read_practice
from storage.store import OutgoingMessage

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
    }


def person_columns(conversation: Conversation) -> Columns:
    """Take from a conversation what is kept of its person."""
    return {
        "language": conversation.language,
        "consent": conversation.consent,
        "consented_at": conversation.consented_at,
    }


def read_conversation(row: Row[Any]) -> Conversation:
    """Build a conversation without its assessment."""
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
        city=_city(row.a_city_key, row.a_city_name),
        profile=row.a_profile,
        length=Length(row.a_length) if row.a_length else None,
        status=Status(row.a_status),
    )


def read_summary(row: Row[Any]) -> Summary:
    """Build one line of a list."""
    return Summary(
        id=row.a_id,
        toolkit=f"{row.a_toolkit}@{row.a_version}",
        practice=row.a_practice,
        own_practice=read_practice(row.a_own_practice) if row.a_own_practice else None,
        city=_city(row.a_city_key, row.a_city_name),
        status=Status(row.a_status),
        length=Length(row.a_length) if row.a_length else None,
        answered=row.answered,
        updated_at=row.a_updated_at,
        verdict=row.verdict or "",
    )


def _city(key: str | None, name: str | None) -> City | None:
    return None if name is None else City(name=name, key=key or "")


def read_answers(assessment: Assessment, rows: Iterable[Any]) -> None:
    """Fill in ratings, plans and decisions from rows (table, key, four columns)."""
    for kind, key, first, second, third, fourth in rows:
        if kind == "rating":
            assessment.ratings[key] = _rating(first, second, third, fourth)
        elif kind == "plan":
            changeable = Changeable(first) if first else None
            assessment.plans[key] = Plan(changeable=changeable, action=second, owner=third, due=fourth)
        else:
            decision = Decision(first) if first else None
            assessment.parts[int(key)] = PartChoice(decision=decision, reason=second)


def _rating(value: str | None, basis: str | None, note: str, language: str | None) -> Rating:
    return Rating(
        value=None if value is None else parse_value(value),
        basis=None if basis is None else Basis(basis),
        note=note,
        language=language or "",
    )


def read_verdict(row: Row[Any]) -> VerdictRecord:
    """Build one verdict."""
    return VerdictRecord(at=row.at, key=row.key, rule=row.rule, total=row.total, steps=row.steps)


def rating_columns(seat: str, event: Rated) -> Columns:
    """Take from an event the answer an item has now."""
    new = event.new
    return {
        "seat_id": seat,
        "item": event.item,
        "round": 1,
        "value": None if new.value is None else str(new.value),
        "basis": new.basis,
        "note": new.note,
        "language": new.language,
        "rated_at": event.at,
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
    old = None if first else _rating(row.old_value, row.old_basis, "", row.old_language)
    new = _rating(row.new_value, row.new_basis, "", row.language)
    return Rated(item=row.item, old=old, new=new, at=row.at)


def read_message(row: Row[Any]) -> OutgoingMessage:
    """Build a message as it is claimed now."""
    return OutgoingMessage(
        id=row.id,
        channel=row.channel,
        address=row.address,
        kind=row.kind,
        body=row.body,
        created_at=row.created_at,
        attempts=row.attempts + 1,
    )
