"""The geometry of shapes (20.1.9): formulas that give paths and the room for text at any size.

Word's presets, free outlines and the paths of VML are all written in it. What is worked out is in points from the top
left corner of the shape; formulas count in EMU, and in 60,000ths of a degree.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from pipeline.documents.paths import Point, Segment, points, quarter
from pipeline.documents.units import emu_to_pt

Shade: TypeAlias = Literal["none", "norm", "lighten", "lightenLess", "darken", "darkenLess"]
"""How a path is filled (20.1.10.37): not at all, or in a lighter or darker colour than that of the shape."""

_EMU = emu_to_pt(1)
_DEGREE = 60_000
_ROUND = 360 * _DEGREE
_MOST = 1e12
"""No length or angle is larger (EMU): what comes out of a formula stays a number that can be written."""
_PARTS = re.compile(r"(w|h|ss)d([1-9]\d?)")
_CONSTANTS: Mapping[str, float] = {
    "cd2": _ROUND / 2, "cd4": _ROUND / 4, "cd8": _ROUND / 8, "3cd4": _ROUND * 3 / 4, "3cd8": _ROUND * 3 / 8,
    "5cd8": _ROUND * 5 / 8, "7cd8": _ROUND * 7 / 8,
}  # fmt: skip
_SIZES = frozenset({"l", "t", "r", "b", "w", "h", "hc", "vc", "ss", "ls"})


class Guide(NamedTuple):
    """A formula with a name (20.1.9.11); its operands are numbers, names of sizes, or earlier guides."""

    name: str
    operator: str
    operands: tuple[str, ...]


class Step(NamedTuple):
    """A step of a path as it is written: ``kind`` is a key of ``STEPS``."""

    kind: str
    operands: tuple[str, ...]


class Path(Struct, frozen=True):
    """A path (20.1.9.15) in units of its own, of which ``width`` and ``height`` go into the shape; 0 for EMU."""

    steps: tuple[Step, ...]
    width: float = 0.0
    height: float = 0.0
    shade: Shade = "norm"
    is_stroked: bool = True


class Geometry(Struct, frozen=True):
    """The guides of a shape, its paths, and the left, top, right and bottom of the room for its text."""

    guides: tuple[Guide, ...]
    paths: tuple[Path, ...]
    text: tuple[str, str, str, str] = ("l", "t", "r", "b")

    @property
    def is_line(self) -> bool:
        """Return whether nothing of it is filled."""
        return all(path.shade == "none" for path in self.paths)


RECTANGLE = Geometry(
    (), (Path((Step("M", ("l", "t")), Step("L", ("r", "t", "r", "b", "l", "b")), Step("Z", ()))),)
)  # fmt: skip
LINE = Geometry((), (Path((Step("M", ("l", "t")), Step("L", ("r", "b"))), shade="none"),))


class Drawn(Struct, frozen=True):
    """A path worked out for a size."""

    segments: tuple[Segment, ...]
    shade: Shade
    is_stroked: bool


# -- formulas


def _ratio(value: float, by: float) -> float:
    return value / by if by else 0.0


def _angle(across: float, down: float) -> float:
    return math.degrees(math.atan2(down, across)) * _DEGREE


def _sin(angle: float) -> float:
    return math.sin(math.radians(angle / _DEGREE))


def _cos(angle: float) -> float:
    return math.cos(math.radians(angle / _DEGREE))


def _root(value: float) -> float:
    return math.sqrt(max(0.0, value))


_OPERATORS: Mapping[str, tuple[int, Callable[..., float]]] = {
    "val": (1, lambda x: x),
    "*/": (3, lambda x, y, z: _ratio(x * y, z)),
    "+-": (3, lambda x, y, z: x + y - z),
    "+/": (3, lambda x, y, z: _ratio(x + y, z)),
    "?:": (3, lambda x, y, z: y if x > 0 else z),
    "abs": (1, abs),
    "at2": (2, _angle),
    "cat2": (3, lambda x, y, z: x * _cos(_angle(y, z))),
    "sat2": (3, lambda x, y, z: x * _sin(_angle(y, z))),
    "cos": (2, lambda x, y: x * _cos(y)),
    "sin": (2, lambda x, y: x * _sin(y)),
    "tan": (2, lambda x, y: _ratio(x * _sin(y), _cos(y))),
    "max": (2, max),
    "min": (2, min),
    "mod": (3, math.hypot),
    "pin": (3, lambda x, y, z: min(max(x, y), z)),
    "sqrt": (1, _root),
    "ellipse": (3, lambda x, y, z: z * _root(1 - _ratio(x, y) ** 2)),
}
"""The operators of formulas with how many operands they take (20.1.9.11), and the ellipse of VML."""


def checked(geometry: Geometry) -> Geometry:
    """Return a geometry whose formulas can all be worked out; raises ValueError for others."""
    known = set(_SIZES | _CONSTANTS.keys())
    for guide in geometry.guides:
        count, _ = _OPERATORS.get(guide.operator, (-1, None))
        if len(guide.operands) != count:
            raise ValueError(f"図形の式 {guide.operator}")
        _check(guide.operands, known)
        known.add(guide.name)
    _check(geometry.text, known)
    for step in (step for path in geometry.paths for step in path.steps):
        count, _ = STEPS[step.kind]
        if len(step.operands) % count if count and step.operands else count != len(step.operands):
            raise ValueError(f"図形の経路 {step.kind}")
        _check(step.operands, known)
    return geometry


def _check(operands: Iterable[str], known: set[str]) -> None:
    for operand in operands:
        if operand not in known and _PARTS.fullmatch(operand) is None:
            float(operand)


class _Values:
    """The values of a geometry at a size (EMU)."""

    def __init__(self, width: float, height: float) -> None:
        least, most = sorted((width, height))
        self._known = {
            **_CONSTANTS, "l": 0.0, "t": 0.0, "r": width, "b": height, "w": width, "h": height, "hc": width / 2,
            "vc": height / 2, "ss": least, "ls": most,
        }  # fmt: skip

    def add(self, guide: Guide) -> None:
        _, work = _OPERATORS[guide.operator]
        self._known[guide.name] = _bounded(work(*map(self.of, guide.operands)))

    def of(self, operand: str) -> float:
        known = self._known.get(operand)
        if known is not None:
            return known
        part = _PARTS.fullmatch(operand)
        return self._known[part[1]] / int(part[2]) if part else _bounded(float(operand))


def _bounded(value: float) -> float:
    return max(-_MOST, min(_MOST, value)) if math.isfinite(value) else 0.0


def _values(geometry: Geometry, width: float, height: float) -> _Values:
    values = _Values(width / _EMU, height / _EMU)
    for guide in geometry.guides:
        values.add(guide)
    return values


def text_room(geometry: Geometry, width: float, height: float) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of the room for text (pt) in a shape of a size."""
    values = _values(geometry, width, height)
    left, top, right, bottom = (emu_to_pt(values.of(side)) for side in geometry.text)
    return left, top, right, bottom


def worked_out(geometry: Geometry, width: float, height: float) -> tuple[Drawn, ...]:
    """Return the paths of a shape of a size (pt)."""
    values = _values(geometry, width, height)
    return tuple(
        Drawn(_Pen(path, values, width, height).draw(path.steps), path.shade, path.is_stroked)
        for path in geometry.paths
    )


# -- paths


class _Pen:
    """Walks along a path in its own units, and gives its segments in points."""

    def __init__(self, path: Path, values: _Values, width: float, height: float) -> None:
        self._values = values
        self._scale = (
            width / path.width if path.width else _EMU,
            height / path.height if path.height else _EMU,
        )
        self._at: Point = (0.0, 0.0)
        self._segments: list[Segment] = []

    def draw(self, steps: Iterable[Step]) -> tuple[Segment, ...]:
        for step in steps:
            count, walk = STEPS[step.kind]
            numbers = [self._values.of(operand) for operand in step.operands]
            for first in range(0, len(numbers), count or 1) if count else (0,):
                walk(self, numbers[first : first + count])
        return tuple(self._segments)

    def _add(self, kind: Literal["m", "l", "c"], *points: Point) -> None:
        across, down = self._scale
        self._segments.append((kind, tuple(part for x, y in points for part in (x * across, y * down))))
        self._at = points[-1]

    def move(self, numbers: list[float]) -> None:
        self._add("m", (numbers[0], numbers[1]))

    def line(self, numbers: list[float]) -> None:
        self._add("l", (numbers[0], numbers[1]))

    def curve(self, numbers: list[float]) -> None:
        x1, y1, x2, y2, x, y = numbers
        self._add("c", (x1, y1), (x2, y2), (x, y))

    def parabola(self, numbers: list[float]) -> None:
        """Draw a curve with one handle as one with two."""
        (x0, y0), (x1, y1, x, y) = self._at, numbers
        handles = tuple((a + 2 * (x1 - a) / 3, b + 2 * (y1 - b) / 3) for a, b in ((x0, y0), (x, y)))
        self._add("c", *handles, (x, y))

    def close(self, _: list[float]) -> None:
        self._segments.append(("h", ()))

    def arc(self, numbers: list[float]) -> None:
        """Go along an ellipse from where the pen is, which lies at the angle ``begin`` of it (20.1.9.4)."""
        across, down, begin, sweep = numbers
        sweep = max(-_ROUND, min(_ROUND, sweep))
        first, last = (_eccentric(angle, across, down) for angle in (begin, begin + sweep))
        turn = last - first
        if abs(sweep) >= _ROUND:
            turn = math.copysign(2 * math.pi, sweep)
        elif turn * sweep < 0:
            turn += math.copysign(2 * math.pi, sweep)
        x, y = self._at
        centre = (x - across * math.cos(first), y - down * math.sin(first))
        self._round(centre, (across, down), first, turn)

    def _round(self, centre: Point, radii: Point, first: float, turn: float) -> None:
        """Add curves of a quarter of an ellipse at most."""
        count = math.ceil(abs(turn) / (math.pi / 2) - 1e-6)
        for at in range(count):
            begin, part = first + turn * at / count, turn / count
            _, values = quarter(centre, radii, begin, begin + part)
            self._add("c", *points(values))

    # -- VML (ISO/IEC 29500-4, 14.2.1.6)

    def move_by(self, numbers: list[float]) -> None:
        self.move(self._beside(numbers))

    def line_by(self, numbers: list[float]) -> None:
        self.line(self._beside(numbers))

    def curve_by(self, numbers: list[float]) -> None:
        self.curve(self._beside(numbers))

    def _beside(self, numbers: list[float]) -> list[float]:
        return [number + self._at[at % 2] for at, number in enumerate(numbers)]

    def angled(self, numbers: list[float]) -> None:
        """Go to an ellipse about a centre, and along it from an angle (65,536ths of a degree, against the clock)."""
        x, y, across, down, begin, sweep = numbers
        first, turn = (-math.radians(angle / 65_536) for angle in (begin, sweep))
        self._to((x + across * math.cos(first), y + down * math.sin(first)))
        self._round((x, y), (across, down), first, max(-2 * math.pi, min(2 * math.pi, turn)))

    def boxed(self, numbers: list[float], way: int) -> None:
        """Go along the ellipse in a box, from where the ray to one point meets it to that to another."""
        x1, y1, x2, y2, from_x, from_y, to_x, to_y = numbers
        x, y, across, down = (x1 + x2) / 2, (y1 + y2) / 2, abs(x2 - x1) / 2, abs(y2 - y1) / 2
        first, last = (
            math.atan2(_ratio(b - y, down), _ratio(a - x, across)) for a, b in ((from_x, from_y), (to_x, to_y))
        )
        turn = (last - first) * way % (2 * math.pi) * way or 2 * math.pi * way
        self._to((x + across * math.cos(first), y + down * math.sin(first)))
        self._round((x, y), (across, down), first, turn)

    def _to(self, point: Point) -> None:
        self._add("l" if self._segments else "m", point)

    def corner(self, numbers: list[float], is_level: bool) -> None:
        """Go along a quarter of an ellipse, level or upright at first."""
        (x0, y0), (x, y) = self._at, numbers
        share = 4 / 3 * (math.sqrt(2) - 1)
        first = (x0 + (x - x0) * share, y0) if is_level else (x0, y0 + (y - y0) * share)
        second = (x, y - (y - y0) * share) if is_level else (x - (x - x0) * share, y)
        self._add("c", first, second, (x, y))


def _eccentric(angle: float, across: float, down: float) -> float:
    """Return the angle on the circle that becomes the ellipse, of an angle (60,000ths of a degree) as it is seen."""
    turns, rest = divmod(angle / _DEGREE, 360)
    seen = math.radians(rest)
    if not across or not down:
        return seen + turns * 2 * math.pi
    return math.atan2(across * math.sin(seen), down * math.cos(seen)) % (2 * math.pi) + turns * 2 * math.pi


STEPS: Mapping[str, tuple[int, Callable[[_Pen, list[float]], None]]] = {
    "M": (2, _Pen.move),
    "L": (2, _Pen.line),
    "C": (6, _Pen.curve),
    "Q": (4, _Pen.parabola),
    "A": (4, _Pen.arc),
    "Z": (0, _Pen.close),
    "t": (2, _Pen.move_by),
    "r": (2, _Pen.line_by),
    "v": (6, _Pen.curve_by),
    "ae": (6, _Pen.angled),
    "at": (8, lambda pen, numbers: pen.boxed(numbers, -1)),
    "wa": (8, lambda pen, numbers: pen.boxed(numbers, 1)),
    "qx": (2, lambda pen, numbers: pen.corner(numbers, is_level=True)),
    "qy": (2, lambda pen, numbers: pen.corner(numbers, is_level=False)),
}
"""The steps of paths with how many numbers each takes: those of 20.1.9 by a letter, those of VML by their own names."""
