"""Recipes on cells -> bookmarks, and the record of where every marked text stands.

Bookmarks around a field do not survive ordinary editing; one in a cell that nobody types in does. So every row of a
table has its bookmark in the cell beside its fields, and a field is found by row and cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import count

from lxml import etree

from pipeline.departments.issued.asking import ASKING, Asking
from pipeline.departments.issued.identity import bookmark, row_bookmark
from pipeline.departments.issued.references import merged
from pipeline.departments.sending.subdued import subdue
from pipeline.documents.docx.markup import VAL, W, text_of
from pipeline.documents.docx.properties import properties, put
from pipeline.documents.template import RECIPE, Recipe
from pipeline.model.correspondence import Identity, Mark, Spot

_FIRST_ID = 9000


def stamp(body: etree._Element, identity: Identity, asking: Asking) -> None:
    """Set the bookmarks, shade what is to be filled in and take the recipes off."""
    ids = count(_FIRST_ID)
    for number, table in enumerate(tables(body)):
        for position, row in enumerate(table.findall(f"{W}tr")):
            _mark_row(row, row_bookmark(identity, number, position), str(next(ids)))
    _enclose(title(body), bookmark(identity), str(next(ids)))
    for holder in list(body.iter(f"{W}tc", f"{W}p")):
        recipe = holder.get(RECIPE)
        if recipe is None:
            continue
        del holder.attrib[RECIPE]
        marks = [piece for piece in _pieces(recipe) if isinstance(piece, Mark)]
        for mark in (mark for mark in marks if mark.reference):
            subdue(holder, mark.reference.split("\n"))
        if holder.tag == f"{W}tc" and any(asking.asks(mark.path, mark.shown, identity.measure) for mark in marks):
            _shade(holder)
    etree.cleanup_namespaces(body.getroottree(), keep_ns_prefixes=list(_prefixes(body)))


def tables(body: etree._Element) -> list[etree._Element]:
    """Return the tables that stand in the text, not within other tables."""
    return [table for table in body.iter(f"{W}tbl") if next(table.iterancestors(f"{W}tbl"), None) is None]


def spots(body: etree._Element) -> Iterator[Spot]:
    """Yield every place where marked texts stand, as the recipes tell."""
    for number, table in enumerate(tables(body)):
        for position, row in enumerate(table.findall(f"{W}tr")):
            for place, cell in enumerate(row.findall(f"{W}tc")):
                if RECIPE in cell.attrib:
                    yield Spot(number, position, place, _pieces(cell.get(RECIPE, "")))
    for position, paragraph in enumerate(body.findall(f"{W}p")):
        if RECIPE in paragraph.attrib:
            yield Spot(None, position, 0, _pieces(paragraph.get(RECIPE, "")))


def _pieces(text: str) -> tuple[str | Mark, ...]:
    recipe: Recipe = json.loads(text)
    return merged([piece if isinstance(piece, str) else Mark(piece["path"], piece["shown"]) for piece in recipe])


def _mark_row(row: etree._Element, name: str, identifier: str) -> None:
    """Mark the first cell that holds words of its own and no field; where there is none, the first cell's beginning."""
    cells = row.findall(f"{W}tc")
    label = next((cell for cell in cells if _is_label(cell)), None)
    if label is not None:
        _enclose(_paragraph(label), name, identifier)
        return
    paragraph = _paragraph(cells[0])
    place = 0 if paragraph.find(f"{W}pPr") is None else 1
    for mark in reversed(_pair(name, identifier)):
        paragraph.insert(place, mark)


def _is_label(cell: etree._Element) -> bool:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    goes_on = merged is not None and merged.get(VAL) != "restart"
    return RECIPE not in cell.attrib and not goes_on and bool(text_of(cell).strip())


def _paragraph(holder: etree._Element) -> etree._Element:
    return next(holder.iter(f"{W}p"))


def title(body: etree._Element) -> etree._Element:
    """Return the heading; where the template has none, the first paragraph."""
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(VAL) == "Heading1":
            return paragraph
    return _paragraph(body)


def _enclose(paragraph: etree._Element, name: str, identifier: str) -> None:
    start, end = _pair(name, identifier)
    paragraph.insert(0 if paragraph.find(f"{W}pPr") is None else 1, start)
    paragraph.append(end)


def _pair(name: str, identifier: str) -> Sequence[etree._Element]:
    start, end = etree.Element(f"{W}bookmarkStart"), etree.Element(f"{W}bookmarkEnd")
    for mark in (start, end):
        mark.set(f"{W}id", identifier)
    start.set(f"{W}name", name)
    return start, end


def _shade(cell: etree._Element) -> None:
    shade = put(properties(cell, "tcPr"), "shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", ASKING)):
        shade.set(W + name, value)


def _prefixes(root: etree._Element) -> Iterator[str]:
    """Every prefix but that of the recipes; some are named in attributes (mc:Ignorable), where they look unused."""
    return (prefix for prefix, name in root.nsmap.items() if prefix and not RECIPE.startswith(f"{{{name}}}"))
