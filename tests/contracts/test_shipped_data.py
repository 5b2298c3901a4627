"""Every toolkit and practice that comes with the bot is sound, by the rules an import has to pass."""

from __future__ import annotations

import pytest

from flows.library import builtin
from flows.lint import lint_practice, lint_toolkit
from flows.practice import Practice
from flows.toolkit import Toolkit


@pytest.mark.parametrize("toolkit", builtin().toolkits, ids=lambda toolkit: toolkit.reference)
def test_every_shipped_toolkit_lints_clean(toolkit: Toolkit) -> None:
    assert [str(finding) for finding in lint_toolkit(toolkit, toolkit.reference)] == []


@pytest.mark.parametrize("practice", builtin().practices, ids=lambda practice: practice.key)
def test_every_shipped_practice_lints_clean(practice: Practice) -> None:
    assert [str(finding) for finding in lint_practice(practice, practice.key)] == []


def test_a_toolkit_and_two_practices_are_shipped() -> None:
    assert {"citynet@1"} <= {toolkit.reference for toolkit in builtin().toolkits}
    assert {"owl-bus", "food-waste-fee"} <= {practice.key for practice in builtin().practices}
