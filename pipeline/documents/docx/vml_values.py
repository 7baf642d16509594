"""Values of VML (ISO/IEC 29500-4, 14.1.3): styles, lengths, shares, colours and points."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.documents.docx.markup import color, number
from pipeline.documents.paths import Point
from pipeline.documents.units import MM

_NAMED = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "blue": "0000FF", "green": "008000", "yellow": "FFFF00",
    "silver": "C0C0C0", "gray": "808080", "navy": "000080", "maroon": "800000", "olive": "808000", "purple": "800080",
    "teal": "008080", "lime": "00FF00", "aqua": "00FFFF", "fuchsia": "FF00FF", "window": "FFFFFF",
    "windowtext": "000000",
}  # fmt: skip
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 10 * MM, "mm": MM, "px": 0.75, "": 1.0, "pc": 12.0}
_LENGTH = re.compile(r"(-?[\d.]+)\s*(pt|in|cm|mm|px|pc|)")
_EMU = 12_700
_FRACTION = 65_536
_OFF = frozenset({"f", "false", "0"})


def declared(style: str) -> dict[str, str]:
    """Return what a style says, by name."""
    pairs = (part.partition(":") for part in style.split(";") if ":" in part)
    return {key.strip(): value.strip() for key, _, value in pairs}


def length(text: str) -> float:
    """Return points; a number without a unit is in EMU where it is large, else in points."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        return 0.0
    value = number(found[1])
    return value / _EMU if not found[2] and abs(value) > _EMU / 10 else value * _UNITS[found[2]]


def plain(text: str) -> float:
    """Return a number in the coordinates of a group, 0 for none."""
    found = _LENGTH.fullmatch(text.strip())
    return 0.0 if found is None else number(found[1])


def fraction(written: str) -> float:
    """Return a share that may be written in 65,536ths."""
    return number(written[:-1]) / _FRACTION if written.endswith("f") else number(written)


def points_of(written: str, measure: Callable[[str], float]) -> list[Point]:
    """Return the points of a line, each by its measure; the corner where there are none."""
    values = [measure(part) for part in re.split(r"[\s,]+", written.strip())]
    return [*zip(values[::2], values[1::2], strict=False)] or [(0.0, 0.0)]


def around(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return the left and top of the room that points take, and its width and height."""
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*points, strict=True))
    return left, top, right - left, bottom - top


def is_on(value: str | None) -> bool:
    """Return whether something is so that is so by default."""
    return value not in _OFF


def colour(text: str) -> str:
    """Return a colour; behind it may stand its place in the theme or the palette (``#4f81bd [3204]``)."""
    value = text.split("[", maxsplit=1)[0].strip().lower()
    if value in _NAMED:
        return _NAMED[value]
    digits = value.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    return color(digits) or "000000" if re.fullmatch("[0-9a-f]{6}", digits) else "000000"
