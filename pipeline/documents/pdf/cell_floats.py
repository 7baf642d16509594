"""What floats in a cell (20.4.2.3, layoutInCell): the text of the cell goes around it, and the cell is as high as both.

Heights and places are those of the cell, within its margins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf.blocks import Chunk, ParagraphBlock, ShapeBlock, gap
from pipeline.documents.pdf.floats import Obstacle, along, around, obstacle
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.held_tables import HeldTable

WRAPPED = "セルの中で文字列が折り返す図形"
_ACROSS, _DOWN = ("column", "margin"), ("paragraph",)
_BEYOND = 12.0
"""How far (pt) what floats may stand out of its cell, if it is not to lie over others: as far as margins are wide."""
_GRAIN = 0.1
_NEAR = 30


def wraps(block: ParagraphBlock) -> bool:
    """Return whether text goes around something that is tied to a paragraph."""
    return any(shape.item.place is not None and shape.item.place.wrap != "none" for shape in block.shapes)


def stack_around(blocks: Iterable[ParagraphBlock], width: float, frame: Frame) -> tuple[tuple[Chunk, ...], float]:
    """Return paragraphs set below each other, and around what floats, with their heights, and the height of all.

    Raises Unsupported for what is not tied to its paragraph, or would stand over others.
    """
    chunks: list[Chunk] = []
    obstacles: list[Obstacle] = []
    y, before = 0.0, None
    for block in blocks:
        if isinstance(block, HeldTable):
            raise Unsupported(WRAPPED, block.table.text, frame.name)
        y += gap(before, block, frame.add_spacing)
        made = [_obstacle(shape, block, width, y, frame) for shape in block.shapes]
        obstacles += [one for one in made if one is not None]
        for chunk in _around(block, y, obstacles):
            chunks.append(chunk)
            y = chunk.bottom
        before = block
    y += before.paragraph.format.after if before else 0.0
    return tuple(chunks), max([y, *(one.bottom for one in obstacles)])


def _obstacle(shape: ShapeBlock, block: ParagraphBlock, width: float, y: float, frame: Frame) -> Obstacle | None:
    place = shape.item.place
    if place is None or place.wrap == "none":
        return None
    x = along(place.across, (0.0, width), shape.item.width)
    is_inside = x >= -_BEYOND and x + shape.item.width <= width + _BEYOND and place.down.offset >= -_GRAIN
    if not is_inside or place.across.relative not in _ACROSS or place.down.relative not in _DOWN:
        raise Unsupported(WRAPPED, block.paragraph.text.strip()[:_NEAR], frame.name)
    return obstacle(shape, x, along(place.down, (y, y), shape.height))


def _around(block: ParagraphBlock, y: float, obstacles: list[Obstacle]) -> Iterator[Chunk]:
    made = around(block, 0, 0.0, y, obstacles)
    for start, stop in pairwise((0, *(at for at in made.jumps if at), len(made.block.lines))):
        y = max(y, made.jumps.get(start, y))
        yield (chunk := Chunk(made.block, start, stop, y))
        y = chunk.bottom
