"""The terminal channel: what is drawn, and what keys and lines answer."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.channels.console import Keys, Lines, parse, text_of
from bot.render import Button, Screen
from flows.cards import Reach, Style
from flows.taps import Press

UP, DOWN, ENTER, LEAVE = "\x1b[A", "\x1b[B", "\r", "\x04"


def button(label: str, trigger: str, value: str = "", reach: Reach = Reach.WIDE) -> Button:
    return Button(label, Press("abcdefgh", 3, "C1", trigger, value).encode(), reach)


RATE = Screen(
    name="items C1",
    language="en",
    lines=((Style.QUIET, "Step 3 of 6"), (Style.QUESTION, "Does your city have the legal power to do this?")),
    buttons=(
        button("Helps", "rate", "1"),
        button("Hinders", "rate", "-1"),
        button("Don't know", "rate", "dk", Reach.HALF),
        button("Back", "back", reach=Reach.HALF),
    ),
    asks=False,
)
CITY = Screen("city", "id", ((Style.QUESTION, "Kota mana?"),), (button("Kembali", "back"),), asks=True)


@pytest.fixture
def typing() -> Iterator[PipeInput]:
    """A terminal whose keys the test presses."""
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


def test_a_screen_is_drawn_with_its_positions() -> None:
    assert text_of(RATE) == (
        "Step 3 of 6\n\nDoes your city have the legal power to do this?\n\n"
        "  1. Helps\n  2. Hinders\n  3. Don't know    4. Back"
    )


def test_a_narrow_terminal_gets_shorter_lines() -> None:
    assert max(map(len, text_of(RATE, 30).splitlines())) <= 30


def test_a_button_that_opens_an_address_is_drawn_with_it_and_not_chosen_first(typing: PipeInput) -> None:
    sharing = Button("Share the link", "", Reach.WIDE, url="https://t.me/share/url?url=x")
    screen = Screen("items P1 ask-colleague", "en", RATE.lines, (sharing, button("Go on", "leave-open")), asks=False)
    assert "  1. Share the link: https://t.me/share/url?url=x\n  2. Go on" in text_of(screen)
    typing.send_text(ENTER)
    assert Keys().ask(screen) == screen.buttons[1]


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [(ENTER, 0), (DOWN + ENTER, 1), (UP + ENTER, 3), (DOWN * 4 + ENTER, 0), ("\t\t" + ENTER, 2)],
)
def test_arrow_keys_choose_a_button(typing: PipeInput, keys: str, chosen: int) -> None:
    typing.send_text(keys)
    assert Keys().ask(RATE) == RATE.buttons[chosen]


def test_typed_text_is_the_answer(typing: PipeInput) -> None:
    typing.send_text("Hinders" + ENTER)
    assert Keys().ask(RATE) == "Hinders"


def test_enter_alone_does_not_go_back_where_a_name_is_asked_for(typing: PipeInput) -> None:
    typing.send_text(ENTER + "Sabang" + ENTER)
    assert Keys().ask(CITY) == "Sabang"


def test_the_only_way_out_can_still_be_chosen(typing: PipeInput) -> None:
    typing.send_text(DOWN + ENTER)
    assert Keys().ask(CITY) == CITY.buttons[0]


def test_control_d_leaves(typing: PipeInput) -> None:
    typing.send_text(LEAVE)
    assert Keys().ask(RATE) is None


def test_a_chosen_button_is_a_tap_and_typed_text_is_text() -> None:
    assert parse(RATE.buttons[1], "k1").data == RATE.buttons[1].data
    assert (parse("Hinders", "k2").text, parse("Hinders", "k2").data) == ("Hinders", None)
    assert (parse(None, "k3").text, parse(None, "k3").data) == (None, None)


def test_lines_are_echoed_without_what_would_move_the_cursor() -> None:
    out = io.StringIO()
    lines = Lines(io.StringIO("\x1b[2J1\r\n"), out)
    assert lines.ask(RATE) == "\x1b[2J1"
    assert out.getvalue() == "> [2J1\n\n"
    assert lines.ask(RATE) is None
