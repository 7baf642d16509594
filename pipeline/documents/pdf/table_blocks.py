"""What a table is made of when it is ready for the page: rows of cells, each with its lines and heights."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pipeline.documents.docx.formats import Borders
from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.placement import Placement
from pipeline.documents.docx.tree import Cell, Paragraph, Row
from pipeline.documents.pdf.blocks import Chunk, ParagraphBlock
from pipeline.documents.pdf.boxes import Node

_NEAR = 30


class CellBlock(Struct, frozen=True, eq=False):
    """A cell broken into lines; ``rows`` is how many a cell spans, none for one that a merged cell above covers.

    One that ``is_whole`` does not go on over a page: something floats in it. ``again`` is what it says first where its
    row goes on.
    """

    cell: Cell
    x: float
    width: float
    borders: Borders
    content: tuple[Chunk, ...]
    height: float
    rows: int
    is_whole: bool = False
    again: ParagraphBlock | None = None

    @property
    def outer_height(self) -> float:
        """Height of content and margins; vertical text asks for none."""
        height = 0.0 if self.cell.is_vertical else self.height
        return height + self.cell.margins.top + self.cell.margins.bottom


class RowBlock(Struct, frozen=True, eq=False):
    """A row: its height with its top border's thickness ``top``, and whether it stays with the next one.

    ``bottom`` is the thickness of the border below, ``least`` the height without what merged cells lack.
    """

    row: Row
    cells: tuple[CellBlock, ...]
    top: float
    bottom: float
    least: float
    height: float
    keep_next: bool

    @property
    def first(self) -> Paragraph:
        """The first paragraph of the first cell, by which the row is kept with others."""
        return next(written(self.row.cells[0].blocks))

    @property
    def can_split(self) -> bool:
        """Return whether the row may go on over a page."""
        is_whole = self.row.exact_height or self.row.header or any(cell.is_whole for cell in self.cells)
        return self.row.can_split and not is_whole


class TableBlock(Struct, frozen=True, eq=False):
    """A table: its left edge in the column, its rows, its nodes, parents first.

    ``above`` and ``below`` are spaces that one keeps which floats; ``floats`` tells whether it does. One with a
    ``place`` does not stand in the text: that goes around it.
    """

    x: float
    width: float
    rows: tuple[RowBlock, ...]
    nodes: tuple[Node, ...]
    floats: bool = False
    above: float = 0.0
    below: float = 0.0
    place: Placement | None = None

    @property
    def height(self) -> float:
        """The height of all rows, with the border below."""
        return sum(row.height for row in self.rows) + (self.rows[-1].bottom if self.rows else 0.0)

    @property
    def all_nodes(self) -> Iterator[Node]:
        """Its nodes in reading order: its parts, then what its cells hold, row by row."""
        yield from self.nodes
        for chunk in (chunk for row in self.rows for cell in row.cells for chunk in cell.content):
            yield from chunk.block.all_nodes

    @property
    def page_break_before(self) -> bool:
        """Return whether the first paragraph begins a page (17.3.1.23); elsewhere in a table that counts for
        nothing.
        """
        return bool(self.rows) and self.rows[0].first.format.page_break_before

    @property
    def text(self) -> str:
        """The beginning of the first text of the table, for messages."""
        texts = (held.text.strip() for row in self.rows for cell in row.cells for held in written(cell.cell.blocks))
        return next(filter(None, texts), "")[:_NEAR]

    @property
    def headers(self) -> int:
        """How many rows at the top repeat on every page; a table of nothing else has none."""
        count = 0
        while count < len(self.rows) and self.rows[count].row.header:
            count += 1
        return count if count < len(self.rows) else 0
