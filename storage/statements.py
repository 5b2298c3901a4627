"""Statements of the hot path, built once so that the engine's cache finds their compiled form at no cost."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.sql.dml import Insert

from storage.tables import (
    assessment,
    conversation,
    delivery,
    outbox,
    part_choice,
    person,
    plan,
    practice,
    rating,
    rating_change,
    seat,
    toolkit,
    verdict,
)

# asked along with the header: most assessments in hand have no verdict yet, which saves them a statement
_concluded = select(verdict.c.id).where(verdict.c.assessment_id == assessment.c.id).exists()
header: list[ColumnElement[Any]] = [
    *(column.label(f"a_{column.name}") for column in assessment.c if column.name not in {"person_id", "kind"}),
    _concluded.label("a_concluded"),
]

_this_chat = and_(conversation.c.channel == bindparam("channel"), conversation.c.address == bindparam("address"))
load_conversation = (
    select(conversation, person.c.consent, person.c.consented_at, *header)
    .outerjoin(person, person.c.id == conversation.c.person_id)
    .outerjoin(assessment, assessment.c.id == conversation.c.assessment_id)
    .where(_this_chat)
)
# a statement of its own: one that waits for a lock reads the locked row anew, but what it joined stays as it was
lock_conversation = select(conversation.c.id).where(_this_chat).with_for_update()

load_header = (
    select(*header)
    .join(seat, seat.c.assessment_id == assessment.c.id)
    .where(assessment.c.id == bindparam("assessment"), seat.c.person_id == bindparam("person"))
)


def _answers(table: Table, key: ColumnElement[Any], *columns: ColumnElement[Any]) -> Select[Any]:
    return select(literal(table.name, Text).label("kind"), key.label("key"), *columns)


load_answers = union_all(
    _answers(rating, rating.c.item, rating.c.value, rating.c.basis, rating.c.note, rating.c.language).where(
        rating.c.seat_id == bindparam("seat"), rating.c.round == 1
    ),
    _answers(plan, plan.c.item, plan.c.changeable, plan.c.action, plan.c.owner, plan.c.due).where(
        plan.c.assessment_id == bindparam("assessment"), plan.c.number == 1
    ),
    _answers(
        part_choice,
        cast(part_choice.c.part, Text),
        part_choice.c.decision,
        part_choice.c.reason,
        cast(null(), Text),
        cast(null(), Text),
    ).where(part_choice.c.assessment_id == bindparam("assessment")),
)

load_verdicts = select(verdict).where(verdict.c.assessment_id == bindparam("assessment")).order_by(verdict.c.id)

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
    select(*header, _answered.label("answered"), _verdict.label("verdict"))
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
add_message = insert(outbox).inline()

_free = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= bindparam("now"))
_earlier = outbox.alias("earlier")
_first_of_its_chat = ~(
    select(_earlier.c.id)
    .where(
        _earlier.c.channel == outbox.c.channel,
        _earlier.c.address == outbox.c.address,
        _earlier.c.id < outbox.c.id,
        _earlier.c.state == "pending",
    )
    .exists()
)
due_messages = (
    select(outbox)
    .where(outbox.c.channel == bindparam("from_channel"), outbox.c.state == "pending")
    .where(outbox.c.not_before <= bindparam("now"), _free, _first_of_its_chat)
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
        self.person = self._replacing(person, "language", "consent", "consented_at")
        self.rating = self._replacing(rating)
        self.plan = self._replacing(plan)
        self.part_choice = self._replacing(part_choice)

    def _unless_there(self, table: Table) -> Insert:
        statement: Insert = self._insert(table).on_conflict_do_nothing().inline()
        # only so is the number of rows of an INSERT known on every driver
        return statement.execution_options(preserve_rowcount=True)

    def _replacing(self, table: Table, *names: str) -> Insert:
        statement = self._insert(table).inline()
        names = names or tuple(column.name for column in table.c if not column.primary_key)
        new = {name: statement.excluded[name] for name in names}
        replacing: Insert = statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=new)
        return replacing
