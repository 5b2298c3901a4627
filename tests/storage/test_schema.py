"""The schema: migrations and tables say the same, and a database that does not fit is named."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from flows.dialogue import Phase, Shown
from flows.ratings import Basis, Rating
from storage import schema
from storage.engines import open_engine
from storage.errors import LostRace, StoreOutdated, StoreTooNew, StoreUnreadable
from storage.sql import SqlStore
from storage.store import CARD, open_store
from storage.tables import metadata
from tests.storage.people import MINUTE, NOON, keep, participant, reopened


def differences(url: str) -> list[object]:
    engine = open_engine(url, 1)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        found: list[object] = compare_metadata(context, metadata)
    engine.dispose()
    return found


def tables(url: str) -> set[str]:
    engine = open_engine(url, 1)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def declarations(path: Path) -> set[tuple[str, ...]]:
    """Take every statement that made a SQLite file as its words; their order differs, for columns and constraints."""
    engine = open_engine(f"sqlite:///{path}", 1)
    with engine.connect() as connection:
        made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"
        declared = {tuple(sorted(re.findall(r"[\w']+", sql))) for sql in connection.scalars(text(made))}
    engine.dispose()
    return declared


def set_revision(url: str, revision: str) -> None:
    engine = open_engine(url, 1)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()


def test_migrating_from_nothing_gives_the_tables_of_the_program(bare_url: str) -> None:
    schema.upgrade(bare_url)
    assert differences(bare_url) == []
    assert schema.current(bare_url) == schema.REVISIONS[-1]


def test_a_new_file_gets_what_migrating_would_give_it(tmp_path: Path) -> None:
    schema.upgrade(f"sqlite:///{tmp_path}/migrated.db")
    open_store(f"sqlite:///{tmp_path}/new.db").close()
    assert declarations(tmp_path / "new.db") == declarations(tmp_path / "migrated.db")
    assert differences(f"sqlite:///{tmp_path}/new.db") == []


def test_a_new_file_needs_no_migration_afterwards(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/cocok.db"
    open_store(url).close()
    assert schema.current(url) == schema.REVISIONS[-1]
    schema.upgrade(url)
    open_store(url).close()


def test_the_program_knows_every_migration_there_is(database: SqlStore) -> None:
    with database.engine.connect() as connection:
        scripts = ScriptDirectory.from_config(schema.alembic_config(connection))
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == schema.REVISIONS


def test_going_back_to_nothing_leaves_nothing(bare_url: str) -> None:
    schema.upgrade(bare_url)
    engine = open_engine(bare_url, 1)
    with engine.begin() as connection:
        command.downgrade(schema.alembic_config(connection), "base")
    engine.dispose()
    assert tables(bare_url) - {"sqlite_sequence"} == {"alembic_version"}


def test_an_empty_server_database_waits_for_its_operator(postgres_url: str) -> None:
    assert schema.current(postgres_url) is None
    with pytest.raises(StoreOutdated):
        open_store(postgres_url)
    schema.upgrade(postgres_url)
    open_store(postgres_url).close()


def test_a_database_of_a_later_version_is_left_alone(bare_url: str) -> None:
    schema.upgrade(bare_url)
    set_revision(bare_url, "9999")
    with pytest.raises(StoreTooNew, match="9999"):
        open_store(bare_url)
    with pytest.raises(StoreTooNew, match="9999"):
        schema.upgrade(bare_url)
    assert schema.current(bare_url) == "9999"


def first_schema(url: str) -> None:
    """Make a database of the first schema, with a person who answered and messages that wait."""
    engine = open_engine(url, 1)
    with engine.begin() as connection:
        command.upgrade(schema.alembic_config(connection), "0001")
        for name, row in OLD_ROWS:
            columns, values = ", ".join(row), ", ".join(f":{column}" for column in row)
            connection.execute(text(f"INSERT INTO {name} ({columns}) VALUES ({values})"), row)  # noqa: S608 - our own
    engine.dispose()


NOON_TEXT = "2026-08-17 12:00:00"
MESSAGE: dict[str, object] = {
    "channel": "telegram",
    "kind": "card",
    "body": "{}",
    "created_at": NOON_TEXT,
    "not_before": NOON_TEXT,
}
PLACE = {
    "language": "id",
    "phase": "items",
    "focus": "P1",
    "aspect": "note",
    "aside": "",
    "back_to": "",
    "scratch": "{}",
}
OLD_ROWS: list[tuple[str, dict[str, object]]] = [
    ("person", {"id": "p-1", "created_at": NOON_TEXT, "language": "id", "consent": "1", "consented_at": NOON_TEXT}),
    (
        "assessment",
        {"id": "a-1", "person_id": "p-1", "kind": "solo", "toolkit": "citynet", "version": 1, "practice": "owl-bus"}
        | {"profile": "{}", "status": "open", "created_at": NOON_TEXT, "updated_at": NOON_TEXT},
    ),
    ("seat", {"id": "a-1", "assessment_id": "a-1", "person_id": "p-1", "joined_at": NOON_TEXT}),
    ("rating", {"seat_id": "a-1", "item": "P1", "value": "2", "basis": "A", "note": "RPJMD", "language": "id"}),
    (
        "conversation",
        {"id": "c-1001", "channel": "telegram", "address": "1001", "person_id": "p-1", "revision": 7}
        | {"assessment_id": "a-1", "seen_at": NOON_TEXT, "created_at": NOON_TEXT, **PLACE},
    ),
    *(("outbox", {**MESSAGE, "address": address}) for address in ("1001", "1002", "1001")),
]


def test_a_database_of_the_first_schema_is_outdated_until_it_is_upgraded_and_then_whole(bare_url: str) -> None:
    first_schema(bare_url)
    with pytest.raises(StoreOutdated, match="0001"):
        open_store(bare_url)
    schema.upgrade(bare_url)
    assert differences(bare_url) == []
    store = open_store(bare_url)
    again = reopened(store)
    assert (again.person, again.phase, again.focus, again.revision) == ("p-1", Phase.ITEMS, "P1", 7)
    assert (again.shown, again.unreachable, again.inquiry) == (Shown(), False, None)
    assert again.assessment is not None
    assert again.assessment.ratings == {"P1": Rating(value=2, basis=Basis.DOCUMENT, note="RPJMD", language="id")}
    with store.unit() as unit:
        waiting = unit.outbox.claim("telegram", NOON, 10, MINUTE)
        assert [(one.address, one.lane) for one in waiting] == [("1002", CARD), ("1001", CARD)]
        again.erased = True
        unit.save(again, NOON)
        assert unit.assessments("p-1") == []
    store.close()


def test_an_upgraded_database_keeps_its_promises_between_tables(bare_url: str) -> None:
    first_schema(bare_url)
    schema.upgrade(bare_url)
    engine = open_engine(bare_url, 1)
    with engine.connect() as connection, pytest.raises(LostRace):
        connection.execute(text("UPDATE conversation SET inquiry_token = 'nothing'"))
    engine.dispose()


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/other.db"
    engine = open_engine(url, 1)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipe (id INTEGER)"))
    engine.dispose()
    with pytest.raises(StoreUnreadable):
        open_store(url)
    assert tables(url) == {"recipe"}


def test_opening_a_store_does_not_import_what_only_migrating_needs(tmp_path: Path) -> None:
    script = (
        "import sys; from storage.store import open_store; "
        f"open_store('sqlite:///{tmp_path}/cocok.db').close(); "
        "sys.exit(sorted({'alembic', 'pydantic', 'psycopg'} & set(sys.modules)).__repr__().strip('[]') or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_new_file_and_the_logs_beside_it_are_for_their_owner_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'new.db'}")
    keep(store, participant())
    assert readers(tmp_path) == {"new.db": 0, "new.db-wal": 0, "new.db-shm": 0}
    store.close()


@pytest.mark.parametrize("make", [schema.upgrade, schema.current])
def test_a_file_made_without_a_store_is_for_its_owner_alone(tmp_path: Path, make: Callable[[str], object]) -> None:
    make(f"sqlite:///{tmp_path / 'new.db'}")
    assert readers(tmp_path) == {"new.db": 0}


def test_a_file_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "shared.db").touch(0o660)
    (tmp_path / "shared.db").chmod(0o660)
    open_store(f"sqlite:///{tmp_path / 'shared.db'}").close()
    assert readers(tmp_path) == {"shared.db": 0o060}


def test_a_file_named_by_a_uri_is_opened(tmp_path: Path) -> None:
    open_store(f"sqlite:///file:{tmp_path / 'new.db'}?uri=true").close()
    assert (tmp_path / "new.db").exists()


def readers(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o077 for file in folder.iterdir()}
