"""Statements of the hot path, built once so that the engine's cache finds their compiled form at no cost."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Table,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import Insert

from storage.columns import Written, gathered
from storage.tables import (
    CARDS,
    assessment,
    conversation,
    dead_letter,
    delivery,
    evidence,
    inquiry,
    outbox,
    part_choice,
    person,
    plan,
    practice,
    rating,
    rating_change,
    seat,
    toolkit,
    utterance,
    verdict,
)

_assessed: list[ColumnElement[Any]] = [
    column.label(f"a_{column.name}") for column in assessment.c if column.name not in {"person_id", "kind"}
]


def _gathered(table: Table, *columns: ColumnElement[Any], of: ColumnElement[bool]) -> ColumnElement[Any]:
    """Give rows of an assessment along with its header, which saves a statement and a step for each row."""
    return select(gathered(*columns)).where(of).scalar_subquery().label(f"a_{table.name}s")


_answers = [
    _gathered(
        rating,
        *(rating.c[name] for name in ("item", "value", "basis", "note", "language", "ask", "until", "given_by")),
        of=and_(rating.c.seat_id == assessment.c.id, rating.c.round == 1),
    ),
    _gathered(
        plan,
        *(plan.c[name] for name in ("item", "changeable", "action", "owner", "due")),
        of=and_(plan.c.assessment_id == assessment.c.id, plan.c.number == 1),
    ),
    _gathered(
        part_choice,
        *(part_choice.c[name] for name in ("part", "decision", "reason")),
        of=part_choice.c.assessment_id == assessment.c.id,
    ),
    # most assessments in hand have none of these, which saves as many statements
    *(
        select(table.c.assessment_id)
        .where(table.c.assessment_id == assessment.c.id)
        .exists()
        .label(f"a_has_{table.name}")
        for table in (verdict, evidence, inquiry)
    ),
]

this_chat = and_(conversation.c.channel == bindparam("channel"), conversation.c.address == bindparam("address"))
load_conversation = (
    select(conversation, person.c.consent, person.c.consented_at, *_assessed, *_answers)
    .outerjoin(person, person.c.id == conversation.c.person_id)
    .outerjoin(assessment, assessment.c.id == conversation.c.assessment_id)
    .where(this_chat)
)
# a statement of its own: one that waits for a lock reads the locked row anew, but what it joined stays as it was
lock_conversation = select(conversation.c.id).where(this_chat).with_for_update()

load_assessment = (
    select(*_assessed, *_answers)
    .join(seat, seat.c.assessment_id == assessment.c.id)
    .where(assessment.c.id == bindparam("assessment"), seat.c.person_id == bindparam("person"))
)

load_verdicts = select(verdict).where(verdict.c.assessment_id == bindparam("assessment")).order_by(verdict.c.id)

find_evidence = select(evidence).where(evidence.c.id == bindparam("evidence"))
# who writes keeps others from writing what they read before
lock_evidence = find_evidence.with_for_update()
load_evidence = (
    select(evidence).where(evidence.c.assessment_id == bindparam("assessment")).order_by(evidence.c.at, evidence.c.id)
)
load_and_lock_evidence = load_evidence.with_for_update()

_inquiries = select(inquiry, *_assessed).join(assessment, assessment.c.id == inquiry.c.assessment_id)
find_inquiry = _inquiries.where(inquiry.c.token == bindparam("token"))
lock_inquiry = find_inquiry.with_for_update(of=inquiry)
list_inquiries = _inquiries.where(inquiry.c.assessment_id == bindparam("assessment")).order_by(
    inquiry.c.asked_at, inquiry.c.token
)

find_utterance = (
    select(utterance)
    .join(conversation, conversation.c.id == utterance.c.conversation_id)
    .where(this_chat, utterance.c.message == bindparam("message"))
)

load_history = (
    select(rating_change)
    .join(seat, seat.c.id == rating_change.c.seat_id)
    .where(seat.c.assessment_id == bindparam("assessment"))
    .order_by(rating_change.c.id)
)

_answered = (
    select(func.count(rating.c.value)).where(rating.c.seat_id == seat.c.id, rating.c.round == 1).scalar_subquery()
)
_verdict = (
    select(verdict.c.key)
    .where(verdict.c.assessment_id == assessment.c.id)
    .order_by(verdict.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
list_assessments = (
    select(*_assessed, _answered.label("answered"), _verdict.label("verdict"))
    .join(seat, seat.c.assessment_id == assessment.c.id)
    .where(seat.c.person_id == bindparam("person"))
    .order_by(assessment.c.updated_at.desc(), assessment.c.created_at.desc(), assessment.c.id)
)

change_conversation = update(conversation).where(
    conversation.c.id == bindparam("b_id"), conversation.c.revision == bindparam("b_revision")
)
change_header = update(assessment).where(assessment.c.id == bindparam("b_id"))

add_change = insert(rating_change).inline()
add_verdict = insert(verdict).inline()

_free = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= bindparam("now"))
_earlier = outbox.alias("earlier")
_first_of_its_lane = ~(
    select(_earlier.c.id)
    .where(
        _earlier.c.channel == outbox.c.channel,
        _earlier.c.address == outbox.c.address,
        _earlier.c.lane == outbox.c.lane,
        _earlier.c.id < outbox.c.id,
        _earlier.c.state == "pending",
    )
    .exists()
)
due_messages = (
    select(outbox)
    .where(outbox.c.channel == bindparam("from_channel"), outbox.c.state == "pending")
    .where(outbox.c.not_before <= bindparam("now"), _free, _first_of_its_lane)
    .order_by(outbox.c.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(of=outbox, skip_locked=True)
)


class Upserts:
    """Inserts that meet a row already there; each engine has its own construct for them."""

    def __init__(self, dialect: str) -> None:
        """Build them for ``sqlite`` or ``postgresql``."""
        self._insert: Any = import_module(f"sqlalchemy.dialects.{dialect}").insert  # the other is not loaded in vain
        self.delivery = self._unless_there(delivery)
        self.toolkit = self._unless_there(toolkit)
        self.practice = self._unless_there(practice)
        self.dead_letter = self._unless_there(dead_letter)
        self.person = self._replacing(person, "language", "consent", "consented_at")
        self.rating = self._replacing(rating)
        self.plan = self._replacing(plan)
        self.part_choice = self._replacing(part_choice)
        self.evidence = self._evidence()
        self.inquiry = self._inquiry()
        self.utterance = self._utterance()
        self.message = self._message(dialect)

    def _unless_there(self, table: Table) -> Insert:
        return _counted(self._insert(table).on_conflict_do_nothing().inline())

    def _replacing(self, table: Table, *names: str) -> Insert:
        statement = self._insert(table).inline()
        replacing: Insert = statement.on_conflict_do_update(
            index_elements=list(table.primary_key), set_=_new(statement, table, names)
        )
        return replacing

    def _evidence(self) -> Insert:
        """One whose id another assessment has already is not written."""
        statement = self._insert(evidence).inline()
        same = evidence.c.assessment_id == statement.excluded.assessment_id
        return _counted(
            statement.on_conflict_do_update(index_elements=[evidence.c.id], set_=_new(statement, evidence), where=same)
        )

    def _inquiry(self) -> Insert:
        """One that somebody else has taken up is not written."""
        statement = self._insert(inquiry).inline()
        free = or_(inquiry.c.standing == "open", inquiry.c.colleague_id.is_not_distinct_from(bindparam("b_colleague")))
        return _counted(
            statement.on_conflict_do_update(index_elements=[inquiry.c.token], set_=_new(statement, inquiry), where=free)
        )

    def _utterance(self) -> Insert:
        names = ["subject", "phase", "focus", "aspect", "aside"]
        given = [bindparam(f"b_{name}", type_=Written) for name in ("message", *names)]
        statement = (
            self._insert(utterance)
            .from_select(["conversation_id", "message", *names], select(conversation.c.id, *given).where(this_chat))
            .inline()
        )
        replacing: Insert = statement.on_conflict_do_update(
            index_elements=["conversation_id", "message"], set_=_new(statement, utterance, tuple(names))
        )
        return replacing

    def _message(self, dialect: str) -> Insert:
        """A card takes the place of the one that waits, under a number of its own."""
        statement = self._insert(outbox).inline()
        statement = statement.prefix_with("OR REPLACE") if dialect == "sqlite" else self._renumbering(statement)
        replacing: Insert = statement
        return replacing

    def _renumbering(self, statement: Any) -> Any:
        return statement.on_conflict_do_update(
            index_elements=["channel", "address"],
            index_where=CARDS,
            set_={"id": statement.excluded.id, **_new(statement, outbox)},
        )


def _new(statement: Any, table: Table, names: tuple[str, ...] = ()) -> dict[str, Any]:
    """What an upsert writes over: the columns named, or all outside the key."""
    names = names or tuple(column.name for column in table.c if not column.primary_key)
    return {name: statement.excluded[name] for name in names}


def _counted(statement: Insert) -> Insert:
    """Only so is the number of rows of an INSERT known on every driver."""
    return statement.execution_options(preserve_rowcount=True)
