"""The objects that a metafile draws with: pens, brushes and fonts ([MS-EMF] 2.1.31, [MS-WMF] 2.1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct


class Pen(Struct, frozen=True):
    """A pen: one without a colour draws nothing, one without a width the thinnest line of the device.

    ``dashes`` are in its width; ``cap`` and ``join`` are as PDF numbers them.
    """

    color: str | None = "000000"
    width: float = 0.0
    dashes: tuple[float, ...] = ()
    cap: int = 1
    join: int = 1
    beyond: str = ""


class Brush(Struct, frozen=True):
    """A brush: one without a colour fills nothing; what is ``beyond`` is named where it would be seen."""

    color: str | None = "FFFFFF"
    beyond: str = ""


class Font(Struct, frozen=True):
    """A font: a height above 0 is that of a line, one below that of its letters; ``escapement`` is in degrees."""

    name: str = "System"
    height: float = 0.0
    escapement: float = 0.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    charset: int = 0
    pitch_and_family: int = 0


Tool: TypeAlias = Pen | Brush | Font

_GREYS = ("FFFFFF", "C0C0C0", "808080", "404040", "000000")
STOCK: Mapping[int, Tool] = {
    **{number: Brush(color) for number, color in enumerate(_GREYS)},
    5: Brush(None),
    6: Pen("FFFFFF"),
    7: Pen(),
    8: Pen(None),
    **{number: Font() for number in (10, 11, 12, 13, 14, 16, 17)},
    18: Brush(),
    19: Pen(),
}
"""The objects that are always there ([MS-EMF] 2.1.31)."""
_DASHES: Mapping[int, tuple[float, ...]] = {
    1: (3, 1), 2: (1, 1), 3: (3, 1, 1, 1), 4: (3, 1, 1, 1, 1, 1), 8: (1, 1),
}  # fmt: skip
_NO_PEN, _USER_STYLE = 5, 7
_CAPS = {0x000: 1, 0x100: 2, 0x200: 0}
_JOINS = {0x0000: 1, 0x1000: 2, 0x2000: 0}
"""Round, square or bevelled, flat or mitred ([MS-EMF] 2.1.25)."""
_SOLID, _HOLLOW = 0, 1
_BEYOND = "図（メタファイル）の中の模様の塗りつぶし"


def pen(style: int, width: float, color: str, own_dashes: tuple[float, ...] = ()) -> Pen:
    """Return a pen by its style ([MS-EMF] 2.1.25); dashes of its own are lengths as its width is."""
    kind = style & 0xF
    thick = max(width, 1.0)
    dashes = tuple(length / thick for length in own_dashes) if kind == _USER_STYLE else _DASHES.get(kind, ())
    cap, join = _CAPS.get(style & 0xF00, 1), _JOINS.get(style & 0xF000, 1)
    return Pen(None if kind == _NO_PEN else color, width, dashes, cap, join)


def brush(style: int, color: str) -> Brush:
    """Return a brush by its style ([MS-WMF] 2.1.1.4)."""
    if style == _HOLLOW:
        return Brush(None)
    return Brush(color) if style == _SOLID else patterned()


def patterned() -> Brush:
    """Return a brush that cannot be drawn with."""
    return Brush(beyond=_BEYOND)


def colour(written: int) -> str:
    """Return a colour of a metafile ([MS-WMF] 2.2.2.8) in six hex digits."""
    return bytes((written & 0xFF, written >> 8 & 0xFF, written >> 16 & 0xFF)).hex().upper()
