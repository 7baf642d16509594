"""Lengths. Layout works in points (pt, 1/72 inch); Word stores twips (1/20 pt) and EMU (1/12700 pt)."""

from __future__ import annotations

import unicodedata

MM = 72 / 25.4
"""Points in a millimetre."""
_NARROW = 0.62
"""The most that a Latin letter takes of an em, but for a few capitals."""


def pt_to_twips(points: float) -> int:
    """Return the nearest whole twips for points."""
    return round(points * 20)


def mm_to_twips(mm: float) -> int:
    """Return the nearest whole twips for millimetres."""
    return pt_to_twips(mm * MM)


def mm_to_emu(mm: float) -> int:
    """Return the nearest whole EMU for millimetres (ECMA-376 Part 1, 20.1.2.1)."""
    return round(mm * 36000)


def twips_to_pt(twips: float) -> float:
    """Return points for twips."""
    return twips / 20


def emu_to_pt(emu: float) -> float:
    """Return points for EMU."""
    return emu / 12700


def emu_to_mm(emu: int) -> float:
    """Return millimetres for EMU."""
    return emu / 36000


def about_ems(text: str) -> float:
    """Return about how wide a line of text is (em), rather more, whatever its typeface: a full-width letter is 1."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else _NARROW for letter in text)
