"""Toolkits and practices on the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.offer import library, offer
from flows.library import builtin
from flows.loading import dump_toolkit, load_practice, load_toolkit
from flows.practice import Practice
from storage.store import open_store
from tests.bot.shell import PRACTICE, TOOLKIT, failure, folder, run

__all__ = ["folder"]


def changed(source: Path, target: Path, old: str, new: str) -> Path:
    """Write a copy of a file with one thing changed, once."""
    text = source.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


@pytest.fixture
def second(folder: Path) -> Path:
    """Write the second version of the toolkit."""
    return changed(TOOLKIT, folder / "citynet-2.toml", "version = 1", "version = 2")


@pytest.fixture
def case(folder: Path) -> Path:
    """Write a practice under a key of its own."""
    return changed(PRACTICE, folder / "night-bus.toml", 'key = "owl-bus"', 'key = "night-bus"')


def test_what_comes_with_the_bot_is_listed_and_no_database_is_made(folder: Path) -> None:
    toolkits, practices = run("toolkit", "list"), run("practice", "list")
    assert [line.split()[0] for line in toolkits.stdout.splitlines()] == [one.reference for one in builtin().toolkits]
    assert [line.split()[0] for line in practices.stdout.splitlines()] == [
        one.reference for one in builtin().practice_versions
    ]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["citynet", "citynet@1"])
def test_a_toolkit_is_shown_with_every_question(name: str) -> None:
    for language in ("en", "id"):
        shown = run("toolkit", "show", name, "--lang", language).stdout
        assert all(item.question[language] in shown for item in builtin().toolkit(name).items.values())


@pytest.mark.parametrize("known", builtin().practices, ids=lambda practice: practice.key)
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_practice_is_shown_with_all_that_is_known(known: Practice, language: str) -> None:
    shown = run("practice", "show", known.key, "--lang", language).stdout
    for text in (known.name, known.city, known.what, known.cautions, *known.parts):
        assert text[language] in shown
    assert all(source.url in shown for source in known.sources)


@pytest.mark.parametrize(
    ("noun", "name", "known"), [("toolkit", "citynet@9", "citynet@1"), ("practice", "citynet", "owl-bus@1")]
)
def test_an_unknown_name_is_refused_with_the_known_ones(noun: str, name: str, known: str) -> None:
    code, line = failure(run(noun, "show", name))
    assert code == 2
    assert name in line
    assert known in line


def test_a_language_without_words_is_refused_with_those_there_are() -> None:
    code, line = failure(run("toolkit", "show", "citynet", "--lang", "fr"))
    assert code == 2
    assert "en, id" in line


def test_a_sound_file_lints_without_a_finding() -> None:
    for noun, file in (("toolkit", TOOLKIT), ("practice", PRACTICE)):
        result = run(noun, "lint", file)
        assert (result.exit_code, result.stdout) == (0, "")
        assert file.name in result.stderr


def test_a_finding_names_file_item_and_field(folder: Path) -> None:
    broken = changed(TOOLKIT, folder / "broken.toml", 'name.en = "Legal power"', 'name.en = "Legal power "')
    result = run("toolkit", "lint", TOOLKIT, broken)
    assert result.exit_code == 1
    assert result.stdout == "broken.toml: item C1: name.en: begins or ends with a space or an empty line\n"


def test_a_file_of_the_wrong_kind_is_refused(folder: Path) -> None:
    result = run("practice", "lint", TOOLKIT)
    assert result.exit_code == 1
    assert all(line.startswith("citynet-1.toml: ") for line in result.stdout.splitlines())
    assert run("toolkit", "import", PRACTICE).exit_code == 1
    assert list(folder.iterdir()) == []


def test_a_document_must_speak_the_languages_of_the_bot(folder: Path) -> None:
    text = TOOLKIT.read_text(encoding="utf-8").replace('languages = ["en", "id"]', 'languages = ["en"]')
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(("title.id", "name.id"))]
    (folder / "english.toml").write_text("\n".join(lines), encoding="utf-8")
    assert "english.toml: languages: lacks id" in run("toolkit", "lint", "english.toml").stdout


@pytest.mark.parametrize("noun", ["toolkit", "practice"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("nowhere.toml", None), ("empty.toml", b""), ("binary.toml", bytes(range(256))), ("large.toml", b"#" * 1_000_001)],
)
def test_a_file_that_cannot_be_read_is_named(folder: Path, noun: str, name: str, content: bytes | None) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    linted = run(noun, "lint", name)
    assert (linted.exit_code, linted.stderr) == (1, "")
    assert linted.stdout.startswith(f"{name}: ")
    code, line = failure(run(noun, "import", name))
    assert code == 1
    assert line == f"cocok: {linted.stdout.strip()}"


def test_a_folder_is_no_file(folder: Path) -> None:
    assert run("toolkit", "lint", folder).stdout == f"{folder.name}: is a folder, not a file\n"


def test_an_imported_toolkit_is_offered_from_then_on(second: Path) -> None:
    assert run("toolkit", "import", second).stdout == "citynet@2 is imported.\n"
    assert [line.split()[0] for line in run("toolkit", "list").stdout.splitlines()] == ["citynet@1", "citynet@2"]
    assert run("toolkit", "show", "citynet").stdout.startswith("citynet@2")
    store = open_store("sqlite:///cocok.db")
    assert library(store).toolkit("citynet") == load_toolkit(second)
    store.close()


def test_importing_the_same_again_changes_nothing_and_says_so(second: Path, case: Path) -> None:
    for noun, file in (("toolkit", second), ("practice", case), ("toolkit", TOOLKIT), ("practice", PRACTICE)):
        run(noun, "import", file)
        again = run(noun, "import", file)
        assert (again.exit_code, again.stderr) == (0, "")
        assert "same content" in again.stdout


def test_a_version_of_a_toolkit_never_changes(folder: Path, second: Path) -> None:
    run("toolkit", "import", second)
    other = changed(second, folder / "other.toml", "full = 15", "full = 20")
    clash = changed(TOOLKIT, folder / "clash.toml", "full = 15", "full = 20")
    for file, name in ((other, "citynet@2"), (clash, "citynet@1")):
        code, line = failure(run("toolkit", "import", file))
        assert code == 1
        assert f"{name} is already here with other content" in line


def test_a_practice_is_revised_under_a_new_version_and_the_old_one_stays(folder: Path, case: Path) -> None:
    assert run("practice", "import", case).stdout == "night-bus@1 is imported.\n"
    renamed = changed(case, folder / "renamed.toml", 'name.en = "Owl Bus"', 'name.en = "Night bus"')
    revised = changed(renamed, folder / "revised.toml", "version = 1", "version = 2")
    assert run("practice", "import", revised).stdout == "night-bus@2 is imported.\n"
    store = open_store("sqlite:///cocok.db")
    assert library(store).practice("night-bus") == load_practice(revised)
    assert library(store).practice("night-bus@1") == load_practice(case)
    store.close()
    assert "night-bus@2" in run("practice", "list").stdout
    assert run("practice", "show", "night-bus@1").stdout.startswith("night-bus@1  Owl Bus\n")


def test_a_version_of_a_practice_never_changes_and_the_refusal_names_those_there_are(folder: Path, case: Path) -> None:
    run("practice", "import", case)
    run("practice", "import", changed(case, folder / "second.toml", "version = 1", "version = 2"))
    for source, versions in ((case, "1, 2"), (PRACTICE, "1")):
        clash = changed(source, folder / "clash.toml", 'name.en = "Owl Bus"', 'name.en = "Night bus"')
        code, line = failure(run("practice", "import", clash))
        assert code == 1
        assert f"@1 is already here with other content and never changes; of {source.stem} " in line
        assert f"the versions {versions}:" in line


def test_a_file_with_findings_is_not_imported(folder: Path) -> None:
    broken = changed(TOOLKIT, folder / "broken.toml", 'name.en = "Legal power"', 'name.en = "Legal power "')
    code, line = failure(run("toolkit", "import", broken))
    assert code == 1
    assert "broken.toml: item C1: name.en" in line
    assert not (folder / "cocok.db").exists()


def test_nothing_is_imported_into_a_database_that_forgets(monkeypatch: pytest.MonkeyPatch, second: Path) -> None:
    monkeypatch.setenv("COCOK_DATABASE_URL", "memory://")
    assert failure(run("toolkit", "import", second))[0] == 2


def test_a_document_that_cannot_be_used_locks_nobody_out(folder: Path, second: Path) -> None:
    clash = load_toolkit(changed(TOOLKIT, folder / "clash.toml", "full = 15", "full = 20"))
    store = open_store("sqlite:///cocok.db")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with store.unit() as unit:
        unit.add_toolkit(clash.key, clash.version, dump_toolkit(clash), now)
        for key, text in {"broken": '{"key": "broken"}', "list": "[]", "torn": '{"key"', "deep": "[" * 20_000}.items():
            unit.add_practice(key, 1, text, now)
        unit.commit()
    found = offer(store)
    assert found.library == library(store) == builtin()
    assert list(dict.fromkeys(fault.file for fault in found.faults)) == [
        "imported toolkit citynet@1",
        *(f"imported practice {key}@1" for key in ("broken", "deep", "list", "torn")),
    ]
    store.close()
    assert run("toolkit", "list").stdout.startswith("citynet@1 ")
    assert run("toolkit", "import", second).stdout == "citynet@2 is imported.\n"
    checked = run("check")
    assert checked.exit_code == 1
    assert all(str(fault) in checked.stdout for fault in found.faults)


def test_a_name_held_by_something_that_cannot_be_read_is_not_given_again(case: Path) -> None:
    store = open_store("sqlite:///cocok.db")
    store.run(lambda unit: unit.add_practice("night-bus", 1, "{}", datetime(2026, 1, 1, tzinfo=UTC)))
    store.close()
    code, line = failure(run("practice", "import", case))
    assert code == 1
    assert "night-bus@1 is already here with other content" in line
