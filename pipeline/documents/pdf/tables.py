"""Tables made ready for the page: cells with their lines, rows with their heights (17.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.formats import Border, Borders
from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.placement import Placement
from pipeline.documents.docx.tree import Block, Cell, Paragraph, Row, Table, Text
from pipeline.documents.pdf import layout_rules
from pipeline.documents.pdf.blocks import ParagraphBlock, make_block, make_blocks, seen_bottoms, stack
from pipeline.documents.pdf.boxes import Node
from pipeline.documents.pdf.cell_floats import stack_around, wraps
from pipeline.documents.pdf.content_widths import content_widths
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.held_tables import held_table
from pipeline.documents.pdf.roles import TableNodes, covered, paragraph_node, span, table_nodes
from pipeline.documents.pdf.table_blocks import CellBlock, RowBlock, TableBlock

_BESIDE = 72.0
"""The least room (pt) beside a table in which Word sets text: an inch."""
_ABOVE = 20.0
"""How far (pt) a table floats below what it is tied to so that text goes on above it."""
_NEAR = 30
_GOES_ON = "（続き）"
_HIGHEST, _LONGER = 1000.0, 1.2
"""The height (pt) up to which rows grow for vertical text, and by how much each time."""
_CLIPPED = 0.5
"""How far (pt) text may stand out of a row of exact height before it would be cut off."""


def make_table(table: Table, width: float, frame: Frame, parent: Node | None) -> TableBlock:
    """Return a table laid out in a column ``width``; raises Unsupported where text would be cut off."""
    frame = frame if frame.tables_keep_grid else replace(frame, grid=0.0)
    wanted = table.width or (table.share or 0.0) * width
    columns = table.columns if any(table.columns) else content_widths(table, wanted or width, frame)
    table = replace(table, columns=layout_rules.column_edges(layout_rules.column_widths(columns, wanted)))
    total = sum(table.columns)
    nodes = table_nodes(table, parent, frame.captions)
    below = frozenset(covered(table))
    rows = [_row(table, index, frame, nodes, below) for index in range(len(table.rows))]
    made = _with_vertical_cells(_whole(_with_heights(rows), frame), nodes, frame)
    left = table.indent
    if rows:
        first = rows[0].cells[0]
        left += layout_rules.border_shift(_width(first.borders.left), first.cell.margins.left, frame.compatibility)
    offsets = {"center": (width - total) / 2, "right": width - total, "left": left}
    block = TableBlock(offsets[table.alignment], total, tuple(made), nodes.nodes)
    return block if table.place is None else _floating(block, table, table.place, width, frame.left)


def _floating(block: TableBlock, table: Table, place: Placement, width: float, left: float) -> TableBlock:
    """Return a floating table; one that is tied to the text and leaves it no room beside or above stands in the text.

    One that is narrower than the text has the text of its cells, not its border, where it is said to stand (measured in
    LibreOffice).
    """
    free, x = width - block.width, place.across.offset
    if place.across.relative == "page":
        x -= left
    x = {"left": 0.0, "center": free / 2, "right": free}.get(place.across.aligned, x)
    if free > 0 and not place.across.aligned:
        x -= table.rows[0].cells[0].margins.left if table.rows else 0.0
    x = x if free > 0 else 0.0
    is_tied = place.down.relative == "paragraph" and place.down.offset < _ABOVE
    if not is_tied or max(x - place.clear.left, free - x - place.clear.right) >= _BESIDE:
        return replace(block, x=x, floats=True, place=place)
    return replace(block, x=x, floats=True, above=max(0.0, place.down.offset), below=place.clear.bottom)


def _width(border: Border | None) -> float:
    return 0.0 if border is None else border.width


def _row(table: Table, index: int, frame: Frame, nodes: TableNodes, below: frozenset[tuple[int, int]]) -> RowBlock:
    row = table.rows[index]
    cells = tuple(
        _cell(table, index, cell, frame, None if (index, cell.column) in below else nodes)
        for cell in _with_common_margins(row)
    )
    return RowBlock(row, cells, top=0.0, bottom=0.0, least=0.0, height=0.0, keep_next=_keeps(row))


def _with_common_margins(row: Row) -> tuple[Cell, ...]:
    """Return the cells of a row, all with the same margins above and below."""
    top = layout_rules.cell_margin(cell.margins.top for cell in row.cells)
    bottom = layout_rules.cell_margin(cell.margins.bottom for cell in row.cells)
    if all(cell.margins.top == top and cell.margins.bottom == bottom for cell in row.cells):
        return row.cells
    return tuple(replace(cell, margins=replace(cell.margins, top=top, bottom=bottom)) for cell in row.cells)


def _keeps(row: Row) -> bool:
    """A row stays with the next one where the first paragraph of its first cell does (17.3.1.15)."""
    return next(written(row.cells[0].blocks)).format.keep_next


def _cell(table: Table, index: int, cell: Cell, frame: Frame, nodes: TableNodes | None) -> CellBlock:
    """Lay out a cell; one that a merged cell covers has no ``nodes``."""
    x = sum(table.columns[: cell.column])
    width = sum(table.columns[cell.column : cell.column + cell.columns])
    borders = _borders(table, index, cell)
    if nodes is None:
        return CellBlock(cell, x, width, borders, content=(), height=0.0, rows=0)
    rows = span(table, index, cell)
    if cell.is_vertical:
        return CellBlock(cell, x, width, borders, content=(), height=0.0, rows=rows, is_whole=True)
    inner = width - cell.margins.left - cell.margins.right
    blocks = held_blocks(cell.blocks, inner, frame, nodes.cells[index, cell.column])
    is_whole = any(map(wraps, blocks))
    content, height = stack_around(blocks, inner, frame) if is_whole else stack(blocks, frame.add_spacing)
    return CellBlock(
        cell=cell,
        x=x,
        width=width,
        borders=borders,
        content=content,
        height=height,
        rows=rows,
        is_whole=is_whole,
        again=_again(cell.blocks[0], inner, frame),
    )


def held_blocks(blocks: tuple[Block, ...], width: float, frame: Frame, parent: Node) -> list[ParagraphBlock]:
    """Set what a cell, a shape or a note holds: paragraphs and tables."""
    if all(isinstance(block, Paragraph) for block in blocks):
        return make_blocks(tuple(written(blocks)), width, frame, parent)
    blocks = _without_end(blocks)
    made: list[ParagraphBlock] = []
    for block, above, below in zip(blocks, (None, *blocks[:-1]), (*blocks[1:], None), strict=True):
        if isinstance(block, Table):
            made.append(held_table(make_table(block, width, frame, parent), width, frame))
        else:
            node = paragraph_node(block, parent, frame.captions)
            made.append(make_block(block, width, frame, node, in_cell=True, before=above, after=below))
    return made


def _without_end(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Leave out a blank paragraph between a table and the end of the cell: it has to be there, and Word hides it."""
    *others, last = blocks
    is_blank = isinstance(last, Paragraph) and not last.content and last.label is None
    return tuple(others) if is_blank and isinstance(others[-1], Table) else blocks


def _again(first: Block, width: float, frame: Frame) -> ParagraphBlock | None:
    """Return the name of a row as it stands where the row goes on; None where the first block is none."""
    if isinstance(first, Table):
        return None
    words = [inline for inline in first.content if isinstance(inline, Text)]
    if first.style not in frame.row_names or not words:
        return None
    more = replace(words[-1], text=_GOES_ON)
    return make_block(replace(first, content=(*first.content, more)), width, frame, Node("repeated"), in_cell=True)


def _borders(table: Table, index: int, cell: Cell) -> Borders:
    """Return a cell's borders: its own, else the table's (17.4.66)."""
    outer = table.borders
    own, ends = cell.borders, cell.column + cell.columns
    sides = {
        "top": own.top or (outer.top if index == 0 else outer.inside_h),
        "bottom": own.bottom or (outer.bottom if index == len(table.rows) - 1 else outer.inside_h),
        "left": own.left or (outer.left if cell.column == 0 else outer.inside_v),
        "right": own.right or (outer.right if ends == len(table.columns) else outer.inside_v),
    }
    return Borders(**{side: border for side, border in sides.items() if side not in cell.silent})


def _with_edges(rows: Sequence[RowBlock]) -> list[RowBlock]:
    """Return each row the thickness of the border above it, the thicker of its own and of the row above, and below it.

    A merged cell's last border counts in all its rows, as in LibreOffice.
    """
    made: list[RowBlock] = []
    above = 0.0
    for index, row in enumerate(rows):
        own = max((_width(c.borders.top) for c in row.cells if c.rows), default=0.0)
        below = max((_width(_last_bottom(rows, index, cell)) for cell in row.cells), default=0.0)
        made.append(replace(row, top=max(own, above), bottom=below))
        above = below
    return made


def _last_bottom(rows: Sequence[RowBlock], index: int, cell: CellBlock) -> Border | None:
    if cell.rows < 2:
        return cell.borders.bottom
    last = rows[index + cell.rows - 1].cells
    return next((c.borders.bottom for c in last if c.cell.column == cell.cell.column), None)


def _with_vertical_cells(rows: Sequence[RowBlock], nodes: TableNodes, frame: Frame) -> list[RowBlock]:
    """Return rows with the text of their vertical cells, whose lines are as long as the rows are high."""
    if not any(cell.cell.is_vertical for row in rows for cell in row.cells):
        return [*rows]
    rows = _high_enough(rows, nodes, frame)
    made: list[RowBlock] = []
    for index, row in enumerate(rows):
        cells = (
            _upright(cell, _length(cell, rows[index:]), nodes.cells[index, cell.cell.column], frame)
            if cell.cell.is_vertical and cell.rows
            else cell
            for cell in row.cells
        )
        made.append(replace(row, cells=tuple(cells)))
    return made


def _length(held: CellBlock, rows: Sequence[RowBlock]) -> float:
    margins = held.cell.margins
    return sum(row.height for row in rows[: held.rows]) - rows[0].top - margins.top - margins.bottom


def _upright(held: CellBlock, length: float, node: Node, frame: Frame) -> CellBlock:
    """Break the text of a vertical cell into lines of a length."""
    blocks = make_blocks(tuple(written(held.cell.blocks)), length, replace(frame, is_vertical=True, grid=0.0), node)
    content, height = stack(blocks, frame.add_spacing)
    return replace(held, content=content, height=height)


def _high_enough(rows: Sequence[RowBlock], nodes: TableNodes, frame: Frame) -> list[RowBlock]:
    """Return rows in which vertical cells have room for their text: higher ones, unless that is refused."""
    needed: dict[int, float] = {}
    for index, row in enumerate(rows):
        for cell in row.cells:
            if cell.cell.is_vertical and cell.rows:
                length = _length(cell, rows[index:])
                more = _lacking(cell, length, nodes.cells[index, cell.cell.column], frame)
                last = index + cell.rows - 1
                needed[last] = max(needed.get(last, 0.0), more)
    higher = (
        replace(row, row=replace(row.row, height=row.height + needed.get(index, 0.0))) if needed.get(index) else row
        for index, row in enumerate(rows)
    )
    return _with_heights([*higher]) if any(needed.values()) else [*rows]


def _lacking(held: CellBlock, length: float, node: Node, frame: Frame) -> float:
    """Return how much longer the lines of a vertical cell must be for all of them to have room beside each other."""
    tried = length
    while not _has_room(_upright(held, tried, node, frame), tried):
        if tried == length:
            near = "".join(paragraph.text for paragraph in written(held.cell.blocks))[:_NEAR]
            frame.make_plainer("縦書きのセルに収まらない文字", "行を高くして", near)
        if tried > _HIGHEST:
            raise Unsupported("縦書きのセルに収まらない文字", "", frame.name)
        tried = max(tried, 1.0) * _LONGER
    return tried - length


def _has_room(cell: CellBlock, length: float) -> bool:
    is_narrow = max(seen_bottoms(cell.content), default=0.0) > cell.width - cell.cell.margins.right + _CLIPPED
    return not is_narrow and all(
        line.width <= length + _CLIPPED for chunk in cell.content for line in chunk.block.lines
    )


def stretched(rows: Sequence[RowBlock]) -> list[RowBlock]:
    """Return rows with their heights; what a merged cell needs beyond those of its rows goes to the last of them
    (17.4.84).
    """
    heights = [row.least for row in rows]
    for index, row in enumerate(rows):
        for cell in row.cells:
            if cell.rows > 1:
                lacking = cell.outer_height + row.top - sum(heights[index : index + cell.rows])
                last = index + cell.rows - 1
                heights[last] += max(0.0, lacking)
    return [replace(row, height=height) for row, height in zip(rows, heights, strict=True)]


def _with_heights(rows: Sequence[RowBlock]) -> list[RowBlock]:
    return stretched([replace(row, least=_height(row)) for row in _with_edges(rows)])


def _height(row: RowBlock) -> float:
    """Return the border above and the tallest cell, at least or exactly what the row says (17.4.80)."""
    if row.row.exact_height:
        return row.row.height
    content = max((c.outer_height for c in row.cells if c.rows == 1), default=0.0)
    return max(row.top + content, row.row.height)


def _whole(rows: list[RowBlock], frame: Frame) -> list[RowBlock]:
    """Return rows of which none of exact height cuts letters off: such a one is made higher, or refused."""
    cut = dict(_cut_off(rows))
    if not cut:
        return rows
    frame.make_plainer("行の高さに収まらない文字", "行を高くして", next(iter(cut.values())))
    return _with_heights([
        replace(row, row=replace(row.row, exact_height=False)) if index in cut else row
        for index, row in enumerate(rows)
    ])  # fmt: skip


def _cut_off(rows: Sequence[RowBlock]) -> Iterator[tuple[int, str]]:
    """Yield the rows of exact height that end a cell which has not room for its letters, with these."""
    for index, row in enumerate(rows):
        for cell in row.cells:
            own = rows[index : index + cell.rows]
            if own and own[-1].row.exact_height and not cell.cell.is_vertical:
                room = sum(r.least for r in own) - row.top - cell.cell.margins.top
                if max(seen_bottoms(cell.content), default=0.0) > room + _CLIPPED:
                    near = "".join(chunk.block.paragraph.text for chunk in cell.content)[:_NEAR]
                    yield index + cell.rows - 1, near
