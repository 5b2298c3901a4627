"""Cards as Telegram shows them."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.drawing import LONGEST, keyboard, remark_of, text_of, units
from bot.render import Button, Screen
from flows.cards import Reach, Style

STYLES = st.sampled_from(list(Style))
LINES = st.lists(st.tuples(STYLES, st.text(min_size=1, max_size=900)), max_size=12)


def screen(*lines: tuple[Style, str], buttons: tuple[Button, ...] = (), **others: object) -> Screen:
    return Screen("card", "en", tuple(lines), buttons, asks=False, **others)  # type: ignore[arg-type]


def labels(drawn: Screen) -> list[list[str]]:
    return [[key["text"] for key in row] for row in keyboard(drawn)["inline_keyboard"]]


class _Plain(HTMLParser):
    """The text that is left once the markup has been read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag, attrs) == ("b", [])
        self.open += 1

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.open -= 1

    def handle_data(self, data: str) -> None:
        self.text += data


def plain(text: str) -> str:
    parser = _Plain()
    parser.feed(text)
    parser.close()
    assert parser.open == 0
    return parser.text


def test_the_question_is_bold_and_what_belongs_to_it_stays_close() -> None:
    lines = ((Style.QUIET, "Step 3 of 6"), (Style.QUESTION, "May you?"), (Style.QUIET, "Decisive condition"))
    assert text_of(screen(*lines)) == "Step 3 of 6\n\n<b>May you?</b>\nDecisive condition"


def test_what_people_wrote_cannot_become_markup() -> None:
    written = "<b>5 & 6</b> <a href='x'>"
    assert plain(text_of(screen((Style.TITLE, written), (Style.BODY, written)))) == f"{written}\n\n{written}"


def test_a_remark_stands_above_the_card() -> None:
    assert text_of(screen((Style.TITLE, "Card")), "<Kept>") == "&lt;Kept&gt;\n\n<b>Card</b>"


@given(LINES)
def test_no_text_is_too_long_or_ill_formed(lines: list[tuple[Style, str]]) -> None:
    assert units(plain(text_of(screen(*lines)).replace("\0", ""))) <= LONGEST


def test_what_is_too_long_loses_lines_from_the_end() -> None:
    lines = [(Style.ENTRY, f"{number} " + "x" * 900) for number in range(9)]
    text = text_of(screen(*lines))
    assert text.startswith("• 0 ")
    assert text.endswith("\n…")


def test_length_is_counted_as_the_platform_does() -> None:
    assert units("aé€😀") == 5


def test_answers_fill_the_width_others_go_two_in_a_row() -> None:
    buttons = (
        Button("Helps", "1", Reach.WIDE),
        Button("Don't know", "2", Reach.HALF),
        Button("Why ask?", "3", Reach.HALF),
        Button("Not applicable", "4", Reach.FOLDED),
        Button("About", "7", Reach.FOLDED),
        Button("Back", "5", Reach.HALF),
    )
    drawn = screen(buttons=buttons, more=Button("More", "6", Reach.HALF))
    assert labels(drawn) == [["Helps"], ["Don't know", "Why ask?"], ["Back", "More"]]
    unfolded = screen(buttons=buttons, more=Button("More", "6", Reach.HALF), unfolded=True)
    assert labels(unfolded) == [["Helps"], ["Don't know", "Why ask?"], ["Not applicable", "About"], ["Back"]]


def test_a_single_button_is_not_folded_away() -> None:
    drawn = screen(buttons=(Button("English", "1", Reach.FOLDED),), more=Button("More", "2", Reach.HALF))
    assert labels(drawn) == [["English"]]


def test_a_long_label_gets_a_row_of_its_own() -> None:
    buttons = (Button("Back", "1", Reach.HALF), Button("x" * 30, "2", Reach.HALF), Button("Skip", "3", Reach.HALF))
    assert labels(screen(buttons=buttons)) == [["Back"], ["x" * 30], ["Skip"]]


def test_a_remark_fits_the_answer_to_a_button() -> None:
    assert remark_of(screen(toast="x" * 300)) == "x" * 199 + "…"
    assert remark_of(screen(toast="Kept")) == "Kept"
