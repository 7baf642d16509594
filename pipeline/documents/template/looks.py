"""What departs from a template's looks by year: the evaluated year's column, and what prints nothing.

The template shows the look once, on a sample column; here it only moves to the column it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from pipeline.documents.docx.markup import VAL, W, child_value, remove, text_of

HIDDEN = "\ufdd1"
"""Stands in columns that are not to be shown: 達成率 and 判定 by ``show_rates``, years that the strategy has not."""

_QUIET, _LOUD = "Sub", "Strong"


def emphasise_year(table: etree._Element, year: str) -> None:
    """Exchange the looks of the shaded column and the year's, row by row; rows with merged columns are left alone."""
    head, *rows = [row.findall(f"{W}tc") for row in table.iter(f"{W}tr")] or [[]]
    shaded = next((n for n, cell in enumerate(head) if cell.find(f"{W}tcPr/{W}shd") is not None), None)
    wanted = next((n for n, cell in enumerate(head) if text_of(cell).startswith(year)), None)
    if shaded is None or wanted is None or shaded == wanted:
        return
    for cells in (head, *rows):
        if len(cells) == len(head):
            _exchange(cells[shaded], cells[wanted])


def subdue(table: etree._Element, text: str) -> None:
    """Print cells that hold nothing but ``text`` (the sign for no figure) in the quieter character style."""
    for cell in table.iter(f"{W}tc"):
        if text_of(cell) == text:
            for run in cell.iter(f"{W}r"):
                if _style(run) in (None, _LOUD):
                    _dress(run, _quiet())


def drop_hidden(table: etree._Element) -> None:
    """Take out the columns that are not to be shown; the widest one takes their width, or those that are as wide."""
    rows = [list(_placed(row)) for row in table.findall(f"{W}tr")]
    hidden = {n for row in rows for cell, columns in row if HIDDEN in text_of(cell) for n in columns}
    grid = table.findall(f"{W}tblGrid/{W}gridCol")
    widths = {n: int(column.get(f"{W}w", "0")) for n, column in enumerate(grid)}
    kept = [n for n in widths if n not in hidden]
    if not hidden or not kept:
        return
    free = sum(widths[n] for n in hidden if n in widths)
    widest = [n for n in kept if widths[n] == max(widths[one] for one in kept)]
    for at, n in enumerate(widest):
        widths[n] += free * (at + 1) // len(widest) - free * at // len(widest)
    for n, column in enumerate(grid):
        column.set(f"{W}w", str(widths[n]))
        if n in hidden:
            remove(column)
    for cell, columns in (one for row in rows for one in row):
        left = [n for n in columns if n not in hidden]
        if not left:
            remove(cell)
        _span(cell, len(left), sum(widths.get(n, 0) for n in left))


def _placed(row: etree._Element) -> Iterator[tuple[etree._Element, range]]:
    """Yield the row's cells, each with the columns of the grid that it covers."""
    at = 0
    for cell in row.findall(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        end = at + (int(span.get(VAL, "1")) if span is not None else 1)
        yield cell, range(at, end)
        at = end


def _span(cell: etree._Element, columns: int, width: int) -> None:
    span, size = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}tcW")
    if span is not None:
        span.set(VAL, str(columns))
    if size is not None:
        size.set(f"{W}w", str(width))


def _exchange(one: etree._Element, other: etree._Element) -> None:
    """Exchange the properties of two cells and of the runs in them; the texts stay."""
    first, second = one.find(f"{W}tcPr"), other.find(f"{W}tcPr")
    if first is not None and second is not None:
        one.insert(0, second)
        other.insert(0, first)
    looks = [deepcopy(cell.find(f".//{W}r/{W}rPr")) for cell in (other, one)]
    for cell, look in zip((one, other), looks, strict=True):
        for run in cell.iter(f"{W}r"):
            _dress(run, look)


def _dress(run: etree._Element, look: etree._Element | None) -> None:
    """Give a run these properties and no others."""
    for worn in run.findall(f"{W}rPr"):
        run.remove(worn)
    if look is not None:
        run.insert(0, deepcopy(look))


def _quiet() -> etree._Element:
    look = etree.Element(f"{W}rPr")
    etree.SubElement(look, f"{W}rStyle").set(VAL, _QUIET)
    return look


def _style(run: etree._Element) -> str | None:
    return child_value(run.find(f"{W}rPr"), "rStyle")
