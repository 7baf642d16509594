"""Filling pages: body blocks in, pages out (17.3.1: keepNext, keepLines, widowControl, pageBreakBefore)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.ooxml.tree import Section
from pipeline.pdf.blocks import Chunk, Frame, ParagraphBlock, anchors, chunk_boxes, gap, headings
from pipeline.pdf.boxes import Anchor, Box, Heading, Page
from pipeline.pdf.table_edges import Placed, PlacedRow, areas, fills, rules
from pipeline.pdf.table_flow import GRAIN, Part, first_height, parts, whole_lines
from pipeline.pdf.tables import TableBlock

FlowBlock: TypeAlias = ParagraphBlock | TableBlock

_FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class Body:
    """The area of a page that the body fills, from ``top`` to ``bottom`` below the page's edge."""

    left: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The area's height."""
        return self.bottom - self.top


@dataclass(slots=True)
class _OpenPage:
    """A page being filled."""

    boxes: list[Box] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    lines: int = 0


class Flow:
    """Fills the pages of one section."""

    def __init__(self, section: Section, first: Body, later: Body, frame: Frame) -> None:
        """Take the body area of the section's first page and that of all later ones."""
        self._section = section
        self._first, self._later = first, later
        self._frame = frame
        self._pages: list[Page] = []
        self._page = _OpenPage()
        self._y = first.top
        self._is_empty = True
        self._is_forced = True
        self._before: ParagraphBlock | None = None

    @property
    def _body(self) -> Body:
        return self._later if self._pages else self._first

    def fill(self, blocks: Sequence[FlowBlock]) -> list[Page]:
        """Set all blocks and give the pages."""
        for index, block in enumerate(blocks):
            if isinstance(block, ParagraphBlock):
                self._set_paragraph(block, blocks, index)
            else:
                self._set_table(block, blocks, index)
        self._close_page()
        return self._pages

    def _close_page(self) -> None:
        page, section = self._page, self._section
        self._pages.append(
            Page(
                section.width, section.height, tuple(page.boxes), tuple(page.anchors), tuple(page.headings),
                page.lines, self._body.bottom - self._y, section, not self._pages,
            )
        )  # fmt: skip

    def _new_page(self, forced: bool = False) -> None:
        """Begin a page; ``forced`` by the document, not for want of room."""
        self._close_page()
        self._is_forced = forced
        self._page = _OpenPage()
        self._y = self._body.top
        self._is_empty = True
        self._before = None

    # -- paragraphs

    def _set_paragraph(self, block: ParagraphBlock, blocks: Sequence[FlowBlock], index: int) -> None:
        if block.paragraph.format.page_break_before and not self._is_empty:
            self._new_page(forced=True)
        space = self._space_above(block)
        need = self._need(blocks, index)
        if not self._is_empty and self._y + space + need > self._body.bottom + GRAIN and need <= self._body.height:
            self._new_page()
            space = 0.0
        self._y += space
        self._set_lines(block)
        self._before = block

    def _space_above(self, block: ParagraphBlock) -> float:
        """Space above the first paragraph of a page counts only where the document itself begins the page."""
        if self._is_empty and not self._is_forced:
            return 0.0
        return gap(self._before, block, self._frame.add_spacing)

    def _set_lines(self, block: ParagraphBlock) -> None:
        start, count = 0, len(block.lines)
        while start < count:
            chunk = Chunk(block, start, self._stop(block, start), 0.0)
            stop = self._fitting(chunk)
            if stop > start:
                self._set_chunk(Chunk(block, start, stop, 0.0))
            broken = stop > start and block.lines[stop - 1].page_after
            start = stop
            if start < count or broken:
                self._new_page(forced=broken)

    def _stop(self, block: ParagraphBlock, start: int) -> int:
        """Give where the paragraph must break for a page break in it, else its end."""
        breaks = (at + 1 for at in range(start, len(block.lines)) if block.lines[at].page_after)
        return next(breaks, len(block.lines))

    def _fitting(self, chunk: Chunk) -> int:
        """Give how far a chunk's lines fit on this page; on an empty page at least one line does."""
        room = self._body.bottom - self._y + GRAIN
        if chunk.height <= room:
            return chunk.stop
        room -= chunk.block.top_inset if chunk.start == 0 else 0.0
        stop = chunk.start
        while stop < chunk.stop and chunk.block.lines[stop].height <= room:
            room -= chunk.block.lines[stop].height
            stop += 1
        whole = whole_lines(chunk, min(stop, chunk.stop - 1) if chunk.stop == len(chunk.block.lines) else stop)
        return max(whole, stop, chunk.start + 1) if self._is_empty and whole == chunk.start else whole

    def _set_chunk(self, chunk: Chunk) -> None:
        self._put(chunk, self._body.left, self._y, artifact=False)
        self._y += chunk.height
        self._is_empty = False

    def _put(self, chunk: Chunk, x: float, y: float, artifact: bool) -> None:
        page = self._page
        page.boxes.extend(chunk_boxes(chunk, x, y, artifact))
        page.lines += sum(line.start < line.end for line in chunk.block.lines[chunk.start : chunk.stop])
        if not artifact:
            page.anchors.extend(anchors(chunk, y))
            page.headings.extend(headings(chunk, y))

    def _need(self, blocks: Sequence[FlowBlock], index: int) -> float:
        """Give the least height with which a block can begin, with what it must stay together with."""
        need = 0.0
        for at in range(index, len(blocks)):
            block = blocks[at]
            if isinstance(block, TableBlock):
                return need + first_height(block)
            if not block.paragraph.format.keep_next:
                return need + _first_lines(block)
            need += block.height + self._space_between(block, blocks[at + 1] if at + 1 < len(blocks) else None)
        return need

    def _space_between(self, block: ParagraphBlock, following: FlowBlock | None) -> float:
        if isinstance(following, ParagraphBlock):
            return gap(block, following, self._frame.add_spacing)
        return block.paragraph.format.after

    # -- tables

    def _set_table(self, table: TableBlock, blocks: Sequence[FlowBlock], index: int) -> None:
        if not self._is_empty and self._before is not None:
            self._y += self._before.paragraph.format.after
        self._before = None
        for number, part in enumerate(parts(table, self._body.bottom - self._y, self._later.height, self._frame.name)):
            if number:
                self._new_page()
            if part.rows:
                self._set_part(table, part)

    def _set_part(self, table: TableBlock, part: Part) -> None:
        x = self._body.left + table.x
        rows: list[PlacedRow] = []
        for row in part.rows:
            rows.append(PlacedRow(row, self._y, row.height))
            self._y += row.height
        placed = list(areas(rows, x, table.bottom))
        self._page.boxes.extend(fills(placed))
        repeated = rows[part.repeated].y - GRAIN if part.repeated else 0.0
        for area in placed:
            self._set_cell(area, rows, artifact=area.y < repeated)
        self._page.boxes.extend(rules(rows, x, table.bottom))
        self._y += table.bottom
        self._is_empty = False

    def _set_cell(self, area: Placed, rows: Sequence[PlacedRow], artifact: bool) -> None:
        cell, margins = area.cell, area.cell.cell.margins
        row = next(row for row in rows if row.y == area.y)
        end = min(area.y + area.height, rows[-1].y + rows[-1].height)
        free = end - area.y - row.block.top - cell.outer_height
        share = {"top": 0.0, "center": 0.5, "bottom": 1.0}[cell.cell.vertical_alignment]
        top = area.y + row.block.top + margins.top + max(0.0, free * share)
        for chunk in cell.content:
            self._put(chunk, area.x + margins.left, top, artifact)


def _first_lines(block: ParagraphBlock) -> float:
    format_, count = block.paragraph.format, len(block.lines)
    if format_.keep_lines or (format_.widow_control and count <= _FEW_LINES) or count == 1:
        return block.height
    wanted = 2 if format_.widow_control else 1
    return block.top_inset + sum(line.height for line in block.lines[:wanted])
