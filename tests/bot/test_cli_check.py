"""``cocok check`` and ``cocok db upgrade``: what is wrong with the surroundings, told in lines."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from bot.catalogues import compile_catalogues
from bot.cli.checks import check_catalogues
from bot.i18n import locales_folder
from bot.settings import load_settings
from storage import schema
from storage.store import open_store
from tests.bot.shell import ROOT, TOOLKIT, failure, folder, run
from tests.postgres import postgres_server, postgres_url

__all__ = ["folder", "postgres_server", "postgres_url"]

DEFAULT = "sqlite:///cocok.db"
NEWEST, LATER = schema.REVISIONS[-1], "later"
MIGRATION = f"""
revision = "{LATER}"
down_revision = "{NEWEST}"

def upgrade():
    from alembic import op
    op.execute("CREATE TABLE later (id INTEGER)")
"""


@pytest.fixture
def catalogues(folder: Path) -> Path:
    """Copy the catalogues and compile the copy."""
    shutil.copytree(locales_folder(), folder / "locales")
    compile_catalogues(folder / "locales")
    return folder / "locales"


def graded(result: Result, grade: str) -> list[str]:
    return [line for line in result.stdout.splitlines() if line.startswith(grade)]


def of(result: Result, subject: str) -> list[str]:
    return [line for line in result.stdout.splitlines() if line.split(maxsplit=1)[1].startswith(subject)]


def complaints(catalogues: Path) -> list[str]:
    return [remark for _, remark in check_catalogues(load_settings(), catalogues)]


def mark(file: Path, revision: str) -> None:
    database = sqlite3.connect(file)
    database.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    database.commit()
    database.close()


def test_a_fresh_folder_has_no_fault_and_is_left_as_it_is(folder: Path) -> None:
    result = run("check")
    assert (result.exit_code, graded(result, "fault"), result.stderr) == (0, [], "")
    assert list(folder.iterdir()) == []


def test_gaps_in_the_privacy_notice_are_warned_of_until_they_are_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(graded(run("check"), "warning")) == 3
    monkeypatch.setenv("COCOK_CONTROLLER", "Bappeda Kota Banda Aceh")
    monkeypatch.setenv("COCOK_CONTACT", "bappeda@example.org")
    assert [line.split()[3] for line in graded(run("check"), "warning")] == ["COCOK_RETENTION_DAYS"]
    monkeypatch.setenv("COCOK_RETENTION_DAYS", "365")
    assert graded(run("check"), "warning") == []


def test_a_misspelt_setting_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_DATABSE_URL", "sqlite:///x.db")
    result = run("check")
    assert result.exit_code == 0
    assert "COCOK_DATABSE_URL" in of(result, "settings")[0]


def test_a_database_that_is_none_is_a_fault_and_is_left_alone(folder: Path) -> None:
    content = bytes(range(256)) * 8
    (folder / "cocok.db").write_bytes(content)
    result = run("check")
    assert result.exit_code == 1
    assert "is not a database of cocok" in of(result, "database")[0]
    assert (folder / "cocok.db").read_bytes() == content
    for command in (("toolkit", "list"), ("db", "upgrade")):
        code, line = failure(run(*command))
        assert code == 1
        assert "is not a database of cocok" in line


def test_a_newer_database_is_left_alone(folder: Path) -> None:
    open_store(DEFAULT).close()
    mark(folder / "cocok.db", "9999")
    assert "newer version" in of(run("check"), "database")[0]
    for command in (("toolkit", "list"), ("db", "upgrade"), ("toolkit", "import", TOOLKIT)):
        code, line = failure(run(*command))
        assert code == 1
        assert "newer version" in line
    assert schema.current(DEFAULT) == "9999"


def test_an_imported_document_that_cannot_be_read_is_a_fault_that_names_it() -> None:
    store = open_store(DEFAULT)
    store.run(lambda unit: unit.add_practice("night-bus", 1, '{"key": "night-bus"}', datetime(2026, 1, 1, tzinfo=UTC)))
    store.close()
    result = run("check")
    assert result.exit_code == 1
    assert len(graded(result, "fault")) == 3
    assert all("imported practice night-bus@1: " in line for line in graded(result, "fault"))
    assert run("practice", "list").exit_code == 0


def test_a_database_without_a_folder_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", "sqlite:///nowhere/cocok.db")
    result = run("check")
    assert result.exit_code == 1
    assert "nowhere" in graded(result, "fault")[0]
    assert failure(run("db", "upgrade"))[0] == 1


def test_a_server_that_does_not_answer_is_a_fault_of_the_database_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", "postgresql+psycopg://sari:rahasia@127.0.0.1:1/cocok")
    result = run("check")
    assert result.exit_code == 1
    assert len(graded(result, "fault")) == 1
    assert "cannot be opened or written" in of(result, "database")[0]
    assert "rahasia" not in result.output


def test_an_empty_server_database_is_upgraded_by_its_operator(
    monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", postgres_url)
    assert "cocok db upgrade" in of(run("check"), "database")[0]
    assert "cocok db upgrade" in failure(run("toolkit", "list"))[1]
    assert run("db", "upgrade").stdout == f"Upgraded from nothing to {schema.REVISIONS[-1]}.\n"
    assert run("check").exit_code == 0
    assert run("db", "upgrade").stdout == f"The schema is {schema.REVISIONS[-1]} already.\n"


def test_a_database_in_memory_needs_no_upgrade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", "memory://")
    assert run("db", "upgrade").exit_code == 0
    assert run("check").exit_code == 0


def later(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be one migration further than its databases."""
    shutil.copytree(ROOT / "storage" / "migrations", folder / "later" / "migrations")
    (folder / "later" / "migrations" / "versions" / "later.py").write_text(MIGRATION)
    monkeypatch.setattr(schema, "__file__", str(folder / "later" / "schema.py"))
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, LATER))


def test_the_embedded_default_is_upgraded_by_itself_with_a_line_that_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(DEFAULT).close()
    later(folder, monkeypatch)
    result = run("toolkit", "list")
    assert result.exit_code == 0
    assert result.stderr == "cocok.db had an older schema and has been upgraded.\n"
    assert schema.current(DEFAULT) == LATER
    assert run("toolkit", "list").stderr == ""


def test_a_database_that_was_named_waits_for_its_operator(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", "sqlite:///ours.db")
    open_store("sqlite:///ours.db").close()
    later(folder, monkeypatch)
    assert "cocok db upgrade" in failure(run("toolkit", "list"))[1]
    assert run("db", "upgrade").stdout == f"Upgraded from {NEWEST} to {LATER}.\n"
    assert run("toolkit", "list").exit_code == 0


def test_complete_and_fresh_catalogues_have_no_fault(catalogues: Path) -> None:
    assert complaints(catalogues) == []


def test_a_catalogue_that_is_not_compiled_or_damaged_is_a_fault(catalogues: Path) -> None:
    (catalogues / "id" / "LC_MESSAGES" / "bot.mo").unlink()
    (catalogues / "en" / "LC_MESSAGES" / "bot.mo").write_bytes(b"damaged")
    assert [remark.split()[0] for remark in complaints(catalogues)] == ["id", "en"]


def test_a_sentence_one_language_lacks_is_a_fault(catalogues: Path) -> None:
    source = catalogues / "id" / "LC_MESSAGES" / "bot.po"
    with source.open("a", encoding="utf-8") as file:
        file.write('\nmsgid "only.here"\nmsgstr "Hanya di sini"\n')
    assert complaints(catalogues) == ["id is older than its source; run `make catalogues`"]
    compile_catalogues(catalogues)
    assert complaints(catalogues) == ["en lacks only.here; complete it and run `make catalogues`"]


def test_an_installation_without_sources_is_complete(catalogues: Path) -> None:
    for source in catalogues.glob("*/LC_MESSAGES/bot.po"):
        source.unlink()
    assert complaints(catalogues) == []
