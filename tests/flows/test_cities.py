"""Receiving cities: the list, how a typed name is understood, and names outside the list."""

from collections import Counter
from collections.abc import Callable
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cities import (
    MAX_LENGTH,
    MAX_SUGGESTIONS,
    Kind,
    Match,
    NameFault,
    Place,
    by_key,
    fault,
    find,
    fold,
    places,
)
from flows.cleaning import clean_line as clean

TWINS = {  # a city and a regency share these names
    *("Solok", "Bogor", "Sukabumi", "Bandung", "Cirebon", "Bekasi", "Tasikmalaya", "Banjar", "Magelang", "Semarang"),
    *("Pekalongan", "Tegal", "Kediri", "Blitar", "Malang", "Probolinggo", "Pasuruan", "Mojokerto", "Madiun"),
    *("Tangerang", "Serang", "Bima", "Kupang", "Gorontalo", "Jayapura", "Sorong"),
}
SHARED_ALIASES = {"Tasik", "Mura", "Toraja"}


def names(match: Match) -> list[str]:
    return [city.name for city in match.suggestions]


def test_the_list_holds_every_city_and_regency_and_the_capital() -> None:
    assert Counter(place.kind for place in places()) == {Kind.KOTA: 98, Kind.KABUPATEN: 416, Kind.PROVINCE: 1}
    assert len({place.province for place in places()}) == 38
    assert len({place.key for place in places()}) == 515


def test_a_code_leads_to_its_place() -> None:
    assert all(by_key(place.key) == place.city for place in places())
    with pytest.raises(KeyError):
        by_key("99.99")


def test_the_administrative_areas_of_jakarta_carry_their_full_title() -> None:
    titles = [place.official for place in places() if place.key.startswith("31.")]
    assert titles[:2] == ["Kabupaten Administrasi Kepulauan Seribu", "Kota Administrasi Jakarta Pusat"]
    assert len(titles) == 6


@pytest.mark.parametrize("case", [str, str.upper, str.lower])
def test_every_official_name_finds_itself(case: Callable[[str], str]) -> None:
    for place in places():
        assert find(case(place.official)).city == place.city
        assert find(case(place.city.name)).city == place.city or place.name in TWINS


def test_every_regency_answers_to_its_short_title() -> None:
    for place in places():
        if place.kind is Kind.KABUPATEN:
            assert find(f"Kab. {place.name}").city == place.city
            assert find(f"{place.name} Regency").city == place.city


def test_every_alias_names_one_place_or_is_shared_on_purpose() -> None:
    for place in places():
        for alias in place.aliases:
            match = find(alias)
            assert match.city == place.city or (alias in SHARED_ALIASES and place.city in match.suggestions)
            assert fold(alias) != fold(place.name)


def test_twin_names_are_offered_with_the_city_first() -> None:
    for name in TWINS:
        match = find(name)
        assert match.city is None
        assert names(match) == [name, f"Kabupaten {name}"]


def test_names_are_capitalised_as_names() -> None:
    words = {word for place in places() for word in place.city.name.replace("-", " ").split()}
    assert {word for word in words if not word.istitle()} == {"DKI", "dan"}
    assert all(place.name == clean(place.name) for place in places())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("banda aceh", "Banda Aceh"),
        ("  Kota   Banda Aceh ", "Banda Aceh"),
        ("B. Aceh", "Banda Aceh"),
        ("Pemko Banda Aceh", "Banda Aceh"),
        ("Banda Aceh, Indonesia", "Banda Aceh"),
        ("kota bandung", "Bandung"),
        ("Bandung City", "Bandung"),
        ("kab bandung", "Kabupaten Bandung"),
        ("KAB. BANDUNG", "Kabupaten Bandung"),
        ("Pemerintah Kabupaten Bandung", "Kabupaten Bandung"),
        ("Banjar, Jawa Barat", "Banjar"),
        ("Banjar, Kalsel", "Kabupaten Banjar"),
        ("Kota Baru", "Kabupaten Kotabaru"),
        ("kab. kotabaru", "Kabupaten Kotabaru"),
        ("Pemko Tangerang", "Tangerang"),
        ("Pemkot Tangerang", "Tangerang"),
        ("Jogja", "Yogyakarta"),
        ("Solo", "Surakarta"),
        ("Bdg", "Bandung"),
        ("sby", "Surabaya"),
        ("Jaksel", "Jakarta Selatan"),
        ("jakarta", "DKI Jakarta"),
        ("Tangsel", "Tangerang Selatan"),
        ("Pekan Baru", "Pekanbaru"),
        ("Ujung Pandang", "Makassar"),
        ("Padangpanjang", "Padang Panjang"),
        ("Siantar", "Pematangsiantar"),
        ("Bandarlampung", "Bandar Lampung"),
        ("Palangkaraya", "Palangka Raya"),
        ("Lhok Seumawe", "Lhokseumawe"),
        ("Pare-Pare", "Parepare"),
        ("Bau-Bau", "Baubau"),
        ("50 Kota", "Kabupaten Lima Puluh Kota"),
        ("Banda\u200bAceh\ufeff", "Banda Aceh"),
        ("\uff22anda Aceh", "Banda Aceh"),
        ("Ban\u0301da Aceh", "Banda Aceh"),
    ],
)
def test_usual_ways_to_write_a_name_are_understood(typed: str, name: str) -> None:
    match = find(typed)
    assert match.city is not None
    assert match.city.name == name
    assert match.city.key


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Banda Ache", "Banda Aceh"),
        ("Bnada Aceh", "Banda Aceh"),
        ("Yogjakarta", "Yogyakarta"),
        ("Suraboya", "Surabaya"),
        ("kota bandng", "Bandung"),
        ("kab. bandng", "Kabupaten Bandung"),
        ("Kota Sleman", "Kabupaten Sleman"),
        ("Kabupaten Depok", "Depok"),
        ("tangerang sel", "Tangerang Selatan"),
        ("Aceh", "Banda Aceh"),
        ("Ubung Pandang", "Makassar"),
    ],
)
def test_a_near_miss_is_answered_with_suggestions(typed: str, first: str) -> None:
    match = find(typed)
    assert match.city is None
    assert names(match)[0] == first


@pytest.mark.parametrize(
    "typed", ["Seoul", "서울", "สงขลา", "Songkhla", "Kuala Lumpur", "Manila", "東京", "1", "Kota", ""]
)
def test_a_name_outside_the_list_gets_no_suggestions(typed: str) -> None:
    assert find(typed) == Match()


def test_one_letter_left_out_of_a_long_name_is_forgiven() -> None:
    for place in places():
        if len(place.name) > 6 and place.kind is Kind.KOTA:
            match = find(place.name[:3] + place.name[4:])
            assert place.city in (match.city, *match.suggestions)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", NameFault.EMPTY),
        (" \u200b\u3164 \n", NameFault.EMPTY),
        ("Banda\nAceh", NameFault.CONTROL),
        ("Banda\x00Aceh", NameFault.CONTROL),
        ("Banda\x1b[31mAceh", NameFault.CONTROL),
        ("x" * (MAX_LENGTH + 1), NameFault.TOO_LONG),
        ("1", NameFault.NO_LETTER),
        ("12.71", NameFault.NO_LETTER),
        ("?!", NameFault.NO_LETTER),
        ("Banda Aceh\n", None),
        ("x" * MAX_LENGTH, None),
        ("서울", None),
        ("สงขลา", None),
        ("Đà Nẵng", None),
        ("القاهرة", None),
    ],
)
def test_a_text_that_is_no_name_is_refused_with_its_reason(typed: str, reason: NameFault | None) -> None:
    assert fault(typed) == reason


def test_spellings_of_a_free_name_share_a_key_and_scripts_stay_apart() -> None:
    assert fold("São Paulo") == fold("SAO  PAULO") == fold("sao-paulo")
    assert fold("서울") == fold("\u1109\u1165\u110b\u116e\u11af")
    assert len({fold("สงขลา"), fold("สงขล"), fold("서울"), fold("부산"), fold("Seoul")}) == 5


def test_what_is_kept_carries_no_direction_marks() -> None:
    assert clean("\u202eBanda\u2066 \t Aceh\u200d") == "Banda Aceh"


@given(st.text())
def test_cleaning_and_folding_settle_at_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_text_not_refused_is_safe_to_keep_and_to_show(text: str) -> None:
    if fault(text) is None:
        name = clean(text)
        assert 0 < len(name) <= MAX_LENGTH
        assert not any(category(c)[0] == "C" for c in name)
        assert fold(name)
        assert fault(name) is None


@given(st.text(max_size=2 * MAX_LENGTH))
def test_any_text_is_answered_with_known_places_only(text: str) -> None:
    match = find(text)
    answered = [city for city in (match.city, *match.suggestions) if city is not None]
    assert len(answered) <= MAX_SUGGESTIONS
    assert match.city is None or not match.suggestions
    assert all(by_key(city.key) == city for city in answered)


@given(st.sampled_from(places()), st.text("\u200b\u00ad .-'\u0301", max_size=6), st.integers(0, 40))
def test_punctuation_and_invisible_marks_change_nothing(place: Place, noise: str, at: int) -> None:
    assert find(place.official[:at] + noise + place.official[at:]).city == place.city
