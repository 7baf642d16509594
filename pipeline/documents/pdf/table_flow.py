"""Which rows of a table go on which page: rows that stay together or go on over a page, headers that repeat (17.4)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.pdf import layout_rules
from pipeline.documents.pdf.cell_split import GRAIN, split_cell
from pipeline.documents.pdf.row_break import Break, Rows, break_rows, named
from pipeline.documents.pdf.table_blocks import RowBlock, TableBlock
from pipeline.documents.pdf.tables import stretched


class TablePiece(Struct, frozen=True):
    """Rows of one table that stand on one page; the first ``repeated`` of them are repeated headers."""

    rows: Rows
    repeated: int

    @property
    def bottom(self) -> float:
        """Thickness of the border below the last row."""
        return self.rows[-1].bottom if self.rows else 0.0


def first_height(table: TableBlock) -> float:
    """Return the least height with which a table can begin: headers, rows kept with the next, a row's first lines."""
    rows, index = table.rows, table.headers
    while index < len(rows) and rows[index].keep_next:
        index += 1
    before = sum(row.height for row in rows[:index])
    if index == len(rows):
        return before + (rows[-1].bottom if rows else 0.0)
    row = rows[index]
    splits = row.can_split and layout_rules.begins_split(row.least, row.row.height)
    own = min(row.height, _first_lines(row)) if splits else row.height
    return before + own + row.bottom


def _first_lines(row: RowBlock) -> float:
    """Return the height of a row that holds no more than the first line of each cell."""
    lines = [
        c.content[0].y + c.content[0].block.lines[0].height + c.cell.margins.top + c.cell.margins.bottom
        for c in row.cells
        if c.content
    ]
    return row.top + max(lines, default=0.0)


class Filler:
    """Takes rows off the front of a table, page by page; what is left of a row stands in its place."""

    def __init__(self, table: TableBlock, kept: bool) -> None:
        """Take a table; with ``kept``, a paragraph stays with it."""
        self._table = table
        self._rows = list(table.rows)
        self._kept_with = kept
        self._headers = table.rows[: table.headers]
        self._at = 0
        self._goes_on = False
        self._has_begun = False

    @property
    def is_waiting(self) -> bool:
        """Return whether rows are left."""
        return self._at < len(self._rows)

    def copied(self) -> Filler:
        """Return one that takes the same rows, to see what it would take."""
        made = copy(self)
        made._rows = [*self._rows]
        return made

    def next(self, room: float, fresh: bool) -> TablePiece:
        """Return what fits into a height, which may be nothing; on a ``fresh`` page something always does."""
        if not fresh and not self._has_begun and first_height(self._table) > room + GRAIN:
            return TablePiece((), 0)
        self._has_begun = True
        repeated = self._repeat()
        room -= sum(row.height for row in repeated)
        stop, left = self._whole(room)
        if stop == len(self._rows):
            return self._taken(repeated, tuple(self._rows[self._at :]), stop)
        first = max(self._at, len(self._headers))
        made = self._within(stop, left) if stop >= first else None
        if made is None:
            stop, left = self._kept(stop, first, fresh, left)
            if stop > first:
                made = break_rows(self._rows[self._at : stop + 1], spare=left)
            elif fresh:
                return self._forced(repeated, first, room)
            else:
                return TablePiece((), 0)
        self._rows[stop] = named(made.rest) if made.is_within else made.rest
        return self._taken(repeated, made.rows, stop, goes_on=made.is_within)

    def _taken(self, repeated: Rows, rows: Rows, stop: int, goes_on: bool = False) -> TablePiece:
        """Return a piece, and make the rows after it ready for the next one."""
        self._at, self._goes_on = stop, goes_on
        end = _reach(self._rows, stop)
        self._rows[stop:end] = stretched(self._rows[stop:end])
        return TablePiece((*repeated, *rows), len(repeated))

    def _repeat(self) -> Rows:
        """Return the headers that head the next piece, and fit the next row to the border of the last of them."""
        if not self._headers or self._at < len(self._headers):
            return ()
        row = self._rows[self._at]
        more = max(0.0, self._headers[-1].bottom - row.top)
        self._rows[self._at] = replace(row, top=row.top + more, least=row.least + more, height=row.height + more)
        return self._headers

    def _whole(self, room: float) -> tuple[int, float]:
        """Return the first row that does not fit whole, and the height that is left for it without the border below."""
        for index in range(self._at, len(self._rows)):
            row = self._rows[index]
            if row.height + row.bottom > room + GRAIN:
                return index, room - row.bottom
            room -= row.height
        return len(self._rows), room

    def _within(self, index: int, room: float) -> Break | None:
        """Break in a row, where it may split and every cell has a line to leave here, and one to take along."""
        row = self._rows[index]
        if row.keep_next or not row.can_split:
            return None
        made = break_rows(self._rows[self._at : index + 1], room)
        head, is_rest = made.rows[-1], self._goes_on and index == self._at
        leaves = any if is_rest else all
        full = leaves(bool(cell.content) for cell in head.cells if cell.rows)
        if not full or not any(cell.content for cell in made.rest.cells):
            return None
        begins = self._kept_with and index == len(self._headers)
        return made if is_rest or begins or _leaves_least(row, made.rest) else None

    def _kept(self, stop: int, first: int, fresh: bool, left: float) -> tuple[int, float]:
        """Move a break between rows up, so that rows stay with the next, and none without the name of the merged cell
        that heads it; not where that leaves a fresh page empty. Return it with the height that is left below.
        """
        kept, room = stop, left
        while kept > first and (self._rows[kept - 1].keep_next or self._is_nameless(kept, room)):
            kept -= 1
            room += self._rows[kept].height
        is_moved = kept > first or not (fresh or self._is_nameless(stop, left))
        return (kept, room) if is_moved else (stop, left)

    def _is_nameless(self, stop: int, left: float) -> bool:
        """Return whether the rows before a break have no room for the first line of what names them."""
        for index in range(self._at, stop):
            rows = self._rows[index:stop]
            room = sum(row.height for row in rows) - rows[0].top + left
            named = (cell for cell in rows[0].cells if cell.again is not None and cell.rows > len(rows))
            if any(not split_cell(cell, room)[0].content for cell in named):
                return True
        return False

    def _forced(self, repeated: Rows, first: int, room: float) -> TablePiece:
        """Take what fits of a row that is taller than a page, at least a line, whether it may split or not."""
        row = self._rows[first]
        room -= sum(row.height for row in self._rows[self._at : first]) + row.bottom
        made = break_rows(self._rows[self._at : first + 1], room, forced=True)
        if row.row.exact_height or not any(cell.content for cell in made.rest.cells):
            return self._taken(repeated, tuple(self._rows[self._at : first + 1]), first + 1)
        self._rows[first] = named(made.rest)
        return self._taken(repeated, made.rows, first, goes_on=True)


def _leaves_least(row: RowBlock, rest: RowBlock) -> bool:
    """Return whether a row of a least height may break where ``rest`` of it goes on."""
    ends = {chunk.block: row.top + cell.cell.margins.top + chunk.bottom for cell in row.cells for chunk in cell.content}
    seconds = (cell.content[1].block for cell in rest.cells if len(cell.content) > 1)
    return layout_rules.breaks_within((ends[block] for block in seconds), row.row.height)


def _reach(rows: Sequence[RowBlock], start: int) -> int:
    """Return the end of the rows from ``start`` on that merged cells join."""
    index, end = start, start + 1
    while index < min(end, len(rows)):
        end = max(end, *(index + cell.rows for cell in rows[index].cells))
        index += 1
    return min(end, len(rows))
