"""A table in a cell: it stands there as lines, each as high as rows of it that nothing merges with others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import asdict

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.formats import ParagraphFormat, RunFormat
from pipeline.documents.docx.table_format_xml import FLOATING
from pipeline.documents.docx.tree import Paragraph
from pipeline.documents.pdf.blocks import Chunk, ParagraphBlock, make_block
from pipeline.documents.pdf.boxes import Node
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.lines import Line
from pipeline.documents.pdf.table_blocks import RowBlock, TableBlock

_BLANK = Paragraph("", ParagraphFormat(), RunFormat(), ())
_UNSEEN = Node("group")


class HeldTable(ParagraphBlock, frozen=True, eq=False, kw_only=True):
    """What stands for a paragraph; its line of an index has the rows from ``firsts`` of it to that of the next one.

    ``name`` is the file's, for messages.
    """

    table: TableBlock
    firsts: tuple[int, ...]
    name: str

    @property
    def all_nodes(self) -> Iterator[Node]:
        """The nodes of the table."""
        return self.table.all_nodes

    def depth(self, line: Line) -> Iterator[float]:
        """Yield how low a line reaches: all of it is seen."""
        yield line.height

    def rows(self, chunk: Chunk) -> tuple[RowBlock, ...]:
        """Return the rows of a chunk."""
        return self.table.rows[self.firsts[chunk.start] : self.firsts[chunk.stop]]


def held_table(table: TableBlock, width: float, frame: Frame) -> HeldTable:
    """Return a table as it stands in a cell of a width; raises Unsupported for one that text goes around."""
    if table.place is not None:
        raise Unsupported(FLOATING, table.text, frame.name)
    blank = make_block(_BLANK, width, frame, _UNSEEN, in_cell=True)
    firsts = tuple(_firsts(table.rows))
    heights = [sum(row.height for row in table.rows[first:stop]) for first, stop in pairwise(firsts)]
    heights[0] += table.above
    heights[-1] += table.rows[-1].bottom + table.below
    own = asdict(blank) | {"lines": tuple(_line(width, height) for height in heights)}
    return HeldTable(**own, table=table, firsts=firsts, name=frame.name)


def _firsts(rows: tuple[RowBlock, ...]) -> Iterator[int]:
    """Yield the rows that no merged cell ties to the one above, and where the last one ends."""
    end = 0
    for index, row in enumerate(rows):
        if index >= end:
            yield index
        end = max([end, *(index + cell.rows for cell in row.cells)])
    yield len(rows)


def _line(width: float, height: float) -> Line:
    return Line(
        start=0, end=0, indent=0.0, room=width, width=0.0, height=height, baseline=0.0, above=0.0, is_last=True,
        hangs=False, break_after="", joint=0, shift=0.0,
    )  # fmt: skip
