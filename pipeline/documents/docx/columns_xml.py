"""w:cols (17.6.4): the columns of a section."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.context import Context
from pipeline.documents.docx.markup import W, is_on_attribute, points
from pipeline.documents.docx.tree import Columns

_GAP = "720"


def read_columns(element: etree._Element | None, width: float, context: Context) -> Columns:
    """Read the columns of a text that is ``width`` (pt) wide; refused ones count as one column."""
    if element is None:
        return Columns((width,))
    columns = element.findall(f"{W}col")
    made = _equal(element, width) if _are_equal(element) or not columns else _unequal(element, columns)
    if len(made.widths) == 1:
        return Columns((width,))
    if min(made.widths) <= 0 or sum(made.widths) + sum(made.gaps) > width + 1:
        context.collect(context.refuse("本文の幅に収まらない段組み", element), element)
        return Columns((width,))
    return made


def _are_equal(element: etree._Element) -> bool:
    return element.get(f"{W}equalWidth") is None or is_on_attribute(element, "equalWidth")


def _equal(element: etree._Element, width: float) -> Columns:
    count = max(1, int(element.get(f"{W}num", "1")))
    gap = points(element.get(f"{W}space", _GAP))
    return Columns(((width - gap * (count - 1)) / count,) * count, (gap,) * (count - 1), _has_line(element))


def _unequal(element: etree._Element, columns: list[etree._Element]) -> Columns:
    widths = tuple(points(column.get(f"{W}w", "0")) for column in columns)
    gaps = tuple(points(column.get(f"{W}space", "0")) for column in columns[:-1])
    return Columns(widths, gaps, _has_line(element))


def _has_line(element: etree._Element) -> bool:
    return is_on_attribute(element, "sep")
