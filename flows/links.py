"""Deep links: what ``/start`` brings along, and where it leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 64
"""Characters of a payload, as Telegram takes them."""

_PAYLOAD = re.compile(r"p_[A-Za-z0-9_-]+|a_[A-Za-z0-9]+|r(?:_[A-Za-z0-9]+)?")


class Goal(StrEnum):
    """Where a link leads: to a practice, to a colleague's question, or back to an assessment."""

    PRACTICE = "p"
    INQUIRY = "a"
    RESUME = "r"


@dataclass(frozen=True)
class Link:
    """A payload read. ``name`` is a practice's key, an inquiry's token or an assessment's id (empty: the latest)."""

    goal: Goal
    name: str = ""

    def encode(self) -> str:
        """The payload of the link."""
        return f"{self.goal}_{self.name}" if self.name else str(self.goal)


def read_link(payload: str) -> Link | None:
    """Read a payload; None for anything that ``encode`` does not write."""
    if len(payload) > LONGEST or not _PAYLOAD.fullmatch(payload):
        return None
    goal, _, name = payload.partition("_")
    return Link(Goal(goal), name)
