"""Structure elements: what is kept of each while a document is drawn, and its PDF syntax (ISO 32000-1, 14.7.2, 14.8.5).

An element names others, pages and links by their numbers within the document; the PDF's own are known when it is bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from pipeline.documents.pdf.boxes import Node
from pipeline.documents.pdf.objects import dictionary, numbers, text_string

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top on a page (pt, from its lower left corner)."""


class MarkedContent(NamedTuple):
    """A piece of content: its page from 0, and its number there (14.7.4.2)."""

    page: int
    number: int


class LinkArea(NamedTuple):
    """The area of a link: its page, and its number among all areas (14.7.4.3)."""

    page: int
    area: int


Kid: TypeAlias = MarkedContent | LinkArea | int
"""What is in an element: content, links, and other elements by their numbers."""


class Record(NamedTuple):
    """An element that is finished.

    ``attributes`` are in PDF syntax, ``alt`` is read in place of a figure, ``language`` is that of foreign words.
    ``parent`` and ``headers`` are numbers of
    elements, the latter those that a cell names by their ``name``, -1 for elements without one. ``page`` is that of its
    own content, None where it has none.
    """

    tag: str
    attributes: str = ""
    alt: str = ""
    language: str = ""
    name: int = -1
    headers: tuple[int, ...] = ()
    parent: int = 0
    page: int | None = None
    kids: tuple[Kid, ...] = ()


_OLDER = frozenset({"TOC", "TOCI", "Reference"})
"""The elements that PDF 2.0 leaves to PDF 1.7 (ISO 32000-2, 14.8.6.2)."""
_NEWER = {"Div": "Sect", "Note": "FENote"}
"""What elements are in PDF 2.0, where a Div says nothing of what is in it: its caption would be that of the section."""


class ObjectNumbers(Struct, frozen=True):
    """The PDF's numbers for a document's elements, pages and links, and the document's place among those of the PDF.

    ``namespace`` is that of the elements of PDF 2.0, None in an older PDF.
    """

    document: int
    elements: Sequence[int]
    pages: Sequence[int]
    areas: Sequence[int]
    namespace: int | None = None

    def written(self, record: Record, more: str = "") -> str:
        """Write an element: its own entries and ``more``, where it is in the tree, its page, and what is in it."""
        attributes = record.attributes
        if record.headers:
            names = " ".join(map(self.header_name, record.headers))
            attributes = f"{attributes or '/O /Table'}/Headers [{names}]"
        own = self.kind(record.tag) + (f"/A<<{attributes}>>" if attributes else "")
        alt = f"/Alt{text_string(record.alt)}" if record.alt else ""
        alt += f"/Lang({record.language})" if record.language else ""
        name = f"/ID{self.header_name(record.name)}" if record.name >= 0 else ""
        page = "" if record.page is None else f"/Pg {self.pages[record.page]} 0 R"
        kids = [*self.kids(record.kids, record.page)]
        inner = f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]" if kids else ""
        return f"<<{own}{alt}{name}{more}/P {self.elements[record.parent]} 0 R{page}{inner}>>"

    def kids(self, kids: Iterable[Kid], page: int | None) -> Iterable[str]:
        """Yield what is in an element whose own content is on a page."""
        for kid in kids:
            if isinstance(kid, int):
                yield f"{self.elements[kid]} 0 R"
            elif isinstance(kid, LinkArea):
                yield f"<</Type/OBJR/Pg {self.pages[kid.page]} 0 R/Obj {self.areas[kid.area]} 0 R>>"
            elif kid.page == page:
                yield str(kid.number)
            else:
                yield f"<</Type/MCR/Pg {self.pages[kid.page]} 0 R/MCID {kid.number}>>"

    def kind(self, tag: str) -> str:
        """Return the entries of an element's type, and of its namespace where that is not the default one."""
        if self.namespace is None or tag in _OLDER:
            return f"/S/{tag}"
        return f"/S/{_NEWER.get(tag, tag)}/NS {self.namespace} 0 R"

    def header_name(self, number: int) -> str:
        """Return the name of a header cell that others name: no other in the PDF has it."""
        return f"(h{self.document:04d}.{number:06d})"


def attributes(tag: str, node: Node, area: Rectangle | None) -> str:
    """Return an element's attributes, without brackets; ``area`` is where a figure stands."""
    return dictionary(_attributes(tag, node, area))[2:-2]


def _attributes(tag: str, node: Node, area: Rectangle | None) -> dict[str, str]:
    if tag == "L":
        return {"O": "/List", "ListNumbering": f"/{node.numbering}"}
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
