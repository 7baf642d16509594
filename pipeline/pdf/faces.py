"""Widths of characters in the report's typeface, and the refusal of other typefaces and of missing characters."""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.fonts import FAMILY, face
from pipeline.ooxml.errors import Unsupported
from pipeline.ooxml.tree import RunFormat
from pipeline.pdf.characters import is_east_asian

_NAMES = frozenset({FAMILY, "BIZ UDPゴシック"})

ASCENT = face().ascent
"""Height of a line above the baseline, in em; the same for both weights."""
DESCENT = face().descent


_GRAIN = 120
"""Advances are whole parts of a point of this number: a sixth of a twip, as LibreOffice's portions measure them."""


@cache
def _advances(bold: bool) -> dict[str, float]:
    return {chr(code): width for code, width in face(bold).advances.items()}


class _Widths(dict[str, float]):
    """The advances (pt) of one face in one size, each worked out on first use; KeyError for what the face lacks."""

    def __init__(self, bold: bool, size: float) -> None:
        super().__init__()
        self._table = _advances(bold)
        self._size = size

    def __missing__(self, character: str) -> float:
        """Round an advance to the grain, halves up."""
        found = self[character] = int(self._table[character] * self._size * _GRAIN + 0.5) / _GRAIN
        return found


_widths = lru_cache(maxsize=64)(_Widths)


def widths(text: str, run: RunFormat, near: str, name: str) -> list[float]:
    """Give the advance (pt) of every character; raises Unsupported for what the typeface cannot draw."""
    if run.font not in _NAMES or run.east_asian_font not in _NAMES:
        _check_font(text, run, near, name)
    table = _widths(run.bold, run.size)
    try:
        return [table[character] for character in text]
    except KeyError as fault:
        missing = str(fault.args[0])
        construct = f"書体にない文字「{missing}」（U+{ord(missing):04X}）"
        raise Unsupported(construct, near, name) from fault


def _check_font(text: str, run: RunFormat, near: str, name: str) -> None:
    asian = [is_east_asian(character) for character in text]
    for font, used in ((run.font, not all(asian)), (run.east_asian_font, any(asian))):
        if used and font not in _NAMES:
            raise Unsupported(f"「{FAMILY}」以外の書体（{font or '指定なし'}）", near, name)
