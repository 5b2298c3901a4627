"""The documents say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from bot.cli.commands import cocok
from bot.diagram import diagram
from bot.reading import COMMANDS
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_state_diagram_in_the_readme_is_the_machine_s() -> None:
    """``cocok toolkit diagram`` prints it."""
    shown = re.search(r"<!-- diagram -->\n```mermaid\n(.*?)```\n<!-- /diagram -->", README, re.DOTALL)
    assert shown
    assert shown[1].rstrip() == diagram().rstrip()


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    named = set(re.findall(r"`(COCOK_[A-Z_]+)`", README)) - {"COCOK_TEST_DATABASE_URL"}
    assert named == {f"COCOK_{name.upper()}" for name in Settings.model_fields}


def test_every_shell_command_is_in_the_readme() -> None:
    for name in cocok.commands:
        assert f"`cocok {name}" in README, name


def test_every_chat_command_is_in_the_readme_in_both_languages() -> None:
    for name in COMMANDS:
        assert f"`/{name}`" in README, name


def test_every_library_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").casefold()
    listed = re.findall(r'^  "([a-z-]+)(?:\[\w+\])?>=', project, re.MULTILINE)
    assert len(listed) > 20
    explained = set(
        re.findall(r"[a-z0-9_]+", " ".join(re.findall(r"^\| ([^|]+) \|", decisions.replace("-", "_"), re.MULTILINE)))
    )
    assert {name.replace("-", "_") for name in listed} - explained == set()


def test_the_lock_names_no_index_and_no_path() -> None:
    for lock in ROOT.glob("requirements*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert "--hash=sha256:" in text
