"""How wide a table's columns are: what its grid says (17.4.48), or what its cells ask for (17.4.71) where it says less.

Word writes into the grid what it laid out. Other programs leave it as it came to them, and Word does not look at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from lxml import etree

from pipeline.documents.docx.markup import VAL, W, child_value, inside
from pipeline.documents.docx.table_format_xml import read_share, read_width
from pipeline.documents.docx.walk import CONTROL, elements

Read: TypeAlias = Callable[[etree._Element], float | None]
_THROUGH = frozenset({CONTROL})
_Said: TypeAlias = tuple[int, etree._Element]
"""A column, and what a cell of it says of its width."""
_TOLERANCE = 0.6
"""How far (pt) a cell's own width may be from the grid's: programs round each of them."""
_HALF = 0.5
_NARROW = 72.0
"""A grid narrower than this (pt), or than half of what its cells ask for, was laid out by nobody."""


class GridCell(NamedTuple):
    """What a cell says, and how many columns it takes."""

    properties: etree._Element | None
    columns: int


class GridRow(NamedTuple):
    """What a row says, how many columns it leaves out at either end, and its cells."""

    properties: etree._Element | None
    before: int
    after: int
    cells: list[GridCell]


def grid_rows(table: etree._Element) -> list[GridRow]:
    """Return the rows of a table, those in content controls too."""
    return [_grid_row(row) for row in elements(table, _THROUGH) if row.tag == f"{W}tr"]


def _grid_row(row: etree._Element) -> GridRow:
    properties = inside(row, "trPr")
    before, after = (int(child_value(properties, name) or "0") for name in ("gridBefore", "gridAfter"))
    said = [inside(cell, "tcPr") for cell in elements(row, _THROUGH) if cell.tag == f"{W}tc"]
    return GridRow(properties, before, after, [GridCell(own, int(child_value(own, "gridSpan") or "1")) for own in said])


def fitted(
    element: etree._Element, rows: Sequence[GridRow], grid: tuple[float, ...], *, is_fixed: bool
) -> tuple[float, ...] | None:
    """Return the widths of columns; None where they are asked for in two ways, or not known.

    Columns of fixed widths are as wide as their cells say. Others are as Word last laid them out; nobody did where the
    grid is much too narrow, or its columns are all the same while those of the cells are not.
    """
    said = [*_said(rows)]
    asked = _asked(said, len(grid), read_width)
    if asked is None:
        return None if is_fixed else grid
    shares = _asked(said, len(grid), read_share) or {}
    if len(shares) == len(grid):
        wanted = [sum(grid) * share for _, share in sorted(shares.items())]
        if not is_fixed and _is_laid_out(grid, wanted, _NARROW):
            return grid
        return _kept(grid, wanted) if is_fixed or _has_width(element) else None
    wanted = [asked.get(at, width) for at, width in enumerate(grid)]
    is_known = len(asked) == len(grid) and not _is_laid_out(grid, wanted, _HALF * sum(wanted))
    return _kept(grid, wanted) if is_fixed or is_known else grid


def _kept(grid: Sequence[float], wanted: Sequence[float]) -> tuple[float, ...]:
    """Return the widths that are wanted; those of the grid where they are the same but for rounding."""
    return tuple(own if _differs(own, width) else width for own, width in zip(wanted, grid, strict=True))


def _is_laid_out(grid: Sequence[float], wanted: Sequence[float], least: float) -> bool:
    return sum(grid) >= least and (_is_even(wanted) or not _is_even(grid))


def _is_even(widths: Sequence[float]) -> bool:
    return not _differs(min(widths), max(widths))


def _has_width(element: etree._Element) -> bool:
    said = inside(element, "tblPr", "tblW")
    return said is not None and bool(read_width(said) or read_share(said))


def _differs(one: float, other: float) -> bool:
    return abs(one - other) > _TOLERANCE


def _asked(said: Sequence[_Said], count: int, read: Read) -> dict[int, float] | None:
    """Return what the cells of one column ask for, by column; None where two of a column differ."""
    found: dict[int, float] = {}
    for column, element in said:
        width = read(element)
        if width and column < count and _differs(found.setdefault(column, width), width):
            return None
    return found


def _said(rows: Iterable[GridRow]) -> Iterator[_Said]:
    """Yield what is said of the width of cells that take one column, and are not merged with one above."""
    for row in rows:
        column = row.before
        for cell in row.cells:
            width = inside(cell.properties, "tcW") if cell.columns == 1 else None
            merge = inside(cell.properties, "vMerge")
            if width is not None and (merge is None or merge.get(VAL) == "restart"):
                yield column, width
            column += cell.columns
