"""What any painter has to do for a picture: fill, stroke and write, in this order, and nothing else.

Hatching becomes lines, and what lies behind a label becomes an area of its own, so that PNG and SVG cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pipeline.stages.charts.shapes import Area, Box, Label, Line, Picture, Point, Shape, hatching

HATCH_DISTANCE = 4.2
HATCH_WIDTH = 0.6
BACKING_MARGIN = 0.8


class Fill(Struct, frozen=True):
    """An area to be filled."""

    area: Area
    colour: str


class Stroke(Struct, frozen=True):
    """Lines to be drawn with flat ends and sharp corners; ``closed`` ones return to their first point."""

    lines: tuple[tuple[Point, ...], ...]
    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    closed: bool = False


Mark = Fill | Stroke | Label
"""A label here is its letters only."""


def marks(picture: Picture) -> Iterator[Mark]:
    """Yield what a picture is made of, mark by mark."""
    return (mark for shape in picture.shapes for mark in _of_shape(shape))


def _of_shape(shape: Shape) -> Iterator[Mark]:
    match shape:
        case Box():
            yield from _of_box(shape)
        case Line():
            yield Stroke((shape.points,), shape.colour, shape.width, shape.dashes)
        case Label():
            if shape.backing:
                yield Fill(_padded(shape.area), shape.backing)
            yield shape


def _of_box(box: Box) -> Iterator[Mark]:
    area = box.area
    if box.fill:
        yield Fill(area, box.fill)
    if box.edge and box.hatched:
        yield Stroke(hatching(area, HATCH_DISTANCE), box.edge, HATCH_WIDTH)
    if box.edge:
        yield Stroke((corners(area),), box.edge, box.line, closed=True)


def corners(area: Area) -> tuple[Point, ...]:
    """Return the corners (pt) of an area, from the lower left one anticlockwise."""
    return ((area.left, area.bottom), (area.right, area.bottom), (area.right, area.top), (area.left, area.top))


def _padded(area: Area) -> Area:
    margin = BACKING_MARGIN
    return Area(area.left - margin, area.bottom - margin, area.right + margin, area.top + margin)
