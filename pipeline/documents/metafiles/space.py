"""Places in a metafile: transformations, and the paths of ellipses and their parts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal, TypeAlias

from pipeline.documents.metafiles.marks import Matrix
from pipeline.documents.paths import Path, Point, Segment, quarter

Box: TypeAlias = tuple[float, float, float, float]
Form: TypeAlias = Literal["arc", "chord", "pie"]
UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def after(first: Matrix, second: Matrix) -> Matrix:
    """Return what does the same as two transformations, one after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def moved(matrix: Matrix, point: Point) -> Point:
    """Return where a transformation brings a point."""
    (a, b, c, d, e, f), (x, y) = matrix, point
    return a * x + c * y + e, b * x + d * y + f


def scale(matrix: Matrix) -> float:
    """Return how much longer lines become, on the whole."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


def polyline(points: Iterable[Point], *, closed: bool = False) -> Path:
    """Return the path along points."""
    lines: list[Segment] = [("l", point) for point in points]
    lines[:1] = [("m", values) for _, values in lines[:1]]
    return (*lines, ("h", ())) if closed and lines else tuple(lines)


def rectangle(left: float, top: float, right: float, bottom: float) -> Path:
    """Return the path of a rectangle."""
    return polyline([(left, top), (right, top), (right, bottom), (left, bottom)], closed=True)


def curves(points: list[Point]) -> Iterator[Segment]:
    """Yield curves (8.5.2.2) from where a path is, three points each."""
    for at in range(0, len(points) - 2, 3):
        yield "c", (*points[at], *points[at + 1], *points[at + 2])


def ellipse(box: Box) -> Path:
    """Return the path of the ellipse in a box."""
    return (*arc(box, 0.0, math.tau), ("h", ()))


def arc(box: Box, start: float, sweep: float) -> Path:
    """Return the part of the ellipse in a box from an angle on, clockwise by another (radians)."""
    (x, y), (across, down) = _middle(box), _radii(box)
    count = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / count
    angles = (start + number * step for number in range(count + 1))
    quarters = (quarter((x, y), (across, down), begin, end) for begin, end in pairwise(angles))
    return ("m", (x + across * math.cos(start), y + down * math.sin(start))), *quarters


def part(box: Box, angles: Point, form: Form, *, clockwise: bool) -> Path:
    """Return the part of the ellipse in a box between two angles: its line, or with its chord or its middle a shape."""
    start, end = angles
    sweep = (end - start) % math.tau or math.tau
    path = arc(box, start, sweep if clockwise else sweep - math.tau or -math.tau)
    if form == "pie":
        return (*path, ("l", _middle(box)), ("h", ()))
    return (*path, ("h", ())) if form == "chord" else path


def angle(box: Box, point: Point) -> float:
    """Return the angle at which a ray from the middle of a box through a point meets its ellipse."""
    (x, y), (across, down) = _middle(box), _radii(box)
    return math.atan2((point[1] - y) * across, (point[0] - x) * down)


def rounded(box: Box, corner: Point) -> Path:
    """Return a rectangle whose corners are quarters of an ellipse of a size."""
    left, right = sorted(box[::2])
    top, bottom = sorted(box[1::2])
    width, height = min(abs(corner[0]), right - left), min(abs(corner[1]), bottom - top)
    corners = (
        ((left, top, left + width, top + height), math.pi),
        ((right - width, top, right, top + height), 1.5 * math.pi),
        ((right - width, bottom - height, right, bottom), 0.0),
        ((left, bottom - height, left + width, bottom), 0.5 * math.pi),
    )
    path: list[Segment] = []
    for part, start in corners:
        (_, first), *rest = arc(part, start, math.pi / 2)
        path += [("l" if path else "m", first), *rest]
    return (*path, ("h", ()))


def _middle(box: Box) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _radii(box: Box) -> Point:
    return abs(box[2] - box[0]) / 2, abs(box[3] - box[1]) / 2
