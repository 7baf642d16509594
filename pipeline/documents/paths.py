"""Paths as PDF draws them (ISO 32000-1, 8.5.2): of shapes, metafiles and pages alike. Lengths in pt, y down."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeAlias

Point: TypeAlias = tuple[float, float]
Segment: TypeAlias = tuple[Literal["m", "l", "c", "h"], tuple[float, ...]]
"""A step: its operator, and the numbers before it; to a point, by a line, by a curve with two handles, or back."""
Path: TypeAlias = tuple[Segment, ...]


def points(values: tuple[float, ...]) -> Iterator[Point]:
    """Yield the points that the numbers of a step are."""
    return zip(values[::2], values[1::2], strict=True)


def mapped(path: Iterable[Segment], place: Callable[[Point], Point]) -> Path:
    """Return a path with every point where ``place`` brings it."""
    return tuple((kind, tuple(v for point in points(values) for v in place(point))) for kind, values in path)


def moved(path: Iterable[Segment], x: float, y: float) -> Path:
    """Return a path that far to the right and down."""
    return mapped(path, lambda point: (point[0] + x, point[1] + y))


def quarter(middle: Point, radii: Point, begin: float, end: float) -> Segment:
    """Return the curve along an ellipse between two angles (radians), a quarter of it at most."""
    handle = 4 / 3 * math.tan((end - begin) / 4)
    (x, y), (across, down) = middle, radii

    def at(angle: float, along: float = 0.0) -> Point:
        cos, sin = math.cos(angle), math.sin(angle)
        return x + across * (cos - along * sin), y + down * (sin + along * cos)

    return "c", (*at(begin, handle), *at(end, -handle), *at(end))
