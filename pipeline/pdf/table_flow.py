"""Which rows of a table go on which page: groups that stay together, rows that split, headers that repeat (17.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.ooxml.errors import Unsupported
from pipeline.pdf.blocks import Chunk
from pipeline.pdf.tables import CellBlock, RowBlock, TableBlock

GRAIN = 0.01
"""Difference of height (pt) that does not count."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table that stand on one page; the first ``repeated`` of them are repeated headers."""

    rows: tuple[RowBlock, ...]
    repeated: int

    @property
    def height(self) -> float:
        """Height of the rows without the last border."""
        return sum(row.height for row in self.rows)


def first_height(table: TableBlock) -> float:
    """Give the least height with which a table can begin: its headers and its first rows that stay together."""
    rows = table.rows
    end = group_end(rows, 0)
    if end == 0 and rows and rows[0].can_split:
        return min(rows[0].height, _first_line(rows[0])) + table.bottom
    return sum(row.height for row in rows[: end + 1]) + table.bottom


def _first_line(row: RowBlock) -> float:
    lines = [
        c.content[0].y + c.content[0].block.lines[0].height + c.cell.margins.top + c.cell.margins.bottom
        for c in row.cells
        if c.content
    ]
    return row.top + max(lines, default=0.0)


def group_end(rows: Sequence[RowBlock], start: int) -> int:
    """Give the last row of the group that begins at ``start``, joined by merged cells, keep-with-next or headers."""
    end = index = start
    while index <= end and index < len(rows):
        row = rows[index]
        end = max(end, *(index + cell.rows - 1 for cell in row.cells))
        if (row.keep_next or row.row.header) and index + 1 < len(rows):
            end = max(end, index + 1)
        index += 1
    return min(end, len(rows) - 1)


def parts(table: TableBlock, room: float, body: float, name: str) -> Iterator[Part]:
    """Divide a table into the parts that stand on this page (``room`` high) and the following ones (``body`` high).

    The first part may be empty where nothing fits. Raises Unsupported for rows that stay together and fit no page.
    """
    filler = _Filler(table, body, name)
    yield filler.next(room, fresh=room >= body - GRAIN)
    while filler.waiting:
        yield filler.next(body, fresh=True)


class _Filler:
    """Takes rows off the front of a table, page by page."""

    def __init__(self, table: TableBlock, body: float, name: str) -> None:
        self._table = table
        self._body = body
        self._name = name
        self._headers = table.rows[: table.headers]
        self.waiting = list(table.rows)
        self._started = False

    def next(self, room: float, fresh: bool) -> Part:
        repeated = self._repeat()
        taken: list[RowBlock] = list(repeated)
        room -= sum(row.height for row in taken) + self._table.bottom
        own = 0
        while self.waiting:
            group = self.waiting[: group_end(self.waiting, 0) + 1]
            high = sum(row.height for row in group)
            if high > room + GRAIN:
                own += self._take_piece(taken, group, room, forced=fresh and not own)
                break
            taken += group
            own += len(group)
            room -= high
            del self.waiting[: len(group)]
        self._started = self._started or own > 0
        return Part(tuple(taken), len(repeated)) if own else Part((), 0)

    def _repeat(self) -> tuple[RowBlock, ...]:
        """Give the headers that head the next part, and fit the next row to the border of the last of them."""
        if not self._started or not self._headers or len(self.waiting) > len(self._table.rows) - len(self._headers):
            return ()
        above = max(_bottom(cell) for cell in self._headers[-1].cells)
        row = self.waiting[0]
        top = max([above, *(_top(cell) for cell in row.cells)])
        self.waiting[0] = replace(row, top=top, height=row.height + top - row.top)
        return self._headers

    def _take_piece(self, taken: list[RowBlock], group: list[RowBlock], room: float, forced: bool) -> int:
        """Take what fits of a group that does not fit whole; gives the number of rows taken."""
        if len(group) == 1 and (group[0].can_split or forced):
            split = split_row(group[0], room)
            if split is not None:
                taken.append(split[0])
                self.waiting[0] = split[1]
                return 1
        if not forced:
            return 0
        return self._take_rows(taken, group, room)

    def _take_rows(self, taken: list[RowBlock], group: list[RowBlock], room: float) -> int:
        """Part a group that no page can hold between two of its rows, where no merged cell's text is cut."""
        count = 0
        while count < len(group) - 1 and sum(row.height for row in group[: count + 1]) <= room + GRAIN:
            count += 1
        while count and _cuts(group, count):
            count -= 1
        if not count:
            near = next((c.block.paragraph.text for cell in group[0].cells for c in cell.content if c), "")
            raise Unsupported("1ページに収まらない行のまとまり", near[:30], self._name)
        taken += group[:count]
        del self.waiting[:count]
        return count


def _bottom(cell: CellBlock) -> float:
    return cell.borders.bottom.width if cell.borders.bottom else 0.0


def _top(cell: CellBlock) -> float:
    return cell.borders.top.width if cell.borders.top and cell.cell.merge != "continue" else 0.0


def _cuts(group: list[RowBlock], count: int) -> bool:
    """Tell whether parting a group after ``count`` rows would cut the text of a merged cell."""
    for index, row in enumerate(group[:count]):
        high = sum(r.height for r in group[index:count])
        if any(c.rows > count - index and c.outer_height + row.top > high + GRAIN for c in row.cells):
            return True
    return False


def split_row(row: RowBlock, room: float) -> tuple[RowBlock, RowBlock] | None:
    """Split a row at a height (17.4.6): every cell keeps the lines that fit. None where a cell has none that does."""
    cells = [_split_cell(cell, room - row.top - cell.cell.margins.top - cell.cell.margins.bottom) for cell in row.cells]
    full = [pair for pair, cell in zip(cells, row.cells, strict=True) if cell.content]
    if not full or any(not head.content for head, _ in full) or not any(rest.content for _, rest in full):
        return None
    heads, rests = tuple(head for head, _ in cells), tuple(rest for _, rest in cells)
    head = replace(row, cells=heads, height=room)
    rest = replace(row, cells=rests, height=row.top + max(cell.outer_height for cell in rests))
    return head, rest


def _split_cell(cell: CellBlock, room: float) -> tuple[CellBlock, CellBlock]:
    heads: list[Chunk] = []
    rests: list[Chunk] = []
    for chunk in cell.content:
        if rests or chunk.y >= room:
            rests.append(chunk)
            continue
        stop = _lines_within(chunk, room)
        if stop > chunk.start:
            heads.append(Chunk(chunk.block, chunk.start, stop, chunk.y))
        if stop < chunk.stop:
            rests.append(Chunk(chunk.block, stop, chunk.stop, chunk.y))
    return _with_content(cell, heads), _with_content(cell, _raised(rests))


def _lines_within(chunk: Chunk, room: float) -> int:
    """Give the line at which a chunk breaks: as many lines as fit, with no line left alone (17.3.1.44)."""
    if chunk.bottom <= room + GRAIN:
        return chunk.stop
    stop = chunk.start
    y = chunk.y + (chunk.block.top_inset if stop == 0 else 0.0)
    while stop < chunk.stop and y + chunk.block.lines[stop].height <= room + GRAIN:
        y += chunk.block.lines[stop].height
        stop += 1
    return whole_lines(chunk, stop)


def whole_lines(chunk: Chunk, stop: int) -> int:
    """Move a break so that widow control and keep-lines hold: fewer lines here, never more."""
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


def _raised(chunks: list[Chunk]) -> list[Chunk]:
    """Move chunks up so that the first begins at the top."""
    if not chunks:
        return []
    first = chunks[0]
    moved = [Chunk(first.block, first.start, first.stop, 0.0)]
    by = first.y + first.block.height - moved[0].bottom if first.start else first.y
    moved += [Chunk(c.block, c.start, c.stop, c.y - by) for c in chunks[1:]]
    return moved


def _with_content(cell: CellBlock, chunks: list[Chunk]) -> CellBlock:
    after = chunks[-1].block.paragraph.format.after if chunks else 0.0
    return replace(cell, content=tuple(chunks), height=chunks[-1].bottom + after if chunks else 0.0)
