"""File names: readable and safe wherever they are saved."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import translator
from bot.report.names import LONGEST, Kind, file_name
from flows.assessment import City
from tests.bot.report.specimen import DAY, OWL_BUS


def test_a_name_tells_kind_practice_city_and_day() -> None:
    city = City(name="Banda Aceh")
    indonesian = file_name(Kind.PDF, OWL_BUS, city, DAY, translator("id"))
    english = file_name(Kind.PICTURE, OWL_BUS, city, DAY, translator("en"))
    assert indonesian == "Rekomendasi - Owl Bus - Banda Aceh - 2026-11-23.pdf"
    assert english == "Recommendation - Owl Bus - Banda Aceh - 2026-11-23.png"


def test_a_practice_in_one_language_keeps_its_only_name() -> None:
    practice = replace(OWL_BUS, name={"id": "Bus Malam"})
    assert file_name(Kind.PDF, practice, None, DAY, translator("en")) == "Recommendation - Bus Malam - 2026-11-23.pdf"


def test_equal_names_of_practice_and_city_both_stay() -> None:
    practice = replace(OWL_BUS, name={"en": "Seoul"})
    name = file_name(Kind.PDF, practice, City(name="Seoul"), DAY, translator("en"))
    assert name == "Recommendation - Seoul - Seoul - 2026-11-23.pdf"


def test_a_second_file_of_the_same_name_is_numbered() -> None:
    name = file_name(Kind.PDF, OWL_BUS, City(name="Banda Aceh"), DAY, translator("id"), copy=2)
    assert name == "Rekomendasi - Owl Bus - Banda Aceh - 2026-11-23 (2).pdf"


@given(
    practice=st.text(max_size=200),
    city=st.text(max_size=200),
    language=st.sampled_from(["id", "en"]),
    copy=st.integers(2, 1000),
)
def test_no_name_is_too_long_or_holds_what_a_file_system_refuses(
    practice: str, city: str, language: str, copy: int
) -> None:
    sheet = replace(OWL_BUS, name={"en": practice})
    name = file_name(Kind.PDF, sheet, City(name=city), DAY, translator(language), copy=copy)
    assert len(name.encode()) <= LONGEST
    assert name.endswith(f" - 2026-11-23 ({copy}).pdf")
    assert not set(name) & set('<>:"/\\|?*')
    assert not [character for character in name if unicodedata.category(character).startswith("C")]
    assert name == " ".join(name.split())
