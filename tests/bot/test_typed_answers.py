"""Answers typed instead of pressed: what was understood is said back and can be corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta, timezone

import pytest

from bot.channels.console import parse
from bot.i18n import translator
from bot.languages import LANGUAGES
from flows.cards import Card, Choice, Number, say
from flows.dialogue import Phase
from flows.echoes import heard, quoted, unclear
from flows.ratings import Mark
from tests.talking import Person, at

LONGEST_REMARK = 180


def asked_by_when(language: str = "id") -> Person:
    """Someone who is asked by when a hindrance is dealt with; it is 23 November 2026."""
    person = Person().enter(language).begin(length="full").rate_all(1, C1=-1)
    person.choose("forward")
    person.choose("plan", "months")
    person.say("Susun rancangan Perwali")
    person.say("Bagian Hukum")
    assert person.screen.name == "barriers C1 due"
    return person


def due(person: Person) -> str:
    return person.assessment.plans["C1"].due


def test_what_was_understood_is_said_back_and_can_be_corrected() -> None:
    person = Person().enter("id").begin()
    person.say("mendukng")
    assert person.screen.toast == "Dibaca sebagai “Mendukung”. Kurang tepat? Pilih Kembali."
    assert person.assessment.ratings["P1"].value == 1
    person.say("kembali")
    assert (person.screen.name, person.screen.toast) == ("items P1", "")
    person.say("strongly hinders")
    assert person.screen.toast == "Dibaca sebagai “Sangat menghambat”. Kurang tepat? Pilih Kembali."
    assert person.assessment.ratings["P1"].value == -2


@pytest.mark.parametrize("text", ["Helps", "helps", " HELPS. "])
def test_a_label_goes_without_saying(text: str) -> None:
    person = Person().enter().begin()
    person.say(text)
    assert (person.screen.name, person.screen.toast) == ("items N1", "")


def test_a_position_is_said_back_where_positions_are_not_shown() -> None:
    person = Person().enter().begin()
    person.say("2")
    assert person.screen.toast == "Read as “Helps”. If that is wrong, choose Back."


def test_on_the_terminal_a_position_goes_without_saying() -> None:
    person = Person().enter().begin()
    inbound = replace(parse("2", "terminal 1"), address=person.address)
    answer = person.house.handle(inbound, person.now)
    assert (answer.screen.name, answer.screen.toast) == ("items N1", "")


def test_where_there_is_no_way_back_none_is_named() -> None:
    person = Person()
    person.open()
    person.choose("language", "en")
    person.say("ya")
    assert (person.phase, person.screen.toast) == (Phase.HOME, "Read as “I agree”.")


def test_not_knowing_is_an_answer_in_any_words() -> None:
    person = Person().enter("id").begin()
    person.say("ga tau")
    assert person.assessment.ratings["P1"].value is Mark.DONT_KNOW
    assert "“Tidak tahu”" in person.screen.toast


def test_a_bare_yes_is_no_rating() -> None:
    person = Person().enter("id").begin()
    before = person.conversation
    person.say("ya")
    assert (
        person.screen.toast == "Maaf, belum jelas bagi kami. Maksud Bapak/Ibu “Mendukung”, “Netral”, atau “Menghambat”?"
    )
    assert (person.assessment.ratings, person.conversation.revision) == ({}, before.revision)


def test_after_a_pause_only_a_label_or_a_position_is_an_answer() -> None:
    for text, answered in (("helps", True), ("mendukung", False), ("helpss", False), ("dunno", False)):
        person = Person().enter().begin()
        person.wait(hours=13).say(text)
        assert person.screen.name.endswith("recap")
        assert ("P1" in person.assessment.ratings) == answered, text


def test_a_note_that_says_yes_is_a_note() -> None:
    person = Person().enter("id").begin()
    person.choose("aside", "note")
    person.say("ya")
    assert person.assessment.ratings["P1"].note == "ya"


@pytest.mark.parametrize(
    ("language", "text", "toast"),
    [
        (
            "id",
            "2,5 juta",
            "Dibaca sebagai 2.500.000 jiwa: “Di atas 1 juta (metropolitan)”. Kurang tepat? Pilih Kembali.",
        ),
        ("en", "1jt", "Read as 1,000,000 people: “500,001 to 1 million (large)”. If that is wrong, choose Back."),
    ],
)
def test_a_population_is_said_back_as_the_reader_writes_numbers(language: str, text: str, toast: str) -> None:
    person = Person().enter(language)
    person.choose("assess")
    person.choose("choose", "owl-bus")
    person.say("Banda Aceh")
    person.choose("skip")
    person.say(text)
    assert (person.screen.name, person.screen.toast) == ("profile office", toast)
    assert person.assessment.profile["class"] in {"large", "metropolitan"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["17 Agustus 2027", "17 agt 27", "17/8/2027", "Aug 17, 2027"])
def test_a_day_is_kept_as_a_day_and_said_back_as_the_reader_writes_it(text: str, language: str) -> None:
    person = asked_by_when(language)
    person.say(text)
    assert due(person) == "2027-08-17"
    assert ("17 Agustus 2027" if language == "id" else "17 August 2027") in person.screen.toast
    assert not person.screen.name.endswith("due")


def test_words_that_are_no_day_are_kept_as_they_are() -> None:
    person = asked_by_when()
    person.say("setelah perubahan APBD")
    assert (due(person), person.screen.toast) == ("setelah perubahan APBD", "")


@pytest.mark.parametrize(
    ("text", "toast"),
    [
        ("17 Agustus 2020", "Tanggal 17 Agustus 2020 sudah lewat. Mohon tulis tanggal hari ini atau sesudahnya."),
        ("22/11/2026", "Tanggal 22 November 2026 sudah lewat. Mohon tulis tanggal hari ini atau sesudahnya."),
        ("31 Februari 2027", "Tanggal itu tidak ada di kalender. Mohon diperiksa dan ditulis lagi."),
    ],
)
def test_a_day_that_cannot_be_meant_is_asked_for_again(text: str, toast: str) -> None:
    person = asked_by_when()
    revision = person.conversation.revision
    person.say(text)
    assert (person.screen.name, person.screen.toast, due(person)) == ("barriers C1 due", toast, "")
    assert person.conversation.revision == revision
    person.say("hari ini")
    assert due(person) == "2026-11-23"


def test_today_is_where_the_people_are() -> None:
    person = asked_by_when()
    person.house.zone = timezone(timedelta(hours=7))
    person.wait(hours=8).say("/bantuan")
    person.wait(hours=8).choose("dismiss")
    assert person.now.astimezone(UTC).day == 23
    person.say("hari ini")
    assert due(person) == "2026-11-24"


def test_by_when_a_colleague_is_expected_to_answer_is_read_in_the_same_way() -> None:
    person = Person().enter("id").begin()
    person.choose("aside", "ask")
    person.say("Bagian Hukum")
    person.say("31/2/2027")
    assert person.screen.name == "items P1 until"
    person.say("besok")
    assert person.assessment.ratings["P1"].until == "2026-11-24"
    assert "24 November 2026" in person.screen.toast


def test_remarks_fit_whatever_the_labels_say() -> None:
    label, back = "Wilayah " * 30, Choice(say("choice.back"), "back")
    people = say("heard.people", number=Number(99_999_999), answer=quoted(label))
    for language in LANGUAGES:
        translate = translator(language)
        for said in (heard(people, Card("c", (), (back,))), unclear([label] * 3)):
            assert len(translate(said)) <= LONGEST_REMARK


def test_what_was_read_is_shown_whole_where_it_fits() -> None:
    assert quoted("Sangat mendukung").text == "“Sangat mendukung”"
    assert unclear([]) == say("toast.not-understood")


def test_typing_never_answers_another_question() -> None:
    person = at(Phase.ITEMS)
    for text in ("mendukng", "2", "ga tau", "ya", "mendukng"):
        focus, before = person.conversation.focus, dict(person.assessment.ratings)
        person.say(text)
        after = person.assessment.ratings
        assert {item for item in after if after[item] != before.get(item)} <= {focus}
