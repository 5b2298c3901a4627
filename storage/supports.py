"""What stands beside the answers of an assessment: pieces of evidence, and questions put to colleagues."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from flows.evidence import Custody, Evidence, EvidenceKind, Refusal
from flows.inquiry import Inquiry, Standing
from flows.ratings import Rating
from storage import rows, statements
from storage.direct import Way
from storage.errors import LostRace
from storage.plain import read_practice
from storage.statements import Upserts
from storage.store import FILE_FACTS
from storage.tables import evidence

_change_evidence = update(evidence).where(evidence.c.id == bindparam("b_id"))
_paths = select(evidence.c.path).where(evidence.c.path != "")


class Inquiries:
    """The inquiries one unit of work has seen, so that it writes only what changed."""

    def __init__(self, way: Way, upserts: Upserts, *, locks: bool) -> None:
        """Work in a transaction; ``locks`` keeps others from changing what is found."""
        self._way = way
        self._upserts = upserts
        self._find = statements.lock_inquiry if locks else statements.find_inquiry
        self._seen: dict[str, Inquiry] = {}
        # every card of an item asks for them
        self._listed: dict[str, list[Inquiry]] = {}

    def find(self, token: str) -> Inquiry | None:
        """Find one by its token."""
        row = self._way.first(self._find, {"token": token})
        return self._note(read_inquiry(row)) if row else None

    def of(self, assessment: str) -> list[Inquiry]:
        """List those of an assessment."""
        if assessment not in self._listed:
            found = self._way.all(statements.list_inquiries, {"assessment": assessment})
            self._listed[assessment] = [self._note(read_inquiry(row)) for row in found]
        return list(self._listed[assessment])

    def keep(self, inquiry: Inquiry) -> None:
        """Write one unless it is as it was seen; raises LostRace when somebody else has taken it up."""
        seen = self._seen.get(inquiry.token)
        if inquiry == seen:
            return
        expected = (seen or inquiry).colleague or None
        if self._way.change(self._upserts.inquiry, inquiry_columns(inquiry) | {"b_colleague": expected}) != 1:
            raise LostRace(inquiry.token)
        self._listed.clear()
        self._note(inquiry)

    def _note(self, inquiry: Inquiry) -> Inquiry:
        self._seen[inquiry.token] = inquiry
        return inquiry


def find_evidence(connection: Connection, identifier: str, *, locked: bool) -> Evidence | None:
    """Find a piece of evidence; who means to change it keeps others from doing so (``locked``)."""
    find = statements.lock_evidence if locked else statements.find_evidence
    row = connection.execute(find, {"evidence": identifier}).first()
    return read_evidence(row) if row else None


def keep_evidence(connection: Connection, piece: Evidence) -> None:
    """Write what is known of the file of a piece of evidence; what its person said of it may be newer than ours."""
    columns = evidence_columns(piece)
    connection.execute(_change_evidence, {"b_id": piece.id, **{name: columns[name] for name in FILE_FACTS}})


def evidence_paths(connection: Connection) -> set[str]:
    """List where all files of evidence lie."""
    return set(connection.scalars(_paths))


def evidence_columns(evidence: Evidence) -> rows.Columns:
    """Take from a piece of evidence what is kept: all of it."""
    refusal = evidence.refusal.value if evidence.refusal else None
    return vars(evidence) | {"kind": evidence.kind.value, "custody": evidence.custody.value, "refusal": refusal}


def read_evidence(row: Any) -> Evidence:
    """Build a piece of evidence."""
    known = row._asdict()
    del known["assessment_id"]
    refusal = Refusal(row.refusal) if row.refusal else None
    return Evidence(**known | {"kind": EvidenceKind(row.kind), "custody": Custody(row.custody), "refusal": refusal})


def inquiry_columns(inquiry: Inquiry) -> rows.Columns:
    """Take from an inquiry what is kept; what is assessed is in the assessment."""
    return {
        "token": inquiry.token,
        "assessment_id": inquiry.assessment,
        "item": inquiry.item,
        "asker_id": inquiry.asker,
        "colleague_id": inquiry.colleague or None,
        "standing": inquiry.standing.value,
        "asked_at": inquiry.asked_at,
        "expires_at": inquiry.expires_at,
        "by_name": inquiry.by,
        "answered_at": inquiry.answered_at,
        **rows.answer_columns(inquiry.rating or Rating()),
        "language": inquiry.rating.language if inquiry.rating else None,
    }


def read_inquiry(row: Any) -> Inquiry:
    """Build an inquiry from its row and what is assessed."""
    answer = (row.value, row.basis, row.note, row.language, row.ask, row.until, row.given_by)
    return Inquiry(
        token=row.token,
        assessment=row.assessment_id,
        item=row.item,
        asker=row.asker_id,
        toolkit=f"{row.a_toolkit}@{row.a_version}",
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        practice=row.a_practice,
        own_practice=read_practice(row.a_own_practice) if row.a_own_practice else None,
        city=rows.read_city(row.a_city_key, row.a_city_name),
        standing=Standing(row.standing),
        colleague=row.colleague_id or "",
        by=row.by_name,
        rating=None if row.language is None else rows.read_rating(*answer),
        answered_at=row.answered_at,
    )
