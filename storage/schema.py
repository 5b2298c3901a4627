"""Which schema a database has, and how it gets the newest one. Alembic is imported only to migrate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, select

from storage.engines import SQLITE, open_engine
from storage.errors import StoreOutdated, StoreTooNew, StoreUnreadable
from storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS = ("0001", "0002")
"""Every schema this program knows, oldest first; the same as the files in ``migrations/versions``."""

# the table alembic keeps; written here too, so that a new database needs no alembic
_version = Table(
    "alembic_version",
    MetaData(naming_convention={"pk": "alembic_version_pkc"}),
    Column("version_num", String(32), primary_key=True),
)


def current(url: str) -> str | None:
    """Read the revision a database has; None when it has no schema of ours yet."""
    engine = open_engine(url, 5.0)
    try:
        with engine.execution_options(sqlite_begin="DEFERRED").connect() as connection:
            return revision(connection)
    finally:
        engine.dispose()


def upgrade(url: str) -> None:
    """Bring a database to the newest schema; raises StoreTooNew for one from a later version."""
    from alembic import command

    engine = open_engine(url, 5.0)
    try:
        with engine.connect() as connection:
            _refuse_unknown(revision(connection))
            command.upgrade(alembic_config(connection), "head")
            connection.commit()
    finally:
        engine.dispose()


def check(engine: Engine) -> None:
    """Raise StoreOutdated, StoreTooNew or StoreUnreadable unless the schema fits; give a new SQLite file its schema."""
    with engine.execution_options(sqlite_begin="DEFERRED").connect() as connection:
        found = revision(connection)
        tables = [] if found else inspect(connection).get_table_names()
    if found is None and engine.dialect.name == SQLITE:
        if tables:
            detail = "the database holds other tables"
            raise StoreUnreadable(detail)
        found = _create(engine)
    _refuse_unknown(found)
    if found != REVISIONS[-1]:
        raise StoreOutdated(found or "no schema")


def revision(connection: Connection) -> str | None:
    """Read the revision noted in an open database."""
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.scalar(select(_version.c.version_num))


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for one open connection; there is no alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config


def _create(engine: Engine) -> str | None:
    with engine.begin() as connection:
        # another process may have been faster
        if (found := revision(connection)) is None:
            metadata.create_all(connection, checkfirst=False)
            _version.create(connection, checkfirst=False)
            connection.execute(_version.insert().values(version_num=REVISIONS[-1]))
            return REVISIONS[-1]
    return found


def _refuse_unknown(found: str | None) -> None:
    if found is not None and found not in REVISIONS:
        raise StoreTooNew(found)
