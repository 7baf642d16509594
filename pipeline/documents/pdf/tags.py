"""Structure elements in PDF syntax: their names and attributes (ISO 32000-1, 14.7.2, 14.8.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.documents.pdf.boxes import Node
from pipeline.documents.pdf.objects import dictionary, numbers, text_string

PART = "#"
"""Stands in the names of header cells for the part of the PDF that they are in: names are for the whole of it."""
ELEMENT, PAGE, AREA = "e", "p", "a"
"""Kinds of objects that a record names by their numbers within the document, until the PDF's own are known."""
_RELATIVE = re.compile("([epa])~([0-9]+)")

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top on a page (pt, from its lower left corner)."""


def entries(tag: str, node: Node | None, area: Rectangle | None, headers: Sequence[int]) -> str:
    """Return an element's entries that do not depend on where it is in the tree.

    ``area`` is where a figure stands, ``headers`` are the numbers of the header cells that a cell names.
    """
    attributes = _attributes(tag, node, area) if node is not None else {}
    if headers:
        attributes |= {"O": "/Table", "Headers": f"[{' '.join(map(header_name, headers))}]"}
    written = f"/S/{tag}/A{dictionary(attributes)}" if attributes else f"/S/{tag}"
    if tag == "Figure" and node is not None and node.alt:
        written += f"/Alt{text_string(node.alt)}"
    return written


def _attributes(tag: str, node: Node, area: Rectangle | None) -> dict[str, str]:
    if tag == "L":
        return {"O": "/List", "ListNumbering": f"/{numbering(node)}"}
    if tag == "Figure" and area is not None:
        placement = "/Block" if node.parent is None or node.parent.kind in ("cell", "group") else "/Inline"
        return {"O": "/Layout", "Placement": placement, "BBox": f"[{numbers(area)}]"}
    if tag == "Table" and node.alt:
        return {"O": "/Table", "Summary": text_string(node.alt)}
    return _cell_attributes(node) if tag in ("TH", "TD") else {}


def _cell_attributes(node: Node) -> dict[str, str]:
    attributes: dict[str, str] = {}
    if node.scope:
        attributes["Scope"] = f"/{node.scope}"
    if node.columns > 1:
        attributes["ColSpan"] = str(node.columns)
    if node.rows > 1:
        attributes["RowSpan"] = str(node.rows)
    return {"O": "/Table", **attributes} if attributes else {}


def header_name(number: int) -> str:
    """Return the name of a header cell that others name."""
    return f"(h{PART}{number:06d})"


def numbering(node: Node) -> str:
    """Return the kind of list that an item's label shows (table 347)."""
    first = next((character for character in node.label if character.isalnum()), "")
    if not first:
        return "Disc"
    if first.isascii() and first.isalpha():
        return "UpperAlpha" if first.isupper() else "LowerAlpha"
    return "Decimal"


# -- records


def relative(kind: str, number: int) -> str:
    """Name an object by its number within the document."""
    return f"{kind}~{number}"


def mark(page: int, number: int) -> str:
    """Name a mark on another page than that of its element (14.7.4.2)."""
    return f"<</Type/MCR/Pg {relative(PAGE, page)}/MCID {number}>>"


def area(page: int, number: int) -> str:
    """Name a link's area (14.7.4.3)."""
    return f"<</Type/OBJR/Pg {relative(PAGE, page)}/Obj {relative(AREA, number)}>>"


def record(written: str, parent: int, page: int | None, kids: Sequence[str]) -> str:
    """Write an element: its own entries, where it is in the tree, the page of its marks, and what is in it."""
    place = "" if page is None else f"/Pg {relative(PAGE, page)}"
    inner = f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]" if kids else ""
    return f"<<{written}/P {relative(ELEMENT, parent)}{place}{inner}>>"


def absolute(record: str, part: int, objects: Mapping[str, Sequence[int]]) -> str:
    """Put the PDF's own numbers in a record: ``objects`` gives those of the document's objects of each kind."""
    found = _RELATIVE.sub(lambda match: f"{objects[match[1]][int(match[2])]} 0 R", record)
    return found.replace(PART, f"{part:04d}.") if PART in found else found
