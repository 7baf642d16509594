"""The rules and fills of the rows of a table that stand on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.formats import Border
from pipeline.documents.pdf.border_lines import border_lines
from pipeline.documents.pdf.boxes import FillBox, RuleBox
from pipeline.documents.pdf.table_blocks import CellBlock, RowBlock


class Placed(Struct, frozen=True):
    """A cell's whole area on a page (a merged cell's over all its rows there), in points."""

    cell: CellBlock
    x: float
    y: float
    width: float
    height: float


class PlacedRow(Struct, frozen=True):
    """A row, or a part of one, at a height on a page."""

    block: RowBlock
    y: float
    height: float


def areas(rows: Sequence[PlacedRow], x: float, bottom: float) -> Iterator[Placed]:
    """Yield the areas of all cells: a merged one is as high as its rows here, the last row has the last border."""
    for index, row in enumerate(rows):
        for cell in row.block.cells:
            if cell.rows:
                spanned = rows[index : index + cell.rows]
                height = sum(r.height for r in spanned) + (bottom if spanned[-1] is rows[-1] else 0.0)
                yield Placed(cell, x + cell.x, row.y, cell.width, height)


def fills(placed: Sequence[Placed]) -> Iterator[FillBox]:
    """Yield the cells' shading (17.4.33)."""
    for area in placed:
        if area.cell.cell.shading:
            yield FillBox(area.x, area.y, area.width, area.height, area.cell.cell.shading)


def diagonals(placed: Sequence[Placed]) -> Iterator[RuleBox]:
    """Yield the lines across cells, each in one stroke."""
    for area in placed:
        left, right, top, bottom = area.x, area.x + area.width, area.y, area.y + area.height
        cell = area.cell.cell
        for border, start, end in ((cell.falling, top, bottom), (cell.rising, bottom, top)):
            if border is not None:
                yield RuleBox(left, start, right, end, border.width, border.color)


def rules(rows: Sequence[PlacedRow], x: float, bottom: float) -> Iterator[RuleBox]:
    """Yield all borders, each edge once; where two cells share an edge, the wider border is drawn (17.4.66)."""
    yield from _horizontals(rows, x, bottom)
    for row in rows:
        yield from _verticals(row, x, bottom if row is rows[-1] else 0.0)


def _horizontals(rows: Sequence[PlacedRow], x: float, bottom: float) -> Iterator[RuleBox]:
    for index in range(len(rows) + 1):
        above = rows[index - 1].block if index else None
        below = rows[index].block if index < len(rows) else None
        y = rows[index].y if below else rows[-1].y + rows[-1].height
        thickness = below.top if below else bottom
        edges = _edges(above, below)
        for x1, x2, border in _joined(edges):
            yield from border_lines(x + x1, y + thickness / 2, x + x2, y + thickness / 2, border)


def _edges(above: RowBlock | None, below: RowBlock | None) -> list[tuple[float, float, Border | None]]:
    """Return the stretches of the line between two rows with the border that each has."""
    bounds = sorted({edge for row in (above, below) if row for c in row.cells for edge in (c.x, c.x + c.width)})
    edges: list[tuple[float, float, Border | None]] = []
    for x1, x2 in pairwise(bounds):
        top, bottom = _over(above, x1), _over(below, x1)
        inside = bottom is not None and not bottom.rows and above is not None
        upper = top.borders.bottom if top else None
        lower = bottom.borders.top if bottom else None
        edges.append((x1, x2, None if inside else _stronger(upper, lower)))
    return edges


def _over(row: RowBlock | None, x: float) -> CellBlock | None:
    return next((c for c in row.cells if c.x <= x + 0.01 < c.x + c.width), None) if row else None


def _stronger(first: Border | None, second: Border | None) -> Border | None:
    """Return the wider of two borders, of equally wide ones the plain line, else the second."""
    if first is None or second is None:
        return first or second
    return max(second, first, key=lambda border: (border.width, border.kind == "single"))


def _joined(edges: list[tuple[float, float, Border | None]]) -> Iterator[tuple[float, float, Border]]:
    """Join stretches of equal border, so that a rule across a table is one line."""
    start: float | None = None
    for index, (x1, x2, border) in enumerate(edges):
        start = x1 if start is None else start
        following = edges[index + 1][2] if index + 1 < len(edges) else None
        if border is None:
            start = None
        elif following != border and (following is None or replace(following, space=border.space) != border):
            yield start, x2, border
            start = None


def _verticals(row: PlacedRow, x: float, bottom: float) -> Iterator[RuleBox]:
    cells = row.block.cells
    y1, y2 = row.y, row.y + row.height + bottom
    for left, right in zip((None, *cells), (*cells, None), strict=True):
        border = _stronger(left.borders.right if left else None, right.borders.left if right else None)
        if border is not None:
            edge = x + (right.x if right else left.x + left.width if left else 0.0)
            yield from border_lines(edge, y1, edge, y2, border)
