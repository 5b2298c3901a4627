"""One item put to a colleague by a link: asked, taken up once, answered, and settled by who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flows.assessment import City
from flows.practice import Practice
from flows.ratings import Rating

LIFETIME = timedelta(days=7)
"""How long a link works."""


class Standing(StrEnum):
    """How far an inquiry has come. It can be taken up by one person, once."""

    OPEN = "open"
    TAKEN = "taken"
    ANSWERED = "answered"
    SETTLED = "settled"


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """A question to a colleague. ``token`` is what the link carries (16 unguessable characters).

    ``asker`` and ``colleague`` are people's ids (empty when forgotten or not yet known); ``by`` is how the colleague
    wants to be named; ``rating`` their answer. What is assessed is repeated here so that the colleague's chat needs
    nothing else: ``toolkit`` is ``key@version``.
    """

    token: str
    assessment: str
    item: str
    asker: str
    toolkit: str
    asked_at: datetime
    expires_at: datetime
    practice: str = ""
    own_practice: Practice | None = None
    city: City | None = None
    standing: Standing = Standing.OPEN
    colleague: str = ""
    by: str = ""
    rating: Rating | None = None
    answered_at: datetime | None = None

    def works(self, moment: datetime) -> bool:
        """Whether the link still works, for whoever opens it first."""
        return self.standing is Standing.OPEN and moment < self.expires_at

    def waits(self, moment: datetime) -> bool:
        """Whether an answer may still come."""
        return self.standing in {Standing.OPEN, Standing.TAKEN} and moment < self.expires_at
