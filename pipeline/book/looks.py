"""What departs from the template by year: the look of the evaluated year's column, and of cells that print nothing."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from pipeline.formatting import NONE
from pipeline.ooxml.markup import VAL, W, parse
from pipeline.templating import Parts

_DOCUMENT = "word/document.xml"
_QUIET = "Sub"


def for_year(parts: Parts, year: str) -> Parts:
    """Move the look of each table's shaded column to the year's column, and print ― in the quieter style."""
    document = parse(parts[_DOCUMENT], _DOCUMENT, _DOCUMENT)
    for table in document.iter(f"{W}tbl"):
        _emphasise(table, year)
        _subdue(table)
    data: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return {**parts, _DOCUMENT: data}


def _emphasise(table: etree._Element, year: str) -> None:
    """Exchange the looks of the shaded column and the year's, row by row; rows with merged columns are left alone."""
    head, *rows = [row.findall(f"{W}tc") for row in table.iter(f"{W}tr")]
    shaded = next((n for n, cell in enumerate(head) if cell.find(f"{W}tcPr/{W}shd") is not None), None)
    wanted = next((n for n, cell in enumerate(head) if _text(cell).startswith(year)), None)
    if shaded is None or wanted is None or shaded == wanted:
        return
    for cells in (head, *rows):
        if len(cells) == len(head):
            _exchange(cells[shaded], cells[wanted])


def _exchange(one: etree._Element, other: etree._Element) -> None:
    """Exchange the properties of two cells and of the runs in them; the texts stay."""
    first, second = one.find(f"{W}tcPr"), other.find(f"{W}tcPr")
    if first is not None and second is not None:
        one.insert(0, second)
        other.insert(0, first)
    looks = [cell.find(f".//{W}r/{W}rPr") for cell in (other, one)]
    for cell, look in zip((one, other), [deepcopy(look) for look in looks], strict=True):
        for run in cell.iter(f"{W}r"):
            _dress(run, look)


def _subdue(table: etree._Element) -> None:
    for cell in table.iter(f"{W}tc"):
        if _text(cell) == NONE:
            for run in cell.iter(f"{W}r"):
                _dress(run, _quiet())


def _quiet() -> etree._Element:
    look = etree.Element(f"{W}rPr")
    etree.SubElement(look, f"{W}rStyle").set(VAL, _QUIET)
    return look


def _dress(run: etree._Element, look: etree._Element | None) -> None:
    """Give a run these properties and no others."""
    for worn in run.findall(f"{W}rPr"):
        run.remove(worn)
    if look is not None:
        run.insert(0, deepcopy(look))


def _text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))
