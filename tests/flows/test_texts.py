"""Typed text: cleaned once and for all, bounded, never cut silently."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cards import Message
from flows.cleaning import clean
from flows.dialogue import Conversation
from flows.library import builtin
from flows.path import OWN_FIELDS
from flows.texts import LIMITS, settle
from flows.world import Dialogue, World
from tests.talking import MORNING, numbered_ids


class NoShelf:
    """Someone without assessments."""

    def listed(self) -> tuple[()]:
        return ()

    def taken(self, assessment: str) -> None:
        assert assessment

    def inquiry(self, token: str) -> None:
        assert token

    def inquiries(self, assessment: str) -> tuple[()]:
        assert assessment
        return ()


def dialogue() -> Dialogue:
    world = World(library=builtin(), shelf=NoShelf(), now=MORNING, new_id=numbered_ids())
    return Dialogue(Conversation(id="c", channel="console", address="1"), world)


def refused(text: str, limit: int = 10, *, needs_letter: bool = False) -> str:
    """The key of what is said about a text that is not kept."""
    asked = dialogue()
    assert settle(asked, text, limit, needs_letter=needs_letter) == ""
    assert isinstance(asked.toast, Message)
    return asked.toast.key


@given(st.text(st.characters()))
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters()))
def test_clean_text_can_be_stored_and_sent_anywhere(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode().decode() == cleaned
    kept = {unicodedata.category(character) for character in cleaned if character not in "\n\u200d\u200c"}
    assert not {category for category in kept if category.startswith("C")}
    assert not any(line != line.strip() or not line for line in cleaned.split("\n") if cleaned)


@given(st.text(st.characters()), st.integers(1, 40))
def test_a_text_is_kept_whole_or_not_at_all(text: str, limit: int) -> None:
    asked = dialogue()
    kept = settle(asked, text, limit)
    assert kept in {"", clean(text)}
    assert len(kept) <= limit
    assert (kept == "") == (asked.toast is not None)


def test_line_breaks_and_joined_emoji_stay() -> None:
    assert clean("satu \t dua\r\n\n tiga") == "satu dua\ntiga"
    assert clean("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"
    assert clean("e\u0301") == "é"


@pytest.mark.parametrize("text", ["", "  \n ", "\0", "\u202e", "\u200b\u200d\ufeff", "\ud800"])
def test_a_text_of_nothing_visible_is_refused(text: str) -> None:
    assert refused(text) == "toast.text-empty"


def test_a_text_too_long_is_refused_with_both_lengths() -> None:
    assert refused("x" * 11) == "toast.text-too-long"
    assert settle(dialogue(), "x" * 10, 10) == "x" * 10


def test_a_text_far_too_long_is_refused_even_if_it_is_mostly_white_space() -> None:
    assert refused("x" + " " * 100_000) == "toast.text-too-long"


def test_a_name_needs_a_letter() -> None:
    assert refused("12345", needs_letter=True) == "toast.text-empty"
    assert settle(dialogue(), "서울", 10, needs_letter=True) == "서울"


def test_every_use_of_text_has_a_limit() -> None:
    assert set(LIMITS) >= {"note", *OWN_FIELDS, "action", "owner", "due", "reason"}
