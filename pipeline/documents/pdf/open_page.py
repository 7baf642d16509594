"""A page while it is filled: what stands on it already, and what is put on it at a place (pt)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.table_format_xml import FLOATING
from pipeline.documents.docx.tree import Section
from pipeline.documents.pdf.block_boxes import anchors, chunk_boxes, headings
from pipeline.documents.pdf.blocks import Chunk, ParagraphBlock, refitted
from pipeline.documents.pdf.boxes import SHARES, Anchor, Box, Heading, Node, lowered
from pipeline.documents.pdf.cell_split import GRAIN
from pipeline.documents.pdf.floats import (
    Column,
    Obstacle,
    covered,
    inline_shapes,
    obstacle,
    place,
    shape_boxes,
    top_of,
)
from pipeline.documents.pdf.held_tables import HeldTable
from pipeline.documents.pdf.table_blocks import TableBlock
from pipeline.documents.pdf.table_edges import Placed, PlacedRow, areas, diagonals, fills, rules
from pipeline.documents.pdf.table_flow import TablePiece
from pipeline.documents.pdf.vertical import turned

_NEAR = 30
_REACHES_UP = "前の段落にかかる位置で文字列が折り返す図形"


class ReachesUp(Unsupported):
    """An ``obstacle`` that comes only after text which has to keep clear of it, with the text that it is tied to.

    Without them: one that was expected on a page, and did not come.
    """

    obstacle: Obstacle | None = None
    tied: Node | None = None

    @classmethod
    def by(cls, reaching: Obstacle, block: ParagraphBlock, name: str) -> ReachesUp:
        """Return the error of an obstacle that is tied to a paragraph."""
        made = cls(_REACHES_UP, near(block), name)
        made.obstacle, made.tied = reaching, block.nodes.text
        return made


class OpenPage(Struct):
    """A page being filled; ``section`` is what it belongs to, ``name`` the file's for messages.

    ``expected`` are those of the obstacles that text keeps clear of before what makes them has come.
    """

    section: Section
    name: str
    boxes: list[Box] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    nodes: list[tuple[Node, ...]] = field(default_factory=list)
    lines: int = 0
    floating: list[tuple[bool, float, tuple[Box, ...]]] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    expected: list[Obstacle] = field(default_factory=list)

    def copied(self) -> OpenPage:
        """Return a page on which the same text stands, to try what else has room."""
        return OpenPage(
            self.section, self.name, [*self.boxes], obstacles=[*self.obstacles], expected=[*self.expected]
        )  # fmt: skip

    @property
    def drawn(self) -> tuple[Box, ...]:
        """All boxes, the lowest first: what floats behind the text, the text, and what floats before it."""
        sorted_ = sorted(self.floating, key=lambda one: one[1])
        behind, front = (
            [box for is_behind, _, boxes in sorted_ if is_behind is way for box in boxes] for way in (True, False)
        )
        return (*behind, *self.boxes, *front)

    def lower(self, by: float) -> None:
        """Move all that stands on the page downwards (17.6.23); raises Unsupported where something floats."""
        if self.floating:
            raise Unsupported("上寄せでないページに浮かぶ図形や表", "", self.name)
        self.boxes = [lowered(box, by) for box in self.boxes]
        self.anchors = [replace(one, y=one.y + by) for one in self.anchors]
        self.headings = [replace(one, y=one.y + by) for one in self.headings]

    def put(self, chunk: Chunk, x: float, y: float, artifact: bool) -> None:
        """Put lines of a paragraph, or of a table in a cell, at a place; an artifact repeats others."""
        if isinstance(chunk.block, HeldTable):
            table = chunk.block.table
            above = 0.0 if chunk.start else table.above
            self.put_rows(TablePiece(chunk.block.rows(chunk), 0), x + table.x, y + chunk.y + above, artifact)
            return
        self.boxes.extend(chunk_boxes(chunk, x, y, artifact))
        if chunk.block.shapes:
            self.boxes.extend(self._inline(chunk, x, y + chunk.y, artifact))
        self.lines += sum(line.start < line.end for line in chunk.block.lines[chunk.start : chunk.stop])
        if not artifact:
            self.anchors.extend(anchors(chunk, y))
            self.headings.extend(headings(chunk, y))

    def _inline(self, chunk: Chunk, x: float, y: float, artifact: bool) -> Iterator[Box]:
        y += chunk.block.top_inset if chunk.start == 0 else -chunk.skipped
        for line in chunk.block.lines[chunk.start : chunk.stop]:
            yield from inline_shapes(chunk.block, line, (x, y), artifact, partial(self._set_in_shape, artifact))
            y += line.height

    def _set_in_shape(self, artifact: bool, chunk: Chunk, x: float, y: float) -> Sequence[Box]:
        own = OpenPage(self.section, self.name)
        own.put(chunk, x, y, artifact)
        return own.boxes

    def check_expected(self) -> None:
        """Raise ReachesUp where text keeps clear of what is not there."""
        if self.expected:
            raise ReachesUp(_REACHES_UP, "", self.name)

    def put_floats(
        self, block: ParagraphBlock, left: float, top: float, artifact: bool = False, in_cell: bool = False
    ) -> None:
        """Set what floats, tied to a paragraph that begins at a height."""
        column = Column(self.section, left, left + block.width, top, in_cell)
        for shape in block.shapes:
            if shape.item.place is None:
                continue
            x, y = place(shape, block, column)
            boxes = tuple(shape_boxes(shape, (x, y), artifact, partial(self._set_in_shape, artifact)))
            self.floating.append((shape.item.place.behind, shape.item.place.order, boxes))
            kept = None if in_cell else obstacle(shape, x, y)
            if kept in self.expected:
                self.expected.remove(kept)
            elif kept is not None:
                self.obstacles.append(kept)
                if covered(self.boxes, [kept]):
                    raise ReachesUp.by(kept, block, self.name)

    def put_aside(self, table: TableBlock, left: float, top: float, bottom: float) -> None:
        """Put a table that text goes around, tied to a paragraph that begins at a height; none goes on over a page."""
        if table.place is None:
            raise ValueError(table)
        column, clear, x = Column(self.section, left, left + table.width, top), table.place.clear, left + table.x
        y = top_of(table.place.down, table.height, column, top)
        kept = Obstacle(
            x - clear.left, y - clear.top, x + table.width + clear.right, y + table.height + clear.bottom,
            is_whole=False, side="bothSides", is_table=True,
        )  # fmt: skip
        if y < 0 or y + table.height > bottom + GRAIN or covered(self.boxes, [kept]):
            raise Unsupported(FLOATING, table.text, self.name)
        own = OpenPage(self.section, self.name)
        own.put_rows(TablePiece(table.rows, 0), x, y)
        self.floating.append((False, 0.0, own.drawn))
        self.anchors.extend(own.anchors)
        self.headings.extend(own.headings)
        self.lines += own.lines
        self.obstacles.append(kept)

    def put_rows(self, piece: TablePiece, x: float, y: float, artifact: bool = False) -> float:
        """Put rows of a table at a place; return where they end. An artifact repeats others."""
        rows: list[PlacedRow] = []
        for row in piece.rows:
            rows.append(PlacedRow(row, y, row.height))
            y += row.height
        placed = list(areas(rows, x, piece.bottom))
        self.boxes.extend(fills(placed))
        self.boxes.extend(diagonals(placed))
        repeated = rows[piece.repeated].y - GRAIN if piece.repeated else 0.0
        for area in placed:
            self._set_cell(area, rows, artifact or area.y < repeated)
        self.boxes.extend(rules(rows, x, piece.bottom))
        self._check_clear()
        return y + piece.bottom

    def _check_clear(self) -> None:
        """Refuse rows that lie over what text keeps clear of, by what is there."""
        for is_table, construct in ((True, FLOATING), (False, "折り返しのある図形と重なる表")):
            met = [one for one in self.obstacles if one.is_table is is_table]
            if met and (text := covered(self.boxes, met)):
                raise Unsupported(construct, text, self.name)

    def _set_cell(self, area: Placed, rows: Sequence[PlacedRow], artifact: bool) -> None:
        cell, margins = area.cell, area.cell.cell.margins
        if cell.cell.is_vertical:
            self._set_vertical(area, rows, artifact)
            return
        row = next(row for row in rows if row.y == area.y)
        end = min(area.y + area.height, rows[-1].y + rows[-1].height)
        free = end - area.y - row.block.top - cell.outer_height
        share = SHARES[cell.cell.vertical_alignment]
        top = area.y + row.block.top + margins.top + max(0.0, free * share)
        for chunk in cell.content:
            self.put(chunk, area.x + margins.left, top, artifact)
            if chunk.start == 0:
                self.put_floats(chunk.block, area.x + margins.left, top + chunk.y, artifact, in_cell=True)

    def _set_vertical(self, area: Placed, rows: Sequence[PlacedRow], artifact: bool) -> None:
        """Set the text of a vertical cell, from its right edge on."""
        cell, margins = area.cell, area.cell.cell.margins
        top = area.y + next(row.block.top for row in rows if row.y == area.y) + margins.top
        content = _shortened(cell.content, area.y + area.height - top)
        if any(line.width > area.y + area.height - top + 1 for chunk in content for line in chunk.block.lines):
            raise Unsupported("ページをまたぐ縦書きのセル", near(cell.content[0].block), self.name)
        free = area.width - margins.left - margins.right - cell.height
        own = OpenPage(self.section, self.name)
        for chunk in content:
            own.put(chunk, 0.0, max(0.0, free * SHARES[cell.cell.vertical_alignment]), artifact)
        self.boxes.extend(turned(own.boxes, area.x + area.width - margins.right, top))
        self.anchors.extend(replace(one, y=top) for one in own.anchors)
        self.lines += own.lines


class MeasuredPage(OpenPage):
    """A page on which no letter is set, for those who ask only how far down it is filled.

    Nothing may float on it: whether that lies over text, the letters tell.
    """

    def put(self, chunk: Chunk, x: float, y: float, artifact: bool) -> None:
        """Leave lines out."""

    def put_rows(self, piece: TablePiece, x: float, y: float, artifact: bool = False) -> float:
        """Return where rows of a table end."""
        for row in piece.rows:
            y += row.height
        return y + piece.bottom


def _shortened(content: Sequence[Chunk], length: float) -> Sequence[Chunk]:
    """Return vertical text in lines of a length, where a page ends before the cell does."""
    if all(chunk.block.width <= length + 1 for chunk in content):
        return content
    made: list[Chunk] = []
    for chunk in content:
        block = refitted(chunk.block, length)
        more = made[-1].bottom - content[len(made) - 1].bottom if made else 0.0
        made.append(Chunk(block, 0, len(block.lines), chunk.y + more))
    return made


def near(block: ParagraphBlock) -> str:
    """Return the beginning of a paragraph's text, for messages."""
    return block.paragraph.text.strip()[:_NEAR]
