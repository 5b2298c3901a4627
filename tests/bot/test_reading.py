"""What a person wrote, read against the screen they wrote it on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import COMMANDS, LONGEST, read_data, read_text
from bot.render import Button, Screen
from flows.cards import Reach, Style
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
    ("text", "place"), [("Helps", 0), (" hELPS\n", 0), ("hinders strongly", 1), ("1", 0), ("3", 2), (" 02 ", 1)]
)
def test_a_label_or_a_place_is_a_tap(text: str, place: int) -> None:
    assert read_text(text, CHOICES) == Press.decode(CHOICES.buttons[place].data)


@pytest.mark.parametrize("text", ["0", "4", "-1", "1.", "١", "²", "1 2", "9999", "", "   ", "Help", "Helps!"])
def test_anything_else_is_text(text: str) -> None:
    assert read_text(text, CHOICES) == Typed(text)


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


@given(st.text(st.characters()))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(read_text(text, CHOICES), Press | Command | Typed)
    assert isinstance(read_text(text, screen()), Command | Typed)


def test_no_more_is_read_than_any_question_takes() -> None:
    assert read_text("x" * 100_000, CHOICES) == Typed("x" * LONGEST)


@given(st.text(st.characters()))
def test_any_button_data_is_read_as_a_press(data: str) -> None:
    assert isinstance(read_data(data), Press)


def test_foreign_data_fits_no_card() -> None:
    assert read_data("vote:7") == Press("", -1, "", "")
