"""The borders of pages (17.6.10)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.documents.docx.formats import PageBorders
from pipeline.documents.docx.tree import Section
from pipeline.documents.pdf.border_lines import border_lines
from pipeline.documents.pdf.boxes import Page, RuleBox


def page_borders(page: Page) -> Iterator[RuleBox]:
    """Yield the lines around a page, where its section has any there."""
    found = page.section.borders
    if found is None or (found.shown != "allPages" and (found.shown == "firstPage") != page.opens_section):
        return
    left, top, right, bottom = _edges(page.section, found)
    borders = found.borders
    if borders.top is not None:
        yield from border_lines(left, top, right, top, borders.top)
    if borders.bottom is not None:
        yield from border_lines(left, bottom, right, bottom, borders.bottom)
    if borders.left is not None:
        yield from border_lines(left, top, left, bottom, borders.left)
    if borders.right is not None:
        yield from border_lines(right, top, right, bottom, borders.right)


def _edges(section: Section, found: PageBorders) -> tuple[float, float, float, float]:
    """Return where the lines stand: so far within the paper, or outside of the margins."""
    sides = (found.borders.left, found.borders.top, found.borders.right, found.borders.bottom)
    left, top, right, bottom = (0.0 if side is None else side.space + side.width / 2 for side in sides)
    if found.from_paper:
        return left, top, section.width - right, section.height - bottom
    return (
        section.margin_left - left,
        abs(section.margin_top) - top,
        section.width - section.margin_right + right,
        section.height - abs(section.margin_bottom) + bottom,
    )
