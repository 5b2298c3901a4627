"""Button data: what is written can be read again, and nothing else can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.taps import MAX_BYTES, Press, UnreadableTap

fields = st.text("abcdefghjk0123456789-.@", max_size=9)
presses = st.builds(Press, fields, st.integers(0, 10**9), fields, fields, fields)


@given(presses)
def test_a_press_comes_back_as_it_was(press: Press) -> None:
    data = press.encode()
    assert len(data.encode()) <= MAX_BYTES
    assert Press.decode(data) == press


@given(st.text())
def test_any_other_data_is_refused_by_name(data: str) -> None:
    try:
        press = Press.decode(data)
    except UnreadableTap:
        return
    assert press.revision >= 0


@pytest.mark.parametrize(
    "data",
    ["", "a|b", "a|1|b|c", "a|1|b|c|d|e", "a|-1|b|c|d", "a|1.5|b|c|d", "a|٣|b|c|d", "a||b|c|d", "x" * 65 + "|1|||"],
)
def test_data_of_another_shape_is_unreadable(data: str) -> None:
    with pytest.raises(UnreadableTap):
        Press.decode(data)


def test_what_platforms_would_refuse_is_never_written() -> None:
    with pytest.raises(ValueError, match="xxx"):
        Press("test0000", 1, "K1", "rate", "x" * 60).encode()
    with pytest.raises(ValueError, match="é"):
        Press("test0000", 1, "K1", "rate", "é" * 24).encode()


def test_a_field_with_the_separator_is_never_written() -> None:
    with pytest.raises(ValueError, match=r"a\|b"):
        Press("test0000", 1, "K1", "rate", "a|b").encode()
