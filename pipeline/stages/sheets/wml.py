"""The few WordprocessingML elements that a sheet's own steps touch; python-docx keeps their order right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from pipeline.documents.docx.markup import VAL, WP, W, value_of
from pipeline.documents.docx.walk import CONTROL, elements
from pipeline.documents.units import mm_to_twips, pt_to_twips

INDICATORS, INITIATIVES, OPINIONS = "IndicatorTable", "InitiativeTable", "OpinionTable"
"""The table styles by which the sheet's tables are known."""
_CHART = re.compile(r"chart\d+")
"""The name of a chart's picture; other pictures are the template's own (a city's emblem)."""


def tables(root: etree._Element, style: str) -> Iterator[etree._Element]:
    """Return the tables of a style."""
    return (t for t in root.iter(f"{W}tbl") if value_of(t.find(f"{W}tblPr/{W}tblStyle")) == style)


def charts(root: etree._Element) -> list[etree._Element]:
    """Return the properties (``wp:docPr``) of the pictures that are charts."""
    return [p for p in root.iter(f"{WP}docPr") if _CHART.fullmatch(p.get("name", ""))]


def rows(table: etree._Element) -> list[etree._Element]:
    """Return a table's rows, those in content controls too."""
    return [row for row in elements(table, frozenset({CONTROL})) if row.tag == f"{W}tr"]


def cells(row: etree._Element) -> list[etree._Element]:
    """Return a row's cells."""
    return row.findall(f"{W}tc")


def style_of(paragraph: etree._Element) -> str:
    """Return the id of a paragraph's style."""
    return value_of(paragraph.find(f"{W}pPr/{W}pStyle"))


def child(element: etree._Element, name: str) -> etree._Element:
    """Return a child, made where it is missing; for elements whose children may stand in any order, or have only
    one.
    """
    found = element.find(W + name)
    if found is None:
        found = OxmlElement(f"w:{name}")
        element.append(found)
    return found


def number(element: etree._Element | None, name: str) -> float:
    """Return an attribute (w: is meant) as a number, in its own unit; 0 where element or attribute is missing."""
    return 0.0 if element is None else float(element.get(W + name, "0"))


def set_height(row: etree._Element, points: float) -> None:
    """Give a row a least height (pt)."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = OxmlElement("w:trPr")
        row.insert(0, properties)
    height = child(properties, "trHeight")
    height.set(VAL, str(pt_to_twips(points)))
    height.set(qn("w:hRule"), "atLeast")


def has_columns(table: etree._Element, count: int) -> bool:
    """Return whether the grid and all rows have so many columns; a clerk may have merged or added some."""
    return len(widths(table)) == count and all(len(cells(row)) == count for row in rows(table))


def set_widths(table: etree._Element, twips: list[int]) -> None:
    """Give a table new column widths; its grid and cells agree."""
    for column, width in zip(table.findall(f"{W}tblGrid/{W}gridCol"), twips, strict=True):
        column.set(qn("w:w"), str(width))
    for row in rows(table):
        for cell, width in zip(cells(row), twips, strict=True):
            for size in cell.findall(f"{W}tcPr/{W}tcW"):
                size.set(qn("w:w"), str(width))


def widths(table: etree._Element) -> list[int]:
    """Return a table's column widths in twips."""
    return [int(column.get(qn("w:w"), "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]


def scaled(parts: tuple[float, ...], total: int) -> list[int]:
    """Return column widths (mm) in twips whose sum is exactly the total."""
    twips = [mm_to_twips(part) for part in parts[:-1]]
    return [*twips, total - sum(twips)]


def inner_width(cell: etree._Element) -> float:
    """Return a cell's width less the margins set at it, in twips (ISO/IEC 29500-1, 17.4.71 and 17.4.68)."""
    margins = sum(number(cell.find(f"{W}tcPr/{W}tcMar/{W}{side}"), "w") for side in ("left", "right"))
    return number(cell.find(f"{W}tcPr/{W}tcW"), "w") - margins
