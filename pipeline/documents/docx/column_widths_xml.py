"""How wide a table's columns are: what its grid says (17.4.48), or what its cells ask for (17.4.71) where it says less.

Word writes into the grid what it laid out. Other programs leave it as it came to them, and Word does not look at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from lxml import etree

from pipeline.documents.docx.markup import W, child_value, inside
from pipeline.documents.docx.table_format_xml import read_share, read_width

Read: TypeAlias = Callable[[etree._Element], float | None]
_Said: TypeAlias = tuple[int, etree._Element]
"""A column, and what a cell of it says of its width."""
_TOLERANCE = 0.6
"""How far (pt) a cell's own width may be from the grid's: programs round each of them."""
_HALF = 0.5
_NARROW = 72.0
"""A grid narrower than this (pt), or than half of what its cells ask for, was laid out by nobody."""


def fitted(element: etree._Element, grid: tuple[float, ...], *, is_fixed: bool) -> tuple[float, ...] | None:
    """Return the widths of columns; None where they are asked for in two ways, or not known.

    Columns of fixed widths are as wide as their cells say. Others are as Word last laid them out; nobody did where the
    grid is much too narrow, or its columns are all the same while those of the cells are not.
    """
    said = [*_said(element)]
    asked = _asked(said, len(grid), read_width)
    if asked is None:
        return None if is_fixed else grid
    shares = _asked(said, len(grid), read_share) or {}
    if len(shares) == len(grid):
        wanted = [sum(grid) * share for _, share in sorted(shares.items())]
        if not is_fixed and _is_laid_out(grid, wanted, _NARROW):
            return grid
        return _kept(grid, wanted) if is_fixed or _has_width(element) else None
    wanted = [asked.get(at, width) for at, width in enumerate(grid)]
    is_known = len(asked) == len(grid) and not _is_laid_out(grid, wanted, _HALF * sum(wanted))
    return _kept(grid, wanted) if is_fixed or is_known else grid


def _kept(grid: Sequence[float], wanted: Sequence[float]) -> tuple[float, ...]:
    """Return the widths that are wanted; those of the grid where they are the same but for rounding."""
    return tuple(own if _differs(own, width) else width for own, width in zip(wanted, grid, strict=True))


def _is_laid_out(grid: Sequence[float], wanted: Sequence[float], least: float) -> bool:
    return sum(grid) >= least and (_is_even(wanted) or not _is_even(grid))


def _is_even(widths: Sequence[float]) -> bool:
    return not _differs(min(widths), max(widths))


def _has_width(element: etree._Element) -> bool:
    said = inside(element, "tblPr", "tblW")
    return said is not None and bool(read_width(said) or read_share(said))


def _differs(one: float, other: float) -> bool:
    return abs(one - other) > _TOLERANCE


def _asked(said: Sequence[_Said], count: int, read: Read) -> dict[int, float] | None:
    """Return what the cells of one column ask for, by column; None where two of a column differ."""
    found: dict[int, float] = {}
    for column, element in said:
        width = read(element)
        if width and column < count and _differs(found.setdefault(column, width), width):
            return None
    return found


def _said(table: etree._Element) -> Iterator[_Said]:
    """Yield what is said of the width of cells that take one column, and are not merged with one above."""
    for row in _own(table, "tr"):
        column = int(child_value(row.find(f"{W}trPr"), "gridBefore") or "0")
        for cell in _own(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            span = int(child_value(properties, "gridSpan") or "1")
            merge = None if properties is None else properties.find(f"{W}vMerge")
            width = None if properties is None else properties.find(f"{W}tcW")
            if width is not None and span == 1 and (merge is None or merge.get(f"{W}val") == "restart"):
                yield column, width
            column += span


def _own(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield children of a kind, those in content controls too."""
    for child in element:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from _own(child, tag)
