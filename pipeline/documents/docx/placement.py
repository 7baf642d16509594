"""Where what is anchored stands (20.4.2.3), how text keeps clear of it, and how shapes look. Lengths in points."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from pipeline.documents.docx.geometry import RECTANGLE, Geometry
from pipeline.documents.paths import Point

Wrap: TypeAlias = Literal["none", "square", "topAndBottom"]
Side: TypeAlias = Literal["bothSides", "left", "right", "largest"]
"""On which sides text stands beside it (20.4.3.7)."""
Aligned: TypeAlias = Literal["", "left", "center", "right", "top", "bottom"]
ALIGNED: Mapping[str, Aligned] = {
    "left": "left", "center": "center", "right": "right", "top": "top", "bottom": "bottom", "inside": "left",
    "outside": "right",
}  # fmt: skip
"""By the words of drawings, frames and tables (22.9.2.18, 22.9.2.20); the inner side is that of a right-hand page."""

Crop: TypeAlias = tuple[float, float, float, float]
"""What is cut off a picture at its left, top, right and bottom (20.1.8.55), as shares; below 0 what is added."""
WHOLE: Crop = (0.0, 0.0, 0.0, 0.0)


class Position(Struct, frozen=True):
    """A place along one axis: ``aligned`` with what it is ``relative`` to, else ``offset`` from its beginning."""

    relative: str
    aligned: Aligned = ""
    offset: float = 0.0


class Clear(Struct, frozen=True):
    """The space that text keeps around it."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0


NO_SPACE = Clear()


class Placement(Struct, frozen=True):
    """The place of what floats; ``order`` sorts what lies over each other, those ``behind`` lie under the text."""

    across: Position
    down: Position
    wrap: Wrap = "none"
    side: Side = "bothSides"
    clear: Clear = NO_SPACE
    behind: bool = False
    order: float = 0.0


class Turn(NamedTuple):
    """How something is turned about its middle (20.1.7.6): mirrored, and then by degrees with the clock."""

    angle: float = 0.0
    across: bool = False
    down: bool = False

    @property
    def is_steep(self) -> bool:
        """Return whether Word takes its height for its width."""
        return 45 <= self.angle % 180 < 135

    @property
    def is_mirrored(self) -> bool:
        """Return whether left and right are exchanged in it, however it is turned."""
        return self.across != self.down

    def around(self, inner: Turn) -> Turn:
        """Return how something is turned that is turned by itself and within what is turned."""
        angle = -inner.angle if self.is_mirrored else inner.angle
        return Turn((self.angle + angle) % 360, self.across != inner.across, self.down != inner.down)

    def of(self, point: Point, middle: Point) -> Point:
        """Return where a point of what is turned goes; y runs down."""
        x = (point[0] - middle[0]) * (-1 if self.across else 1)
        y = (point[1] - middle[1]) * (-1 if self.down else 1)
        angle = math.radians(self.angle)
        cos, sin = math.cos(angle), math.sin(angle)
        return middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos


UPRIGHT = Turn()
HeadKind: TypeAlias = Literal["triangle", "stealth", "diamond", "oval", "arrow"]


class Head(NamedTuple):
    """What a line ends in (20.1.8.38); length and width are in the thickness of the line."""

    kind: HeadKind
    length: float = 3.0
    width: float = 3.0


Join: TypeAlias = Literal["miter", "round", "bevel"]
Cap: TypeAlias = Literal["flat", "rnd", "sq"]


class Line(Struct, frozen=True):
    """The line of a shape (20.1.2.2.24); ``dashes`` are strokes and gaps (pt), ``heads`` those of its two ends."""

    width: float
    color: str
    dashes: tuple[float, ...] = ()
    join: Join = "round"
    cap: Cap = "flat"
    heads: tuple[Head | None, Head | None] = (None, None)


class Outline(Struct, frozen=True):
    """How a shape looks (20.1.8): its form, its fill, how much of that hides what is below, and its line."""

    geometry: Geometry = RECTANGLE
    fill: str | None = None
    line: Line | None = None
    opacity: float = 1.0


PLAIN = Outline()
