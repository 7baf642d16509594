"""Rows over the end of a page: what of them, and of the merged cells that reach it, stays and what goes on (17.4.6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.pdf.cell_split import going_on, split_cell
from pipeline.documents.pdf.table_blocks import CellBlock, RowBlock
from pipeline.documents.pdf.tables import stretched

Rows: TypeAlias = tuple[RowBlock, ...]


class Break(Struct, frozen=True):
    """The rows that stay on a page, and the row that begins the next one: with the rest of a row, if ``is_within``."""

    rows: Rows
    rest: RowBlock
    is_within: bool


def break_rows(rows: Sequence[RowBlock], room: float | None = None, forced: bool = False, spare: float = 0.0) -> Break:
    """Return rows broken before the last of them, or in it where ``room`` (pt) is left for it.

    Merged cells that reach the break leave the lines for which their rows here have room; the others go on (measured
    in LibreOffice), below their name said again. What names rows takes what is ``spare`` below them, too. ``forced``
    leaves at least one line of each cell.
    """
    here, rest = list(rows[:-1]), rows[-1]
    if room is not None:
        head, rest = _halves(rest, room, forced)
        here.append(head)
        spare = room - head.height
    for index in range(len(here)):
        for cell in rows[index].cells:
            beyond = index + cell.rows - len(rows) + 1
            if cell.rows > 1 and beyond > 0:
                limit = sum(row.height for row in here[index:]) - here[index].top
                limit += spare if (room is not None and beyond == 1) or cell.again is not None else 0.0
                part, left = split_cell(cell, limit, forced and index == len(rows) - 1)
                here[index] = _with_cell(here[index], replace(part, rows=len(here) - index))
                left = replace(left, rows=beyond)
                rest = _with_cell(rest, going_on(left) if part.content else left)
    return Break(tuple(stretched([*here[:-1], *map(_fitted, here[-1:])])), _fitted(rest), room is not None)


def named(row: RowBlock) -> RowBlock:
    """Return what goes on of a row with the names of its cells said again."""
    return _fitted(replace(row, cells=tuple(map(going_on, row.cells))))


def _halves(row: RowBlock, room: float, forced: bool) -> tuple[RowBlock, RowBlock]:
    """Split a row at a height; cells that are merged with rows below are left to the caller.

    The pieces of a cell stand at their tops, whatever its alignment (measured in LibreOffice).
    """
    pairs = [
        split_cell(_at_top(cell), room - row.top, forced) if cell.rows == 1 else (cell, _covered(cell))
        for cell in row.cells
    ]
    heads, rests = (tuple(cells) for cells in zip(*pairs, strict=True))
    high = _height(row, heads)
    low = max(_height(row, rests), row.row.height - high)
    return replace(row, cells=heads, least=high, height=high), replace(row, cells=rests, least=low, height=low)


def _at_top(cell: CellBlock) -> CellBlock:
    return replace(cell, cell=replace(cell.cell, vertical_alignment="top"))


def _covered(cell: CellBlock) -> CellBlock:
    return replace(cell, content=(), height=0.0, rows=0)


def _height(row: RowBlock, cells: Sequence[CellBlock]) -> float:
    return row.top + max((cell.outer_height for cell in cells if cell.rows == 1), default=0.0)


def _fitted(row: RowBlock) -> RowBlock:
    """Make room in a row for the piece of a merged cell that stands in this row alone."""
    least = max(row.least, _height(row, row.cells))
    return replace(row, least=least, height=least)


def _with_cell(row: RowBlock, cell: CellBlock) -> RowBlock:
    """Put a piece of a merged cell in its column, where the borders stay the row's own."""
    column = cell.cell.column
    cells = (replace(cell, borders=c.borders) if c.cell.column == column else c for c in row.cells)
    return replace(row, cells=tuple(cells))
