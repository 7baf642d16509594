"""The printed page numbers of a filled document."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import W, parse, serialize
from pipeline.documents.docx.parts import DOCUMENT, packed, unpacked

_AFTER_NUMBER = frozenset(W + name for name in (
    "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid",
    "printerSettings", "sectPrChange",
))  # fmt: skip
"""What stands after ``w:pgNumType`` in a section's properties (ISO/IEC 29500-1, 17.6.17)."""


def number_from(document: etree._Element, page: int) -> None:
    """Number a document's pages from ``page`` on, whatever its template says; later sections go on from there."""
    first, *later = document.iter(f"{W}sectPr")
    _numbering(first).set(f"{W}start", str(page))
    for section in later:
        _numbering(section).attrib.pop(f"{W}start", "")


def going_on_from(data: bytes, name: str, page: int) -> bytes:
    """Return a docx whose first page has a number, unless it says one itself; ``name`` is for messages."""
    parts = unpacked(data, name)
    document = parse(parts[DOCUMENT], name, DOCUMENT)
    first = next(document.iter(f"{W}sectPr"), None)
    if first is None or f"{W}start" in _numbering(first).attrib:
        return data
    _numbering(first).set(f"{W}start", str(page))
    return packed({**parts, DOCUMENT: serialize(document)})


def _numbering(section: etree._Element) -> etree._Element:
    found = section.find(f"{W}pgNumType")
    if found is None:
        found = etree.Element(f"{W}pgNumType")
        section.insert(next((n for n, e in enumerate(section) if e.tag in _AFTER_NUMBER), len(section)), found)
    return found
