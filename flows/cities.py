"""Receiving cities: the bundled list of Indonesian cities and regencies, and names typed freely.

The list follows the Ministry of Home Affairs' codes: two digits for a province, ``pp.nn`` for what lies in it, where
``nn`` from 71 on is a city (*kota*) and below it a regency (*kabupaten*). Of the provinces only DKI Jakarta is a
receiving city itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

from flows.assessment import City
from flows.cleaning import FILLERS, clean_line

MAX_LENGTH = 80
MAX_SUGGESTIONS = 5
JAKARTA = "31"

_FILE = Path(__file__).parent / "toolkits" / "cities.tsv"
_CONTROLS = frozenset({"Cc", "Zl", "Zp"})


class Kind(StrEnum):
    """What a place is in law."""

    KOTA = "kota"
    KABUPATEN = "kabupaten"
    PROVINCE = "province"


_TITLES = {
    "kotaadministrasi": Kind.KOTA,
    "kotaadm": Kind.KOTA,
    "kotamadya": Kind.KOTA,
    "kota": Kind.KOTA,
    "pemerintahkota": Kind.KOTA,
    "pemkot": Kind.KOTA,
    "pemko": Kind.KOTA,
    "cityof": Kind.KOTA,
    "kabupatenadministrasi": Kind.KABUPATEN,
    "kabupatenadm": Kind.KABUPATEN,
    "kabupaten": Kind.KABUPATEN,
    "kabadm": Kind.KABUPATEN,
    "kab": Kind.KABUPATEN,
    "pemerintahkabupaten": Kind.KABUPATEN,
    "pemkab": Kind.KABUPATEN,
}
_ENGLISH_TITLES = {"city": Kind.KOTA, "regency": Kind.KABUPATEN}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A row of the list. ``key`` is the official code, ``aliases`` are other names in use."""

    key: str
    name: str
    kind: Kind
    province: str
    aliases: tuple[str, ...] = ()

    @property
    def city(self) -> City:
        """The place as an assessment names it: a city plainly, a regency as *Kabupaten ...*."""
        return City(name=f"Kabupaten {self.name}" if self.kind is Kind.KABUPATEN else self.name, key=self.key)

    @property
    def official(self) -> str:
        """The name with its title in full, e.g. *Kota Administrasi Jakarta Pusat*."""
        if self.kind is Kind.PROVINCE:
            return self.name
        middle = " Administrasi" if self.key.startswith(f"{JAKARTA}.") else ""
        return f"{self.kind.capitalize()}{middle} {self.name}"


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a typed name can mean: one place, at most five suggestions, or neither (a city outside the list)."""

    city: City | None = None
    suggestions: tuple[City, ...] = ()


class NameFault(StrEnum):
    """Why a typed text cannot be a city's name."""

    EMPTY = "empty"
    CONTROL = "control"
    TOO_LONG = "too-long"
    NO_LETTER = "no-letter"


@dataclass(frozen=True, kw_only=True)
class _Atlas:
    places: Mapping[str, Place]
    by_name: Mapping[str, tuple[Place, ...]]
    provinces: Mapping[str, str]


def fault(text: str) -> NameFault | None:
    """Why ``text`` is no city's name, or None. Any script will do, but there must be a letter."""
    name = clean_line(text)
    if not name:
        return NameFault.EMPTY
    if any(category(c) in _CONTROLS for c in text.strip()):
        return NameFault.CONTROL
    if len(name) > MAX_LENGTH:
        return NameFault.TOO_LONG
    return None if any(map(str.isalpha, name)) else NameFault.NO_LETTER


def fold(name: str) -> str:
    """Reduce a name to the key where its spellings meet: no case, Latin accents, punctuation or spaces."""
    if name.isascii():
        return "".join(filter(str.isalnum, name.lower()))
    folded = normalize("NFKD", normalize("NFKD", name).casefold())
    kept = (c for c in folded if category(c)[0] in "LMN" and not "\u0300" <= c <= "\u036f" and c not in FILLERS)
    return normalize("NFC", "".join(kept))


def find(text: str) -> Match:
    """Find the place that ``text`` names, else suggestions: of several places with one name the cities come first."""
    name = clean_line(text)
    if len(name) > MAX_LENGTH:
        return Match()
    found = _named(fold(name)) or _named_with_province(name)
    if len(found) == 1:
        return Match(city=found[0].city)
    near = sorted(found, key=_kota_first) or _similar(fold(name))
    return Match(suggestions=tuple(place.city for place in near[:MAX_SUGGESTIONS]))


def by_key(key: str) -> City:
    """Name the city with an official code; raises KeyError if the list has no such place."""
    return _atlas().places[key].city


def places() -> tuple[Place, ...]:
    """Every receiving place of the list, in the order of the codes."""
    return tuple(_atlas().places.values())


def _named(folded: str) -> tuple[Place, ...]:
    by_name = _atlas().by_name
    if folded in by_name:
        return by_name[folded]
    for rest, kind in _untitled(folded):
        found = tuple(place for place in by_name.get(rest, ()) if place.kind is kind)
        if found:
            return found
    return ()


def _named_with_province(name: str) -> tuple[Place, ...]:
    """Places for *Banjar, Jawa Barat* and *Banda Aceh, Indonesia*."""
    head, _, tail = name.rpartition(",")
    found = _named(fold(head))
    if fold(tail) == "indonesia":
        return found
    province = _atlas().provinces.get(fold(tail))
    return tuple(place for place in found if place.province == province)


def _untitled(folded: str) -> Iterator[tuple[str, Kind]]:
    """Yield the name without each title it may carry, with the kind that title means."""
    for title, kind in _TITLES.items():
        if folded.startswith(title):
            yield folded.removeprefix(title), kind
    for title, kind in _ENGLISH_TITLES.items():
        if folded.endswith(title):
            yield folded.removesuffix(title), kind


def _similar(folded: str) -> list[Place]:
    """Places whose name is a few letters away or contains what was typed; the nearest, then the kind named, first."""
    distances: dict[Place, float] = {}
    for stem, kind in ((folded, None), *_untitled(folded)):
        for name, letters in _near_names(stem):
            for place in _atlas().by_name[name]:
                distance = letters + 0.25 * (kind is not None and place.kind is not kind)
                distances[place] = min(distance, distances.get(place, distance))
    return sorted(distances, key=lambda place: (distances[place], _kota_first(place)))


def _near_names(stem: str) -> Iterator[tuple[str, float]]:
    """Names near ``stem`` with their distance in letters changed; a name that contains it counts as half a letter."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    if len(stem) < 4 or stem in _TITLES:
        return
    names = _atlas().by_name
    yield from ((name, 0.5) for name in names if stem in name)
    allowed = 1 + (len(stem) > 6) + (len(stem) > 10)
    near = extract(stem, names.keys(), scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=None)
    yield from ((name, distance) for name, distance, _ in near if len(name) >= 4)


def _kota_first(place: Place) -> tuple[bool, int, str]:
    return place.kind is Kind.KABUPATEN, len(place.name), place.key


@cache
def _atlas() -> _Atlas:
    rows = [(*line.split("\t"), "")[:3] for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    provinces = {code: name for code, name, _ in rows if len(code) == 2}
    places = {
        code: Place(key=code, name=name, kind=_kind(code), province=provinces[code[:2]], aliases=_split(aliases))
        for code, name, aliases in rows
        if code == JAKARTA or code not in provinces
    }
    return _Atlas(
        places=places,
        by_name=_by_name(places),
        provinces={
            fold(n): name for code, name, aliases in rows if code in provinces for n in (name, *_split(aliases))
        },
    )


def _by_name(places: Mapping[str, Place]) -> dict[str, tuple[Place, ...]]:
    index: dict[str, tuple[Place, ...]] = {}
    for place in places.values():
        for key in {fold(name) for name in (place.name, *place.aliases)}:
            index[key] = (*index.get(key, ()), place)
    return index


def _kind(code: str) -> Kind:
    if len(code) == 2:
        return Kind.PROVINCE
    return Kind.KOTA if code[3:] >= "71" else Kind.KABUPATEN


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(aliases.split(", ")) if aliases else ()
