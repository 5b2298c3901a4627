"""An assessment's events as rows."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert

from flows.assessment import (
    Assessment,
    Attached,
    Begun,
    Detached,
    Event,
    HeaderChanged,
    PartDecided,
    Planned,
    Rated,
    VerdictGiven,
    VerdictRecord,
)
from storage import rows, statements, supports
from storage.direct import Way
from storage.errors import LostRace
from storage.statements import Upserts
from storage.store import remembered
from storage.tables import assessment as assessments
from storage.tables import evidence, seat

_detach = delete(evidence).where(
    evidence.c.id == bindparam("b_id"), evidence.c.assessment_id == bindparam("b_assessment")
)


def write_events(way: Way, upserts: Upserts, assessment: Assessment, person: str) -> None:
    """Write what happened to an assessment since it was loaded; ``events`` stays as it is."""
    events, connection = assessment.events, way.connection
    if any(isinstance(event, Begun) for event in events):
        _begin(connection, assessment, person)
    else:
        _change_header(way, assessment, events)
    _rate(way, upserts, assessment.id, [event for event in events if isinstance(event, Rated)])
    _plan(connection, upserts, assessment, {event.item for event in events if isinstance(event, Planned)})
    _decide(connection, upserts, assessment, {event.part for event in events if isinstance(event, PartDecided)})
    _conclude(connection, assessment, [event.record for event in events if isinstance(event, VerdictGiven)])
    _attach(connection, upserts, assessment, events)


def _begin(connection: Connection, assessment: Assessment, person: str) -> None:
    pinned = {"toolkit": assessment.toolkit, "version": assessment.version, "created_at": assessment.created_at}
    owned = {"id": assessment.id, "person_id": person, "kind": "solo"}
    connection.execute(insert(assessments), owned | pinned | rows.header_columns(assessment))
    # the only seat of a solo assessment bears its id
    place = {"id": assessment.id, "assessment_id": assessment.id, "person_id": person}
    connection.execute(insert(seat), place | {"joined_at": assessment.created_at})


def _change_header(way: Way, assessment: Assessment, events: list[Event]) -> None:
    changed: rows.Columns = {"updated_at": assessment.updated_at}
    if any(isinstance(event, HeaderChanged) for event in events):
        changed = rows.header_columns(assessment)
    way.change(statements.change_header, {"b_id": assessment.id, **changed})


def _rate(way: Way, upserts: Upserts, seat_id: str, rated: list[Rated]) -> None:
    latest = {event.item: event for event in rated}
    for event in latest.values():
        way.change(upserts.rating, rows.rating_columns(seat_id, event))
    for event in rated:
        if step := remembered(event):
            way.change(statements.add_change, rows.change_columns(seat_id, step))


def _plan(connection: Connection, upserts: Upserts, assessment: Assessment, items: set[str]) -> None:
    planned = [
        {
            "assessment_id": assessment.id,
            "item": item,
            "number": 1,
            "changeable": assessment.plans[item].changeable,
            "action": assessment.plans[item].action,
            "owner": assessment.plans[item].owner,
            "due": assessment.plans[item].due,
        }
        for item in items
    ]
    if planned:
        connection.execute(upserts.plan, planned)


def _decide(connection: Connection, upserts: Upserts, assessment: Assessment, parts: set[int]) -> None:
    decided = [
        {
            "assessment_id": assessment.id,
            "part": part,
            "decision": assessment.parts[part].decision,
            "reason": assessment.parts[part].reason,
        }
        for part in parts
    ]
    if decided:
        connection.execute(upserts.part_choice, decided)


def _conclude(connection: Connection, assessment: Assessment, records: list[VerdictRecord]) -> None:
    given = [
        {
            "assessment_id": assessment.id,
            "at": record.at,
            "toolkit": f"{assessment.toolkit}@{assessment.version}",
            "key": record.key,
            "rule": record.rule,
            "total": record.total,
            "steps": record.steps,
        }
        for record in records
    ]
    if given:
        connection.execute(statements.add_verdict, given)


def _attach(connection: Connection, upserts: Upserts, assessment: Assessment, events: list[Event]) -> None:
    for event in events:
        if isinstance(event, Attached):
            values = {**supports.evidence_columns(event.evidence), "assessment_id": assessment.id}
            if connection.execute(upserts.evidence, values).rowcount != 1:
                raise LostRace(event.evidence.id)
        elif isinstance(event, Detached):
            connection.execute(_detach, {"b_id": event.identifier, "b_assessment": assessment.id})
