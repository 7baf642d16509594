"""The logical structure of a PDF (ISO 32000-1, 14.7 and 14.8) as it grows while pages are drawn.

In: the nodes of each document in reading order, then a call for every mark on paper. Out: a tree of elements that know
their marks, and for every page the owners of its marks, for ``archive`` to write.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.ooxml.tree import Link
from pipeline.pdf.boxes import RUNNING, Node

_TAGS = {
    "paragraph": "P", "caption": "Caption", "figure": "Figure", "table": "Table", "row": "TR", "group": "Div",
}  # fmt: skip
_ARTIFACTS = {
    "header": "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC",
    "footer": "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC",
    "repeated": "/Artifact <</Type /Pagination>> BDC",
}
_DEEPEST = 6
"""The deepest heading that has a tag (14.8.4.3.2)."""

Rectangle: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top on a page (pt, from its lower left corner)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of content: its page from 0, and its number there (14.7.4.2)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's area: its page from 0, and its place among the annotations there (14.7.4.3)."""

    page: int
    index: int


@dataclass(slots=True, eq=False)
class Element:
    """A structure element. ``node`` is what it was made for, ``link`` and ``text`` are a link's target and words.

    ``area`` is where a figure stands, ``headers`` are the header cells that a cell names, ``name`` is that of one so
    named; an element whose ``used`` is false has nothing on paper.
    """

    tag: str
    parent: Element | None = None
    node: Node | None = None
    link: Link | None = None
    text: str = ""
    area: Rectangle | None = None
    headers: tuple[Element, ...] = ()
    name: str = ""
    used: bool = False
    kids: list[Element | Mark | Annotation] = field(default_factory=list)

    def add(self, tag: str, node: Node | None = None, link: Link | None = None) -> Element:
        """Add an element as the last one."""
        element = Element(tag, self, node, link)
        self.kids.append(element)
        return element

    def put(self, content: Mark | Annotation) -> None:
        """Add content; from now on the element and all around it are used."""
        self.kids.append(content)
        element: Element | None = self
        while element is not None and not element.used:
            element.used = True
            element = element.parent

    @property
    def last(self) -> Element | None:
        """The last child that is an element, if nothing follows it."""
        kid = self.kids[-1] if self.kids else None
        return kid if isinstance(kid, Element) else None


class Structure:
    """The tree of one PDF. ``owners`` gives, page by page, the element that each mark belongs to.

    ``named`` are the header cells with names, in the order of these.
    """

    def __init__(self) -> None:
        """Begin with a document without content."""
        self.root = Element("Document")
        self.owners: list[list[Element]] = []
        self.annotations: list[tuple[Annotation, Element]] = []
        self.figures: list[Element] = []
        self.named: list[Element] = []
        self._elements: dict[Node, Element] = {}
        self._labels: dict[Node, Element] = {}
        self._sections: list[tuple[int, Element]] = []
        self._lists: dict[Element, list[tuple[int, Element]]] = {}
        self._level = 0

    def open_part(self, nodes: Iterable[Node]) -> None:
        """Add a document; its nodes come parents first."""
        self._elements.clear()
        self._labels.clear()
        self._lists.clear()
        self._sections = [(0, self.root.add("Part"))]
        for node in nodes:
            self._elements[node] = self._make(node)

    def open_page(self) -> None:
        """Begin a page."""
        self.owners.append([])

    def _make(self, node: Node) -> Element:
        if node.kind == "heading":
            return self._heading(node)
        holder = self._holder(node)
        if node.kind == "item":
            return self._item(holder, node)
        if node.kind == "entry":
            contents = holder.last if holder.last and holder.last.tag == "TOC" else holder.add("TOC")
            return contents.add("TOCI").add("Reference", node)
        return self._cell(holder, node) if node.kind == "cell" else self._leaf(holder, node)

    def _cell(self, holder: Element, node: Node) -> Element:
        cell = holder.add("TH" if node.scope else "TD", node)
        cell.headers = tuple(self._elements[header] for header in node.headers)
        for header in cell.headers:
            if not header.name:
                header.name = f"h{len(self.named):06d}"
                self.named.append(header)
        return cell

    def _leaf(self, holder: Element, node: Node) -> Element:
        element = holder.add(_TAGS[node.kind], node)
        if node.kind == "figure":
            self.figures.append(element)
        return element

    def _holder(self, node: Node) -> Element:
        return self._sections[-1][1] if node.parent is None else self._elements[node.parent]

    def _heading(self, node: Node) -> Element:
        """Add a heading, at most one level deeper than the one before it (ISO 14289-1, 7.4.2).

        In the body it opens a section.
        """
        self._level = level = min(node.level + 1, self._level + 1, _DEEPEST)
        if node.parent is not None:
            return self._elements[node.parent].add(f"H{level}", node)
        while self._sections[-1][0] >= level:
            self._sections.pop()
        section = self._sections[-1][1].add("Sect")
        self._sections.append((level, section))
        return section.add(f"H{level}", node)

    def _item(self, holder: Element, node: Node) -> Element:
        """Add a list item to the list that it goes on with, or to a new one (14.8.4.3.3)."""
        lists = self._lists.setdefault(holder, [])
        if not lists or holder.last is not lists[0][1]:
            lists.clear()
        while lists and (lists[-1][0] > node.level or self._begins_anew(lists[-1], node)):
            lists.pop()
        if not lists or lists[-1][0] < node.level:
            lists.append((node.level, self._list_holder(holder, lists).add("L", node)))
        item = lists[-1][1].add("LI")
        self._labels[node] = item.add("Lbl")
        return item.add("LBody", node)

    def _begins_anew(self, opened: tuple[int, Element], node: Node) -> bool:
        level, element = opened
        return level == node.level and element.node is not None and numbering(element.node) != numbering(node)

    def _list_holder(self, holder: Element, lists: list[tuple[int, Element]]) -> Element:
        """A deeper list stands in the body of the item above it."""
        item = lists[-1][1].last if lists else None
        body = item.last if item else None
        return body or holder

    # -- marks

    def mark(self, node: Node | None, link: Link | None = None, text: str = "") -> tuple[str, Element | None]:
        """Give the operator that opens a piece of content, and its element, None for an artifact."""
        if node is None or node.kind in RUNNING:
            return _ARTIFACTS[node.kind] if node else "/Artifact BMC", None
        element = self._element(node)
        if link is not None:
            element = self._link(element, link)
            element.text = f"{element.text} {text}".strip()
        page = self.owners[-1]
        element.put(Mark(len(self.owners) - 1, len(page)))
        page.append(element)
        return f"/{element.tag} <</MCID {len(page) - 1}>> BDC", element

    def _element(self, node: Node) -> Element:
        """Give a node's element; those within a paragraph come into being with their first mark."""
        if node.parent is not None and node.kind == "label":
            return self._labels[node.parent]
        if node.parent is not None and node not in self._elements:
            self._elements[node] = self._leaf(self._elements[node.parent], node)
        return self._elements[node]

    def _link(self, element: Element, link: Link) -> Element:
        last = element.last
        return last if last is not None and last.link == link else element.add("Link", link=link)

    def annotate(self, element: Element | None, link: Link, text: str, index: int) -> None:
        """Tie a link's area to its element; one in running matter gets an element of its own."""
        if element is None:
            element = self._sections[0][1].add("Link", link=link)
            element.text = text
        area = Annotation(len(self.owners) - 1, index)
        element.put(area)
        self.annotations.append((area, element))

    @property
    def is_told(self) -> bool:
        """Whether every figure has words in its place."""
        return all(element.node is not None and element.node.alt for element in self.figures if element.used)


def numbering(node: Node) -> str:
    """Give the kind of list that an item's label shows (table 347)."""
    first = next((character for character in node.label if character.isalnum()), "")
    if not first:
        return "Disc"
    if first.isascii() and first.isalpha():
        return "UpperAlpha" if first.isupper() else "LowerAlpha"
    return "Decimal"
