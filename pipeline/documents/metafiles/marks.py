"""What a metafile draws: shapes, pieces of text and bitmaps, in the order they are painted.

Places are points from the top left corner of the picture, y down.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from pipeline.documents.paths import Path

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""As PDF writes it (ISO 32000-1, 8.3.4): x' = ax + cy + e, y' = bx + dy + f."""
Crop: TypeAlias = tuple[float, float, float, float]
"""What is cut off a bitmap at its left, top, right and bottom, as shares."""


class Beyond(Exception):
    """Something that would be seen and cannot be drawn; ``str()`` is a Japanese phrase naming it."""


class Area(Struct, frozen=True):
    """What lies within a path; ``alternates`` tells by which rule (8.5.3.3)."""

    path: Path
    alternates: bool = False


Clip: TypeAlias = tuple[Area, ...]
"""What is seen lies within all of them."""


class Stroke(Struct, frozen=True):
    """How a line is drawn: its dashes are in its own thickness, joins and ends as PDF numbers them (8.4.3)."""

    color: str
    thickness: float
    dashes: tuple[float, ...] = ()
    cap: int = 1
    join: int = 1
    miter: float = 10.0


class Shape(Struct, frozen=True):
    """A path that is filled, has a line around, or both."""

    area: Area
    fill: str | None
    stroke: Stroke | None
    clip: Clip = ()


class Label(Struct, frozen=True):
    """Characters of one typeface; ``matrix`` brings a text of one point, y up, to its place."""

    text: str
    family: str
    bold: bool
    italic: bool
    color: str
    matrix: Matrix
    clip: Clip = ()


class Bitmap(Struct, frozen=True):
    """A picture file, without what is cut off; ``matrix`` brings a square of one point, y up, to its place."""

    data: bytes
    crop: Crop
    matrix: Matrix
    clip: Clip = ()


Mark: TypeAlias = Shape | Label | Bitmap


class Drawing(Struct, frozen=True):
    """Marks on a paper of a size, and the typefaces of its texts that are not at hand, each with what draws it."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    typefaces: tuple[tuple[str, str], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written in it, piece by piece."""
        return tuple(mark.text for mark in self.marks if isinstance(mark, Label))
