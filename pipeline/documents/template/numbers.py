"""Numbers in tables keep to one line, and apart: where one is too wide for its column, its whole row is set smaller,
and then narrower (長体). A unit in brackets keeps to one line, too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import cache
from typing import cast

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.markup import VAL, W, text_of, value_of
from pipeline.documents.docx.properties import properties, put
from pipeline.documents.fonts import face

SMALLEST = 7.5
"""Points; older readers give up on smaller ones."""
NARROWEST = 60
"""Per cent of their own width to which letters are narrowed at the most."""

_NUMBER = r"(?a)(-?\d[\d,]*(?:\.\d+)?%?)\s*(（[RHS]?\d+）)?"
"""A number, and the year that a baseline may have with it, on a line of its own."""
_LABEL = r"([^ぁ-んァ-ヶ一-龥]*\d[^ぁ-んァ-ヶ一-龥]*)"
"""What a row is numbered by: 1-2-1, 4-（27）."""
_MARKED = r"(?a)([±+-]?\d[\d,]*(?:\.\d+)?%?)([（(][^（）()]+[）)])"
"""A number, and what is said of it in brackets: 55.2（速報値）."""
_UNIT = re.compile(r"（[^（）]+）")
"""What a figure is counted in, behind what it is."""
_FIGURE = "w:p/w:r/w:t[. != '' and contains('0123456789±+-', substring(., 1, 1))]"
_CELLS, _ROWS, _UNITS = (
    cast(
        Callable[[etree._Element], list[etree._Element]], etree.XPath(f"descendant::{path}", namespaces={"w": W[1:-1]})
    )
    for path in (f"w:tc[{_FIGURE}]", f"w:tr[w:tc/{_FIGURE}]", "w:tc[w:p/w:r[last()]/w:t[starts-with(., '（')]]")
)
"""The cells, and the rows, in which a text may be a number; the cells in which the last one may be a unit."""
_SIZE = f"{W}rPr/{W}sz"
_GAP = 80
"""Twips between such a number and what follows it."""
_AIR = 114
"""Twips (2 mm) between numbers in columns side by side: with less, older readers take two for one."""
_SIDES = ("left", "right")
_DEFAULT_SIZE = 10.0
"""Points, where neither run, style nor defaults give any (ISO/IEC 29500-1, 17.3.2.38)."""


class _Number(Struct, frozen=True):
    """A run that is a number: its type size and width, the room its column gives it, and what of that keeps it apart
    from its neighbours, in points.
    """

    run: etree._Element
    size: float
    width: float
    room: float
    apart: float


def keep_whole(document: etree._Element, styles: etree._Element) -> None:
    """Give the numbers of every row one size at which all of them stand apart in their columns, if there is any; what
    is said of one in brackets begins the next line where it has no room beside it.
    """
    known = _Styles(styles)
    for cell in _CELLS(document):
        _keep_marks(cell, known)
    for row in _ROWS(document):
        numbers = [number for cell in row.findall(f"{W}tc") for number in _numbers(cell, known)]
        excess = max((number.width / number.apart for number in numbers), default=1.0)
        for number in numbers if excess > 1 else ():
            size = max(min(SMALLEST, number.size), math.floor(2 * number.size / excess) / 2)
            _set_size(number.run, size)
            _set_stretch(number.run, math.floor(100 * number.size / excess / size))


def _keep_marks(cell: etree._Element, styles: _Styles) -> None:
    for number in list(_numbers(cell, styles, _MARKED)):
        match, texts = re.fullmatch(_MARKED, text_of(number.run)), number.run.findall(f"{W}t")
        whole = face(bold=True).width(text_of(number.run)) * number.size * _stretch(number.run)
        if match and len(texts) == 1 and whole > number.room:
            mark = deepcopy(texts[0])
            texts[0].text, mark.text = match.groups()
            texts[0].addnext(mark)
            texts[0].addnext(etree.Element(f"{W}br"))


def keep_units(document: etree._Element, styles: etree._Element) -> None:
    """Let a unit in brackets that its line has no room for begin the next one, rather than break: 人/ha."""
    known = _Styles(styles)
    for cell in _UNITS(document):
        for paragraph in cell.findall(f"{W}p"):
            runs = paragraph.findall(f"{W}r")
            if len(runs) > 1 and _UNIT.fullmatch(text_of(runs[-1])):
                _keep_unit(cell, paragraph, runs, known)


def _keep_unit(
    cell: etree._Element, paragraph: etree._Element, runs: Sequence[etree._Element], styles: _Styles
) -> None:
    style = _style_of(paragraph)
    *before, unit = (face(bold=True).width(text_of(run)) * _size(run, style, styles) for run in runs)
    if max(sum(before), unit) <= _room(cell, styles.indents(style), _margins(cell, styles)) < sum(before) + unit:
        place = 1 if runs[-1].find(f"{W}rPr") is not None else 0
        runs[-1].insert(place, etree.Element(f"{W}br"))


def widen_labels(document: etree._Element, styles: etree._Element) -> None:
    """Give the column of row numbers the width that the widest needs; the widest column does without it."""
    known = _Styles(styles)
    for table in document.iter(f"{W}tbl"):
        grid = table.findall(f"{W}tblGrid/{W}gridCol")
        rows = [row.findall(f"{W}tc") for row in table.findall(f"{W}tr")]
        if len(grid) < 2 or any(len(row) != len(grid) for row in rows):
            continue
        labels = (number for row in rows for number in _numbers(row[0], known, _LABEL))
        lacking = math.ceil(20 * max((label.width - label.room for label in labels), default=0.0))
        widest = max(range(len(grid)), key=lambda n: _twips(grid[n]))
        if lacking > 0 and widest:
            lines: list[list[etree._Element | None]] = [[*grid]]
            lines += ([cell.find(f"{W}tcPr/{W}tcW") for cell in row] for row in rows)
            for line in lines:
                _widen(line[0], lacking + _GAP)
                _widen(line[widest], -lacking - _GAP)


def _widen(width: etree._Element | None, twips: int) -> None:
    if width is not None:
        width.set(f"{W}w", str(round(_twips(width)) + twips))


def broken(document: etree._Element, styles: etree._Element) -> frozenset[str]:
    """Return the numbers that are wider than their columns all the same, and so take more than one line."""
    known = _Styles(styles)
    numbers = (number for cell in _CELLS(document) for number in _numbers(cell, known))
    return frozenset(text_of(number.run) for number in numbers if number.width > number.room)


def _numbers(cell: etree._Element, styles: _Styles, pattern: str = _NUMBER) -> Iterator[_Number]:
    for paragraph in cell.findall(f"{W}p"):
        runs = ((run, re.fullmatch(pattern, text_of(run))) for run in paragraph.findall(f"{W}r"))
        matches = [(run, match) for run, match in runs if match]
        if not matches:
            continue
        style, margins = _style_of(paragraph), _margins(cell, styles)
        room = _room(cell, styles.indents(style), margins)
        apart = room - max(0.0, _AIR - margins) / 20
        for run, match in matches if apart > 0 else ():
            size = _size(run, style, styles)
            width = max(face(bold=True).width(line or "") for line in match.groups()) * _stretch(run)
            yield _Number(run, size, width * size, room, apart)


def _room(cell: etree._Element, indents: float, margins: float) -> float:
    """Return the width (pt) that a cell has for the lines of a paragraph, beside indents and margins (twips)."""
    return (_twips(cell.find(f"{W}tcPr/{W}tcW")) - margins - indents) / 20


def _margins(cell: etree._Element, styles: _Styles) -> float:
    """Return the cell's own margins at both sides together (twips), else those of its table's style."""
    own = [cell.find(f"{W}tcPr/{W}tcMar/{W}{side}") for side in _SIDES]
    table = None if all(side is not None for side in own) else next(cell.iterancestors(f"{W}tbl"), None)
    of_style = styles.margins("" if table is None else value_of(table.find(f"{W}tblPr/{W}tblStyle")))
    return sum(given if side is None else _twips(side) for side, given in zip(own, of_style, strict=True))


class _Styles:
    """The styles by their ids; what they say is looked up once: ``margins`` (twips) of cells at each side, by the
    style of their table, ``indents`` (twips) at both sides together, and ``size`` (pt), None where they say none.
    """

    def __init__(self, root: etree._Element) -> None:
        self._styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        self.margins, self.indents, self.size = cache(self._margins), cache(self._indents), cache(self._size)

    def _chain(self, name: str) -> Iterator[etree._Element]:
        """Yield the style of an id, the one it is based on, and so on (17.7.4.3)."""
        seen: set[str] = set()
        while name not in seen and name in self._styles:
            seen.add(name)
            yield self._styles[name]
            name = value_of(self._styles[name].find(f"{W}basedOn"))

    def _first(self, name: str, path: str) -> etree._Element | None:
        """Return what the first of them has under a path."""
        given = (style.find(path) for style in self._chain(name))
        return next((one for one in given if one is not None), None)

    def _margins(self, name: str) -> tuple[float, ...]:
        return tuple(_twips(self._first(name, f"{W}tblPr/{W}tblCellMar/{W}{side}")) for side in _SIDES)

    def _indents(self, name: str) -> float:
        indent = self._first(name, f"{W}pPr/{W}ind")
        return 0.0 if indent is None else sum(float(indent.get(W + side, "0")) for side in _SIDES)

    def _size(self, name: str) -> float | None:
        return _points(self._first(name, _SIZE))


def _style_of(paragraph: etree._Element) -> str:
    return value_of(paragraph.find(f"{W}pPr/{W}pStyle"))


def _size(run: etree._Element, style: str, styles: _Styles) -> float:
    """Return the type size: the run's own, its character style's, or its paragraph style's."""
    own = _points(run.find(_SIZE))
    by_style = styles.size(value_of(run.find(f"{W}rPr/{W}rStyle"))) if own is None else own
    size = styles.size(style) if by_style is None else by_style
    return _DEFAULT_SIZE if size is None else size


def _points(size: etree._Element | None) -> float | None:
    return None if size is None else float(size.get(VAL, "0")) / 2


def _stretch(run: etree._Element) -> float:
    """Return how wide letters are beside their own width (17.3.2.43)."""
    return float(value_of(run.find(f"{W}rPr/{W}w")) or 100) / 100


def _set_stretch(run: etree._Element, percent: int) -> None:
    if percent < 100:
        put(properties(run, "rPr"), "w").set(VAL, str(max(NARROWEST, percent)))


def _set_size(run: etree._Element, points: float) -> None:
    for name in ("sz", "szCs"):
        put(properties(run, "rPr"), name).set(VAL, str(round(2 * points)))


def _twips(element: etree._Element | None) -> float:
    return 0.0 if element is None else float(element.get(f"{W}w", "0"))
