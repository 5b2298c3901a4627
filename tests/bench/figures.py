"""One measured figure with its bound."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Figure:
    """``value`` must not exceed ``limit`` nor fall below ``least``, all in ``unit``; without either it only informs."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    least: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        return (self.limit is None or self.value <= self.limit) and (self.least is None or self.value >= self.least)

    @property
    def written(self) -> str:
        """The figure with its unit."""
        return f"{self.value:,.2f} {self.unit}"

    @property
    def bound(self) -> str:
        """The bound in words."""
        if self.least is not None:
            return f"at least {self.least:,.2f}"
        return "" if self.limit is None else f"at most {self.limit:,.2f}"

    @property
    def judged(self) -> str:
        """How it came out."""
        return ("kept" if self.holds else "MISSED") if self.bound else ""


def typical(seconds: list[float]) -> float:
    """The median, in milliseconds: a stray flush of the disk does not move it."""
    return 1000 * median(seconds)
