"""One measured figure with its bound."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Figure:
    """``value`` must not exceed ``limit``, both in ``unit``; a limit of None is for information only."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        return self.limit is None or self.value <= self.limit

    @property
    def written(self) -> str:
        """The figure with its unit."""
        return f"{self.value:,.2f} {self.unit}"

    @property
    def bound(self) -> str:
        """The bound in words."""
        return "" if self.limit is None else f"at most {self.limit:,.2f}"

    @property
    def judged(self) -> str:
        """How it came out."""
        return "" if self.limit is None else ("kept" if self.holds else "MISSED")


def typical(seconds: list[float]) -> float:
    """The median, in milliseconds: a stray flush of the disk does not move it."""
    return 1000 * median(seconds)
