"""Indicator names in their narrow column: where they break, and how high their two rows are."""

from __future__ import annotations

from docx.oxml.parser import OxmlElement
from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.markup import W, text_of
from pipeline.documents.fonts import face
from pipeline.stages.sheets import wml

STYLE = "TableText"
_WIDE = 10
"""Columns of a table that has room for units beside 目標 and 実績."""


class Metrics(Struct, frozen=True):
    """The names' type size and pitch, and the margin above and below each row of their table; in points."""

    size: float
    pitch: float
    margin: float


class _Pen(Struct, frozen=True):
    """How far a text has come: its number of lines, and the width used of the last one."""

    lines: int = 1
    used: float = 0.0


def settle(table: etree._Element, metrics: Metrics) -> None:
    """Keep what follows a name (（累計）) in one piece, and give both rows of an indicator the same height."""
    rows, narrow = wml.rows(table), len(wml.widths(table)) > _WIDE
    for upper, lower in zip(rows[1::2], rows[2::2], strict=False):
        for cell in (*wml.cells(upper)[1:2], *wml.cells(lower)[1:2]) if narrow else ():
            _lines(cell, metrics.size)
        if not _are_merged(upper, lower):
            continue
        needed = sum(_lines(cell, metrics.size) for cell in wml.cells(upper)[:1]) * metrics.pitch + 2 * metrics.margin
        if needed > 2 * (metrics.pitch + 2 * metrics.margin):
            for row in (upper, lower):
                wml.set_height(row, needed / 2)


def _are_merged(upper: etree._Element, lower: etree._Element) -> bool:
    """Return whether two rows share their first cell, which has the name."""
    return all(row.find(f"{W}tc/{W}tcPr/{W}vMerge") is not None for row in (upper, lower))


def _lines(cell: etree._Element, size: float) -> int:
    """Count the lines of a name; a later run that would break begins a new line instead."""
    width, pen = wml.inner_width(cell) / 20, _Pen()
    runs = [run for run in cell.iter(f"{W}r") if run.find(f"{W}t") is not None] if width > 0 else []
    for position, run in enumerate(runs):
        text = text_of(run)
        after = _moved(pen, text, size, width)
        has_begun = run.find(f"{W}br") is not None
        if position and (has_begun or after.lines > pen.lines):
            if not has_begun:
                run.insert(next(n for n, e in enumerate(run) if e.tag == f"{W}t"), OxmlElement("w:br"))
            after = _moved(_Pen(pen.lines + 1), text, size, width)
        pen = after
    return pen.lines


def _moved(pen: _Pen, text: str, size: float, width: float) -> _Pen:
    """Set a text as the column breaks it; about, since a break may fall between any two characters."""
    lines, used = pen.lines, pen.used
    for character in text:
        advance = face(bold=True).advances.get(ord(character), 1.0) * size
        lines, used = (lines + 1, advance) if used + advance > width else (lines, used + advance)
    return _Pen(lines, used)
