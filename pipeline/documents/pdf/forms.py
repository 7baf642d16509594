"""The forms of shapes (20.1.9): an outline in, paths and the ends of lines out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.documents.docx.formats import Margins
from pipeline.documents.docx.geometry import Geometry, Shade, text_room, worked_out
from pipeline.documents.docx.placement import Head, Line, Outline, Turn
from pipeline.documents.docx.tree import Direction
from pipeline.documents.paths import Point, Segment, moved, points
from pipeline.documents.pdf.boxes import Node, PathBox, PictureBox

_SHADES: Mapping[Shade, float] = {
    "norm": 0.0, "lighten": 0.4, "lightenLess": 0.2, "darken": -0.4, "darkenLess": -0.2,
}  # fmt: skip
"""How far the colour of a path goes to white, or to black below 0."""
_LEAST_HEAD = 2.0
"""The thickness (pt) that counts for the heads of thinner lines."""
_ROUND = 4 / 3 * (math.sqrt(2) - 1)


def form_boxes(
    outline: Outline, corner: Point, size: Point, node: Node | None = None
) -> Iterator[PathBox | PictureBox]:
    """Yield the boxes of a shape at its top left corner; ``node`` is the figure that it is read as."""
    line = outline.line
    for path in worked_out(outline.geometry, *size):
        fill = None if path.shade == "none" or outline.fill is None else _shaded(outline.fill, path.shade)
        segments = moved(path.segments, *corner)
        is_filled = fill is not None
        if fill is not None and outline.opacity < 1:
            yield PictureBox(*corner, *size, _pixel(fill, outline.opacity), b"", clip=segments)
            fill = None
        stroke = line if path.is_stroked else None
        if stroke is None:
            yield from (PathBox(segments, fill, node=node),) if fill else ()
        elif is_filled or stroke.heads == (None, None) or _is_closed(segments):
            yield _stroked(segments, fill, stroke, node)
        else:
            yield from _arrow(segments, stroke, node)


def _pixel(color: str, opacity: float) -> bytes:
    from pipeline.documents.pdf.decoding import pixel  # noqa: PLC0415 - Pillow, late: few grounds are shone through

    return pixel(color, opacity)


def clip_path(geometry: Geometry, corner: Point, size: Point) -> tuple[Segment, ...]:
    """Return the path within which a picture is seen."""
    paths = worked_out(geometry, *size)
    return tuple(step for path in paths if path.shade != "none" for step in moved(path.segments, *corner))


def text_margins(outline: Outline, width: float, height: float, turn: Turn) -> Margins:
    """Return how far the text of a shape keeps from its edges for its form alone; text is never mirrored."""
    left, top, right, bottom = text_room(outline.geometry, width, height)
    sides = (left, width - right)
    first, last = sides[::-1] if turn.is_mirrored else sides
    return Margins(top, last, height - bottom, first)


def turned_margins(margins: Margins, direction: Direction) -> Margins:
    """Return margins as text sees them whose lines do not run across."""
    top, right, bottom, left = margins.top, margins.right, margins.bottom, margins.left
    if direction == "across":
        return margins
    return Margins(left, top, right, bottom) if direction == "left" else Margins(right, bottom, left, top)


def _shaded(color: str, shade: Shade) -> str:
    share = _SHADES[shade]
    goal = 255 if share > 0 else 0
    return "".join(f"{round(part + (goal - part) * abs(share)):02X}" for part in bytes.fromhex(color))


def _is_closed(segments: Sequence[Segment]) -> bool:
    return any(kind == "h" for kind, _ in segments)


def _stroked(segments: tuple[Segment, ...], fill: str | None, line: Line, node: Node | None) -> PathBox:
    return PathBox(segments, fill, line.color, line.width, line.dashes, line.join, line.cap, node)


# -- the ends of lines


def _arrow(segments: tuple[Segment, ...], line: Line, node: Node | None) -> Iterator[PathBox]:
    """Yield an open path, made shorter by its heads, and those."""
    ends = [_end(segments), _end(_reversed(segments))]
    path = segments
    for at, head in ((0, line.heads[1]), (1, line.heads[0])):
        if head is not None:
            (tip, towards), size = ends[at], max(_LEAST_HEAD, line.width)
            path = _reversed(path) if at else path
            path = _shortened(path, _towards(tip, towards, _depth(head) * head.length * size))
            path = _reversed(path) if at else path
    yield _stroked(path, None, line, node)
    for (tip, towards), head in zip(ends, line.heads[::-1], strict=True):
        if head is not None:
            yield _head(head, tip, towards, line, node)


def _end(segments: Sequence[Segment]) -> tuple[Point, Point]:
    """Return the last point of a path, and one before it from which the path comes there."""
    along = [point for _, values in segments for point in points(values)]
    tip = along[-1]
    return tip, next((point for point in reversed(along) if point != tip), tip)


def _reversed(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return an open path in one piece from its end to its beginning."""
    steps = [[*points(values)] for _, values in segments]
    reversed_: list[Segment] = [("m", steps[-1][-1])]
    for at in range(len(segments) - 1, 0, -1):
        kind, _ = segments[at]
        back = [*steps[at][-2::-1], steps[at - 1][-1]]
        reversed_.append((kind, tuple(value for point in back for value in point)))
    return tuple(reversed_)


def _shortened(segments: tuple[Segment, ...], end: Point) -> tuple[Segment, ...]:
    kind, values = segments[-1]
    return (*segments[:-1], (kind, (*values[:-2], *end)))


def _depth(head: Head) -> float:
    """Return how far into a head its line goes, as a share of its length from the tip."""
    return {"triangle": 0.9, "stealth": 0.6}.get(head.kind, 0.0)


def _head(head: Head, tip: Point, towards: Point, line: Line, node: Node | None) -> PathBox:
    """Return the end of a line that comes from a point."""
    size = max(_LEAST_HEAD, line.width)
    long, half = head.length * size, head.width * size / 2
    base = _towards(tip, towards, long)
    dx, dy = _direction(tip, towards)
    left, right = (base[0] - dy * half, base[1] + dx * half), (base[0] + dy * half, base[1] - dx * half)
    if head.kind == "arrow":
        return PathBox(_lines(left, tip, right), None, line.color, line.width, join="miter", node=node)
    if head.kind == "triangle":
        return PathBox((*_lines(tip, left, right), ("h", ())), line.color, node=node)
    if head.kind == "stealth":
        return PathBox(
            (*_lines(tip, left, _towards(tip, towards, long * 0.6), right), ("h", ())), line.color, node=node
        )
    return PathBox(_centred(head, tip, (dx * long / 2, dy * long / 2), (-dy * half, dx * half)), line.color, node=node)


def _centred(head: Head, middle: Point, along: Point, across: Point) -> tuple[Segment, ...]:
    """Return a diamond or an oval about the end of a line."""

    def at(first: float, second: float) -> Point:
        return middle[0] + first * along[0] + second * across[0], middle[1] + first * along[1] + second * across[1]

    if head.kind == "diamond":
        return (*_lines(at(1, 0), at(0, 1), at(-1, 0), at(0, -1)), ("h", ()))
    corners = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)]
    path: list[Segment] = [("m", at(1, 0))]
    for (a, b), (c, d) in pairwise(corners):
        path.append(("c", (*at(a + c * _ROUND, b + d * _ROUND), *at(c + a * _ROUND, d + b * _ROUND), *at(c, d))))
    return (*path, ("h", ()))


def _lines(first: Point, *others: Point) -> tuple[Segment, ...]:
    return (("m", first), *(("l", point) for point in others))


def _direction(tip: Point, towards: Point) -> Point:
    length = math.dist(tip, towards) or 1.0
    return (towards[0] - tip[0]) / length, (towards[1] - tip[1]) / length


def _towards(tip: Point, towards: Point, by: float) -> Point:
    dx, dy = _direction(tip, towards)
    return tip[0] + dx * by, tip[1] + dy * by
