"""Columns that a template repeats (``{%tc for … %}``): one for every element, all as wide as one another.

docxtpl repeats the cells and knows nothing of the grid. So the cells of a loop are marked before it is run, with the
columns of the grid that the loop takes up in the template; afterwards the grid is made anew from what is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby, islice, pairwise

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.markup import VAL, W, remove, text_of

MARK = "loop"
"""Begins the type of width by which a cell of a loop is known until its columns are made."""
_COMMAND = re.compile(r"\{%[-+]?tc\s+(\w+)")
_LEAST = 560
"""Twips that a repeated column should have: four figures in 8 pt."""
_GIVEN = 6
"""The other columns give at most one part in so many of their width for that,"""
_FREE = 700
"""each of what it has beyond so many twips: a rating in words stays in one line."""


class _Piece(Struct, frozen=True):
    """Cells of a row, all of one loop's or a single other one, and the columns of the template's grid they take up."""

    cells: tuple[etree._Element, ...]
    columns: range
    repeated: bool


def marked(xml: str) -> str:
    """Return a part with the cells of its loops marked; the same text where it has none."""
    if "tc" not in xml:
        return xml
    root = etree.fromstring(xml.encode())
    groups = [*_groups(root)]
    for n, group in enumerate(groups):
        _mark(group, f"{MARK}{n}")
    return etree.tostring(root, encoding="unicode") if groups else xml


def _groups(root: etree._Element) -> Iterator[list[etree._Element]]:
    """Yield the cells of every loop over columns, from that of its ``for`` to that of its ``endfor``."""
    for row in root.iter(f"{W}tr"):
        group: list[etree._Element] = []
        depth = 0
        for cell in row.findall(f"{W}tc"):
            word = match[1] if (match := _COMMAND.search(text_of(cell))) else ""
            depth += (word in ("for", "if")) - (word in ("endfor", "endif"))
            if group or word == "for":
                group.append(cell)
            if group and not depth:
                yield group
                group = []


def _mark(group: Sequence[etree._Element], kind: str) -> None:
    span = sum(_span(cell) for cell in group)
    for cell in group:
        if not _COMMAND.search(text_of(cell)):
            _set(cell, span, 0, kind)


def spread(root: etree._Element) -> None:
    """Give every table with repeated cells a grid with a column for each, and all its cells their place there."""
    for table in dict.fromkeys(_tables(root)):
        rows = [list(_pieces(row)) for row in table.findall(f"{W}tr")]
        counts: dict[range, int] = {}
        for piece in (piece for row in rows for piece in row if piece.repeated):
            counts[piece.columns] = max(counts.get(piece.columns, 0), len(piece.cells))
        if counts:
            _relay(table, rows, counts)


def _tables(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the table of every repeated cell."""
    for size in root.iter(f"{W}tcW"):
        if size.get(f"{W}type", "").startswith(MARK):
            yield from islice(size.iterancestors(f"{W}tbl"), 1)


def _pieces(row: etree._Element) -> Iterator[_Piece]:
    at = 0
    for (kind, _), cells in groupby(enumerate(row.findall(f"{W}tc")), key=lambda item: _kind(*item)):
        found = tuple(cell for _, cell in cells)
        end = at + _span(found[0])
        yield _Piece(found, range(at, end), bool(kind))
        at = end


def _kind(number: int, cell: etree._Element) -> tuple[str, int]:
    """Return what cells of one loop, and no others, have alike."""
    size = cell.find(f"{W}tcPr/{W}tcW")
    kind = "" if size is None else size.get(f"{W}type", "")
    return (kind, 0) if kind.startswith(MARK) else ("", number)


def _relay(table: etree._Element, rows: Sequence[Sequence[_Piece]], counts: Mapping[range, int]) -> None:
    grid = table.findall(f"{W}tblGrid/{W}gridCol")
    old = [int(column.get(f"{W}w", "0")) for column in grid]
    widths = _widths(old, counts)
    edges = _edges(len(old), counts)
    for holder in table.findall(f"{W}tblGrid"):
        holder[:] = [etree.Element(f"{W}gridCol", {f"{W}w": str(width)}) for width in widths]
    for piece in (piece for row in rows for piece in row):
        first, last = edges[piece.columns.start], edges[piece.columns.stop]
        for n, cell in enumerate(piece.cells):
            end = last if n == len(piece.cells) - 1 else first + 1
            _set(cell, end - first, sum(widths[first:end]))
            first = end


def _edges(columns: int, counts: Mapping[range, int]) -> list[int]:
    """Return before which new column each old one began, and the end; within a loop in proportion."""
    parts = [1.0] * columns
    for taken, count in counts.items():
        for column in taken:
            parts[column] = count / len(taken)
    return [round(edge) for edge in accumulate(parts, initial=0.0)]


def _widths(old: Sequence[int], counts: Mapping[range, int]) -> list[int]:
    """Return the new widths in twips: those of a loop alike, the others as they were, or less where that is needed."""
    starts = {taken.start: (sum(old[taken.start : taken.stop]), count) for taken, count in counts.items()}
    repeated = {column for taken in counts for column in taken}
    spare = {n: max(width - _FREE, 0) for n, width in enumerate(old) if n not in repeated}
    lacking = sum(count * _LEAST - width for width, count in starts.values())
    given = min(max(lacking, 0), (sum(old[n] for n in spare)) // _GIVEN, sum(spare.values()))
    part, more = given / (sum(spare.values()) or 1), given / sum(count for _, count in starts.values())
    made: list[float] = []
    for n, width in enumerate(old):
        if n in starts:
            whole, count = starts[n]
            made += [whole / count + more] * count
        elif n in spare:
            made.append(width - spare[n] * part)
    edges = [round(edge) for edge in accumulate(made, initial=0.0)]
    return [end - start for start, end in pairwise(edges)]


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(VAL, "1"))


def _set(cell: etree._Element, span: int, width: int, kind: str = "dxa") -> None:
    """Give a cell its span and width (twips, unless of another kind); a cell that has come to nothing goes."""
    if not span:
        remove(cell)
        return
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        cell.insert(0, properties)
    size = properties.find(f"{W}tcW")
    if size is None:
        size = etree.Element(f"{W}tcW")
        properties.insert(0, size)
    size.set(f"{W}w", str(width))
    size.set(f"{W}type", kind)
    for old in properties.findall(f"{W}gridSpan"):
        properties.remove(old)
    if span > 1:
        wide = etree.Element(f"{W}gridSpan")
        wide.set(VAL, str(span))
        size.addnext(wide)
