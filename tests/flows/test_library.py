"""The library finds every version, and an import replaces nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flows.library import FOLDER, Library, NameTaken, UnknownEntry, builtin, read_library
from flows.loading import BrokenFile
from flows.practice import Practice

OWN = Practice(key="night-bus", languages=("id",), name={"id": "Bus"}, city={"id": "Bandung"}, what={"id": "Malam."})


@pytest.fixture
def two_versions(tmp_path: Path) -> Library:
    text = (FOLDER / "citynet-1.toml").read_text(encoding="utf-8")
    for version in (1, 2, 10):
        newer = text.replace("version = 1\n", f"version = {version}\n", 1)
        (tmp_path / f"citynet-{version}.toml").write_text(newer, encoding="utf-8")
    return read_library(tmp_path)


def test_a_key_means_its_newest_version(two_versions: Library) -> None:
    assert two_versions.toolkit("citynet").version == 10
    assert [toolkit.reference for toolkit in two_versions.newest] == ["citynet@10"]


def test_an_old_version_stays_within_reach(two_versions: Library) -> None:
    assert two_versions.toolkit("citynet@1").version == 1
    assert [toolkit.version for toolkit in two_versions.toolkits] == [1, 2, 10]


@pytest.mark.parametrize("reference", ["", "citynet@3", "citynet@", "citynet@01", "other"])
def test_an_unknown_toolkit_is_named(two_versions: Library, reference: str) -> None:
    with pytest.raises(UnknownEntry, match=f"^'{reference}'$"):
        two_versions.toolkit(reference)


@pytest.mark.parametrize("reference", ["", "moon-base", "owl-bus@2", "owl-bus@", "owl-bus@01"])
def test_an_unknown_practice_is_named(reference: str) -> None:
    with pytest.raises(UnknownEntry, match=f"^'{reference}'$"):
        builtin().practice(reference)


def test_an_unknown_entry_is_a_key_error() -> None:
    assert issubclass(UnknownEntry, KeyError)


def test_a_key_means_the_newest_version_of_a_practice_and_the_old_ones_stay_within_reach() -> None:
    newer = replace(OWN, version=2, parts=({"id": "Rute"},))
    library = builtin().with_imported(practices=[newer, OWN])
    assert library.practice("night-bus") == library.practice("night-bus@2") == newer
    assert library.practice("night-bus@1") == OWN
    assert [one.reference for one in library.practices] == ["night-bus@2", "owl-bus@1", "food-waste-fee@1"]


def test_practices_are_offered_by_their_english_names() -> None:
    names = {"zebra": "angklung", "ant": "Zoo"}
    imported = [replace(OWN, key=key, name={"en": name}) for key, name in names.items()]
    offered = builtin().with_imported(practices=imported).practices
    assert [practice.key for practice in offered] == ["zebra", "owl-bus", "food-waste-fee", "ant"]
    assert builtin().practices[0].key == "owl-bus"


def test_the_built_in_library_is_read_once() -> None:
    assert builtin() is builtin()


def test_what_is_imported_joins_and_leaves_the_original_as_it_was() -> None:
    later = replace(builtin().toolkit("citynet"), version=99)
    library = builtin().with_imported([later], [OWN])
    assert library.toolkit("citynet") == later
    assert library.practice("night-bus") == OWN
    assert OWN not in builtin().practices
    assert later not in builtin().toolkits


def test_the_same_content_imported_again_counts_once() -> None:
    library = builtin().with_imported(builtin().toolkits, [OWN, replace(OWN)])
    assert library.toolkits == builtin().toolkits
    assert library.practice_versions == (*builtin().practice_versions, OWN)


def test_an_import_never_replaces_a_toolkit_of_the_same_version() -> None:
    other = replace(builtin().toolkit("citynet@1"), title={"en": "Another", "id": "Yang lain"})
    with pytest.raises(NameTaken, match=r"^citynet@1$"):
        builtin().with_imported([other])


def test_an_import_never_replaces_a_practice() -> None:
    library = builtin().with_imported(practices=[OWN])
    with pytest.raises(NameTaken, match=r"^night-bus@1$"):
        library.with_imported(practices=[replace(OWN, link="https://example.org/")])


def test_a_toolkit_file_bears_the_name_of_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "citynet-2.toml").write_bytes((FOLDER / "citynet-1.toml").read_bytes())
    with pytest.raises(BrokenFile, match=r"^citynet-2\.toml: key: .* must be citynet-1\.toml$"):
        read_library(tmp_path)


def test_a_practice_file_bears_the_name_of_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "practices").mkdir()
    text = 'key = "night-bus"\nname.id = "Bus"\ncity.id = "Bandung"\nwhat.id = "Malam."\n'
    (tmp_path / "practices" / "bus.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFile, match=r"^bus\.toml: key: .* must be night-bus\.toml$"):
        read_library(tmp_path)
    (tmp_path / "practices" / "bus.toml").write_text(f"version = 2\n{text}", encoding="utf-8")
    with pytest.raises(BrokenFile, match=r"must be night-bus-2\.toml$"):
        read_library(tmp_path)
