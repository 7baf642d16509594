"""From a border to the lines it is drawn with (17.18.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.documents.docx.formats import Border
from pipeline.documents.pdf.boxes import RuleBox

_DASHES: Mapping[str, tuple[float, ...]] = {
    "dashed": (4.0, 2.0), "dashSmallGap": (3.0, 1.0), "dotDash": (4.0, 2.0, 1.0, 2.0),
    "dotDotDash": (4.0, 2.0, 1.0, 2.0, 1.0, 2.0),
}  # fmt: skip
"""Lengths (pt) of the strokes and of the gaps after them."""


def dashes(border: Border) -> tuple[float, ...]:
    """Return the strokes and gaps of a border that is drawn in one line."""
    return (border.width, 2 * border.width) if border.kind == "dotted" else _DASHES.get(border.kind, ())


def border_lines(x1: float, y1: float, x2: float, y2: float, border: Border) -> Iterator[RuleBox]:
    """Yield the lines of a border whose middle runs upright or level between two points (pt)."""
    if not border.strokes:
        yield RuleBox(x1, y1, x2, y2, thickness=border.width, color=border.color, dashes=dashes(border))
        return
    begin = -border.width / 2
    for at, thickness in enumerate(border.strokes):
        middle = begin + thickness / 2
        dx, dy = (middle, 0.0) if x1 == x2 else (0.0, middle)
        if at % 2 == 0:
            yield RuleBox(x1 + dx, y1 + dy, x2 + dx, y2 + dy, thickness=thickness, color=border.color)
        begin += thickness
