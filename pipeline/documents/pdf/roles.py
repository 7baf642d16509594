"""What things are, not how they look: the place of paragraphs and tables in the logical structure (14.8.4).

Only what the document says counts. A table that says it has neither a header row nor a header column sets things side
by side, and is read group by group, not as a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct

from pipeline.documents.docx.paragraphs import written
from pipeline.documents.docx.tree import Cell, Document, Label, Note, Paragraph, Picture, Row, Tab, Table, Text
from pipeline.documents.pdf.boxes import Node, Scope

_NUMBERINGS = {
    "upperRoman": "UpperRoman", "lowerRoman": "LowerRoman", "upperLetter": "UpperAlpha", "lowerLetter": "LowerAlpha",
}  # fmt: skip
_BULLETS = {**dict.fromkeys("○◯◦o", "Circle"), **dict.fromkeys("■□▪▫◼◻", "Square")}
_CAPTION = "caption"
"""Word's own name for the style of captions."""
_ROW_NAME = "表 取組名"
"""The style of what names a row of a table: it is said again where the row goes on over a page."""


class TableNodes(Struct, frozen=True):
    """A table's nodes, parents first, and those that hold the content of cells, by row and column from 0."""

    nodes: tuple[Node, ...]
    cells: Mapping[tuple[int, int], Node]


def caption_styles(document: Document) -> frozenset[str]:
    """Return the ids of the styles that captions have."""
    return _named(document, _CAPTION)


def row_name_styles(document: Document) -> frozenset[str]:
    """Return the ids of the styles of what names a row."""
    return _named(document, _ROW_NAME)


def _named(document: Document, name: str) -> frozenset[str]:
    return frozenset(style for style, own in document.style_names.items() if own.lower() == name)


def paragraph_node(paragraph: Paragraph, parent: Node | None, captions: frozenset[str]) -> Node:
    """Return a paragraph its part in the structure."""
    if paragraph.format.outline_level is not None:
        return Node("heading", parent, level=paragraph.format.outline_level)
    if _is_toc_item(paragraph):
        return Node("toc_item", parent)
    if paragraph.style in captions:
        return Node("caption", parent)
    if paragraph.label is not None:
        return Node("item", parent, level=paragraph.label.level, numbering=_numbering(paragraph.label))
    picture = _only_picture(paragraph)
    return Node("paragraph", parent) if picture is None else Node("picture", parent, alt=picture.alt)


def _numbering(label: Label) -> str:
    """Return the kind of list that an item's label shows (table 347)."""
    if label.numerals in _NUMBERINGS:
        return _NUMBERINGS[label.numerals]
    is_counted = label.numerals not in ("bullet", "none") or any(map(str.isnumeric, label.text))
    return "Decimal" if is_counted else _BULLETS.get(label.text.strip()[:1], "Disc")


def _is_toc_item(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is a line of the contents: it links into the document, and a tab leads to a number."""
    inner = any(isinstance(inline, Text) and inline.link and inline.link.anchor for inline in paragraph.content)
    inner = inner and not any(isinstance(inline, Note) for inline in paragraph.content)
    return inner and any(isinstance(inline, Tab) for inline in paragraph.content)


def _only_picture(paragraph: Paragraph) -> Picture | None:
    pictures = [inline for inline in paragraph.content if isinstance(inline, Picture) and inline.place is None]
    return pictures[0] if len(pictures) == 1 and not paragraph.text.strip() else None


def table_nodes(table: Table, parent: Node | None, captions: frozenset[str]) -> TableNodes:
    """Return a table its part in the structure."""
    heads = _header_rows(table)
    sides = _header_columns(table, heads)
    if not heads and not sides:
        return _side_by_side(table, parent, captions)
    return _Builder(table, heads, sides, Node("table", parent, alt=table.caption)).build()


# -- headers


def _header_rows(table: Table) -> int:
    """Count the header rows: those that repeat on every page (17.4.49), else the first if the table says so."""
    count = len(list(takewhile(lambda row: row.header, table.rows)))
    if not count and table.first_row and len(table.rows) > 1:
        return 1
    return count if count < len(table.rows) else 0


def _header_columns(table: Table, heads: int) -> int:
    """Count the header columns: as many columns of words as it takes to tell the rows apart, if the first is one."""
    if not table.first_column or len(table.columns) < 2:
        return 0
    rows = [texts for row, texts in zip(table.rows, _texts(table), strict=True) if not _is_title(row, table)][heads:]
    for count in range(1, len(table.columns)):
        if count > 1 and not all(_is_words(texts[count - 1]) for texts in rows):
            return 1
        if len({texts[:count] for texts in rows}) == len(rows):
            return count
    return 1


def _is_title(row: Row, table: Table) -> bool:
    """Return whether a row is one cell: it heads the rows below it."""
    return len(row.cells) == 1 and len(table.columns) > 1


def _is_words(text: str) -> bool:
    return any(character.isalpha() for character in text) or not text


def _texts(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield what each row reads in each column; a merged cell reads the same in all its rows and columns."""
    above: tuple[str, ...] = ("",) * len(table.columns)
    for row in table.rows:
        read = [
            above[cell.column] if cell.merge == "continue" else _text(cell)
            for cell in row.cells
            for _ in range(cell.columns)
        ]
        above = tuple(read)
        yield above


def _text(cell: Cell) -> str:
    return " ".join(filter(None, (paragraph.text.strip() for paragraph in written(cell.blocks))))


# -- tables that are tables


class _Builder:
    """Makes the nodes of a table, row by row."""

    def __init__(self, table: Table, heads: int, sides: int, node: Node) -> None:
        self._table = table
        self._heads, self._sides = heads, sides
        self._nodes = [node]
        self._cells: dict[tuple[int, int], Node] = {}
        self._over: list[list[Node]] = [[] for _ in table.columns]  # the header cells above each column
        self._titles: tuple[Node, ...] = ()
        self._beside: list[tuple[int, Node]] = []  # header cells of rows, each with the row after its last
        self._covered = set(covered(table))
        self._is_intricate = heads > 1 or self._has_wide_headers()

    def build(self) -> TableNodes:
        for index, row in enumerate(self._table.rows):
            begun = [cell for cell in row.cells if (index, cell.column) not in self._covered]
            if not begun:
                continue
            line = Node("row", self._nodes[0])
            self._nodes.append(line)
            self._beside = [(end, node) for end, node in self._beside if end > index]
            for cell in begun:
                self._add(index, row, cell, line)
        return TableNodes(tuple(self._nodes), self._cells)

    def _has_wide_headers(self) -> bool:
        """Return whether a cell's headers are not just those in its row and column."""
        return any(
            cell.columns > 1 or cell.merge == "start"
            for index, row in enumerate(self._table.rows)
            for cell in row.cells
            if index < self._heads or cell.column < self._sides
        )

    def _lines(self, index: int, end: int) -> int:
        """Count the rows that begin at least one cell; the others are no rows to a reader."""
        return sum(
            any((at, cell.column) not in self._covered for cell in self._table.rows[at].cells)
            for at in range(index, end)
        )

    def _scope(self, index: int, row: Row, cell: Cell) -> Scope:
        """Return which way a cell heads others; an empty one heads none."""
        if not _text(cell):
            return ""
        if index < self._heads or (self._sides and _is_title(row, self._table)):
            return "Column"
        return "Row" if cell.column < self._sides else ""

    def _headers(self, cell: Cell, end: int) -> tuple[Node, ...]:
        """Return the headers of a cell that ends before row ``end``: those over it, and those beside all its rows."""
        over = [node for column in range(cell.column, cell.column + cell.columns) for node in self._over[column]]
        beside = [node for last, node in self._beside if last >= end]
        return tuple(dict.fromkeys([*over, *self._titles, *beside]))

    def _add(self, index: int, row: Row, cell: Cell, line: Node) -> None:
        scope, end = self._scope(index, row, cell), index + span(self._table, index, cell)
        headers = self._headers(cell, end) if self._is_intricate and not scope else ()
        node = Node("cell", line, scope=scope, columns=cell.columns, rows=self._lines(index, end), headers=headers)
        self._nodes.append(node)
        self._cells[index, cell.column] = node
        if scope == "Row":
            self._beside.append((end, node))
        elif scope and index >= self._heads:
            self._titles = (node,)
        elif scope:
            for column in range(cell.column, cell.column + cell.columns):
                self._over[column].append(node)


def covered(table: Table) -> Iterator[tuple[int, int]]:
    """Yield row and column of the cells that only go on with a merged one above."""
    for index, row in enumerate(table.rows):
        for cell in row.cells:
            yield from ((index + below, cell.column) for below in range(1, span(table, index, cell)))


def span(table: Table, index: int, cell: Cell) -> int:
    """Count the rows that a cell of row ``index`` goes over (17.4.84)."""
    rows = 1
    if cell.merge != "start":
        return rows
    for row in table.rows[index + 1 :]:
        below = next((c for c in row.cells if c.column == cell.column), None)
        if below is None or below.merge != "continue" or below.columns != cell.columns:
            return rows
        rows += 1
    return rows


# -- tables that only set things side by side


def _side_by_side(table: Table, parent: Node | None, captions: frozenset[str]) -> TableNodes:
    """Return every cell a group; what stands under a caption or heading is in its group, so both are read together."""
    cells: dict[tuple[int, int], Node] = {}
    for index, row in enumerate(table.rows):
        introduced = index > 0 and _introduces(table.rows[index - 1], row, captions)
        for cell in row.cells:
            above = cells[index - 1, cell.column] if introduced else None
            cells[index, cell.column] = above or Node("group", parent)
    return TableNodes(tuple(dict.fromkeys(cells.values())), cells)


def _introduces(row: Row, below: Row, captions: frozenset[str]) -> bool:
    same = [(c.column, c.columns) for c in row.cells] == [(c.column, c.columns) for c in below.cells]
    return same and _is_introduction(row.cells, captions) and not _is_introduction(below.cells, captions)


def _is_introduction(cells: Sequence[Cell], captions: frozenset[str]) -> bool:
    held = [paragraph for cell in cells for paragraph in written(cell.blocks) if paragraph.text.strip()]
    return bool(held) and all(p.style in captions or p.format.outline_level is not None for p in held)
