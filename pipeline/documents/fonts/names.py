"""The names of the typefaces at hand, in either language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

FAMILY = "BIZ UDPGothic"
"""The report's typeface."""
FIXED_GOTHIC, FIXED_MINCHO, MINCHO = "BIZ UDGothic", "BIZ UDMincho", "BIZ UDPMincho"
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    FIXED_GOTHIC: ("BIZ UDゴシック",),
    FAMILY: ("BIZ UDPゴシック",),
    FIXED_MINCHO: ("BIZ UD明朝", "BIZ UD明朝 Medium", "BIZ UDMincho Medium"),
    MINCHO: ("BIZ UDP明朝", "BIZ UDP明朝 Medium", "BIZ UDPMincho Medium"),
}
"""All typefaces, each with its other names: in Windows the weight of the Mincho is part of its name."""
FALLBACK = "Report Fallback"
"""Draws the characters that the others lack: signs, rare kanji. No text is set in it as a whole."""
MATH, MATH_ITALIC = "Report Math", "Report Math Italic"
"""Draw formulas."""
MATH_SIZES = (MATH, *(f"{MATH} {size}" for size in range(1, 5)))
"""The typeface of formulas, and those that have its tall signs, each taller than the one before it."""
_WITHOUT_BOLD = frozenset({FIXED_MINCHO, MINCHO, FALLBACK, *MATH_SIZES, MATH_ITALIC})
"""None has a bold face; a bold text thickens the regular letters and keeps their widths."""


@cache
def family(name: str) -> str | None:
    """Return the typeface that a Word file calls by a name, in whichever language and width; None if there is none."""
    return _BY_NAME.get(plain(name))


def plain(name: str) -> str:
    """Return a name in the form in which all its spellings are one."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


_BY_NAME = {plain(name): own for own, names in OTHER_NAMES.items() for name in (own, *names)}


def has_bold(family: str) -> bool:
    """Return whether a typeface has bold letters of its own."""
    return family not in _WITHOUT_BOLD
