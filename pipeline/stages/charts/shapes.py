"""The plain shapes a chart consists of, whatever draws them.

Lengths are in pt from the lower left corner. Colours are RRGGBB. A painter decides nothing: it draws the shapes of a
``Picture`` in their order.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from pipeline.documents.fonts import face

Point = tuple[float, float]

# Of BIZ UDPGothic's ideographs and digits, in em above and below the baseline (glyf bounding boxes).
RISE, DROP = 0.86, 0.1
DIGIT_RISE, DIGIT_DROP = 0.81, 0.05


class Area(Struct, frozen=True):
    """A rectangle that something takes up."""

    left: float
    bottom: float
    right: float
    top: float

    def touches(self, other: Area) -> bool:
        """Return whether two areas share more than an edge."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.top <= other.bottom or other.top <= self.bottom)

    def within(self, other: Area) -> bool:
        """Return whether the area lies wholly in another."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.bottom <= self.bottom and self.top <= other.top


class Box(Struct, frozen=True):
    """A rectangle; ``fill`` and ``edge`` may be absent, ``line`` is the edge's width, hatching takes its colour."""

    area: Area
    fill: str | None
    edge: str | None = None
    line: float = 0
    hatched: bool = False


class Line(Struct, frozen=True):
    """A line through points; ``dashes`` are lengths on and off, empty for a whole line."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dashes: tuple[float, ...] = ()


class Label(Struct, frozen=True):
    """A line of text: ``x`` is its left edge, ``y`` its baseline, ``backing`` a colour behind it.

    ``stretch`` below 1 narrows the letters (長体) without making them lower.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    backing: str | None = None
    stretch: float = 1.0

    @property
    def area(self) -> Area:
        """What the ink takes up, to the accuracy of digits and ideographs."""
        numeric = all(c in "0123456789,.-" for c in self.text)
        rise, drop = (DIGIT_RISE, DIGIT_DROP) if numeric else (RISE, DROP)
        right = self.x + text_width(self.text, self.size, self.bold) * self.stretch
        return Area(self.x, self.y - drop * self.size, right, self.y + rise * self.size)


Shape = Box | Line | Label


class Picture(Struct, frozen=True):
    """Shapes in the order they are painted, on paper of so many pt."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in pt; a character that the font lacks (the checks report it) counts one em."""
    return size * _ems(text, bold)


@lru_cache(maxsize=256)  # a label is measured at every place where it might stand
def _ems(text: str, bold: bool) -> float:
    advances = face(bold).advances
    return sum(advances.get(ord(character), 1.0) for character in text)


def centred(
    text: str,
    middle: float,
    y: float,
    size: float,
    colour: str,
    *,
    room: float,
    bold: bool = False,
    backing: str | None = None,
) -> Label:
    """Return a label whose middle is given, narrowed to ``room`` (pt) where it is wider."""
    width = text_width(text, size, bold)
    stretch = min(1.0, room / (width or 1))
    return Label(
        x=middle - width * stretch / 2,
        y=y,
        text=text,
        size=size,
        colour=colour,
        bold=bold,
        backing=backing,
        stretch=stretch,
    )


def hatching(area: Area, distance: float) -> tuple[tuple[Point, Point], ...]:
    """Return lines that rise at 45 degrees through an area, so many pt apart along its base."""
    width, height = area.right - area.left, area.top - area.bottom
    lines = []
    for n in range(1, int((width + height) / distance) + 1):
        reach = n * distance  # x + (height - y), measured from the upper left corner
        start = (max(0.0, reach - height), max(0.0, height - reach))
        end = (min(width, reach), min(height, height - reach + width))
        lines.append(((area.left + start[0], area.bottom + start[1]), (area.left + end[0], area.bottom + end[1])))
    return tuple(lines)
