"""A house of its own for every test, on a database file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.handle import House
from tests.bot.channels.telegram.running import housed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database lies."""
    return tmp_path / "cocok.db"


@pytest.fixture
def house(file: Path) -> House:
    """A house whose bot is not running yet."""
    return housed(f"sqlite:///{file}", file.parent)
