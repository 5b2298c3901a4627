"""What one answered item costs: through the whole handler, against a bare transaction that writes the same rows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.exchange import Inbound, Outbound
from bot.handle import House
from flows.dialogue import Phase
from flows.library import builtin
from flows.taps import Press
from storage.sql import SqlStore, open_sql
from storage.tables import assessment, conversation, delivery, outbox, person, rating, rating_change, seat
from tests.bench.figures import Figure, typical

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROUNDS = 12
STORED = 10_000
_KEYS = count()


def figures() -> list[Figure]:
    """Alternate ours and the bare transaction in one database, then ours with many assessments stored."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_sql(f"sqlite:///{Path(folder) / 'bench.db'}", 5.0)
        house = House(store=store, library=builtin())
        ours, bare = [], []
        for number in range(ROUNDS):
            ours += list(_answers(house, f"chat-{number}"))
            bare += list(_bare(store, number))
        _fill(store)
        crowded = [seconds for number in range(ROUNDS) for seconds in _answers(house, f"later-{number}")]
        store.close()
    return [
        Figure(name="a bare transaction with the same rows", value=typical(bare), unit="ms"),
        Figure(name="one answered item, whole handler", value=typical(ours), unit="ms"),
        Figure(name="… against the bare transaction", value=typical(ours) / typical(bare), unit="times", limit=3),
        Figure(name=f"… with {STORED:,} assessments stored", value=typical(crowded), unit="ms"),
        Figure(name="… growth", value=100 * (typical(crowded) / typical(ours) - 1), unit="%", limit=10),
    ]


def _send(house: House, chat: str, *, text: str | None = None, data: str | None = None) -> Outbound:
    inbound = Inbound(channel="bench", address=chat, key=f"bench:{next(_KEYS)}", text=text, data=data)
    return house.handle(inbound, NOW + timedelta(seconds=next(_KEYS)))


def _answers(house: House, chat: str) -> Iterator[float]:
    """Walk one person through every item; yields the seconds of each rating."""
    answer = _send(house, chat)
    while answer.conversation.phase is not Phase.ITEMS:
        answer = _send(house, chat, text="Banda Aceh" if answer.screen.name == "city" else "1")
    while answer.conversation.phase is Phase.ITEMS:
        data = answer.screen.buttons[1].data
        began = perf_counter()
        answer = _send(house, chat, data=data)
        spent = perf_counter() - began
        if Press.decode(data).trigger == "rate":
            yield spent


def _bare(store: SqlStore, number: int) -> Iterator[float]:
    """The rows of one answer, written by Core statements alone, in one transaction each."""
    name = f"bare-{number}"
    with store.engine.begin() as connection:
        _owner(connection, name)
    for item in builtin().toolkit("citynet").items:
        began = perf_counter()
        with store.engine.begin() as connection:
            _bare_answer(connection, name, item)
        yield perf_counter() - began


def _owner(connection: Connection, name: str) -> None:
    connection.execute(insert(person), {"id": name, "created_at": NOW, "language": "id", "consent": "1"})
    owned = {"id": name, "person_id": name, "kind": "solo", "toolkit": "citynet", "version": 1, "practice": "owl-bus"}
    header = {"profile": {}, "length": "full", "status": "open", "created_at": NOW, "updated_at": NOW}
    connection.execute(insert(assessment), owned | header)
    place = {"id": name, "assessment_id": name, "person_id": name, "joined_at": NOW}
    connection.execute(insert(seat), place)
    chat = {"id": name, "channel": "bare", "address": name, "person_id": name, "language": "id", "phase": "items"}
    state = {"focus": "", "aspect": "", "aside": "", "back_to": "", "scratch": {}, "revision": 0}
    connection.execute(
        insert(conversation), chat | state | {"assessment_id": name, "seen_at": NOW, "created_at": NOW}
    )  # fmt: skip


def _bare_answer(connection: Connection, name: str, item: str) -> None:
    key = {"key": f"bare:{next(_KEYS)}", "channel": "bare", "address": name, "received_at": NOW}
    connection.execute(insert(delivery), key)
    given = {"value": "1", "basis": None, "note": "", "language": "id"}
    row = {"seat_id": name, "item": item, "round": 1, "rated_at": NOW} | given
    statement = upsert(rating).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["seat_id", "item", "round"], set_=given))
    change = {"seat_id": name, "item": item, "round": 1, "new_value": "1", "language": "id", "at": NOW}
    connection.execute(insert(rating_change), change)
    connection.execute(update(assessment).where(assessment.c.id == name).values(updated_at=NOW))
    moved = {"focus": item, "revision": next(_KEYS), "seen_at": NOW}
    connection.execute(update(conversation).where(conversation.c.id == name).values(moved))
    message = {"channel": "bare", "address": name, "kind": "card", "body": {}, "created_at": NOW, "not_before": NOW}
    connection.execute(insert(outbox).prefix_with("OR REPLACE"), message)


def _fill(store: SqlStore) -> None:
    """Many other people's finished assessments."""
    items = list(builtin().toolkit("citynet").items)
    with store.engine.begin() as connection:
        for number in range(STORED):
            _owner(connection, f"stored-{number}")
        rows = (
            {"seat_id": f"stored-{number}", "item": item, "round": 1, "value": "1", "note": "", "language": "id"}
            for number in range(STORED)
            for item in items
        )
        connection.execute(insert(rating), [row | {"rated_at": NOW} for row in rows])
