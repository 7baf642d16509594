"""Columns of text (17.6.4): where they stand, the lines between them, and how high they are when equally full."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.documents.docx.tree import Columns
from pipeline.documents.pdf.boxes import RuleBox

_THICKNESS = 0.5
_STEP = 0.05
"""How near (pt) the height of columns comes to the least one."""


def left_of(columns: Columns, number: int) -> float:
    """Return how far a column is from the left edge of the first."""
    return sum(columns.widths[:number]) + sum(columns.gaps[:number])


def lines_between(columns: Columns, left: float, top: float, bottom: float) -> Iterator[RuleBox]:
    """Yield the lines in the gaps of columns whose left edge, top and bottom on the page are given."""
    for number, gap in enumerate(columns.gaps if columns.has_line and bottom > top else (), 1):
        x = left + left_of(columns, number) - gap / 2
        yield RuleBox(x, top, x, bottom, _THICKNESS, "000000")


def lowest(top: float, bottom: float, fits: Callable[[float], bool]) -> float:
    """Return the least bottom, between two heights, with which text fits into columns; it does with ``bottom``."""
    while bottom - top > _STEP:
        middle = (top + bottom) / 2
        top, bottom = (top, middle) if fits(middle) else (middle, bottom)
    return bottom
