"""A cell's text over the end of a page: the lines that stay, and the lines that go on (17.4.6)."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf.blocks import Chunk
from pipeline.documents.pdf.held_tables import HeldTable
from pipeline.documents.pdf.table_blocks import CellBlock

GRAIN = 0.01
"""Difference of height (pt) that does not count."""


def split_cell(cell: CellBlock, height: float, forced: bool = False) -> tuple[CellBlock, CellBlock]:
    """Return a cell split at a height, its margins included; ``forced`` keeps at least one line here.

    Widow control and keep-lines do not count in cells (measured in LibreOffice).
    """
    room = height - cell.cell.margins.top - cell.cell.margins.bottom
    heads: list[Chunk] = []
    rests: list[Chunk] = []
    for chunk in cell.content:
        stop = chunk.start if rests else _lines_within(chunk, room)
        if forced and not heads and not rests:
            stop = max(stop, chunk.start + 1)
            _check_held(chunk, room)
        if stop > chunk.start:
            heads.append(chunk if stop == chunk.stop else replace(chunk, stop=stop))
        if stop < chunk.stop and chunk.block is not cell.again:
            rests.append(chunk if stop == chunk.start else replace(chunk, start=stop))
    return _with_content(cell, heads), _with_content(cell, _raised(rests))


def _check_held(chunk: Chunk, room: float) -> None:
    """Refuse rows of a table in a cell that are higher than a page: they would lie over what stands below."""
    block = chunk.block
    if isinstance(block, HeldTable) and block.lines[chunk.start].height > room + GRAIN:
        raise Unsupported("ページをまたぐ、表の中の表の行", block.table.text, block.name)


def going_on(cell: CellBlock) -> CellBlock:
    """Return what goes on of a cell, with what it says again above it, once."""
    is_named = any(chunk.block is cell.again for chunk in cell.content)
    if cell.again is None or not cell.rows or is_named:
        return cell
    name = Chunk(cell.again, 0, len(cell.again.lines))
    below = (Chunk(chunk.block, chunk.start, chunk.stop, chunk.y + name.height) for chunk in cell.content)
    return _with_content(cell, [name, *below])


def _lines_within(chunk: Chunk, room: float) -> int:
    """Return the line at which a chunk breaks: as many lines as fit."""
    if chunk.bottom <= room + GRAIN:
        return chunk.stop
    stop = chunk.start
    y = chunk.y + (chunk.block.top_inset if stop == 0 else -chunk.skipped)
    while stop < chunk.stop and y + chunk.block.lines[stop].height <= room + GRAIN:
        y += chunk.block.lines[stop].height
        stop += 1
    return stop


def _raised(chunks: list[Chunk]) -> list[Chunk]:
    """Move chunks up so that the first begins at the top."""
    if not chunks:
        return []
    first = chunks[0]
    moved = [replace(first, y=0.0)]
    by = first.y + first.block.height - moved[0].bottom if first.start else first.y
    moved += [Chunk(chunk.block, chunk.start, chunk.stop, chunk.y - by) for chunk in chunks[1:]]
    return moved


def _with_content(cell: CellBlock, chunks: list[Chunk]) -> CellBlock:
    after = chunks[-1].block.paragraph.format.after if chunks else 0.0
    return replace(cell, content=tuple(chunks), height=chunks[-1].bottom + after if chunks else 0.0)
