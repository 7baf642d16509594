"""Properties that are written into a docx, each at its place: Word takes a file whose order is another for damaged."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.documents.docx.markup import W

_ORDER: Mapping[str, tuple[str, ...]] = {
    "rPr": (
        "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText",
        "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
    ),
    "tcPr": (
        "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel",
    ),
    "sectPr": (
        "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter",
        "docGrid", "printerSettings", "sectPrChange",
    ),
}  # fmt: skip
"""From the first property that is written here on: of a run, a cell, a section (ISO/IEC 29500-1, 17.3.2.28, 17.4.70,
17.6.17).
"""


def properties(holder: etree._Element, kind: str) -> etree._Element:
    """Return the properties (``rPr``, ``tcPr``) of a run or a cell, new ones where it has none."""
    found = holder.find(f"{W}{kind}")
    if found is None:
        found = etree.Element(f"{W}{kind}")
        holder.insert(0, found)
    return found


def put(holder: etree._Element, name: str) -> etree._Element:
    """Return a new property without attributes, put in its place among others, in the stead of any of its name."""
    for old in holder.findall(f"{W}{name}"):
        holder.remove(old)
    order = _ORDER[etree.QName(holder).localname]
    later = {f"{W}{one}" for one in order[order.index(name) + 1 :]}
    made = etree.Element(f"{W}{name}")
    holder.insert(next((n for n, one in enumerate(holder) if one.tag in later), len(holder)), made)
    return made
