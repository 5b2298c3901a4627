"""Short answers in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cards import Answer
from flows.speech import fold, meaning, spelled


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ya",
            "Iya",
            "iyaa",
            "IYAAA!!",
            "yoi",
            "yup",
            "yupp",
            "betul",
            "benar",
            "setuju",
            "oke",
            "Ok",
            "okee",
            "baik",
        ),
        *("lanjut", "ya, lanjut", "iya betul", "ok pak", "baik, bu", "ya saya setuju", "boleh saja", "silakan", "bisa"),
        *("yes", "Yes please", "yep", "sure", "I agree", "y", "siap", "sudah", "y\u200ba"),
    ],
)
def test_words_that_mean_yes(text: str) -> None:
    assert meaning(text) is Answer.YES


@pytest.mark.parametrize(
    "text",
    [
        *("tidak", "Tdk", "nggak", "ngga", "gak", "ga", "enggak", "bukan", "jangan", "batal", "tak", "gak deh", "gaaa"),
        *("tidak setuju", "gak setuju", "tidak usah", "ngga perlu", "tidak, terima kasih", "tidak pak", "tidak bisa"),
        *("no", "nope", "No thanks", "nooo", "n", "not", "disagree"),
    ],
)
def test_words_that_mean_no(text: str) -> None:
    assert meaning(text) is Answer.NO


@pytest.mark.parametrize(
    "text",
    [
        *("ga tau", "gak tahu", "nggak tau", "tdk tahu", "tidak tahu", "kurang tahu", "belum tahu", "gatau", "g tau"),
        *("entah", "Entahlah.", "kurang tau pak", "belum tahu pasti", "saya tidak tahu", "gak tau deh"),
        *(
            "dont know",
            "don't know",
            "don’t know",
            "I don't know",
            "I do not know",
            "dunno",
            "idk",
            "no idea",
            "No clue!",
        ),
    ],
)
def test_words_that_mean_not_knowing(text: str) -> None:
    assert meaning(text) is Answer.UNKNOWN


@pytest.mark.parametrize("text", ["kembali", "balik pak", "back", "Go back!", "back please", "kembaliii"])
def test_words_that_mean_back(text: str) -> None:
    assert meaning(text) is Answer.BACK


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "  ",
            "?",
            "👍",
            "\u200b",
            "pak",
            "terima kasih",
            "tahu",
            "ya tidak",
            "tidak ya",
            "ya tapi belum",
            "mungkin",
        ),
        *("tidak apa-apa", "belum", "hello", "yasmin", "nota", "ok tidak", "ya " * 3 + "mungkin", "\ud800", "نعم"),
    ],
)
def test_other_or_mixed_words_mean_none_of_them(text: str) -> None:
    assert meaning(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("‹ Kembali", "kembali"),
        ("Don’t  KNOW!?", "dont know"),
        ("Ya,\nubah", "ya ubah"),
        ("n/a", "n a"),
        ("👍🏽", ""),
        ("\u202eabc\u202c", "abc"),
        ("ﬁne", "fine"),
        ("\ud800", ""),
    ],
)
def test_folding_leaves_the_words_alone(text: str, words: str) -> None:
    assert fold(text) == words


def test_short_forms_are_spelled_out_and_politeness_is_dropped() -> None:
    assert spelled("sgt mendukung, Pak") == "sangat mendukung"
    assert spelled("saya pilih netral saja") == "netral"
    assert spelled("Netraaaal") == "netral"


@given(st.text(st.characters()))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters()))
def test_any_text_means_something_or_nothing(text: str) -> None:
    assert meaning(text) in {*Answer, None}
