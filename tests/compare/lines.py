"""The lines of text on a PDF's pages, as a PDF reader sees them: characters gathered by baseline.

Lengths are points; x to the right and y (the baseline) down from the top left corner of the page.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from pathlib import Path
from typing import TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

_ONE_BASELINE = 0.6
"""Baselines nearer than this (pt) are one line's: subscripts are not used, and both engines round to less."""
_ONE_COLUMN = 5.0
"""The same for the middles of upright characters, which each engine finds in its own way; columns are wider apart."""
_WIDE = 1.7
"""From this distance (em) between the beginnings of two characters on, they belong to two lines, say of two cells."""
_LEADER = re.compile(r"([.…・·_-])\1{4,}")
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
"""What the reader makes of a hyphen at the end of a line."""


Area: TypeAlias = tuple[float, float, float, float]
"""The left, upper, right and lower edge of a rectangle."""


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline, without white space and tab leaders; ``xs`` is where each of them begins."""

    text: str
    xs: tuple[float, ...]
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size and its lines, from top to bottom, then from left to right."""

    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    x: float
    y: float
    size: float


def read_pages(path: Path, pictures: Sequence[Sequence[Area]] = (), vertical: Sequence[bool] = ()) -> tuple[Page, ...]:
    """Read all pages of a PDF, without the text within pictures, whose areas are given page by page.

    What is written from top to bottom is read as if the page lay on its side: a column is a line.
    """
    with pypdfium2.PdfDocument(path) as document:
        given = zip_longest(document, pictures[: len(document)], vertical[: len(document)])
        return tuple(_page(page, areas or (), bool(upright)) for page, areas, upright in given)


def _page(page: pypdfium2.PdfPage, pictures: Sequence[Area], upright: bool) -> Page:
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        found = [c for c in _characters(textpage, height) if not any(_lies_in(c, area) for area in pictures)]
    finally:
        textpage.close()
    if upright:
        found = [_Character(c.text, c.y, width - c.x, c.size) for c in found]
    characters = sorted(found, key=lambda c: (c.y, c.x))
    lines = [line for row in _rows(characters, _ONE_COLUMN if upright else _ONE_BASELINE) for line in _lines(row)]
    return Page(width, height, tuple(sorted(lines, key=lambda line: (round(line.y), line.xs))))


def _lies_in(character: _Character, area: Area) -> bool:
    left, top, right, bottom = area
    return left <= character.x <= right and top <= character.y <= bottom


def _characters(textpage: pypdfium2.PdfTextPage, height: float) -> Iterator[_Character]:
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        text = _HYPHENS.get(code) or chr(code)
        if text.isspace() or code == 0 or pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        pdfium.FPDFText_GetMatrix(textpage, index, matrix)
        scale = max(abs(matrix.d), abs(matrix.b))  # the latter of turned ones
        yield _Character(text, x.value, height - y.value, pdfium.FPDFText_GetFontSize(textpage, index) * scale)


def _rows(characters: Sequence[_Character], within: float) -> Iterator[list[_Character]]:
    """Gather characters, given from top to bottom, that share a baseline."""
    row: list[_Character] = []
    for character in characters:
        if row and character.y - row[0].y > within:
            yield sorted(row, key=lambda c: c.x)
            row = []
        row.append(character)
    if row:
        yield sorted(row, key=lambda c: c.x)


def _lines(row: Sequence[_Character]) -> Iterator[Line]:
    """Part a row at tab leaders and wide gaps."""
    text = "".join(character.text for character in row)
    dropped = {at for found in _LEADER.finditer(text) for at in range(*found.span())}
    kept = [character for at, character in enumerate(row) if at not in dropped]
    if not kept:
        return
    number, numbers = 0, [0]
    for one, other in pairwise(kept):
        number += other.x - one.x > _WIDE * one.size
        numbers.append(number)
    for _, group in groupby(zip(numbers, kept, strict=True), key=lambda pair: pair[0]):
        line = [character for _, character in group]
        yield Line("".join(c.text for c in line), tuple(c.x for c in line), line[0].y)
