"""Numbers of people as they are written in either language."""

from __future__ import annotations

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from flows.numbers import FEWEST, MOST, people


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,5 juta", 2_500_000),
        ("2.5 million", 2_500_000),
        ("1jt", 1_000_000),
        ("1,2jt", 1_200_000),
        ("1.250 juta", 1_250_000),
        ("0,5 juta", 500_000),
        ("850 ribu", 850_000),
        ("850rb", 850_000),
        ("300k", 300_000),
        ("300 K", 300_000),
        ("1.200 ribu", 1_200_000),
        ("1.200.000", 1_200_000),
        ("1,200,000", 1_200_000),
        ("1 200 000", 1_200_000),
        ("850000", 850_000),
        ("sejuta", 1_000_000),
        ("setengah juta", 500_000),
        ("half a million", 500_000),
        ("two million", 2_000_000),
        ("seratus ribu", 100_000),
        ("sekitar 2,5 juta jiwa", 2_500_000),
        ("±850 ribu penduduk.", 850_000),
        ("About 300,000 people", 300_000),
        ("2.3 juta", 2_300_000),
    ],
)
def test_a_number_of_people_is_read_in_either_language(text: str, number: int) -> None:
    assert people(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "juta", "850", "2,5", "1.2", "12.34.567", "1.200,5", "1,2.3 juta", "500-600 ribu", "2 juta lebih"),
        *("lebih dari 1 juta", "kurang dari 1 juta", "> 1 juta", "-850 ribu", "9.999", "1000 juta", "tidak tahu"),
        *("٨٥٠ ribu", "½ juta", "1e6", "inf", "nan juta", "9" * 100_000, "👍", "\0", "1 miliar"),
    ],
)
def test_what_is_not_one_plausible_number_is_not_guessed(text: str) -> None:
    assert people(text) is None


@given(st.integers(FEWEST, MOST))
def test_every_number_is_read_as_the_bot_writes_it(number: int) -> None:
    for text in (str(number), format_decimal(number, locale="id_ID"), format_decimal(number, locale="en_GB")):
        assert people(text) == number


@given(st.text())
def test_any_text_is_a_plausible_number_or_none(text: str) -> None:
    number = people(text)
    assert number is None or FEWEST <= number <= MOST
