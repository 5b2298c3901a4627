"""Days as people write them: read in both languages, refused when no calendar has them, left alone otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from flows.dates import LONGEST, NoSuchDay, months_later, read_day

TODAY = date(2026, 11, 23)
INDEPENDENCE = date(2027, 8, 17)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "17 Agustus 2027",
            "17 agustus 27",
            "17 agt 27",
            "17 Agt. 2027",
            "17-Agustus-2027",
            "Selasa, 17 Agustus 2027",
        ),
        *("17 August 2027", "Aug 17, 2027", "august 17th 2027", "the 17th of August 2027", "by 17 Aug 2027"),
        *("17/8/2027", "17-08-2027", "17.8.2027", "17/8/27", "2027-08-17", "2027/8/17", "8/17/2027", "17/8/2027."),
        *("17 agustus", "17 August", "Aug 17", "17/8", "paling lambat tanggal 17 Agustus 2027", "  17   AGUSTUS 2027 "),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text, TODAY) == INDEPENDENCE


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hari ini", TODAY),
        ("besok", date(2026, 11, 24)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("minggu depan", date(2026, 11, 30)),
        ("next week", date(2026, 11, 30)),
        ("bulan depan", date(2026, 12, 23)),
        ("3 bulan lagi", date(2027, 2, 23)),
        ("dalam dua minggu", date(2026, 12, 7)),
        ("in 2 weeks", date(2026, 12, 7)),
        ("six months from now", date(2027, 5, 23)),
        ("setahun lagi", date(2027, 11, 23)),
        ("999 years", date(3025, 11, 23)),
    ],
)
def test_a_time_from_now_is_counted_from_today(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Agustus 2027", date(2027, 8, 31)),
        ("Feb 2028", date(2028, 2, 29)),
        ("Desember", date(2026, 12, 31)),
        ("Januari", date(2027, 1, 31)),
        ("akhir tahun", date(2026, 12, 31)),
        ("akhir tahun depan", date(2027, 12, 31)),
        ("the end of next month", date(2026, 12, 31)),
        ("akhir bulan", date(2026, 11, 30)),
        ("2027", date(2027, 12, 31)),
        ("end of 2027", date(2027, 12, 31)),
        ("triwulan III 2027", date(2027, 9, 30)),
        ("Q1", date(2027, 3, 31)),
        ("semester II", date(2026, 12, 31)),
    ],
)
def test_a_period_without_a_day_means_its_last_day(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "31 Februari 2027",
        "31 feb",
        "29/2/2027",
        "32/1/2027",
        "17/13/2027",
        "0/0/2027",
        "99 August",
        "2027-02-30",
        "tw 4 0000",
    ],
)
def test_a_day_no_calendar_has_is_told(text: str) -> None:
    with pytest.raises(NoSuchDay):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "segera",
            "setelah Pilkada 2029",
            "sebelum 17 Agustus 2027",
            "17 Agustus 2027 setelah rapat",
            "as soon as",
        ),
        *("12", "minggu", "Minggu", "month", "17", "17 Agustus 20277", "1-3 tahun", "2026-2028", "tahun anggaran 2027"),
        *("August 26", "Agustus 27", "٣ bulan lagi", "17\u0660/8/2027", "🗓", "a" * 100_000, "4 bulan 2 minggu lagi"),
    ],
)
def test_what_names_no_day_or_two_is_left_alone(text: str) -> None:
    assert read_day(text, TODAY) is None


def test_a_leap_day_without_a_year_is_the_next_one() -> None:
    assert read_day("29 Februari", TODAY) == date(2028, 2, 29)


def test_a_day_that_has_passed_is_read_too() -> None:
    assert read_day("17 Agustus 2026", TODAY) == date(2026, 8, 17)


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_is_read_as_the_bot_writes_it(day: date, today: date) -> None:
    for text in (day.isoformat(), format_date(day, "long", "id_ID"), format_date(day, "long", "en_GB")):
        assert read_day(text, today) == day


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_lies_within_the_year_ahead(today: date, month: int, day: int) -> None:
    found = read_day(f"{day}/{month}", today)
    assert found is not None
    assert (found.month, found.day) == (month, day)
    assert today <= found < today + timedelta(days=366)


_WORDS = (
    "17",
    "31",
    "2027",
    "agustus",
    "feb",
    "akhir",
    "tahun",
    "bulan",
    "in",
    "3",
    "depan",
    "q",
    "/",
    "-",
    "iv",
    "\0",
)


@given(st.one_of(st.text(max_size=LONGEST), st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join)))
def test_any_text_is_a_day_or_no_day_or_none(text: str) -> None:
    try:
        day = read_day(text, TODAY)
    except NoSuchDay:
        return
    assert day is None or isinstance(day, date)


@pytest.mark.parametrize(
    ("months", "day"),
    [(0, date(2026, 11, 30)), (3, date(2027, 2, 28)), (12, date(2027, 11, 30)), (1, date(2026, 12, 30))],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(months: int, day: date) -> None:
    assert months_later(date(2026, 11, 30), months) == day


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(0, 60))
def test_months_later_counts_calendar_months(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
