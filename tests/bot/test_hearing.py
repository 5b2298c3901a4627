"""Words heard against the cards people really see, in both languages: what is taken, what is asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import COMMANDS, read_text
from bot.render import Screen
from flows.dialogue import Phase
from flows.ratings import Mark
from flows.taps import Command, Press, Tap, Typed
from tests.talking import TALKING, Person, at


def cards(person: Person, language: str) -> tuple[Screen, Screen]:
    """The present card in a language, and in the other one."""
    other = {"id": "en", "en": "id"}[language]
    return person.shown_in(language), person.shown_in(other)


def said(text: str, person: Person, language: str) -> Tap:
    own, other = cards(person, language)
    return read_text(text, own, [other])


def pressed(text: str, person: Person, language: str = "id") -> tuple[str, str] | None:
    """What a text fires and with which value; None if it presses nothing."""
    tap = said(text, person, language)
    return (tap.trigger, tap.value) if isinstance(tap, Press) else None


def near(text: str, person: Person, language: str = "id") -> tuple[str, ...]:
    """What a text that presses nothing may have meant."""
    tap = said(text, person, language)
    assert isinstance(tap, Typed)
    assert tap.text == text
    return tap.near


@pytest.fixture(scope="module")
def item() -> Person:
    """Someone before a question that may be not applicable."""
    person = Person().enter().begin(length="full")
    person.rate(1)
    return person


@pytest.fixture(scope="module")
def barrier() -> Person:
    """Someone who is asked whether something can be changed."""
    return at(Phase.BARRIERS)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("mendukng", 1), ("Mendukung!", 1), ("sgt mendukung", 2), ("sangat mendkung", 2), ("menghambt", -1)],
        *[("netral saja", 0), ("saya pilih netral, pak", 0), ("sangat mengahmbat", -2), ("‹ Netral", 0)],
        *[("helps", 1), ("strongly help", 2), ("STRONGLY HELPS.", 2), ("hindrs", -1), ("neutral please", 0)],
        *[("ga tau", Mark.DONT_KNOW), ("gak tahu", Mark.DONT_KNOW), ("entahlah", Mark.DONT_KNOW)],
        *[("dunno", Mark.DONT_KNOW), ("dont know", Mark.DONT_KNOW), ("tidk tahu", Mark.DONT_KNOW)],
        *[("gak berlaku", Mark.NOT_APPLICABLE), ("n/a", Mark.NOT_APPLICABLE), ("not aplicable", Mark.NOT_APPLICABLE)],
    ],
)
def test_an_answer_is_heard_in_either_language_and_said_back(
    item: Person, language: str, text: str, value: int | str
) -> None:
    assert pressed(text, item, language) == ("rate", str(value))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("text", "trigger"),
    [("back", "back"), ("kembali", "back"), ("back please", "back"), ("mengapa", "aside"), ("why ask", "aside")],
)
def test_so_is_everything_else_on_the_card(item: Person, language: str, text: str, trigger: str) -> None:
    found = pressed(text, item, language)
    assert found is not None
    assert found[0] == trigger


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("sangat", ("Sangat mendukung", "Sangat menghambat")),
        ("SM", ("Sangat mendukung", "Sangat menghambat")),
        ("+2", ("Sangat mendukung",)),
        ("-1", ("Menghambat",)),
        ("−2", ("Sangat menghambat",)),
        ("bantuan", ("/bantuan",)),
        ("help", ("/help",)),
        *[(text, ("Mendukung", "Netral", "Menghambat")) for text in ("ya", "betul", "tdk", "no", "oke")],
    ],
)
def test_what_may_mean_several_answers_is_asked_about(item: Person, text: str, labels: tuple[str, ...]) -> None:
    assert near(text, item) == labels


@pytest.mark.parametrize(
    "text",
    [
        *("tidak mendukung", "tahu", "berlaku", "know", "applicable", "not helps", "cukup mendukung", "m", "0", "halo"),
        *("👍", "😀 😀", "\u202e\u202c", "\u200b", "mendukung menghambat", "x" * 20_000, "مدينة", "١", "\ud800", "‹"),
    ],
)
def test_nothing_is_guessed_that_may_be_wrong(item: Person, text: str) -> None:
    assert near(text, item) == ()


def test_a_text_in_the_other_direction_is_heard_as_it_reads(item: Person) -> None:
    assert pressed("\u2067Netral\u2069", item) == ("rate", "0")


@pytest.mark.parametrize("text", ["ya", "iyaa", "oke", "setju", "Setuju", "yes", "I agree", "ya, saya setuju"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_yes_consents(text: str, language: str) -> None:
    assert pressed(text, at(Phase.CONSENT), language) == ("agree", "")


@pytest.mark.parametrize("text", ["tidak", "gak", "no", "tdk setuju", "gak setuju", "Not agree", "jangan"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_no_does_not(text: str, language: str) -> None:
    assert pressed(text, at(Phase.CONSENT), language) != ("agree", "")


def in_profile() -> Person:
    return at(Phase.PROFILE)


def in_review() -> Person:
    return at(Phase.REVIEW)


def in_parts() -> Person:
    return at(Phase.PARTS)


def before_the_rest() -> Person:
    person = at(Phase.BARRIERS)
    while not person.screen.name.endswith("rest"):
        person.choose("skip")
    return person


def before_a_change() -> Person:
    person = at(Phase.REVIEW)
    person.choose("step", "practice")
    person.choose("edit", "P1")
    person.choose("rate", 2)
    return person


def back_again() -> Person:
    person = Person().enter().begin()
    person.say("/start")
    return person


@pytest.mark.parametrize(
    ("where", "text", "trigger"),
    [
        (in_profile, "boleh", "skip"),
        (in_profile, "tidak usah", "finish"),
        (in_review, "lanjut", "forward"),
        (in_review, "sudah benar", "forward"),
        (in_parts, "ya", "skip"),
        (in_parts, "no", "finish"),
        (before_the_rest, "ya", "rest"),
        (before_the_rest, "ngga", "finish"),
        (before_a_change, "ubah", "change"),
        (before_a_change, "iya", "change"),
        (before_a_change, "batal", "back"),
        (before_a_change, "kembali", "back"),
        (back_again, "lanjut", "dismiss"),
    ],
)
def test_yes_and_no_press_what_the_card_asks(where: Callable[[], Person], text: str, trigger: str) -> None:
    found = pressed(text, where())
    assert found is not None
    assert found[0] == trigger


def test_a_yes_that_leaves_open_how_much_is_asked_about(barrier: Person) -> None:
    assert near("ya", barrier) == ("Ya, dalam 12 bulan", "Ya, dalam 1–3 tahun")
    assert near("bisa", barrier, "en") == ("Yes, within 12 months", "Yes, in 1 to 3 years")
    assert pressed("dalam 12 bulan", barrier) == ("plan", "months")
    assert pressed("gak bisa", barrier) == ("plan", "no")
    assert near("tidak tahu", barrier) == ()


@pytest.mark.parametrize("text", ["ya", "YA", "iya", "yes", "Ya, hapus semuanya", "yes, delete everything"])
def test_everything_is_deleted_by_plain_words_only(text: str) -> None:
    person = Person().enter()
    person.say("/forget")
    assert pressed(text, person) == ("forget", "")


@pytest.mark.parametrize(
    "text", ["ok", "iyaa", "yup", "baik", "ya pak", "hapus", "ya hapus semua", "semuanya", "lanjut"]
)
def test_anything_looser_only_asks(text: str) -> None:
    person = Person().enter()
    person.say("/forget")
    assert near(text, person) == ("Ya, hapus semuanya",)


def asked_for_the_class() -> Person:
    person = at(Phase.PROFILE)
    person.choose("skip")
    return person


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("text", "key"),
    [
        *[("2,5 juta", "metropolitan"), ("1jt", "large"), ("850rb", "large"), ("300k", "medium"), ("100.000", "small")],
        *[
            ("100.001", "medium"),
            ("1,2 million", "metropolitan"),
            ("kecil", "small"),
            ("di atas 1 juta", "metropolitan"),
        ],
    ],
)
def test_a_number_of_people_chooses_the_class(text: str, key: str, language: str) -> None:
    assert pressed(text, asked_for_the_class(), language) == ("profile", key)


def test_a_number_that_is_no_population_chooses_nothing() -> None:
    person = asked_for_the_class()
    assert near("850", person) == near("lebih dari 1 juta", person) == ()


def writing_a_note() -> Person:
    person = Person().enter().begin()
    person.choose("aside", "note")
    return person


def naming_a_city() -> Person:
    return at(Phase.CITY)


def naming_an_owner() -> Person:
    person = at(Phase.BARRIERS)
    person.choose("plan", "months")
    person.say("Draft a regulation")
    return person


@pytest.mark.parametrize("where", [writing_a_note, naming_a_city, naming_an_owner])
@pytest.mark.parametrize("text", ["ya", "tidak", "ga tau", "kembal", "+2", "question", "1.", "help", "skp"])
def test_where_text_is_asked_words_stay_text(where: Callable[[], Person], text: str) -> None:
    assert said(text, where(), "en") == Typed(text)


def test_where_text_is_asked_labels_of_either_language_are_labels() -> None:
    owner = naming_an_owner()
    assert pressed("Lewati", owner) == pressed("skip", owner) == pressed("Lewati.", owner) == ("skip", "")


@pytest.mark.parametrize("text", ["kembali", "Back", "balik"])
def test_nobody_writes_a_note_that_says_back(text: str) -> None:
    assert pressed(text, writing_a_note()) == ("dismiss", "")
    assert pressed(text, naming_a_city()) == ("back", "")


def test_a_name_that_was_doubted_is_confirmed_by_a_yes() -> None:
    person = at(Phase.CITY)
    person.say("surabya")
    assert pressed("iya", person) == ("city", "35.78")
    person.say("Wakanda")
    assert pressed("betul", person) == ("city", "typed")


LETTERS = "mendukgstralhp yiohbK -+012.‹👍\u202e"


@given(st.one_of(st.text(), st.text(LETTERS, max_size=20)))
def test_any_text_gives_a_tap_that_is_on_the_card(item: Person, text: str) -> None:
    own, other = cards(item, "id")
    tap = read_text(text, own, [other])
    assert isinstance(tap, Press | Typed | Command)
    if isinstance(tap, Press):
        assert tap in [Press.decode(button.data) for button in (*own.buttons, own.more) if button]
    if isinstance(tap, Typed):
        assert len(tap.near) <= 3
        assert set(tap.near) <= {*(button.label for button in own.buttons), *(f"/{name}" for name in COMMANDS)}


@pytest.mark.parametrize("phase", [phase for phase in TALKING if phase is not Phase.ASKED])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_label_of_every_card_is_heard_in_both_languages(phase: Phase, language: str) -> None:
    own, other = cards(at(phase), language)
    for button, foreign in zip(own.buttons, other.buttons, strict=True):
        assert read_text(button.label, own, [other]) == Press.decode(button.data)
        if sum(one.label == foreign.label for one in other.buttons) == 1:
            assert read_text(foreign.label, own, [other]) == Press.decode(button.data)
