"""What departs from a template's looks by year: the evaluated year's column, and cells that print nothing.

The template shows the look once, on a sample column; here it only moves to the column it belongs to.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from pipeline.formatting import NONE
from pipeline.ooxml.markup import VAL, W

_QUIET, _LOUD = "Sub", "Strong"


def emphasise_year(table: etree._Element, year: str) -> None:
    """Exchange the looks of the shaded column and the year's, row by row; rows with merged columns are left alone."""
    head, *rows = [row.findall(f"{W}tc") for row in table.iter(f"{W}tr")]
    shaded = next((n for n, cell in enumerate(head) if cell.find(f"{W}tcPr/{W}shd") is not None), None)
    wanted = next((n for n, cell in enumerate(head) if _text(cell).startswith(year)), None)
    if shaded is None or wanted is None or shaded == wanted:
        return
    for cells in (head, *rows):
        if len(cells) == len(head):
            _exchange(cells[shaded], cells[wanted])


def subdue_absences(table: etree._Element) -> None:
    """Print ― in the quieter character style."""
    for cell in table.iter(f"{W}tc"):
        if _text(cell) == NONE:
            for run in cell.iter(f"{W}r"):
                if _style(run) in (None, _LOUD):
                    _dress(run, _quiet())


def _exchange(one: etree._Element, other: etree._Element) -> None:
    """Exchange the properties of two cells and of the runs in them; the texts stay."""
    first, second = one.find(f"{W}tcPr"), other.find(f"{W}tcPr")
    if first is not None and second is not None:
        one.insert(0, second)
        other.insert(0, first)
    looks = [deepcopy(cell.find(f".//{W}r/{W}rPr")) for cell in (other, one)]
    for cell, look in zip((one, other), looks, strict=True):
        for run in cell.iter(f"{W}r"):
            _dress(run, look)


def _dress(run: etree._Element, look: etree._Element | None) -> None:
    """Give a run these properties and no others."""
    for worn in run.findall(f"{W}rPr"):
        run.remove(worn)
    if look is not None:
        run.insert(0, deepcopy(look))


def _quiet() -> etree._Element:
    look = etree.Element(f"{W}rPr")
    etree.SubElement(look, f"{W}rStyle").set(VAL, _QUIET)
    return look


def _style(run: etree._Element) -> str | None:
    style = run.find(f"{W}rPr/{W}rStyle")
    return None if style is None else style.get(VAL)


def _text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))
