"""What floats on a page (20.4.2.3): where it stands, what it is drawn as, and what text keeps clear of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.placement import UPRIGHT, Position, Side, Turn
from pipeline.documents.docx.tree import Group, Picture, Section, Shape
from pipeline.documents.paths import Point
from pipeline.documents.pdf.blocks import Chunk, ParagraphBlock, ShapeBlock
from pipeline.documents.pdf.boxes import SHARES, Box, Node, TextBox
from pipeline.documents.pdf.forms import form_boxes
from pipeline.documents.pdf.lines import Breaking, Line
from pipeline.documents.pdf.placing import corner, picture_boxes
from pipeline.documents.pdf.turning import text_turn, turned
from pipeline.documents.pdf.vertical import turned as downwards

SetText: TypeAlias = Callable[[Chunk, float, float], Iterable[Box]]
"""Sets lines or a table of a shape at a place."""
_REPEATED = Node("repeated")
LEAST_BESIDE = 56.7
"""The least width (pt) beside an obstacle in which text stands: 2 cm, as in LibreOffice."""
_TOUCHING = 0.1


class Obstacle(Struct, frozen=True):
    """A part of a page that text keeps clear of: all of its height, or beside it on a side."""

    left: float
    top: float
    right: float
    bottom: float
    is_whole: bool
    side: Side
    is_table: bool = False

    def meets(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Return whether a rectangle lies in it."""
        across = self.left < right - _TOUCHING and left + _TOUCHING < self.right
        return across and self.top < bottom - _TOUCHING and top + _TOUCHING < self.bottom


class Column(Struct, frozen=True):
    """Where a paragraph stands: its column from ``left`` to ``right``, and its top.

    What floats in a cell has the cell for its column, and for the margins of the page.
    """

    section: Section
    left: float
    right: float
    top: float
    is_cell: bool = False


def place(shape: ShapeBlock, block: ParagraphBlock, column: Column) -> tuple[float, float]:
    """Return the top left corner of what floats."""
    placement = shape.item.place
    if placement is None:
        raise ValueError(shape)
    section = column.section
    x, top = _of_line(shape, block, column)
    x1, x2 = section.margin_left, section.width - section.margin_right
    wraps = column.is_cell and placement.wrap != "none"
    across = {
        "page": (0.0, section.width), "margin": (column.left, column.right) if wraps else (x1, x2),
        "leftMargin": (0.0, x1), "rightMargin": (x2, section.width), "character": (x, x),
    }.get(placement.across.relative, (column.left, column.right))  # fmt: skip
    y = top_of(placement.down, shape.height, column, top)
    if placement.down.relative in ("paragraph", "line"):  # it stays on the page
        y = max(0.0, min(y, section.height - shape.height))
    return along(placement.across, across, shape.item.width), y


def top_of(down: Position, height: float, column: Column, line: float) -> float:
    """Return the top of what floats and is tied to a paragraph, and to a line of it that begins at ``line``."""
    section = column.section
    y1, y2 = abs(section.margin_top), section.height - abs(section.margin_bottom)
    span = {
        "page": (0.0, section.height), "margin": (y1, y2), "topMargin": (0.0, y1),
        "bottomMargin": (y2, section.height), "line": (line, line),
    }.get(down.relative, (column.top, column.top))  # fmt: skip
    return along(down, span, height)


def along(position: Position, span: tuple[float, float], size: float) -> float:
    """Return where something of a size begins that stands at a place along one axis of an area."""
    begin, end = span
    free = end - begin - size if end > begin else 0.0
    shares = {"center": 0.5, "right": 1.0, "bottom": 1.0}
    return begin + free * shares.get(position.aligned, 0.0) if position.aligned else begin + position.offset


def _of_line(shape: ShapeBlock, block: ParagraphBlock, column: Column) -> tuple[float, float]:
    """Return where the character stands that it is tied to, and the top of its line."""
    top = column.top
    for line in block.lines:
        if shape.index < line.end or line is block.lines[-1]:
            at = min(max(shape.index, line.start), line.end - 1)
            if line.start == line.end:
                return column.left + block.paragraph.format.left, top
            return corner(block.shaped, line, block.paragraph.format, (column.left, top), at)[0], top
        top += line.height
    return column.left, top


def inline_shapes(
    block: ParagraphBlock, line: Line, origin: tuple[float, float], artifact: bool, set_text: SetText
) -> Iterator[Box]:
    """Yield the boxes of the shapes that stand in a line whose column begins at ``origin``."""
    for shape in block.shapes:
        if shape.item.place is None and line.start <= shape.index < line.end:
            x, baseline = corner(block.shaped, line, block.paragraph.format, origin, shape.index)
            yield from shape_boxes(shape, (x, baseline - shape.item.height), artifact, set_text)


def shape_boxes(shape: ShapeBlock, at: Point, artifact: bool, set_text: SetText, turn: Turn = UPRIGHT) -> Iterator[Box]:
    """Yield the boxes of what is drawn, mirrored and turned about its middle; an artifact repeats others."""
    item, (x, y) = shape.item, at
    size, middle = (item.width, shape.height), (x + item.width / 2, y + shape.height / 2)
    if isinstance(item, Group):
        for member, held in zip(item.members, shape.members, strict=True):
            yield from shape_boxes(held, (x + member.x, y + member.y), artifact, set_text, member.turn)
    elif isinstance(item, Picture):
        node = _REPEATED if artifact else shape.node
        yield from turned(picture_boxes(item, (x, y), node), turn, middle)
    else:
        figure = None if artifact else shape.figure
        yield from turned(form_boxes(item.outline, (x, y), size, figure), turn, middle)
        aside = {"right": 90.0, "left": 270.0}.get(item.direction, 0.0)
        turned_text = Turn((text_turn(turn).angle + aside) % 360)
        yield from turned(_text_boxes(shape, item, at, set_text), turned_text, middle)


def _text_boxes(shape: ShapeBlock, item: Shape, at: Point, set_text: SetText) -> Iterator[Box]:
    """Yield the boxes of a shape's text; where it is turned, those of what is turned about the middle afterwards."""
    x, y = at
    room = shape.height if item.direction == "across" else item.width
    free = room - shape.text_height - shape.margins.top - shape.margins.bottom
    left, top = shape.margins.left, shape.margins.top + max(0.0, free * SHARES[item.vertical_alignment])
    if item.direction == "down":
        boxes = (box for chunk in shape.content for box in set_text(chunk, left, top))
        yield from downwards(boxes, x + item.width, y)
        return
    if item.direction != "across":
        x, y = x + (item.width - item.height) / 2, y + (item.height - item.width) / 2
    for chunk in shape.content:
        yield from set_text(chunk, x + left, y + top)


def obstacle(shape: ShapeBlock, x: float, y: float) -> Obstacle | None:
    """Return what text keeps clear of, the line around it too, None where it does not."""
    placement = shape.item.place
    if placement is None or placement.wrap == "none":
        return None
    clear, line = placement.clear, shape.item.outline.line if isinstance(shape.item, Shape) else None
    edge = line.width / 2 if line is not None else 0.0
    return Obstacle(
        x - clear.left - edge, y - clear.top - edge,
        x + shape.item.width + clear.right + edge, y + shape.height + clear.bottom + edge,
        placement.wrap == "topAndBottom", placement.side,
    )  # fmt: skip


def covered(boxes: Iterable[Box], obstacles: Sequence[Obstacle]) -> str:
    """Return text that stands where it should keep clear, "" where there is none."""
    for box in boxes:
        if isinstance(box, TextBox) and box.text.strip() and any(one.meets(*box.area) for one in obstacles):
            return box.text
    return ""


class Around(Struct, frozen=True):
    """A paragraph whose lines go around obstacles, and the heights at which lines begin that move below one."""

    block: ParagraphBlock
    jumps: dict[int, float]


def around(block: ParagraphBlock, first: int, left: float, y: float, obstacles: Sequence[Obstacle]) -> Around:
    """Return a paragraph broken anew from its line ``first`` on, which begins at ``y``.

    What stands at one height on several sides of obstacles are lines of their own, of which the last alone is high.
    """
    format_ = block.paragraph.format
    start = block.lines[first].start if first < len(block.lines) else len(block.shaped.text)
    breaking = Breaking(block.shaped, format_, block.paragraph.mark, block.setting, start)
    lines, jumps = [*block.lines[:first]], {}
    y += block.top_inset if first == 0 else 0.0
    x, x2 = left + format_.left, left + block.width - format_.right
    while not breaking.is_done:
        x1 = x + (format_.first_line if not lines else 0.0)
        height = breaking.height(0.0, 0.0)
        while not (free := _indented(_free(obstacles, x1, x2, y, y + height), x1, x1 - left)):
            y = _below(y, min(one.bottom for one in obstacles if one.meets(x1, y, x2, y + height)), block.setting.grid)
            jumps[len(lines)] = y
        row = [breaking.next(free[0][0] - x1, x2 - free[0][1])]
        while len(row) < len(free) and not breaking.is_done and not row[-1].break_after:
            row.append(breaking.next(free[len(row)][0] - x, x2 - free[len(row)][1]))
        height = max(line.height for line in row)
        lines += [*(replace(line, height=0.0) for line in row[:-1]), replace(row[-1], height=height)]
        y += height
    return Around(replace(block, lines=tuple(lines)), jumps)


def _below(y: float, bottom: float, grid: float) -> float:
    """Return where lines go on below an obstacle: on a grid, whole lines lower (measured in LibreOffice)."""
    return y + ceil((bottom - y - _TOUCHING) / grid) * grid if grid else bottom


def _indented(free: Sequence[tuple[float, float]], x1: float, indent: float) -> Sequence[tuple[float, float]]:
    """Return stretches of a line of which the first keeps its indent to what moves it (measured in LibreOffice)."""
    if not free or free[0][0] <= x1:
        return free
    (begin, end), *others = free
    begin += max(0.0, indent)
    return [(begin, end), *others] if end - begin >= min(LEAST_BESIDE, end - free[0][0]) else others


def _free(
    obstacles: Sequence[Obstacle], x1: float, x2: float, top: float, bottom: float
) -> Sequence[tuple[float, float]]:
    """Return the stretches of a line in which text stands, from the left; none where there is no room."""
    free = [(x1, x2)]
    for one in obstacles:
        if one.meets(x1, top, x2, bottom):
            free = [] if one.is_whole else [part for whole in free for part in _beside(one, *whole)]
    return free


def _beside(one: Obstacle, left: float, right: float) -> Sequence[tuple[float, float]]:
    """Return what an obstacle leaves of a stretch, if text has room there and may stand on that side."""
    if one.right <= left or right <= one.left:
        return [(left, right)]
    before, after = (left, one.left), (one.right, right)
    if one.side == "largest":
        parts = [before if one.left - left >= right - one.right else after]
    else:
        parts = [part for part, side in ((before, "right"), (after, "left")) if one.side != side]
    return [(begin, end) for begin, end in parts if end - begin >= min(LEAST_BESIDE, right - left)]
