"""The boxes of paragraphs that stand at their places, with shading, borders, bookmarks and headings."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.documents.pdf.blocks import Chunk, inset
from pipeline.documents.pdf.border_lines import border_lines
from pipeline.documents.pdf.boxes import Anchor, Box, FillBox, Heading, Node
from pipeline.documents.pdf.placing import Nodes, place_line

_REPEATED = Node("repeated")


def chunk_boxes(chunk: Chunk, x: float, y: float, artifact: bool = False) -> Iterator[Box]:
    """Yield the boxes of a chunk whose holder's top left corner is (x, y); an artifact repeats another."""
    block, top = chunk.block, y + chunk.y
    yield from _decorations(chunk, x, top)
    nodes = block.nodes
    if artifact:
        nodes = Nodes.of_one(_REPEATED, _REPEATED, block.shaped)
    top += block.top_inset if chunk.start == 0 else -chunk.skipped
    for line in block.lines[chunk.start : chunk.stop]:
        yield from place_line(block.shaped, line, block.paragraph.format, (x, top), nodes)
        top += line.height


def _decorations(chunk: Chunk, x: float, y: float) -> Iterator[Box]:
    """Yield shading (17.3.1.31) and borders (17.3.1.24); both keep within the indents."""
    block, format_ = chunk.block, chunk.block.paragraph.format
    first, last = chunk.start == 0, chunk.stop == len(block.lines)
    left, right = x + format_.left + min(0.0, format_.first_line), x + block.width - format_.right
    height = chunk.height
    borders = format_.borders
    left -= inset(borders.left)
    right += inset(borders.right)
    if format_.shading and right > left:
        yield FillBox(left, y, right - left, height, format_.shading)
    if borders.top and first and not block.joins_previous:
        line = y + borders.top.width / 2
        yield from border_lines(left, line, right, line, borders.top)
    if borders.bottom and last and not block.joins_next:
        line = y + height - borders.bottom.width / 2
        yield from border_lines(left, line, right, line, borders.bottom)
    if borders.left:
        edge = left + borders.left.width / 2
        yield from border_lines(edge, y, edge, y + height, borders.left)
    if borders.right:
        edge = right - borders.right.width / 2
        yield from border_lines(edge, y, edge, y + height, borders.right)


def anchors(chunk: Chunk, y: float) -> Iterator[Anchor]:
    """Yield the bookmarks of a paragraph where it begins."""
    if chunk.start == 0:
        yield from (Anchor(name, y + chunk.y, chunk.block.nodes.text) for name in chunk.block.shaped.bookmarks)


def headings(chunk: Chunk, y: float) -> Iterator[Heading]:
    """Yield the outline entry of a heading where it begins."""
    level = chunk.block.paragraph.format.outline_level
    if chunk.start > 0 or level is None:
        return
    text = " ".join(chunk.block.shaped.text.split())
    if text:
        yield Heading(level, text, y + chunk.y, chunk.block.nodes.text)
