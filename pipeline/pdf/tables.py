"""Tables made ready for the page: cells with their lines, rows with their heights (17.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.tree import Border, Borders, Cell, Row, Table
from pipeline.pdf.blocks import Chunk, Frame, make_blocks, stack
from pipeline.pdf.boxes import Node
from pipeline.pdf.roles import TableNodes, span, table_nodes

_CLIPPED = 0.5
"""How far (pt) text may stand out of a row of exact height before it would be cut off."""

_WORD_2013 = 15
_TWIPS = 20
_SHARES = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class CellBlock:
    """A cell broken into lines. A cell that continues a merge has no content; ``rows`` is how many a cell spans."""

    cell: Cell
    x: float
    width: float
    borders: Borders
    content: tuple[Chunk, ...]
    height: float
    rows: int

    @property
    def outer_height(self) -> float:
        """Height of content and margins."""
        return self.height + self.cell.margins.top + self.cell.margins.bottom


@dataclass(frozen=True, slots=True, eq=False)
class RowBlock:
    """A row: its height with its top border's thickness ``top``, and whether it stays with the next one."""

    row: Row
    cells: tuple[CellBlock, ...]
    top: float
    height: float
    keep_next: bool

    @property
    def can_split(self) -> bool:
        """Tell whether the row may go on over a page."""
        return self.row.can_split and not self.row.exact_height and not self.row.header


@dataclass(frozen=True, slots=True, eq=False)
class TableBlock:
    """A table: its left edge in the column, its rows, the thickness of the last border, its nodes, parents first."""

    x: float
    width: float
    rows: tuple[RowBlock, ...]
    bottom: float
    nodes: tuple[Node, ...]

    @property
    def headers(self) -> int:
        """How many rows at the top repeat on every page."""
        count = 0
        while count < len(self.rows) and self.rows[count].row.header:
            count += 1
        return count


def make_table(table: Table, width: float, frame: Frame, parent: Node | None) -> TableBlock:
    """Lay out a table in a column ``width``; raises Unsupported where text would be cut off."""
    table = replace(table, columns=_on_grid(table.columns))
    total = sum(table.columns)
    nodes = table_nodes(table, parent, frame.captions)
    rows = [_row(table, index, frame, nodes) for index in range(len(table.rows))]
    rows = _with_tops(rows)
    bottom = max((_width(c.borders.bottom) for c in rows[-1].cells), default=0.0) if rows else 0.0
    heights = _heights(rows)
    made = tuple(replace(row, height=height) for row, height in zip(rows, heights, strict=True))
    for row in made:
        _check_exact(row, frame)
    offsets = {"center": (width - total) / 2, "right": width - total, "left": table.indent + _border_shift(rows, frame)}
    return TableBlock(offsets[table.alignment], total, made, bottom, nodes.nodes)


def _on_grid(columns: tuple[float, ...]) -> tuple[float, ...]:
    """Give the widths of columns whose edges are ten-thousandths of the table's width, cut to whole twips.

    So measured in LibreOffice; no edge moves by more than a twip. Lengths in points.
    """
    widths = [round(width * _TWIPS) for width in columns]
    total = sum(widths)
    shares = ((edge * 2 * _SHARES + total) // (2 * total) for edge in accumulate(widths, initial=0))
    edges = [share * total // _SHARES for share in shares]
    return tuple((right - left) / _TWIPS for left, right in pairwise(edges))


def _border_shift(rows: list[RowBlock], frame: Frame) -> float:
    """Give how far the first border moves the table: by half, inwards since Word 2013, outwards before (measured)."""
    half = _width(rows[0].cells[0].borders.left) / 2 if rows else 0.0
    return half if frame.compatibility >= _WORD_2013 else -half


def _width(border: Border | None) -> float:
    return 0.0 if border is None else border.width


def _row(table: Table, index: int, frame: Frame, nodes: TableNodes) -> RowBlock:
    row = table.rows[index]
    cells = tuple(_cell(table, index, cell, frame, nodes) for cell in _with_common_margins(row))
    return RowBlock(row, cells, 0.0, 0.0, _keeps(row))


def _with_common_margins(row: Row) -> tuple[Cell, ...]:
    """Give all cells of a row its largest margins above and below, as Word and LibreOffice do."""
    top, bottom = (max(getattr(cell.margins, side) for cell in row.cells) for side in ("top", "bottom"))
    if all(cell.margins.top == top and cell.margins.bottom == bottom for cell in row.cells):
        return row.cells
    return tuple(replace(cell, margins=replace(cell.margins, top=top, bottom=bottom)) for cell in row.cells)


def _keeps(row: Row) -> bool:
    """A row stays with the next one where all paragraphs of its first cell do (17.3.1.15)."""
    return all(paragraph.format.keep_next for paragraph in row.cells[0].blocks)


def _cell(table: Table, index: int, cell: Cell, frame: Frame, nodes: TableNodes) -> CellBlock:
    x = sum(table.columns[: cell.column])
    width = sum(table.columns[cell.column : cell.column + cell.columns])
    borders = _borders(table, index, cell)
    if cell.merge == "continue":
        return CellBlock(cell, x, width, borders, (), 0.0, 0)
    inner = width - cell.margins.left - cell.margins.right
    blocks = make_blocks(cell.blocks, inner, frame, nodes.cells[index, cell.column])
    content, height = stack(blocks, frame.add_spacing)
    return CellBlock(cell, x, width, borders, content, height, span(table, index, cell))


def _borders(table: Table, index: int, cell: Cell) -> Borders:
    """Give a cell's borders: its own, else the table's (17.4.66)."""
    outer = table.borders
    inherited = {
        "top": outer.top if index == 0 else outer.inside_h,
        "bottom": outer.bottom if index == len(table.rows) - 1 else outer.inside_h,
        "left": outer.left if cell.column == 0 else outer.inside_v,
        "right": outer.right if cell.column + cell.columns == len(table.columns) else outer.inside_v,
    }
    return Borders(**{side: _side(cell, side, border) for side, border in inherited.items()})


def _side(cell: Cell, side: str, inherited: Border | None) -> Border | None:
    own: Border | None = getattr(cell.borders, side)
    return None if side in cell.silent else own or inherited


def _with_tops(rows: list[RowBlock]) -> list[RowBlock]:
    """Give each row the thickness of the border above it: the thicker of its own and of the row above.

    A merged cell's last border counts in all its rows, as in LibreOffice.
    """
    made: list[RowBlock] = []
    above = 0.0
    for index, row in enumerate(rows):
        own = max((_width(c.borders.top) for c in row.cells if c.cell.merge != "continue"), default=0.0)
        made.append(replace(row, top=max(own, above)))
        above = max((_width(_last_bottom(rows, index, cell)) for cell in row.cells), default=0.0)
    return made


def _last_bottom(rows: list[RowBlock], index: int, cell: CellBlock) -> Border | None:
    if cell.rows < 2:
        return cell.borders.bottom
    last = rows[index + cell.rows - 1].cells
    return next((c.borders.bottom for c in last if c.cell.column == cell.cell.column), None)


def _heights(rows: list[RowBlock]) -> list[float]:
    """Give the rows' heights: the border above, then the tallest cell, at least or exactly what the row says (17.4.80).

    A vertically merged cell that needs more than its rows have gives the rest to its last row.
    """
    heights = [_height(row) for row in rows]
    for index, row in enumerate(rows):
        for cell in row.cells:
            if cell.rows > 1:
                lacking = cell.outer_height + row.top - sum(heights[index : index + cell.rows])
                last = index + cell.rows - 1
                if lacking > 0 and not rows[last].row.exact_height:
                    heights[last] += lacking
    return heights


def _height(row: RowBlock) -> float:
    if row.row.exact_height:
        return row.row.height
    content = max((c.outer_height for c in row.cells if c.rows == 1), default=0.0)
    return max(row.top + content, row.row.height)


def _check_exact(row: RowBlock, frame: Frame) -> None:
    if not row.row.exact_height:
        return
    for cell in row.cells:
        if cell.rows == 1 and cell.outer_height + row.top > row.height + _CLIPPED and _has_text(cell):
            near = "".join(chunk.block.paragraph.text for chunk in cell.content)[:30]
            raise Unsupported("行の高さに収まらない文字", near, frame.name)


def _has_text(cell: CellBlock) -> bool:
    return any(chunk.block.measured.text for chunk in cell.content)
