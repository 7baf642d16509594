"""The printed page numbers of a filled document."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import W, parse, serialize
from pipeline.documents.docx.parts import DOCUMENT, packed, unpacked
from pipeline.documents.docx.properties import put


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
    return put(section, "pgNumType") if found is None else found
