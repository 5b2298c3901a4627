"""What a person wrote, read against the screen they wrote it on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import COMMANDS, LONGEST, read_data, read_text
from bot.render import Button, Screen
from flows.cards import Reach, Style, Verbatim
from flows.taps import Command, Press, Typed


def screen(*labels: str, asks: bool = False, first: str = "rate") -> Screen:
    triggers = (first, *("back" for _ in labels))
    buttons = tuple(
        Button(label, Press("a", 1, "P1", trigger, str(place)).encode(), Reach.WIDE)
        for place, (label, trigger) in enumerate(zip(labels, triggers, strict=False))
    )
    return Screen("items P1", "en", ((Style.TITLE, "A question"),), buttons, asks)


CHOICES = screen("Helps", "Hinders  strongly", "Back")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *[("Helps", 0), (" hELPS\n", 0), ("Helps!", 0), ("‹ Back", 2), ("hinders strongly", 1), ("h\u200belps", 0)],
        *[("1", 0), ("3", 2), (" 02 ", 1), ("1.", 0), ("2)", 1), ("no. 2", 1), ("pilihan 3", 2), ("1\u200b", 0)],
    ],
)
def test_a_label_or_a_place_is_a_tap(text: str, place: int) -> None:
    assert read_text(text, CHOICES) == Press.decode(CHOICES.buttons[place].data)


@pytest.mark.parametrize(
    "text", ["0", "4", "-1", "١", "²", "1 2", "9999", "", "   ", "Hel", "👍", "\u202e", "1..", "x2"]
)
def test_anything_else_is_text(text: str) -> None:
    assert read_text(text, CHOICES) == Typed(text)


def test_a_position_is_said_back_unless_positions_were_shown() -> None:
    plain, shown = read_text("1", CHOICES), read_text("1", CHOICES, numbered=True)
    assert isinstance(plain, Press)
    assert isinstance(shown, Press)
    assert (plain.heard, plain.guessed, shown.heard) == (Verbatim("“Helps”"), False, None)


def test_a_label_is_not_said_back() -> None:
    press = read_text("helps", CHOICES)
    assert isinstance(press, Press)
    assert (press.heard, press.guessed) == (None, False)


def test_a_button_that_opens_an_address_is_pressed_by_no_words() -> None:
    link = screen("Pass it on", "Back")
    link = replace(link, buttons=(Button("Pass it on", "", Reach.WIDE, url="https://example.org"), link.buttons[1]))
    for asks in (False, True):
        for text in ("Pass it on", "pass on", "1", "1."):
            assert read_text(text, replace(link, asks=asks)) == Typed(text)
    assert read_text("2", link) == Press.decode(link.buttons[1].data)


def test_where_text_is_asked_a_number_with_anything_beside_it_is_text() -> None:
    asking = screen("Padang", "Back", asks=True)
    assert read_text("1.", asking) == Typed("1.")


def test_where_text_is_asked_a_number_is_no_way_back() -> None:
    asking = screen("Back", asks=True, first="back")
    assert read_text("1", asking) == Typed("1")
    assert read_text("back", asking) == Press.decode(asking.buttons[0].data)


def test_where_the_first_button_leads_on_a_number_is_a_place() -> None:
    asking = screen("Padang", "Back", asks=True)
    assert read_text("1", asking) == Press.decode(asking.buttons[0].data)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/back", Command("back")),
        ("/KEMBALI", Command("back")),
        ("/language en", Command("language", "en")),
        ("/bahasa@cocok_bot   id ", Command("language", "id")),
        ("/language\nen", Command("language", "en")),
        ("/ back", Command("back")),
        ("/", Command("")),
        ("/dance now please", Command("dance", "now please")),
    ],
)
def test_a_slash_begins_a_command_in_either_language(text: str, command: Command) -> None:
    assert read_text(text, CHOICES) == command


def test_every_command_has_a_name_in_both_languages_but_start() -> None:
    names: dict[str, set[str]] = {}
    for name, command in COMMANDS.items():
        names.setdefault(command, set()).add(name)
    assert {command for command, known in names.items() if len(known) == 1} == {"start"}
    assert all(command in known for command, known in names.items())


@pytest.mark.parametrize("written", ["1", "Share the link", "SHARE  THE LINK", "2", "Go on"])
def test_a_button_that_opens_an_address_is_no_tap(written: str) -> None:
    opens = Button("Share the link", "", Reach.WIDE, url="https://example.org")
    shown = screen("Go on")
    shown = replace(shown, buttons=(opens, *shown.buttons))
    expected = Press.decode(shown.buttons[1].data) if written in {"2", "Go on"} else Typed(written)
    assert read_text(written, shown, numbered=True) == expected


@given(st.text(st.characters()))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(read_text(text, CHOICES), Press | Command | Typed)
    assert isinstance(read_text(text, screen()), Command | Typed)


@given(st.text(st.characters()))
def test_where_text_is_asked_any_text_is_kept_as_it_is_unless_it_is_a_tap(text: str) -> None:
    tap = read_text(text, screen("Skip", "Back", asks=True, first="skip"))
    assert isinstance(tap, Press | Command) or tap == Typed(text)


LABELS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=75).filter(
    lambda text: text.strip() and not text.startswith("/")
)


@given(st.lists(LABELS, min_size=1, max_size=6, unique_by=lambda label: " ".join(label.casefold().split())), st.data())
def test_a_label_always_presses_its_own_button(labels: list[str], data: st.DataObject) -> None:
    card = screen(*labels)
    place = data.draw(st.integers(0, len(labels) - 1))
    assert read_text(labels[place], card) == Press.decode(card.buttons[place].data)
    assert read_text(f"  {labels[place]}\n", card) == Press.decode(card.buttons[place].data)


def test_no_more_is_read_than_any_question_takes() -> None:
    assert read_text("x" * 100_000, CHOICES) == Typed("x" * LONGEST)


@given(st.text(st.characters()))
def test_any_button_data_is_read_as_a_press(data: str) -> None:
    assert isinstance(read_data(data), Press)


def test_foreign_data_fits_no_card() -> None:
    assert read_data("vote:7") == Press("", -1, "", "")
