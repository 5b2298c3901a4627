"""Days as people write them, in Indonesian and English.

The day comes before the month where both are numbers. A period named without a day (*August 2026*, *end of the year*)
means its last day, because the question is always by when.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from flows.speech import fold

LONGEST = 60
"""Characters of the longest text that is tried as a day."""

_NAMES = (
    ("januari", "january"), ("februari", "february", "pebruari"), ("maret", "march", "mrt"), ("april",),
    ("mei", "may"), ("juni", "june"), ("juli", "july"), ("agustus", "august", "agt", "ags", "agts"),
    ("september",), ("oktober", "october"), ("november", "nopember"), ("desember", "december"),
)  # fmt: skip
_UNITS = {
    name: unit
    for unit, names in {
        "day": "hari hr day days",
        "week": "minggu mgg pekan week weeks wk wks",
        "month": "bulan bln month months",
        "year": "tahun thn th year years yr yrs",
    }.items()
    for name in names.split()
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("satu one a an", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven",
         "delapan eight", "sembilan nine", "sepuluh ten", "sebelas eleven", "twelve"), 1
    )
    for word in words.split()
}  # fmt: skip
_WORDS = {
    0: ("hari ini", "today"),
    1: ("besok", "besuk", "tomorrow"),
    2: ("lusa", "day after tomorrow"),
}
_LEAD = re.compile(
    r"^(?:(?:pada|tanggal|tgl|paling lambat|selambatnya|hingga|sampai dengan|sampai|target|by|on|until|till|"
    r"at the latest|(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|ahad|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?= \d)) )+"
)
_IDLE = re.compile(r"\b(?:the|of)\b ?")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})|(\d{1,2})/(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2}) ([a-z]+)(?: (\d{4}|\d{2}))?")
_MONTH_DAY = re.compile(r"([a-z]+) (\d{1,2})(?: (\d{4}))?")
_MONTH = re.compile(r"(?:akhir |end )?(?:bulan |month )?([a-z]+)(?: (?:tahun |year )?(\d{4}))?")
_YEAR = re.compile(r"(?:akhir |end )?(?:tahun |year )?((?:19|20|21)\d\d)")
_END = re.compile(r"(?:akhir|end) (?:(this|next) )?(bulan|tahun|month|year)(?: (ini|depan))?")
_QUARTER = re.compile(
    r"(?:akhir |end )?(triwulan|tw|kuartal|quarter|q|semester|smt) ?([1-4]|iv|i{1,3})(?: (?:tahun )?(\d{4}))?"
)
_AHEAD = re.compile(
    r"(?:dalam |in |within )?(?:next )?(\d{1,3}|[a-z]+) ([a-z]+)(?: (?:lagi|ke depan|mendatang|from now))?"
)
_SINGLE = re.compile(
    r"(?:dalam )?se(hari|minggu|pekan|bulan|tahun)(?: lagi)?|(?:next )?([a-z]+)(?: (?:depan|mendatang))?"
)


class NoSuchDay(ValueError):
    """What was written reads as a day, but no calendar has it (31 February)."""


def read_day(text: str, today: date) -> date | None:
    """The day a text names, None if it names none; raises NoSuchDay.

    Where the year is left out, the next such day is meant. The day may lie in the past.
    """
    if len(text) > LONGEST:
        return None
    figures = _in_figures(text.strip().strip(".,;!?"), today)
    if figures is not None:
        return figures
    words = _ORDINAL.sub(r"\1", _IDLE.sub("", _LEAD.sub("", fold(text)))).strip()
    if not words.isascii():
        return None
    return next((day for read in _READERS if (day := read(words, today)) is not None), None)


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month if it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, _length(day.year + year, month + 1)))


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _end(year: int, month: int) -> date:
    """The last day of a month."""
    return _day(year, month, _length(year, month))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay from error


def _coming(today: date, month: int, day: int) -> date:
    """The next such day, today included; leap days come within eight years."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise NoSuchDay


def _coming_end(today: date, month: int) -> date:
    return _end(today.year + (month < today.month), month)


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _in_figures(text: str, today: date) -> date | None:
    """``2026-08-17``, ``17/8/2026``, ``17-08-26``, ``17/8``; the month first only where nothing else is possible."""
    if not text.isascii():
        return None
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    found = _FIGURES.fullmatch(text)
    if found is None:
        return None
    if found[5]:
        return _coming(today, int(found[6]), int(found[5]))
    day, month = int(found[1]), int(found[3])
    if day <= 12 < month:
        day, month = month, day
    return _day(_year(found[4]), month, day)


def _month(word: str) -> int:
    """The number of a month by its name or the beginning of it, 0 if it is none."""
    for number, names in enumerate(_NAMES, 1):
        if any(word == name or (len(word) >= 3 and name.startswith(word)) for name in names):
            return number
    return 0


def _day_month(words: str, today: date) -> date | None:
    """``17 agustus 2026``, ``17 agt 26``, ``17 aug``."""
    found = _DAY_MONTH.fullmatch(words)
    if found is None or not (month := _month(found[2])):
        return None
    day = int(found[1])
    return _day(_year(found[3]), month, day) if found[3] else _coming(today, month, day)


def _month_day(words: str, today: date) -> date | None:
    """``august 17 2026``, ``aug 17``. Two figures that may be a year as well are not guessed at."""
    found = _MONTH_DAY.fullmatch(words)
    if found is None or not (month := _month(found[1])):
        return None
    number = int(found[2])
    if found[3]:
        return _day(int(found[3]), month, number)
    return _coming(today, month, number) if number < today.year % 100 else None


def _period(words: str, today: date) -> date | None:
    """``agustus 2026``, ``akhir desember``, ``2027``, ``q3 2026``, ``semester i``: the last day of it."""
    if found := _YEAR.fullmatch(words):
        return _day(int(found[1]), 12, 31)
    if (found := _MONTH.fullmatch(words)) and (month := _month(found[1])):
        return _end(int(found[2]), month) if found[2] else _coming_end(today, month)
    if found := _QUARTER.fullmatch(words):
        number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(found[2]) or int(found[2])
        month = number * (6 if found[1] in {"semester", "smt"} else 3)
        if month > 12:
            raise NoSuchDay
        return _end(int(found[3]), month) if found[3] else _coming_end(today, month)
    return None


def _end_of(words: str, today: date) -> date | None:
    """``akhir tahun``, ``akhir bulan depan``, ``end next year``."""
    found = _END.fullmatch(words)
    if found is None:
        return None
    later = "next" in found.groups() or "depan" in found.groups()
    if _UNITS[found[2]] == "year":
        return date(today.year + later, 12, 31)
    month = months_later(today.replace(day=1), int(later))
    return _end(month.year, month.month)


def _ahead(words: str, today: date) -> date | None:
    """``besok``, ``3 bulan lagi``, ``in two weeks``, ``sebulan lagi``, ``minggu depan``, ``next year``."""
    for days, names in _WORDS.items():
        if words in names:
            return today + timedelta(days=days)
    if found := _AHEAD.fullmatch(words):
        number = int(found[1]) if found[1].isdecimal() else _NUMBERS.get(found[1])
        unit = _UNITS.get(found[2])
        if number is not None and unit:
            return _later(today, number, unit)
    found = _SINGLE.fullmatch(words)
    if found is None or words in _UNITS:
        return None
    unit = _UNITS.get(found[1] or found[2])
    return _later(today, 1, unit) if unit else None


def _later(today: date, number: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return today + timedelta(days=number * (7 if unit == "week" else 1))
    return months_later(today, number * (12 if unit == "year" else 1))


_READERS: tuple[Callable[[str, date], date | None], ...] = (_day_month, _month_day, _end_of, _period, _ahead)
