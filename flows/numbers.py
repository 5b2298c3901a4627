"""Numbers of people as people write them: *2,5 juta*, *850rb*, *1.200.000*, *1.2 million*, *300k*.

Both marks are read as either language writes them: a group of three figures after a mark is grouping, one or two are
decimals, and before *million* three are decimals too, because thousands of millions of people live nowhere.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from flows.cleaning import clean_line

FEWEST, MOST = 10_000, 100_000_000
"""No city or regency has fewer or more; what lies outside was meant otherwise (*850* for thousands)."""

_SCALES = {
    name: scale
    for scale, names in ((1_000, "ribu rb rbu k thousand"), (1_000_000, "juta jt jta m mn mio million"))
    for name in names.split()
}
_WHOLE = {"seribu": 1_000, "sejuta": 1_000_000}
_FIGURES = {
    word: number
    for number, words in enumerate(
        ("satu one a", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven",
         "delapan eight", "sembilan nine", "sepuluh ten", "sebelas eleven"), 1
    )
    for word in words.split()
} | {"setengah": 0.5, "half": 0.5, "seratus": 100}  # fmt: skip

_ABOUT = re.compile(
    r"^(?:(?:sekitar|kira[- ]kira|kurang lebih|kurleb|hampir|lebih kurang|ada|jumlahnya|about|around|approximately|"
    r"approx\.?|roughly|nearly|almost|some|±|\+/-|~|≈|ca?\.) ?)+"
)
_PEOPLE = re.compile(r" ?(?:jiwa|orang|org|penduduk|warga|people|inhabitants|residents|persons)\.?$")
_AMOUNT = re.compile(r"(\d[\d.,' ]*|[a-z]+(?: an?)?) ?([a-z]*)")
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(\d{1,4})[.,](\d{1,3})")


def people(text: str) -> int | None:
    """How many people a text means; None unless it is one plausible number."""
    words = normalize("NFKC", clean_line(text[:80])).casefold().rstrip(".!?")
    words = _PEOPLE.sub("", _ABOUT.sub("", words)).strip()
    if len(text) > 80 or not words.isascii():
        return None
    amount: float | None = _WHOLE.get(words)
    if amount is None:
        found = _AMOUNT.fullmatch(words)
        amount = _scaled(found[1].strip(), found[2]) if found else None
    return round(amount) if amount is not None and FEWEST <= amount <= MOST else None


def _scaled(figures: str, scale: str) -> float | None:
    if scale and scale not in _SCALES:
        return None
    times = _SCALES.get(scale, 1)
    number = _number(figures, times) if figures[0].isdigit() else _FIGURES.get(figures.removesuffix(" a"))
    return None if number is None else number * times


def _number(figures: str, times: int) -> float | None:
    if figures.isdigit():
        return int(figures)
    decimal = _DECIMAL.fullmatch(figures)
    if decimal and times > 1 and (times > 1_000 or len(decimal[2]) < 3):
        return float(f"{decimal[1]}.{decimal[2]}")
    if _GROUPED.fullmatch(figures):
        return int("".join(filter(str.isdigit, figures)))
    return None
