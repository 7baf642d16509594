"""Widths of characters in the report's typeface, and the refusal of other typefaces and of missing characters."""

from __future__ import annotations

from functools import cache

from pipeline.fonts import FAMILY, face
from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.tree import RunFormat
from pipeline.pdf.characters import is_east_asian

_NAMES = frozenset({FAMILY, "BIZ UDPゴシック"})

ASCENT = face().ascent
"""Height of a line above the baseline, in em; the same for both weights."""
DESCENT = face().descent


@cache
def _advances(bold: bool) -> dict[str, float]:
    return {chr(code): width for code, width in face(bold).advances.items()}


def widths(text: str, run: RunFormat, near: str, name: str) -> list[float]:
    """Give the advance (pt) of every character; raises Unsupported for what the typeface cannot draw."""
    if run.font not in _NAMES or run.east_asian_font not in _NAMES:
        _check_font(text, run, near, name)
    table, size = _advances(run.bold), run.size
    try:
        return [table[character] * size for character in text]
    except KeyError as fault:
        missing = str(fault.args[0])
        construct = f"書体にない文字「{missing}」（U+{ord(missing):04X}）"
        raise Unsupported(construct, near, name) from fault


def _check_font(text: str, run: RunFormat, near: str, name: str) -> None:
    asian = [is_east_asian(character) for character in text]
    for font, used in ((run.font, not all(asian)), (run.east_asian_font, any(asian))):
        if used and font not in _NAMES:
            raise Unsupported(f"「{FAMILY}」以外の書体（{font or '指定なし'}）", near, name)
