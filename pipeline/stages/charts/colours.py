"""The report's colours in charts; each stays apart from the others in grey as well."""

from __future__ import annotations

WHITE = "FFFFFF"
INK = "1A1A1C"
SUB = "5C5C60"
BAND = "E8EEFB"
EVALUATED = "0017C1"
PAST = "7096F8"
HATCH = "3F4A75"
TARGET = "AC3E00"

BARS = {"BASELINE": (WHITE, HATCH), "PAST": (PAST, EVALUATED), "EVALUATED": (EVALUATED, EVALUATED)}
"""Fill and edge of a bar by its role's name."""

TOKENS = (WHITE, INK, SUB, BAND, EVALUATED, PAST, HATCH, TARGET)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue from 0 to 255."""
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue
