"""Paragraphs, headings and tables of the PDF report in one look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table, TableStyle

from bot.report.look import ACCENT, BOLD, INK, MISSING, PALE, PAPER, QUIET, REGULAR, TRACK, glyphs, printable

_RESERVED = ":/?#[]@!$&'()*+,;=%"
"""What stands in an address as it is; the rest of what is no ASCII letter or digit is encoded."""

MARGIN = 48
WIDTH = 595.28 - 2 * MARGIN
"""Width of the text in points, A4 upright."""


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    look = {"fontName": REGULAR, "textColor": HexColor(INK), **more}
    return ParagraphStyle(name, fontSize=size, leading=leading, **look)


BODY = _style("body", 9.5, 12.8, spaceAfter=4)
CELL = _style("cell", 8.6, 10.9)
SHEET = _style("sheet", 8.6, 10.9, spaceAfter=2.2)
QUIET_CELL = _style("quiet cell", 8.6, 10.9, textColor=HexColor(QUIET))
SMALL = _style("small", 8.2, 10.6, textColor=HexColor(QUIET), spaceAfter=3)
KICKER = _style("kicker", 10, 13, textColor=HexColor(PALE))
VERDICT = _style("verdict", 25, 29, fontName=BOLD, textColor=HexColor(PAPER), spaceAfter=3)
CASE = _style("case", 12.5, 16, textColor=HexColor(PAPER))
_HEADING = _style("heading", 12.5, 16, fontName=BOLD, textColor=HexColor(ACCENT), spaceBefore=11, spaceAfter=4)
SUBHEADING = _style("subheading", 9.8, 12.5, fontName=BOLD, spaceBefore=5, spaceAfter=2)


class Heading(Paragraph):  # type: ignore[misc]  # the PDF library carries no types
    """A section's title that is also an entry of the document's outline."""

    def draw(self) -> None:
        """Set the bookmark where the title stands, then the title."""
        title = self.getPlainText()
        self.canv.bookmarkHorizontal(title, 0, self.height)
        self.canv.addOutlineEntry(title, title, level=0)
        super().draw()


class Typesetter:
    """Sets texts that may hold anything; ``lost`` tells whether some character had to be shown as missing."""

    def __init__(self) -> None:
        """Make sure the typeface is known."""
        glyphs()
        self.lost = False

    def markup(self, text: str) -> str:
        """Text as paragraph markup."""
        shown = printable(text)
        self.lost = self.lost or shown.count(MISSING) > text.count(MISSING)
        return escape(shown)

    def text(self, text: str, style: ParagraphStyle = BODY) -> Paragraph:
        """A paragraph of plain text."""
        return Paragraph(self.markup(text), style)

    def led(self, label: str, text: str, style: ParagraphStyle = BODY) -> Paragraph:
        """A paragraph led by a label in bold; either may be empty."""
        bold = f"<b>{self.markup(label)}</b>" if label else ""
        return Paragraph(bold + ("&nbsp; " if label and text else "") + self.markup(text), style)

    def bold(self, text: str, style: ParagraphStyle = CELL) -> Paragraph:
        """A paragraph in bold."""
        return self.led(text, "", style)

    def heading(self, text: str) -> Heading:
        """A section's title."""
        return Heading(self.markup(text), _HEADING)

    def address(self, url: str, style: ParagraphStyle) -> Paragraph:
        """An address that leads where it says; one without a scheme is taken for ``https``."""
        target = quote(url if "://" in url else f"https://{url}", safe=_RESERVED, errors="replace")
        return Paragraph(f"<link href={quoteattr(target)}>{self.markup(url)}</link>", style)

    def links(self, label: str, links: Iterable[tuple[str, str]]) -> Paragraph:
        """A label and titles that lead to addresses."""
        told = "; ".join(f"<link href={quoteattr(url)}>{self.markup(title)}</link>" for title, url in links)
        return Paragraph(f"<b>{self.markup(label)}:</b>&nbsp; {told}", SHEET)


def table(rows: Sequence[Sequence[Any]], shares: Sequence[float], *commands: Any, repeat: int = 0) -> Table:
    """A ruled table over the whole width; ``shares`` of the columns add up to 1, ``repeat`` rows head every page."""
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
        ("LINEABOVE", (0, 0), (-1, -1), 0.5, HexColor(TRACK)),
        *commands,
    ]
    return Table(rows, [WIDTH * share for share in shares], style=TableStyle(look), repeatRows=repeat, splitInRow=1)
