"""Filling pages: body blocks in, pages out (17.3.1: keepNext, keepLines, widowControl, pageBreakBefore)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import copy

from msgspec.structs import replace

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.placement import Placement
from pipeline.documents.docx.table_format_xml import FLOATING
from pipeline.documents.docx.tree import Columns, Section
from pipeline.documents.pdf.blocks import Chunk, NoteBlock, ParagraphBlock, gap, refitted
from pipeline.documents.pdf.boxes import SHARES, Node, Page
from pipeline.documents.pdf.cell_split import GRAIN
from pipeline.documents.pdf.columns import left_of, lines_between, lowest
from pipeline.documents.pdf.floats import LEAST_BESIDE, around
from pipeline.documents.pdf.flow_parts import NOTHING_FORESEEN, Body, FlowBlock, Foreseen, Part, first_lines, fitting
from pipeline.documents.pdf.foot import Foot, notes_in, notes_of
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.open_page import OpenPage
from pipeline.documents.pdf.peekable import Peekable
from pipeline.documents.pdf.table_blocks import TableBlock
from pipeline.documents.pdf.table_flow import Filler, TablePiece, first_height
from pipeline.documents.pdf.vertical import turned

_TIED = 1.0
"""How far (pt) a table floats below the text before it that stands where it would without floating."""


class Flow:
    """Fills the pages of one section, of which so many are ``closed``."""

    page: type[OpenPage] = OpenPage

    def __init__(
        self, section: Section, first: Body, later: Body, frame: Frame, foreseen: Foreseen = NOTHING_FORESEEN
    ) -> None:
        """Take the body area of the section's first page and that of all later ones."""
        self._section = replace(section, blocks=())
        self._first, self._later = first, later
        self._frame = frame
        self._ready: list[Page] = []
        self._is_first = True
        self._foreseen = foreseen
        self.closed = 0
        self._page = self._opened()
        self._y = self._top = self._low = first.top
        self._is_empty = True
        self._is_forced = True
        self._before: ParagraphBlock | None = None
        self._columns = Columns(())
        self._margin = first.left
        self._next: tuple[Section, Body] | None = None
        self._column = self._pages = 0
        self._foot = Foot(frame.add_spacing)
        self._limit: tuple[int, float] | None = None
        self._aside: list[TableBlock] = []

    @property
    def _body(self) -> Body:
        return self._first if self._is_first else self._later

    @property
    def _left(self) -> float:
        return self._margin + left_of(self._columns, self._column)

    @property
    def _bottom(self) -> float:
        """The bottom of the column, which may be ``_limit``ed on one of the pages of a part."""
        page, bottom = self._limit or (-1, 0.0)
        return (bottom if page == self._pages else self._body.bottom) - self._foot.height

    @property
    def _is_fresh(self) -> bool:
        """Whether no later column has more room than what is left here."""
        return self._is_empty and self._top <= self._body.top + GRAIN and self._bottom == self._body.bottom

    @property
    def _is_page_empty(self) -> bool:
        return self._is_empty and self._column == 0 and self._top <= self._body.top + GRAIN

    def fill(self, parts: Iterable[Part]) -> Iterator[Page]:
        """Set the parts' blocks one by one, and yield each page as soon as it is full."""
        for part in parts:
            yield from self._fill_part(part)
        self._put_aside(self._y)
        while self._foot.rest:
            self._new_page()
        self._close_page()
        yield from self._full_pages()

    def _fill_part(self, part: Part) -> Iterator[Page]:
        """Set a part from the height on that is reached."""
        self._columns, self._column, self._pages, self._limit = part.columns, 0, 0, None
        if part.section is not None and part.body is not None:
            self._margin, self._next = part.body.left, (replace(part.section, blocks=()), part.body)
        self._begin_columns()
        blocks = part.blocks
        if part.balanced:
            blocks = list(blocks)
            self._limit = self._balanced(blocks)
        for _ in self._set_all(blocks):
            yield from self._full_pages()
        self._end_columns()

    def _set_all(self, blocks: Iterable[FlowBlock]) -> Iterator[None]:
        """Set blocks; yields whenever pages may be full."""
        ahead = Peekable(blocks)
        for block in ahead:
            self._page.nodes.append(tuple(block.all_nodes))
            if isinstance(block, ParagraphBlock):
                self._set_paragraph(self._fitted(block), ahead)
            elif block.place is not None and not self._goes_on(block, block.place):
                self._check_width(block)
                self._aside.append(block)
            elif self._section.is_vertical:
                raise Unsupported("縦書きのページの表", block.text, self._frame.name)
            else:
                for _ in self._rows(block):
                    yield
                self._y += block.below
            yield

    def _goes_on(self, table: TableBlock, place: Placement) -> bool:
        """Return whether a table that floats goes on over pages: as it is too high, and text has no room beside."""
        room = self._columns.widths[self._column] - table.width
        is_tied = place.down.relative == "paragraph" and 0 <= place.down.offset < _TIED
        return is_tied and room < LEAST_BESIDE and table.height > self._later.height

    def _full_pages(self) -> Iterator[Page]:
        full, self._ready = self._ready, []
        return iter(full)

    # -- columns

    def _balanced(self, blocks: Sequence[FlowBlock]) -> tuple[int, float] | None:
        """Return the last page that blocks need, and the least bottom with which they need no more."""
        last = self._tried(blocks, None)
        if last is None:
            return None
        body = self._later if last else self._body
        top = body.top if last else self._y
        return last, lowest(top, body.bottom, lambda bottom: self._tried(blocks, (last, bottom)) == last)

    def _tried(self, blocks: Sequence[FlowBlock], limit: tuple[int, float] | None) -> int | None:
        """Return how many pages more blocks take, None where they cannot be set so."""
        other = copy(self)
        other._ready, other._limit, other._aside = [], limit, [*self._aside]
        other._page = self._page.copied()
        try:
            for _ in other._set_all(blocks):
                pass
        except Unsupported:
            return None
        return other._pages

    def _begin_columns(self) -> None:
        """Begin below what stands on the page: each column with the space that is asked for there."""
        if self._before is not None:
            self._y += self._before.paragraph.format.after
        self._top = self._low = self._y
        self._is_empty = self._is_forced = True

    def _end_columns(self) -> None:
        """Go on below the lowest of the columns, in all of the width."""
        self._y = max(self._low, self._y)
        self._page.boxes.extend(lines_between(self._columns, self._margin, self._top, self._y))
        if len(self._columns.widths) > 1:
            self._column = 0

    def _fitted(self, block: ParagraphBlock, first: int = 0) -> ParagraphBlock:
        """Return a paragraph whose lines from ``first`` on are broken for this column."""
        width = self._columns.widths[self._column]
        return block if block.width == width else refitted(block, width, first)

    # -- pages

    def _opened(self) -> OpenPage:
        expected = self._foreseen.obstacles.get(self.closed, ())
        return self.page(self._section, self._frame.name, obstacles=[*expected], expected=[*expected])

    def _close_page(self) -> None:
        page, section = self._page, self._section
        page.check_expected()
        free = self._body.bottom - self._foot.height - max(self._low, self._y)
        if down := free * SHARES[section.vertical_alignment]:
            page.lower(down)
        self._foot.put(page, self._margin, self._body.bottom)
        width, height, boxes = section.width, section.height, page.drawn
        if section.is_vertical:
            width, height, boxes = height, width, tuple(turned(boxes, height, 0.0))
        self._ready.append(
            Page(
                width=width,
                height=height,
                boxes=boxes,
                anchors=tuple(page.anchors),
                headings=tuple(page.headings),
                nodes=tuple(page.nodes),
                lines=page.lines,
                free=free,
                section=section,
                opens_section=self._is_first,
                open=tuple(self._going_on),
            )
        )
        self._is_first = False
        self.closed += 1

    @property
    def _going_on(self) -> Iterator[Node]:
        """What has its place in the reading and stands on a later page, too: notes, and tables set where they float."""
        yield from (chunk.block.nodes.text for chunk in self._foot.rest)
        yield from (node for table in self._aside for node in table.all_nodes)

    def _new_page(self, forced: bool = False) -> None:
        """Begin a page; ``forced`` by the document, not for want of room."""
        low = max(self._low, self._y)
        self._page.boxes.extend(lines_between(self._columns, self._margin, self._top, low))
        self._close_page()
        if self._next is not None:
            (self._section, self._later), self._next = self._next, None
        self._page, self._foot = self._opened(), self._foot.next(self._body.height)
        self._top = self._low = self._body.top
        self._pages += 1
        self._begin(0, forced)

    def _next_column(self, forced: bool = False) -> None:
        """Begin a column, on a new page where this one has no more."""
        if self._column + 1 == len(self._columns.widths):
            self._new_page(forced)
            return
        self._low = max(self._low, self._y)
        self._begin(self._column + 1, forced)

    def _begin(self, column: int, forced: bool) -> None:
        self._column, self._is_forced = column, forced
        self._y = self._top
        self._is_empty = True
        self._before = None

    # -- paragraphs

    def _set_paragraph(self, block: ParagraphBlock, ahead: Peekable[FlowBlock]) -> None:
        paragraph = block.paragraph
        if paragraph.begins == "page" or (paragraph.format.page_break_before and not self._is_page_empty):
            self._new_page(forced=True)
        elif paragraph.begins == "column":
            self._next_column(forced=True)
        elif block.nodes.text in self._foreseen.moved and not self._is_page_empty:
            self._new_page()
        space = self._space_above(block)
        while not self._is_fresh and self._moves(block, space, ahead):
            self._next_column()
            block, space = self._fitted(block), 0.0
        self._y += space
        self._set_lines(block, self._y - space)
        self._before = None if self._is_empty else block

    def _moves(self, block: ParagraphBlock, space: float, ahead: Peekable[FlowBlock]) -> bool:
        """Return whether a block goes to a new page, with all that it is kept with.

        Where that began above, it has been moved before, or it is more than a page and breaks where the page is full.
        """
        is_kept = self._before is not None and self._before.paragraph.format.keep_next
        begins_a_chain = block.paragraph.format.keep_next and not is_kept
        need = self._need(block, ahead) if begins_a_chain else first_lines(block, self._foot)
        lacks_room = self._y + space + need > self._bottom + GRAIN
        return lacks_room and (begins_a_chain or need <= self._body.height)

    def _space_above(self, block: ParagraphBlock) -> float:
        """Space above the first paragraph of a page counts only where the document itself begins the page."""
        if self._is_empty and not self._is_forced:
            return 0.0
        space = gap(self._before, block, self._frame.add_spacing)
        return max(0.0, space - self._before.paragraph.format.after) if self._is_empty and self._before else space

    def _set_lines(self, block: ParagraphBlock, top: float) -> None:
        """Set lines; what floats is placed by the ``top`` of the space above them (measured in LibreOffice)."""
        top = self._put_aside(top)
        self._page.put_floats(block, self._left, top)
        start, (block, stops, jumps) = 0, self._around(block, 0)
        while start < (count := len(block.lines)):
            self._y = max(self._y, jumps.get(start, 0.0))
            chunk = Chunk(block, start, stops[bisect_right(stops, start)])
            stop = fitting(chunk, self._bottom - self._y + GRAIN, self._foot, self._is_fresh)
            if stop > start:
                self._set_chunk(Chunk(block, start, stop))
            broken = block.lines[stop - 1].break_after if stop > start else ""
            start = stop
            if start in jumps and start == chunk.stop and not broken:
                continue
            if start < count or broken:
                had, width = bool(self._page.obstacles), block.width
                (self._new_page if broken == "page" else self._next_column)(forced=bool(broken))
                if start < count and (had or width != self._columns.widths[self._column]):
                    block, stops, jumps = self._around(self._fitted(block, start), start)

    def _put_aside(self, top: float) -> float:
        """Put the tables that are tied to what begins at a height, and return where that is now."""
        while self._aside:
            table = self._aside[0]
            try:
                self._page.put_aside(table, self._left, top, self._bottom)
                self._refer(notes_of(table.rows))
            except Unsupported as refused:
                self._frame.make_plainer(refused.construct, "折り返さずに", refused.near)
                [*self._rows(table)]
                top = self._y
            del self._aside[0]
        return top

    def _around(self, block: ParagraphBlock, start: int) -> tuple[ParagraphBlock, list[int], dict[int, float]]:
        """Return a paragraph around what floats on the page, where it must stop, and the heights where it goes on."""
        obstacles = [one for one in self._page.obstacles if one.bottom > self._y]
        jumps: dict[int, float] = {}
        if obstacles or (start and self._is_empty):
            made = around(block, start, self._left, self._y, obstacles)
            block, jumps = made.block, made.jumps
        breaks = [at for at, line in enumerate(block.lines, 1) if line.break_after]
        return block, sorted({*breaks, *jumps, len(block.lines)}), jumps

    def _set_chunk(self, chunk: Chunk) -> None:
        self._page.put(chunk, self._left, self._y, artifact=False)
        self._y += chunk.height
        self._is_empty = False
        self._refer(notes_in(chunk.block, chunk.start, chunk.stop))

    def _refer(self, notes: Iterable[NoteBlock]) -> None:
        """Set what is referred to at the foot of the page, and on from there."""
        self._foot = self._foot.referring([*notes], self._body.bottom - self._y)

    def _need(self, block: ParagraphBlock, ahead: Peekable[FlowBlock]) -> float:
        """Return the least height with which a block can begin with what it must stay with, or over a page."""
        need, at = 0.0, 0
        while block.paragraph.format.keep_next:
            following = ahead.peek(at)
            if isinstance(following, ParagraphBlock):
                following = self._fitted(following)
            need += block.height + self._space_between(block, following)
            if isinstance(following, TableBlock):
                return need + first_height(following)
            if following is None or need > self._body.height:
                return need
            block, at = following, at + 1
        return need + first_lines(block, self._foot)

    def _space_between(self, block: ParagraphBlock, following: FlowBlock | None) -> float:
        if isinstance(following, ParagraphBlock):
            return gap(block, following, self._frame.add_spacing)
        return block.paragraph.format.after

    # -- tables

    def _rows(self, table: TableBlock) -> Iterator[None]:
        """Put the rows of a table that stands in the text; yields whenever a page may be full."""
        for piece in self._pieces(table):
            self._y = self._page.put_rows(piece, self._left + table.x, self._y)
            self._is_empty = False
            self._refer(notes_of(piece.rows[piece.repeated :]))
            yield

    def _pieces(self, table: TableBlock) -> Iterator[TablePiece]:
        """Yield what of a table stands on this page, and on new ones."""
        kept = self._before is not None and self._before.paragraph.format.keep_next
        if not self._is_empty and self._before is not None:
            self._y += self._before.paragraph.format.after
        self._before = None
        if table.page_break_before and not self._is_page_empty:
            self._new_page(forced=True)
        self._y += table.above
        for one in sorted(self._page.obstacles, key=lambda one: one.bottom):
            least = table.height if one.is_table else first_height(table)
            if one.meets(self._left, self._y, self._left + table.width, self._y + least):
                self._y = one.bottom
        filler, refers = Filler(table, kept), any(True for _ in notes_of(table.rows))
        while True:
            self._check_width(table)
            room = self._bottom - self._y
            fresh = room >= self._later.height - GRAIN
            if refers:
                room -= self._foot.growth([*notes_of(filler.copied().next(room, fresh).rows)])
            piece = filler.next(room, fresh)
            if piece.rows:
                yield piece
            if not filler.is_waiting:
                return
            self._next_column()

    def _check_width(self, table: TableBlock) -> None:
        """Refuse a table in another column than that for which it was made."""
        if self._columns.widths[self._column] != self._columns.widths[0]:
            raise Unsupported("幅の異なる段に入る表", table.text, self._frame.name)
        if self._column and table.floats:
            raise Unsupported(FLOATING, table.text, self._frame.name)
