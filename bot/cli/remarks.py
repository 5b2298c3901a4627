"""What a check has to say, and how grave it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.settings import Settings


class Grade(StrEnum):
    """How grave a remark is; only a fault makes the check fail."""

    FINE = "ok"
    WARNING = "warning"
    FAULT = "fault"


Remark: TypeAlias = tuple[Grade, str]
Check: TypeAlias = Callable[[Settings], Iterator[Remark]]
"""Looks at one thing; says nothing, or what there is to know."""


def span(time: timedelta) -> str:
    """How long something is ago, in the largest unit that fits: *3 hours*."""
    whole = max(0, int(time.total_seconds()))
    for unit, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if count := whole // seconds:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"
