"""w:tbl (17.4): tables with fixed columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.column_widths_xml import GridCell, GridRow, fitted, grid_rows
from pipeline.documents.docx.common import EmptyCells
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import NO_BORDERS, Borders, LineSpacing, Margins, ParagraphFormat, RunFormat
from pipeline.documents.docx.markup import VAL, W, child_value, inside, is_on, local, nearby, points, spelling
from pipeline.documents.docx.paragraph_xml import read_paragraph
from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.styles_xml import InTable, region_of
from pipeline.documents.docx.table_format_xml import (
    CELL_SPACING,
    DIAGONALS,
    CellFormat,
    TableFormat,
    read_borders,
    read_table_format,
    read_width,
    with_cell_property,
)
from pipeline.documents.docx.table_regions_xml import Region, Regions, borders_of, read_regions, shows
from pipeline.documents.docx.tree import Block, Cell, Paragraph, Row, Table, VerticalAlignment
from pipeline.documents.docx.walk import COMMENT_ANCHORS, CONTROL, elements

_THROUGH = frozenset({CONTROL})
_ROW_IGNORED = frozenset({"jc", "cnfStyle", "divId", "tblCellSpacing"})
_ROW_READ = frozenset({"trHeight", "cantSplit", "tblHeader", "gridBefore", "gridAfter", "wBefore", "wAfter"})
_ROW_REFUSED = {
    "ins": "変更履歴（行の挿入）",
    "del": "変更履歴（行の削除）",
    "trPrChange": "変更履歴",
    "hidden": "隠し文字の行",
}
_NOTHING = (Paragraph("", ParagraphFormat(), RunFormat(), ()),)
_WIDTH = re.compile(rb"<\w+:tcW\b[^>]*/>")
"""What a cell says of its width: that counts for its column, and cells of other columns may be alike but for it."""
_MOST_COLUMNS = 63
"""How many a table of Word has at most."""
_DEEPEST = 8
"""How many tables may stand in each other: more than anybody makes, fewer than would take long."""


class _Grid(Struct, frozen=True):
    """What all cells of a table share: column widths, formats of table and cells, the table's style.

    ``steps`` are the elements of that style and its ancestors, ``regions`` what it formats in its own way;
    ``keeps_rows`` tells whether rows are whole where they do not say. ``cells`` are empty ones in the first column, by
    how their properties are written and the regions that they lie in, of all tables that share the same.
    """

    columns: tuple[float, ...]
    format: TableFormat
    cell: CellFormat
    style: str | None
    steps: tuple[etree._Element, ...]
    regions: Regions | None
    keeps_rows: bool
    cells: EmptyCells


def read_table(element: etree._Element, context: Context) -> Table:
    """Read a table, with those in its cells; raises Unsupported for whatever cannot be drawn."""
    properties = element.find(f"{W}tblPr")
    style = child_value(properties, "tblStyle")
    steps = [step.element for step in context.common.styles.table_chain(style)]
    format_ = TableFormat()
    for each in (*(step.find(f"{W}tblPr") for step in steps), properties):
        format_ = read_table_format(each, format_, context)
    held = grid_rows(element)
    columns = _columns(element, held, properties, context)
    columns = columns[: _used(held, len(columns))]
    cell = _style_of_cells(steps, CellFormat(format_.margins), context)
    grid = _Grid(
        columns=columns,
        format=format_,
        cell=cell,
        style=style,
        steps=tuple(steps),
        regions=read_regions(properties, steps, len(held), len(columns)),
        keeps_rows=_style_keeps_rows(steps, context),
        cells=context.common.cells_of(cell, style, format_.spacing),
    )
    children = _children(element, f"{W}tr", context)
    rows = tuple(_row(row, said, at, grid, context) for at, (row, said) in enumerate(zip(children, held, strict=True)))
    if format_.spacing and (format_.borders != NO_BORDERS or any(_is_seen(cell) for row in rows for cell in row.cells)):
        _tell_spacing(element, context)
    aligns_text = context.compatibility < 15  # Word 2010 and older: the text, not the edge
    return Table(
        columns=columns,
        indent=format_.indent - (format_.margins.left if aligns_text else 0.0),
        alignment="center" if format_.alignment == "center" else "right" if format_.alignment == "right" else "left",
        borders=format_.borders,
        rows=rows,
        caption=child_value(properties, "tblCaption") or "",
        first_row=shows(properties, "firstRow"),
        first_column=shows(properties, "firstColumn"),
        width=format_.width,
        share=format_.share,
        place=format_.place,
        style=style or "",
    )


def _tell_spacing(element: etree._Element, context: Context) -> None:
    """Tell, or refuse, cells apart from each other of which more is seen than the text: it stays where Word has it."""
    if context.plainer is None:
        raise context.refuse(CELL_SPACING, element)
    context.plainer.add(f"{CELL_SPACING}（罫線や塗りつぶしは隙間なしで）", nearby(element))


def _is_seen(cell: Cell) -> bool:
    return bool(cell.shading or cell.falling or cell.rising) or cell.borders != NO_BORDERS


def _spaced(margins: Margins, by: float) -> Margins:
    """Return the margins of a cell that keeps apart from others (17.4.45): nothing tells the two from each other."""
    return Margins(margins.top + by, margins.right + by, margins.bottom + by, margins.left + by)


def _used(rows: Iterable[GridRow], count: int) -> int:
    """Return how many of the grid's columns the widest row takes: Word leaves out the others."""
    spans = (sum(cell.columns for cell in row.cells) for row in rows if not row.after)
    return min(max(spans, default=count), count)


def _style_of_cells(steps: Iterable[etree._Element], format_: CellFormat, context: Context) -> CellFormat:
    """Read what a table style and its ancestors say of all cells (17.7.6.3)."""
    for step in steps:
        for child in step.iterfind(f"{W}tcPr/*"):
            if child.tag == f"{W}tcBorders":
                raise context.refuse("表スタイルのセルの罫線", child)
            format_ = with_cell_property(child, format_, context)
    return format_


def _style_keeps_rows(steps: Iterable[etree._Element], context: Context) -> bool:
    """Read whether a table style keeps rows whole; whatever else it says of all rows (17.7.6.2) is refused."""
    keeps = False
    for step in steps:
        _check_row(step.find(f"{W}trPr"), context)
        for child in step.iterfind(f"{W}trPr/*"):
            if local(child) in _ROW_READ - {"cantSplit"}:
                raise context.refuse("表スタイルによる行の高さや見出し", child)
            keeps = is_on(child) if local(child) == "cantSplit" else keeps
    return keeps


def _is_fixed(properties: etree._Element | None) -> bool:
    """Return whether columns have the widths of their cells (17.4.52); else those that Word last gave to the grid."""
    layout = inside(properties, "tblLayout")
    return layout is not None and layout.get(f"{W}type") == "fixed"


def _columns(
    element: etree._Element, rows: Sequence[GridRow], properties: etree._Element | None, context: Context
) -> tuple[float, ...]:
    grid = element.find(f"{W}tblGrid")
    columns = tuple(points(column.get(f"{W}w", "0")) for column in (() if grid is None else grid.iter(f"{W}gridCol")))
    if not columns or min(columns) <= 0:
        if _is_fixed(properties):
            raise context.refuse("列幅の決まっていない表", element)
        return (0.0,) * _used(rows, _MOST_COLUMNS)
    fitting = fitted(element, rows, columns, is_fixed=_is_fixed(properties))
    if fitting is None:
        raise context.refuse("列幅が表の枠と合わない表", element)
    return fitting


def _children(element: etree._Element, tag: str, context: Context) -> Iterator[etree._Element]:
    """Walk rows or cells, through the content controls around them."""
    for child in elements(element, _THROUGH):
        if child.tag == tag:
            yield child
        elif child.tag == f"{W}bookmarkStart":
            context.waiting.append(child.get(f"{W}name", ""))
        elif child.tag not in COMMENT_ANCHORS:
            raise context.refuse("表の中のそのほかの要素", child)


def _row(element: etree._Element, said: GridRow, at: int, grid: _Grid, context: Context) -> Row:
    properties = said.properties
    _check_row(properties, context)
    own = read_table_format(inside(element, "tblPrEx"), grid.format, context)
    if own.margins != grid.format.margins:
        base = replace(grid.cell, margins=own.margins)
        grid = replace(grid, cell=base, cells=context.common.cells_of(base, grid.style, grid.format.spacing))
    spacing = inside(properties, "tblCellSpacing")
    if spacing is not None and (read_width(spacing) or 0.0) != grid.format.spacing:
        _tell_spacing(element, context)
    cells: list[Cell] = []
    column = said.before
    for inner, own_cell in zip(_children(element, f"{W}tc", context), said.cells, strict=True):
        cell = _cell(inner, own_cell, (at, column), grid, context)
        column += cell.columns
        cells.append(cell)
    if column + said.after != len(grid.columns) or not cells:
        raise context.refuse("行によって幅の違う表", element)
    cells = [*_missing(0, said.before, cells[0]), *cells, *_missing(column, said.after, cells[0])]
    if own.borders != grid.format.borders:
        cells = [_bordered(cell, own.borders, len(grid.columns)) for cell in cells]
    height, whole = inside(properties, "trHeight"), inside(properties, "cantSplit")
    rule = "auto" if height is None else height.get(f"{W}hRule", "atLeast")
    return Row(
        cells=tuple(cells),
        height=0.0 if height is None or rule == "auto" else points(height.get(VAL, "0")),
        exact_height=rule == "exact",
        can_split=not (grid.keeps_rows if whole is None else is_on(whole)),
        header=is_on(inside(properties, "tblHeader")),
    )


def _bordered(cell: Cell, row: Borders, columns: int) -> Cell:
    """Return a cell of a row that has borders other than its table's (17.4.61), unless the cell has its own."""
    ends = cell.column + cell.columns
    wanted = {
        "top": row.top,
        "bottom": row.bottom,
        "left": row.inside_v if cell.column else row.left,
        "right": row.inside_v if ends < columns else row.right,
    }
    free = {side: border for side, border in wanted.items() if not getattr(cell.borders, side)}
    borders = {side: border for side, border in free.items() if border and side not in cell.silent}
    silent = cell.silent | {side for side, border in free.items() if border is None}
    return replace(cell, borders=replace(cell.borders, **borders), silent=silent)


def _missing(column: int, columns: int, first: Cell) -> Iterator[Cell]:
    """Stand in for the cells that a row lacks at either end (17.4.15): nothing is seen of them.

    What the first paragraph of the row's ``first`` cell asks of the whole row stays asked.
    """
    if not columns:
        return
    asking = next(written(first.blocks))
    format_ = ParagraphFormat(
        line=LineSpacing("exact", 1.0),
        keep_next=asking.format.keep_next,
        page_break_before=asking.format.page_break_before,
        snap_to_grid=False,
    )
    blocks = (Paragraph(asking.style, format_, asking.mark, ()),)
    silent = frozenset(("top", "bottom", "left", "right"))
    yield Cell(
        column=column,
        columns=columns,
        merge="none",
        margins=Margins(),
        borders=NO_BORDERS,
        silent=silent,
        shading=None,
        vertical_alignment="top",
        blocks=blocks,
    )


def _check_row(properties: etree._Element | None, context: Context) -> None:
    for child in () if properties is None else properties:
        tag = local(child)
        if tag not in _ROW_IGNORED | _ROW_READ and not (tag == "hidden" and not is_on(child)):
            raise context.refuse(_ROW_REFUSED.get(tag, "そのほかの行の書式"), child)


def _in_regions(
    format_: CellFormat, regions: Iterable[Region], steps: Iterable[etree._Element], context: Context
) -> CellFormat:
    """Return a cell's format with what the table's style says of the regions that it lies in."""
    for region in regions:
        for step in steps:
            for child in () if (own := region_of(step, region.name)) is None else own.iterfind(f"{W}tcPr/*"):
                if child.tag == f"{W}tcBorders":
                    borders = borders_of(region, read_borders(child, context))
                    format_ = replace(format_, borders={**(format_.borders or {}), **borders})
                else:
                    format_ = with_cell_property(child, format_, context)
    return format_


def _cell(element: etree._Element, said: GridCell, place: tuple[int, int], grid: _Grid, context: Context) -> Cell:
    (row, column), (properties, span) = place, said
    regions = () if grid.regions is None else tuple(grid.regions.of(row, column, span))
    key = _WIDTH.sub(b"", spelling(properties)), regions
    if key not in grid.cells:
        grid.cells[key] = _empty_cell(properties, regions, grid, context)
    blocks = _ended(_blocks(element, _in_table(grid.style, regions), context))
    if grid.cells[key].is_vertical and any(isinstance(block, Table) for block in blocks):
        raise context.refuse("縦書きのセルの中の表", element)
    return replace(grid.cells[key], column=column, blocks=blocks)


def _empty_cell(properties: etree._Element | None, regions: tuple[Region, ...], grid: _Grid, context: Context) -> Cell:
    """Return a cell without its text and its place, as it is read once for all that are written alike."""
    format_ = _in_regions(grid.cell, regions, grid.steps, context)
    for child in () if properties is None else properties.iterchildren("*"):
        format_ = context.tried(partial(with_cell_property, child, format_, context), format_, child)
    said = format_.borders or {}
    borders = {side: border for side, border in said.items() if side not in DIAGONALS}
    alignment: VerticalAlignment = "top"
    if format_.vertical_alignment in ("center", "bottom"):
        alignment = "center" if format_.vertical_alignment == "center" else "bottom"
    return Cell(
        column=0,
        columns=format_.columns,
        merge="start" if format_.merge == "restart" else "continue" if format_.merge == "continue" else "none",
        margins=_spaced(format_.margins, grid.format.spacing),
        borders=Borders(**{side: border for side, border in borders.items() if border}),
        silent=frozenset(side for side, border in borders.items() if border is None),
        shading=format_.shading,
        falling=said.get(DIAGONALS[0]),
        rising=said.get(DIAGONALS[1]),
        vertical_alignment=alignment,
        is_vertical=format_.is_vertical,
        blocks=(),
    )


def _in_table(style: str | None, regions: Iterable[Region]) -> InTable | None:
    return None if style is None else InTable(style, tuple(region.name for region in regions))


def _ended(blocks: Iterator[Block]) -> tuple[Block, ...]:
    """Return what a cell holds, with the paragraph at its end, which may have been refused."""
    held = tuple(blocks)
    return held if held and isinstance(held[-1], Paragraph) else (*held, *_NOTHING)


def _nested(element: etree._Element, context: Context) -> Table:
    """Read a table that stands in a cell; raises Unsupported for one that stands in a great many."""
    if sum(1 for _ in element.iterancestors(element.tag)) >= _DEEPEST:
        raise context.refuse("表の中の表（8重を超えるもの）", element)
    return read_table(element, context)


def _blocks(element: etree._Element, table: InTable | None, context: Context) -> Iterator[Block]:
    for child in elements(element, _THROUGH):
        if child.tag == f"{W}bookmarkStart":
            context.waiting.append(child.get(f"{W}name", ""))
        elif child.tag == f"{W}p":
            waiting = tuple(context.waiting)
            context.waiting.clear()
            read = context.tried(partial(read_paragraph, child, context, table, waiting), None, child)
            yield from () if read is None else (read,)
        elif child.tag == f"{W}tbl":
            inner = context.tried(partial(_nested, child, context), None, child)
            yield from () if inner is None else (inner,)
        elif child.tag not in COMMENT_ANCHORS:
            raise context.refuse("セルの中のそのほかの要素", child)
    if next(element.iterchildren(f"{W}p", CONTROL), None) is None:
        raise context.refuse("段落のないセル（壊れた表）", element)
