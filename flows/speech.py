"""How people write short answers: spellings folded together, and words that mean yes, no or *don't know*.

Both languages are read at once, because people mix them and the one chosen says only which they prefer to read.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

from flows.cards import Answer
from flows.cleaning import FILLERS, JOINERS


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


SPELLINGS = {
    written: meant
    for meant, ways in {
        "tidak": "tdk tidk tdak tak ga gak gk g ngga nggak enggak engga ndak nda kagak kaga",
        "tahu": "tau taw thu",
        "tidak tahu": "gatau gaktau gtau gatahu gaktahu nggatau nggaktau tidaktahu gtw gatw",
        "sangat": "sgt sngt",
        "belum": "blm blum",
        "kurang": "krg kurg",
        "sudah": "sdh udah udh",
    }.items()
    for written in ways.split()
}
"""Short and colloquial forms, and the words they stand for."""

POLITENESS = _listed(
    "pak bu bapak ibu bpk kak mas mbak min tolong mohon terima kasih terimakasih makasih saya kami aku i we "
    "dong deh saja aja kok sih lah nih pilih please pls plis thanks thank you thx"
)
"""Words that change nothing about a short answer."""

NEGATIONS = _listed("tidak belum bukan jangan tanpa no not non dont never cannot")
"""Words that turn an answer round; no reading may add or lose one."""

_YES = _listed(
    "ya iya y yoi yo yup yep yap yah yes yeah yea ok oke okay okey oklah okelah baik baiklah siap sip betul benar "
    "bener setuju sepakat lanjut lanjutkan boleh silakan silahkan tentu sudah sesuai sure agree agreed correct right "
    "true certainly continue bisa dapat"
)
_NO = _listed("tidak bukan jangan batal no nope nah n not disagree")
_BACK = _listed("kembali balik mundur back return")
_DENIED = _listed("setuju sepakat betul benar sesuai baik boleh lanjut jadi perlu usah mau dulu bisa dapat agree")
"""What a no may be followed by and remain one."""

_UNKNOWN = frozenset(
    f"{prefix}{known}{suffix}"
    for prefix, known in (
        ("tidak ", "tahu"),
        ("belum ", "tahu"),
        ("kurang ", "tahu"),
        ("tidak ", "mengetahui"),
        ("belum ", "mengetahui"),
        ("dont ", "know"),
        ("do not ", "know"),
    )
    for suffix in ("", " pasti", " juga", " yet")
) | frozenset(("entah", "entahlah", "dunno", "idk", "no idea", "have no idea", "no clue", "dont have a clue"))

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ"))
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """The words alone: no case, no punctuation, nothing invisible, one space between them."""
    composed = normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return " ".join("".join(map(_letter, composed)).split())


def _letter(character: str) -> str:
    """A character as it counts in a word: itself, nothing if nobody sees it, else a gap."""
    kind = category(character)[0]
    if character in FILLERS or character in JOINERS or (kind == "C" and not character.isspace()):
        return ""
    return character if kind in "LMN" else " "


def spelled(text: str) -> str:
    """The words as a dictionary writes them, without what is only polite."""
    words = _DRAWN_OUT.sub(r"\1", fold(text)).split()
    words = " ".join(SPELLINGS.get(word, word) for word in words).split()
    return " ".join(word for word in words if word not in POLITENESS)


def negated(words: str) -> bool:
    """Whether spelled words turn round what they say."""
    return not NEGATIONS.isdisjoint(words.split())


def meaning(text: str) -> Answer | None:
    """What a short answer means by itself: yes, no, don't know, back; None for anything else, mixed words included."""
    words = spelled(text)
    if words in _UNKNOWN:
        return Answer.UNKNOWN
    plain = [_known(word) for word in words.removeprefix("go ").split()]
    if plain and all(word in _YES for word in plain):
        return Answer.YES
    if plain and all(word in _BACK for word in plain):
        return Answer.BACK
    if plain and all(word in _NO for word in plain):
        return Answer.NO
    if len(plain) > 1 and plain[0] in _NO and all(word in _NO or word in _DENIED for word in plain[1:]):
        return Answer.NO
    return None


def _known(word: str) -> str:
    """A word without the letters it was drawn out by: *iyaa*, *okee*, *noo*."""
    return word if word in _YES or word in _NO else _DOUBLED.sub(r"\1", word)
