"""What is put into a docx after its paper was measured, put into its tree too, so that it need not be read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.documents.docx.tree import Block, Cell, Document, Inline, Paragraph, Picture, Row, Section, Table

_Part = TypeVar("_Part")


class Drawn(NamedTuple):
    """A picture as bitmap and as vectors, and the text read out in its place."""

    data: bytes
    svg: bytes
    alt: str


class Completion(Struct, frozen=True):
    """The ``pictures`` that come where others of the same size stood, which are known by their vectors, and the least
    heights (pt) of the last rows of tables, by the tables' style.
    """

    pictures: Mapping[bytes, Drawn]
    heights: Mapping[str, float] = field(default_factory=dict)

    def of(self, document: Document) -> Document:
        """Return a document completed: what reading the completed docx gives."""
        return replace(document, sections=_each(document.sections, self._section))

    def _section(self, section: Section) -> Section:
        return replace(section, blocks=_each(section.blocks, self._block))

    def _block(self, block: Block) -> Block:
        return self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)

    def _table(self, table: Table) -> Table:
        rows = _each(table.rows, self._row)
        if table.style in self.heights:
            rows = (*rows[:-1], replace(rows[-1], height=self.heights[table.style], exact_height=False))
        return table if rows is table.rows else replace(table, rows=rows)

    def _row(self, row: Row) -> Row:
        cells = _each(row.cells, self._cell)
        return row if cells is row.cells else replace(row, cells=cells)

    def _cell(self, cell: Cell) -> Cell:
        blocks = _each(cell.blocks, self._block)
        return cell if blocks is cell.blocks else replace(cell, blocks=blocks)

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        content = _each(paragraph.content, self._inline)
        return paragraph if content is paragraph.content else replace(paragraph, content=content)

    def _inline(self, inline: Inline) -> Inline:
        if not isinstance(inline, Picture) or inline.svg not in self.pictures:
            return inline
        data, svg, alt = self.pictures[inline.svg]
        return replace(inline, data=data, svg=svg, alt=alt)


def _each(parts: tuple[_Part, ...], change: Callable[[_Part], _Part]) -> tuple[_Part, ...]:
    """Return parts changed; themselves where nothing is."""
    changed = tuple(map(change, parts))
    return parts if all(one is other for one, other in zip(parts, changed, strict=True)) else changed
