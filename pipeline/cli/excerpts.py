"""The line of a text file that a finding is about, with a mark under the spot.

Columns are characters; on the screen a character of Japanese is twice as wide as one of English (JIS X 0213, Unicode
Standard Annex #11), so the mark is moved along with spaces of the same width. Long lines are cut around the spot.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Place

WIDTH = 66
"""The widest excerpt, in half-width cells; with its margin and signs of cutting it fits a terminal of 80."""

_NEAR = 300
"""The characters looked at on either side of the spot; a line can have hundreds of thousands."""

_LARGEST = 1_000_000
_CUT = "…"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
_NAMES = {"\t": "Tab", "\u00a0": "NBSP"}


class Excerpt(Struct, frozen=True):
    """One line of a file as it is shown: its number, its text, and the marks to print below."""

    line: int
    text: str
    marks: str


class Excerpts:
    """Excerpts of the files of a project's folder, each read once; ``width`` is the widest, in half-width cells."""

    def __init__(self, root: Path, width: int = WIDTH) -> None:
        self._root, self._width = root, width
        self._lines = cache(self._read)

    def at(self, place: Place) -> Excerpt | None:
        """Quote the line of a place; None for a whole file, and where the file is no UTF-8 text."""
        lines = self._lines(place.file) if place.line else ()
        return quote(lines[place.line - 1], place, self._width) if place.line <= len(lines) and lines else None

    def _read(self, file: str) -> tuple[str, ...]:
        path = self._root / file
        try:
            if not path.is_file() or path.stat().st_size > _LARGEST:
                return ()
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return ()
        return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def quote(line: str, place: Place, width: int = WIDTH) -> Excerpt | None:
    """Show a line with marks under the character at the place's column (one past the end marks the end)."""
    spot = min(max(place.column, 1), len(line) + 1) - 1
    start, rest = max(spot - _NEAR, 0), line[spot + _NEAR :]
    line, spot = line[start : spot + _NEAR], spot - start
    shown = [_shown(character) for character in line]
    first, last = _window([_cells(part) for part in shown], spot, width)
    text = "".join(shown[first:last])
    before = _CUT if start + first else ""
    after = _CUT if last < len(line) or rest else ""
    padding = "".join(_space(character) for character in before + "".join(shown[first:spot]))
    marks = "^" * _cells(shown[spot]) if spot < len(line) else "^"
    return Excerpt(place.line, f"{before}{text}{after}".rstrip(), padding + marks) if line.strip() else None


def _window(widths: list[int], spot: int, width: int) -> tuple[int, int]:
    """Choose the characters to show: all of a short line, else what fits around the spot, more of it before."""
    if sum(widths) <= width:
        return 0, len(widths)
    first, room = spot, width * 5 // 9
    while first and widths[first - 1] <= room:
        first -= 1
        room -= widths[first]
    last, room = first, width
    while last < len(widths) and widths[last] <= room:
        room -= widths[last]
        last += 1
    return first, max(last, min(spot + 1, len(widths)))


def _shown(character: str) -> str:
    """Make what cannot be seen visible, and what would steer a terminal harmless."""
    if not _UNSEEN.match(character):
        return character
    return f"<{_NAMES.get(character) or f'U+{ord(character):04X}'}>"


def _cells(text: str) -> int:
    return sum(len(_space(character)) + (_space(character) == "\u3000") for character in text)


def _space(character: str) -> str:
    """Return the space as wide as a character: none for marks that stand on the one before, full width for Japanese."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return ""
    return "\u3000" if unicodedata.east_asian_width(character) in "WF" else " "
