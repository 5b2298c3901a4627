"""A small SVG writer that remembers where each text went, so that a test can see that nothing overlaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from bot.report.look import FAMILY, Fitted, fit, printable, width

LEADING = 1.26
_BASELINE = 0.98
_NARROWING = 0.995
"""Room is measured without kerning and hinting; this keeps the drawn text inside it all the same."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, other: Box) -> bool:
        """Whether ``other`` lies within this one (to a hundredth of a pixel)."""
        return (
            self.x - 0.01 <= other.x
            and self.y - 0.01 <= other.y
            and other.x + other.width <= self.x + self.width + 0.01
            and other.y + other.height <= self.y + self.height + 0.01
        )

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        apart = self.x + self.width <= other.x + 0.01 or other.x + other.width <= self.x + 0.01
        above = self.y + self.height <= other.y + 0.01 or other.y + other.height <= self.y + 0.01
        return not (apart or above)


@dataclass(frozen=True)
class Placed:
    """A line of text, the box it fills and the area it was given."""

    text: str
    size: float
    box: Box
    area: Box


@dataclass
class Drawing:
    """An SVG image in the making; sizes in pixels."""

    width: int
    height: int
    title: str
    placed: list[Placed] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)

    def rectangle(self, box: Box, fill: str, *, stroke: str = "none", radius: float = 0) -> None:
        """A filled or framed rectangle."""
        self._parts.append(
            f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="{radius:g}" '
            f'fill="{fill}" stroke="{stroke}" stroke-width="2"/>'
        )

    def upright(self, x: float, top: float, bottom: float, colour: str) -> None:
        """A dashed vertical line."""
        self._parts.append(
            f'<line x1="{x:g}" y1="{top:g}" x2="{x:g}" y2="{bottom:g}" '
            f'stroke="{colour}" stroke-width="2" stroke-dasharray="6 6"/>'
        )

    def text(self, text: Fitted, area: Box, colour: str, *, align: float = 0) -> None:
        """Lines of text from the top of ``area``; ``align`` is 0 for left, 0.5 for centred, 1 for right."""
        for number, line in enumerate(text.lines):
            drawn = width(line, text.size, bold=text.bold)
            height = text.size * LEADING
            box = Box(area.x + (area.width - drawn) * align, area.y + number * height, drawn, height)
            self.placed.append(Placed(line, text.size, box, area))
            self._parts.append(
                f'<text x="{box.x:.2f}" y="{box.y + text.size * _BASELINE:.2f}" font-size="{text.size:g}" '
                f'font-weight="{600 if text.bold else 400}" fill="{colour}">{escape(line)}</text>'
            )

    def svg(self) -> str:
        """The whole image as SVG text."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" font-family={quoteattr(FAMILY)} xml:space="preserve">'
            f"<title>{escape(printable(self.title))}</title>{''.join(self._parts)}</svg>"
        )


def tall(text: Fitted) -> float:
    """Height of the lines in pixels."""
    return len(text.lines) * text.size * LEADING


def fitted(text: str, room: float, sizes: tuple[float, float], *, lines: int = 1, bold: bool = False) -> Fitted:
    """``text`` in ``room`` at the first of ``sizes``, or smaller by twos down to the second."""
    largest, smallest = sizes
    steps = [largest - 2 * step for step in range(int((largest - smallest) / 2) + 1)]
    return fit(text, room * _NARROWING, lines, steps, bold=bold)
