"""Telegram's HTML: what comes of it, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telegram.markup import parse_html, trimmed, units, with_found
from tests.telegram.refusals import Refusal
from tests.telegram.screen import marked


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a <b>bold</b> b", "a bold b", [(2, 4, "bold")]),
        ("<b>a <i>b</i></b>", "a b", [(0, 3, "bold"), (2, 1, "italic")]),
        ("&lt;b&gt; &amp; &quot;&#39;&#x27;", "<b> & \"''", []),
        ("😀<b>x</b>", "😀x", [(2, 1, "bold")]),
        ("<b></b>x", "x", []),
        ("<STRONG>x</strong>", "x", [(0, 1, "bold")]),
        ('<span class="tg-spoiler">x</span>', "x", [(0, 1, "spoiler")]),
        ("<blockquote expandable>x</blockquote>", "x", [(0, 1, "expandable_blockquote")]),
        ("<a>x</a>", "x", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[int, int, str]]) -> None:
    found, made = parse_html(source)
    assert found == text
    assert [(entity["offset"], entity["length"], entity["type"]) for entity in made] == entities


def test_a_link_keeps_its_address_and_code_its_language() -> None:
    assert parse_html('<a href="https://x.org/?a=1&amp;b=2">x</a>')[1][0]["url"] == "https://x.org/?a=1&b=2"
    assert parse_html('<pre><code class="language-python">x</code></pre>')[1] == [
        {"offset": 0, "length": 1, "type": "pre", "language": "python"}
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é <br/>", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("fish & chips", 'Unescaped "&" at byte offset 5'),
        ("&nbsp;", 'Unescaped "&" at byte offset 0'),
    ],
)
def test_broken_html_is_refused(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    found, entities = parse_html(f"<b>{escaped}</b>")
    assert found == text
    assert [entity["length"] for entity in entities] == ([units(text)] if text else [])


def test_white_space_around_a_text_goes_and_entities_move_along() -> None:
    assert trimmed(*parse_html("\n <b> x</b> \n")) == ("x", [{"offset": 0, "length": 1, "type": "bold"}])


def test_commands_and_links_are_found_where_they_stand_alone() -> None:
    found = with_found("/start or 1/2 at https://x.org/a, see /help@loopback_bot", [])
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == [
        ("bot_command", 0, 6), ("url", 17, 15), ("bot_command", 38, 18),
    ]  # fmt: skip


def test_marks_are_written_from_the_inside_out() -> None:
    assert marked(*parse_html('😀 <b>a <i>b</i></b><i>c</i> <a href="https://x.org">d</a>')) == (
        "😀 *a _b_*_c_ d (https://x.org)"
    )
