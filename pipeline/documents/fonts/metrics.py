"""The metrics of a font file (ISO/IEC 14496-22): how high its lines are, and how wide each character is.

Read here, and not by the library that embeds the fonts: every command asks which characters can be printed, and would
have to wait for that library.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

_ALL_PLANES = (3, 10)
"""The platform and encoding of the table from all characters of Unicode to glyphs."""
_SPACE, _FIXED_SPACE = 0x20, 0xA0


@dataclass(frozen=True, slots=True, eq=False)
class Widths(Mapping[int, float]):
    """The width of every character that has a glyph, looked up when it is asked for: few of the thousands ever are.

    Of each group of characters it has the first, the last, and the glyph of the first; ``others`` go before.
    """

    first: array[int]
    last: array[int]
    glyph: array[int]
    advances: array[int]
    scale: float
    others: Mapping[int, float] = field(default_factory=dict)

    def amended(self, others: Mapping[int, float]) -> Widths:
        """Return the widths with others in the place of those of some characters."""
        return replace(self, others={**self.others, **others})

    def __getitem__(self, code: int) -> float:
        if code in self.others:
            return self.others[code]
        at = bisect_right(self.first, code) - 1
        if at < 0 or code > self.last[at]:
            raise KeyError(code)
        glyph = self.glyph[at] + code - self.first[at]
        return self.advances[min(glyph, len(self.advances) - 1)] * self.scale

    def __iter__(self) -> Iterator[int]:
        groups = zip(self.first, self.last, strict=True)
        return iter({*self.others, *(code for first, last in groups for code in range(first, last + 1))})

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Metrics(Struct, frozen=True):
    """What a font says of itself, in thousandths of an em: ``descent`` is negative, ``widths`` are by code point."""

    ascent: float
    descent: float
    widths: Widths


class Extent(NamedTuple):
    """The sides of a glyph, from where it begins on its baseline, y up."""

    left: float
    bottom: float
    right: float
    top: float


class Outlines(NamedTuple):
    """The glyphs of a font file by code point; of each glyph its width and left side, and where it begins (5.3.4)."""

    glyphs: Mapping[int, int]
    sides: Sequence[tuple[int, int]]
    places: Sequence[int]


def read(path: Path) -> Metrics:
    """Return the metrics of a font file; a no-break space is as wide as a space."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        tables = table_places(data)
        scale = 1000 / struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
        ascent, descent = struct.unpack_from(">hh", data, tables[b"OS/2"] + 68)
        groups = _groups(data, tables[b"cmap"])
        widths = Widths(groups[::3], groups[1::3], groups[2::3], _advances(data, tables), scale)
    space = {_FIXED_SPACE: widths[_SPACE]} if _SPACE in widths else {}
    return Metrics(ascent * scale, descent * scale, widths.amended(space))


def outlines(path: Path) -> Outlines:
    """Return what it takes to cut a font file down to some of its characters."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        tables = table_places(data)
        count, full = (struct.unpack_from(">H", data, tables[t] + at)[0] for t, at in ((b"maxp", 4), (b"hhea", 34)))
        is_long = struct.unpack_from(">H", data, tables[b"head"] + 50)[0]
        sides = _big_endian("H", data[tables[b"hmtx"] : tables[b"hmtx"] + 2 * (full + count)])
        room = (count + 1) * (4 if is_long else 2)
        places = _big_endian("I" if is_long else "H", data[tables[b"loca"] : tables[b"loca"] + room])
        glyphs = _glyphs(data, tables[b"cmap"])
    if _SPACE in glyphs:
        glyphs[_FIXED_SPACE] = glyphs[_SPACE]
    pairs = [*zip(sides[: 2 * full : 2], sides[1 : 2 * full : 2], strict=True)]
    pairs += ((pairs[-1][0], side) for side in sides[2 * full :])
    return Outlines(glyphs, pairs, places if is_long else [2 * place for place in places])


def extents(path: Path) -> Mapping[int, Extent]:
    """Return the room that every glyph of a font file takes, by code point, in em (5.3.3.1)."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        tables = table_places(data)
        scale, is_long = (struct.unpack_from(">H", data, tables[b"head"] + at)[0] for at in (18, 50))
        size, unit, factor = (4, "I", 1) if is_long else (2, "H", 2)
        found = {}
        for code, glyph in _glyphs(data, tables[b"cmap"]).items():
            start, end = struct.unpack_from(f">2{unit}", data, tables[b"loca"] + size * glyph)
            place = tables[b"glyf"] + factor * start + 2
            sides = struct.unpack_from(">4h", data, place) if end > start else (0, 0, 0, 0)
            found[code] = Extent(*(side / scale for side in sides))
    return found


def table_places(data: mmap | bytes) -> dict[bytes, int]:
    """Return where each table of the file begins (4.3)."""
    count = struct.unpack_from(">H", data, 4)[0]
    return {tag: start for tag, _, start, _ in struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])}


def _advances(data: mmap, tables: Mapping[bytes, int]) -> array[int]:
    """Return the width of every glyph (5.2.4); the last holds for all that follow."""
    count = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    start = tables[b"hmtx"]
    return _big_endian("H", data[start : start + 4 * count])[::2]


def _groups(data: mmap, start: int) -> array[int]:
    """Return the groups of characters that have glyphs, three numbers each (5.2.1.3.7: the table of all planes)."""
    count = struct.unpack_from(">H", data, start + 2)[0]
    places = {(p, e): start + at for p, e, at in struct.iter_unpack(">HHI", data[start + 4 : start + 4 + 8 * count])}
    at = places[_ALL_PLANES] + 16
    return _big_endian("I", data[at : at + 12 * struct.unpack_from(">I", data, at - 4)[0]])


def _glyphs(data: mmap, start: int) -> dict[int, int]:
    """Return the number of the glyph of each character that has one."""
    groups = _groups(data, start)
    glyphs = dict(zip(groups[::3], groups[2::3], strict=True))  # most groups are of one character
    for first, last, glyph in zip(groups[::3], groups[1::3], groups[2::3], strict=True):
        if last > first:
            glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return glyphs


def _big_endian(kind: str, data: bytes) -> array[int]:
    numbers = array(kind, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
