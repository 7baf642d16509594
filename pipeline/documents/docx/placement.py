"""Where what is anchored stands (20.4.2.3), how text keeps clear of it, and how shapes look. Lengths in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pipeline.documents.docx.formats import Border

Wrap: TypeAlias = Literal["none", "square", "topAndBottom"]
Side: TypeAlias = Literal["bothSides", "left", "right", "largest"]
"""On which sides text stands beside it (20.4.3.7)."""
Aligned: TypeAlias = Literal["", "left", "center", "right", "top", "bottom"]


Crop: TypeAlias = tuple[float, float, float, float]
"""What is cut off a picture at its left, top, right and bottom (20.1.8.55), as shares; below 0 what is added."""
WHOLE: Crop = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Position:
    """A place along one axis: ``aligned`` with what it is ``relative`` to, else ``offset`` from its beginning."""

    relative: str
    aligned: Aligned = ""
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Clear:
    """The space that text keeps around it."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0


@dataclass(frozen=True, slots=True)
class Placement:
    """The place of what floats; ``order`` sorts what lies over each other, those ``behind`` lie under the text."""

    across: Position
    down: Position
    wrap: Wrap = "none"
    side: Side = "bothSides"
    clear: Clear = Clear()
    behind: bool = False
    order: float = 0.0


@dataclass(frozen=True, slots=True)
class Outline:
    """How a shape looks (20.1.8): its form (20.1.10.56) with what it is adjusted by, its fill and its line.

    A line from corner to corner runs up where the shape is ``flipped``; ``heads`` tells which ends have an arrow.
    """

    form: str = "rect"
    adjusted: tuple[float, ...] = ()
    fill: str | None = None
    line: Border | None = None
    flipped: tuple[bool, bool] = (False, False)
    heads: tuple[bool, bool] = (False, False)
