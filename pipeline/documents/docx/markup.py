"""XML the careful way, and the small values of WordprocessingML (lengths, on/off, colours)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import product

from lxml import etree

from pipeline.documents.docx.errors import Damaged, Unsupported
from pipeline.documents.units import MM

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ASVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
WPC = "{http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas}"
V = "{urn:schemas-microsoft-com:vml}"
DC = "{http://purl.org/dc/elements/1.1/}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W16SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = f"{W}val"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_UNITS = {"pt": 1.0, "pi": 12.0, "pc": 12.0, "in": 72.0, "cm": 10 * MM, "mm": MM}
_COLOR = re.compile("[0-9A-F]{6}")
OFF = frozenset({"0", "false", "off"})
"""What is said of something that is off (22.9.2.7)."""
_NEAR_LENGTH = 30
_HOLDERS = frozenset(W + tag for tag in ("p", "tc", "tr", "tbl"))
"""Elements whose own text is nearer to what they hold than the text before them."""
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)


_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"http://schemas.openxmlformats.org/{name}/2006/{part}".encode())
    for strict, name, part in (
        ("wordprocessingml/main", "wordprocessingml", "main"),
        ("spreadsheetml/main", "spreadsheetml", "main"),
        ("officeDocument/relationships", "officeDocument", "relationships"),
        ("officeDocument/math", "officeDocument", "math"),
        ("drawingml/wordprocessingDrawing", "drawingml", "wordprocessingDrawing"),
        ("drawingml/main", "drawingml", "main"),
        ("drawingml/picture", "drawingml", "picture"),
    )
)
"""Namespaces of strict documents (Part 1, annex A), and those of transitional ones (Part 4) that mean the same here."""


def parse(data: bytes, name: str, part: str) -> etree._Element:
    """Parse one part of a package; entities are never expanded, and a document type is refused."""
    if b"//purl.oclc.org/ooxml/" in data:
        for (strict, transitional), mark in product(_STRICT, (b'"', b"'")):
            data = data.replace(mark + strict + mark, mark + transitional + mark)
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as fault:
        raise Damaged(name, f"{part}が壊れていて読めません。") from fault
    information: etree.DocInfo = root.getroottree().docinfo
    if information.internalDTD is not None:
        raise Damaged(name, f"{part}に文書型宣言（DOCTYPE）があるため、安全のため読みません。")
    return root


def serialize(root: etree._Element) -> bytes:
    """Return a part's bytes, with the declaration that Word writes (ISO/IEC 29500-2, 8.1)."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def local(element: etree._Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def spelling(element: etree._Element | None) -> bytes:
    """Return an element as it is written, nothing for none: what is written alike means the same."""
    return b"" if element is None else etree.tostring(element, with_tail=False)


def text_of(element: etree._Element) -> str:
    """Return the text within an element, without tabs and breaks."""
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def value_of(element: etree._Element | None) -> str:
    """Return ``w:val`` of an element; empty where either is absent."""
    return "" if element is None else element.get(VAL, "")


def inside(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the element under a path of names, None where one of them is absent."""
    for name in names:
        element = None if element is None else next(element.iterchildren(W + name), None)
    return element


def remove(element: etree._Element) -> None:
    """Take an element out of its parent, if it has one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def child_value(element: etree._Element | None, name: str) -> str | None:
    """Return ``w:val`` of the named child, None where the child is absent."""
    found = inside(element, name)
    return None if found is None else found.get(VAL)


def is_on(element: etree._Element | None) -> bool:
    """Return whether an on/off property is on (17.17.4): present without a value means on, absent means off."""
    return element is not None and element.get(VAL, "1") not in (*OFF, "none")


def is_on_attribute(element: etree._Element, attribute: str) -> bool:
    """Return whether an on/off attribute is on; it is off where it is absent."""
    return element.get(W + attribute, "0") not in OFF


def number(value: str) -> float:
    """Return the number that an attribute holds; ValueError for NaN and infinity, too, which no measure is."""
    found = float(value)
    if not math.isfinite(found):
        raise ValueError(value)
    return found


def points(value: str) -> float:
    """Return points for a measure in twips, or with a unit (``12pt``, 22.9.2.15)."""
    unit = _UNITS.get(value[-2:])
    return number(value) / 20 if unit is None else number(value[:-2]) * unit


def half_points(value: str) -> float:
    """Return points for a measure in half points, or with a unit (17.18.42)."""
    return number(value) / 2 if value[-2:] not in _UNITS else points(value)


def color(value: str | None) -> str | None:
    """Return a colour as six capital hex digits; None for ``auto`` and for none at all."""
    if value is None or value == "auto":
        return None
    digits = value.lstrip("#").upper()
    if not _COLOR.fullmatch(digits):
        raise ValueError(f"色 {value}")
    return digits


def nearby(element: etree._Element) -> str:
    """Return the text nearest to an element, for messages: of its paragraph, else of the nearest before it."""
    for candidate in _outward(element):
        text = text_of(candidate).strip()
        if text:
            return text[:_NEAR_LENGTH]
    return ""


def _outward(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    while element is not None:
        yield from element.itersiblings(preceding=True)
        parent = element.getparent()
        if parent is None:
            return
        if parent.tag in _HOLDERS:
            yield parent
        element = parent


def refuse(construct: str, element: etree._Element, name: str) -> Unsupported:
    """Make the error for a construct that cannot be drawn, with the text near the element."""
    return Unsupported(construct, nearby(element), name)
