"""Regions of a table that its style formats each in its own way (17.7.6): first and last rows and columns, bands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.formats import Border
from pipeline.documents.docx.markup import OFF, VAL, W, child_value, inside

_FLAGS = {
    "firstRow": 0x0020, "lastRow": 0x0040, "firstColumn": 0x0080, "lastColumn": 0x0100,
    "noHBand": 0x0200, "noVBand": 0x0400,
}  # fmt: skip
_ENDS, _SIDES = frozenset(("top", "bottom")), frozenset(("left", "right"))
_ACROSS, _DOWN = {"left": "firstColumn", "right": "lastColumn"}, {"top": "firstRow", "bottom": "lastRow"}
_NAMES = {
    "left": "firstCol", "right": "lastCol", "top": "firstRow", "bottom": "lastRow",
    "topleft": "nwCell", "topright": "neCell", "bottomleft": "swCell", "bottomright": "seCell",
}  # fmt: skip
"""What regions are called, by the edges of the table that they lie at."""


class Region(Struct, frozen=True):
    """A region that a cell lies in, and at which of its edges the cell does."""

    name: str
    edges: frozenset[str]


class _Band(NamedTuple):
    number: int
    begins: bool
    ends: bool


class Regions(Struct, frozen=True):
    """What a table shows of its style (17.4.56), how large it is, and how wide its bands are."""

    shown: frozenset[str]
    rows: int
    columns: int
    row_band: int = 1
    column_band: int = 1

    def of(self, row: int, column: int, columns: int) -> Iterator[Region]:
        """Yield the regions of a cell, the weakest first."""
        outer = _edges(
            top=row == 0, bottom=row == self.rows - 1, left=column == 0, right=column + columns == self.columns
        )
        if "noVBand" not in self.shown and (band := self._column_band(column)):
            yield Region(f"band{band.number}Vert", outer & _ENDS | _edges(left=band.begins, right=band.ends))
        if "noHBand" not in self.shown and (band := self._row_band(row)):
            yield Region(f"band{band.number}Horz", outer & _SIDES | _edges(top=band.begins, bottom=band.ends))
        across = [side for side, flag in _ACROSS.items() if side in outer and flag in self.shown]
        down = [side for side, flag in _DOWN.items() if side in outer and flag in self.shown]
        yield from (Region(_NAMES[side], outer & _ENDS | _SIDES) for side in across)
        yield from (Region(_NAMES[side], outer & _SIDES | _ENDS) for side in down)
        yield from (Region(_NAMES[end + side], _ENDS | _SIDES) for end in down for side in across)

    def _column_band(self, at: int) -> _Band | None:
        last = self.columns - ("lastColumn" in self.shown)
        return _band(at, range("firstColumn" in self.shown, last), self.column_band)

    def _row_band(self, at: int) -> _Band | None:
        return _band(at, range("firstRow" in self.shown, self.rows - ("lastRow" in self.shown)), self.row_band)


def _band(at: int, banded: range, size: int) -> _Band | None:
    """Return the band that a row or column lies in, None for one that has none."""
    if at not in banded:
        return None
    number, within = divmod(at - banded.start, size)
    return _Band(number % 2 + 1, within == 0, within == size - 1 or at == banded.stop - 1)


def _edges(**found: bool) -> frozenset[str]:
    return frozenset(side for side, is_there in found.items() if is_there)


def read_regions(
    properties: etree._Element | None, styles: list[etree._Element], rows: int, columns: int
) -> Regions | None:
    """Return the regions of a table, None where its style has none."""
    has_look = inside(properties, "tblLook") is not None
    if not has_look or all(style.find(f"{W}tblStylePr") is None for style in styles):
        return None
    return Regions(
        shown=frozenset(name for name in _FLAGS if shows(properties, name)),
        rows=rows,
        columns=columns,
        row_band=_band_size(styles, "tblStyleRowBandSize"),
        column_band=_band_size(styles, "tblStyleColBandSize"),
    )


def shows(properties: etree._Element | None, name: str) -> bool:
    """Read w:tblLook (17.4.56): the named attribute, or the bit that older files have instead of it."""
    look = inside(properties, "tblLook")
    if look is None:
        return False
    value = look.get(f"{W}{name}")
    return bool(int(look.get(VAL, "0"), 16) & _FLAGS[name]) if value is None else value not in OFF


def _band_size(styles: list[etree._Element], name: str) -> int:
    found = (child_value(inside(style, "tblPr"), name) for style in reversed(styles))
    return max(1, int(next(filter(None, found), "1")))


def borders_of(region: Region, said: dict[str, Border | None]) -> dict[str, Border | None]:
    """Return the borders of a cell of a region: those around the region at its edges, those within it elsewhere."""
    made: dict[str, Border | None] = {}
    for side in ("top", "bottom", "left", "right"):
        inner = "inside_h" if side in ("top", "bottom") else "inside_v"
        own = side if side in region.edges else inner
        if own in said:
            made[side] = said[own]
    return made
