"""Filling pages: body blocks in, pages out (17.3.1: keepNext, keepLines, widowControl, pageBreakBefore)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.tree import Section
from pipeline.documents.pdf.blocks import Chunk, Frame, ParagraphBlock, anchors, chunk_boxes, gap, headings
from pipeline.documents.pdf.boxes import Anchor, Box, Heading, Node, Page
from pipeline.documents.pdf.cell_split import GRAIN
from pipeline.documents.pdf.floats import (
    BothSides,
    Column,
    Obstacle,
    around,
    covered,
    inline_shapes,
    obstacle,
    place,
    shape_boxes,
)  # fmt: skip
from pipeline.documents.pdf.peekable import Peekable
from pipeline.documents.pdf.table_edges import Placed, PlacedRow, areas, diagonals, fills, rules
from pipeline.documents.pdf.table_flow import TablePiece, first_height, table_pieces
from pipeline.documents.pdf.tables import TableBlock

FlowBlock: TypeAlias = ParagraphBlock | TableBlock

_FEW_LINES = 3
_NEAR = 30


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
    nodes: list[tuple[Node, ...]] = field(default_factory=list)
    lines: int = 0
    floating: list[tuple[bool, float, tuple[Box, ...]]] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)

    @property
    def drawn(self) -> tuple[Box, ...]:
        """All boxes, the lowest first: what floats behind the text, the text, and what floats before it."""
        sorted_ = sorted(self.floating, key=lambda one: one[1])
        behind, front = (
            [box for is_behind, _, boxes in sorted_ if is_behind is way for box in boxes] for way in (True, False)
        )
        return (*behind, *self.boxes, *front)


class Flow:
    """Fills the pages of one section."""

    def __init__(self, section: Section, first: Body, later: Body, frame: Frame) -> None:
        """Take the body area of the section's first page and that of all later ones."""
        self._section = replace(section, blocks=())
        self._first, self._later = first, later
        self._frame = frame
        self._ready: list[Page] = []
        self._is_first = True
        self._page = _OpenPage()
        self._y = first.top
        self._is_empty = True
        self._is_forced = True
        self._before: ParagraphBlock | None = None

    @property
    def _body(self) -> Body:
        return self._first if self._is_first else self._later

    def fill(self, blocks: Iterable[FlowBlock]) -> Iterator[Page]:
        """Set the blocks one by one, and give each page as soon as it is full."""
        ahead = Peekable(blocks)
        for block in ahead:
            self._page.nodes.append(tuple(_nodes(block)))
            if isinstance(block, ParagraphBlock):
                self._set_paragraph(block, ahead)
            else:
                for piece in self._pieces(block):
                    self._set_piece(block, piece)
                    yield from self._full_pages()
            yield from self._full_pages()
        self._close_page()
        yield from self._full_pages()

    def _full_pages(self) -> Iterator[Page]:
        full, self._ready = self._ready, []
        return iter(full)

    def _close_page(self) -> None:
        page, section = self._page, self._section
        self._ready.append(
            Page(
                width=section.width,
                height=section.height,
                boxes=page.drawn,
                anchors=tuple(page.anchors),
                headings=tuple(page.headings),
                nodes=tuple(page.nodes),
                lines=page.lines,
                free=self._body.bottom - self._y,
                section=section,
                opens_section=self._is_first,
            )
        )
        self._is_first = False

    def _new_page(self, forced: bool = False) -> None:
        """Begin a page; ``forced`` by the document, not for want of room."""
        self._close_page()
        self._is_forced = forced
        self._page = _OpenPage()
        self._y = self._body.top
        self._is_empty = True
        self._before = None

    # -- paragraphs

    def _set_paragraph(self, block: ParagraphBlock, ahead: Peekable[FlowBlock]) -> None:
        paragraph = block.paragraph
        if paragraph.begins_a_page or (paragraph.format.page_break_before and not self._is_empty):
            self._new_page(forced=True)
        space = self._space_above(block)
        if not self._is_empty and self._moves(block, space, ahead):
            self._new_page()
            space = 0.0
        self._y += space
        self._set_lines(block, self._y - space)
        self._before = None if self._is_empty else block

    def _moves(self, block: ParagraphBlock, space: float, ahead: Peekable[FlowBlock]) -> bool:
        """Return whether a block goes to a new page, with all that it is kept with.

        Where that began above, it has been moved before, or it is more than a page and breaks where the page is full.
        """
        is_kept = self._before is not None and self._before.paragraph.format.keep_next
        begins_a_chain = block.paragraph.format.keep_next and not is_kept
        need = self._need(block, ahead) if begins_a_chain else _first_lines(block)
        lacks_room = self._y + space + need > self._body.bottom + GRAIN
        return lacks_room and (begins_a_chain or need <= self._body.height)

    def _space_above(self, block: ParagraphBlock) -> float:
        """Space above the first paragraph of a page counts only where the document itself begins the page."""
        if self._is_empty and not self._is_forced:
            return 0.0
        return gap(self._before, block, self._frame.add_spacing)

    def _set_lines(self, block: ParagraphBlock, top: float) -> None:
        """Set lines; what floats is placed by the ``top`` of the space above them (measured in LibreOffice)."""
        self._float(block, self._body.left, top)
        start, (block, stops, jumps) = 0, self._around(block, 0)
        while start < (count := len(block.lines)):
            self._y = max(self._y, jumps.get(start, 0.0))
            chunk = Chunk(block, start, stops[bisect_right(stops, start)])
            stop = self._fitting(chunk)
            if stop > start:
                self._set_chunk(Chunk(block, start, stop))
            broken = stop > start and block.lines[stop - 1].page_after
            start = stop
            if start in jumps and start == chunk.stop and not broken:
                continue
            if start < count or broken:
                had = bool(self._page.obstacles)
                self._new_page(forced=broken)
                if had:
                    block, stops, jumps = self._around(block, start)

    def _around(self, block: ParagraphBlock, start: int) -> tuple[ParagraphBlock, list[int], dict[int, float]]:
        """Return a paragraph around what floats on the page, where it must stop, and the heights where it goes on."""
        obstacles = [one for one in self._page.obstacles if one.bottom > self._y]
        jumps: dict[int, float] = {}
        if obstacles or (start and self._is_empty):
            try:
                made = around(block, start, self._body.left, self._y, obstacles)
            except BothSides as fault:
                raise Unsupported("図形の両側に分かれる文字列", _near(block), self._frame.name) from fault
            block, jumps = made.block, made.jumps
        breaks = [at for at, line in enumerate(block.lines, 1) if line.page_after]
        return block, sorted({*breaks, *jumps, len(block.lines)}), jumps

    def _float(
        self, block: ParagraphBlock, left: float, top: float, artifact: bool = False, in_cell: bool = False
    ) -> None:
        """Set what floats, tied to a paragraph that begins at a height."""
        column = Column(self._section, left, left + block.width, top)
        for shape in block.shapes:
            if shape.item.place is None:
                continue
            x, y = place(shape, block, column)
            boxes = tuple(shape_boxes(shape, x, y, artifact))
            self._page.floating.append((shape.item.place.behind, shape.item.place.order, boxes))
            kept = obstacle(shape, x, y)
            if kept is not None:
                self._page.obstacles.append(kept)
                if in_cell or covered(self._page.boxes, [kept]):
                    construct = "セルの中" if in_cell else "前の段落にかかる位置"
                    raise Unsupported(f"{construct}で文字列が折り返す図形", _near(block), self._frame.name)

    def _fitting(self, chunk: Chunk) -> int:
        """Return how far a chunk's lines fit on this page; on an empty page at least one line does."""
        room = self._body.bottom - self._y + GRAIN
        if chunk.fits(room):
            return chunk.stop
        room -= chunk.block.top_inset if chunk.start == 0 else -chunk.skipped
        stop = chunk.start
        while stop < chunk.stop and chunk.block.lines[stop].height <= room:
            room -= chunk.block.lines[stop].height
            stop += 1
        whole = _whole_lines(chunk, min(stop, chunk.stop - 1) if chunk.stop == len(chunk.block.lines) else stop)
        return max(whole, stop, chunk.start + 1) if self._is_empty and whole == chunk.start else whole

    def _set_chunk(self, chunk: Chunk) -> None:
        self._put(chunk, self._body.left, self._y, artifact=False)
        self._y += chunk.height
        self._is_empty = False

    def _put(self, chunk: Chunk, x: float, y: float, artifact: bool) -> None:
        page = self._page
        page.boxes.extend(chunk_boxes(chunk, x, y, artifact))
        if chunk.block.shapes:
            page.boxes.extend(self._inline(chunk, x, y + chunk.y, artifact))
        page.lines += sum(line.start < line.end for line in chunk.block.lines[chunk.start : chunk.stop])
        if not artifact:
            page.anchors.extend(anchors(chunk, y))
            page.headings.extend(headings(chunk, y))

    def _inline(self, chunk: Chunk, x: float, y: float, artifact: bool) -> Iterator[Box]:
        y += chunk.block.top_inset if chunk.start == 0 else -chunk.skipped
        for line in chunk.block.lines[chunk.start : chunk.stop]:
            yield from inline_shapes(chunk.block, line, (x, y), artifact)
            y += line.height

    def _need(self, block: ParagraphBlock, ahead: Peekable[FlowBlock]) -> float:
        """Return the least height with which a block can begin, with what it must stay together with, or over a
        page.
        """
        need, at = 0.0, 0
        while block.paragraph.format.keep_next:
            following = ahead.peek(at)
            need += block.height + self._space_between(block, following)
            if isinstance(following, TableBlock):
                return need + first_height(following)
            if following is None or need > self._body.height:
                return need
            block, at = following, at + 1
        return need + _first_lines(block)

    def _space_between(self, block: ParagraphBlock, following: FlowBlock | None) -> float:
        if isinstance(following, ParagraphBlock):
            return gap(block, following, self._frame.add_spacing)
        return block.paragraph.format.after

    # -- tables

    def _pieces(self, table: TableBlock) -> Iterator[TablePiece]:
        """Yield what of a table stands on this page, and on new ones."""
        kept = self._before is not None and self._before.paragraph.format.keep_next
        if not self._is_empty and self._before is not None:
            self._y += self._before.paragraph.format.after
        self._before = None
        if table.page_break_before and not self._is_empty:
            self._new_page(forced=True)
        for one in sorted(self._page.obstacles, key=lambda one: one.bottom):
            if one.meets(self._body.left, self._y, self._body.left + table.width, self._y + first_height(table)):
                self._y = one.bottom
        for number, piece in enumerate(table_pieces(table, self._body.bottom - self._y, self._later.height, kept)):
            if number:
                self._new_page()
            if piece.rows:
                yield piece

    def _set_piece(self, table: TableBlock, piece: TablePiece) -> None:
        x = self._body.left + table.x
        rows: list[PlacedRow] = []
        for row in piece.rows:
            rows.append(PlacedRow(row, self._y, row.height))
            self._y += row.height
        placed = list(areas(rows, x, piece.bottom))
        self._page.boxes.extend(fills(placed))
        self._page.boxes.extend(diagonals(placed))
        repeated = rows[piece.repeated].y - GRAIN if piece.repeated else 0.0
        for area in placed:
            self._set_cell(area, rows, artifact=area.y < repeated)
        self._page.boxes.extend(rules(rows, x, piece.bottom))
        if self._page.obstacles and (text := covered(self._page.boxes, self._page.obstacles)):
            raise Unsupported("折り返しのある図形と重なる表", text, self._frame.name)
        self._y += piece.bottom
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
            if chunk.start == 0:
                self._float(chunk.block, area.x + margins.left, top + chunk.y, artifact, in_cell=True)


def _nodes(block: FlowBlock) -> Iterator[Node]:
    """Yield a block's structure in reading order: a table's parts, then what its cells hold, row by row."""
    if isinstance(block, ParagraphBlock):
        yield block.nodes.text
        yield from (node for shape in block.shapes for node in shape.nodes)
        return
    yield from block.nodes
    for chunk in (chunk for row in block.rows for cell in row.cells for chunk in cell.content):
        if chunk.block.nodes.text.kind != "cell":
            yield chunk.block.nodes.text
        yield from (node for shape in chunk.block.shapes for node in shape.nodes)


def _near(block: ParagraphBlock) -> str:
    return block.paragraph.text.strip()[:_NEAR]


def _first_lines(block: ParagraphBlock) -> float:
    format_, count = block.paragraph.format, len(block.lines)
    if format_.keep_lines or (format_.widow_control and count <= _FEW_LINES) or count == 1:
        return block.height
    wanted = 2 if format_.widow_control else 1
    return block.top_inset + sum(line.height for line in block.lines[:wanted])


def _whole_lines(chunk: Chunk, stop: int) -> int:
    """Move a break so that widow control (17.3.1.44) and keep-lines hold: fewer lines here, never more."""
    format_, count = chunk.block.paragraph.format, len(chunk.block.lines)
    if stop >= chunk.stop:
        return chunk.stop
    if format_.keep_lines:
        return chunk.start
    if format_.widow_control:
        if count - stop == 1:
            stop -= 1
        if chunk.start == 0 and stop == 1:
            stop = 0
    return max(stop, chunk.start)
