"""The logical structure of a document (ISO 32000-1, 14.7 and 14.8) as it grows while its pages are drawn.

In: page by page, the nodes of the blocks that begin there, then a call for every mark on paper. Out: records of the
elements, for ``pdf_file`` to write. What can get no more marks is kept as its record alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from pipeline.documents.docx.tree import Link
from pipeline.documents.pdf import tags
from pipeline.documents.pdf.boxes import RUNNING, Node
from pipeline.documents.pdf.tags import Kid, LinkArea, MarkedContent, Record, Rectangle

_TAGS = {
    "paragraph": "P", "caption": "Caption", "picture": "Figure", "formula": "Formula", "table": "Table", "row": "TR",
    "group": "Div", "note": "Note", "ruby": "Ruby", "ruby_base": "RB", "ruby_text": "RT",
}  # fmt: skip
_ARTIFACTS = {
    "header": "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC",
    "footer": "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC",
    "repeated": "/Artifact <</Type /Pagination>> BDC",
}
_DEEPEST = 6
"""The deepest heading that has a tag (14.8.4.3.2)."""
_WITH_CAPTION = frozenset({"Table", "Figure"})
_SPOKEN = frozenset({"Figure", "Formula"})
"""What is read aloud in words of its own."""
_OUTSIDE = -1
_KEPT = frozenset({"TR", "TH", "TD"})
"""The elements that are there even when they are empty."""
_ROOT = Record("Part")
"""The document itself; it stands for elements that are not finished yet."""


class Area(Struct, eq=False):
    """Where a link can be clicked: its page, where it leads, its element (-1 in running matter), and its words."""

    page: int
    rectangle: Rectangle
    link: Link
    element: int
    words: str


class Element(Struct, eq=False):
    """A structure element. ``node`` is what it was made for, ``link`` and ``text`` are a link's target and words.

    ``area`` is where a figure stands, ``headers`` are the header cells that a cell names, ``name`` is the number by
    which it is named, ``language`` that of foreign words. ``index`` is its own number, below 0 as long as it has
    nothing on paper; of its kids, the first ``finished`` ones will not change, nor any once it is finished itself.
    """

    tag: str
    parent: Element | None = None
    node: Node | None = None
    link: Link | None = None
    text: str = ""
    area: Rectangle | None = None
    headers: tuple[Element, ...] = ()
    language: str = ""
    name: int = _OUTSIDE
    index: int = _OUTSIDE
    finished: int = 0
    is_finished: bool = False
    kids: list[Element | Kid] = field(default_factory=list)

    def add(self, tag: str, node: Node | None = None, link: Link | None = None) -> Element:
        """Add an element as the last one."""
        element = Element(tag, self, node, link)
        self.kids.append(element)
        return element

    def add_drawn(self, kid: Element | Kid) -> None:
        """Add what is drawn: a list item's own text stands before the lists in it, which are made when a page opens."""
        self.kids.insert(self._end, kid)

    @property
    def last(self) -> Element | None:
        """The last child that is an element, if nothing follows it."""
        kid = self.kids[-1] if self.kids else None
        return kid if isinstance(kid, Element) else None

    @property
    def last_drawn(self) -> Element | None:
        """The last child that was drawn, if it is an element."""
        kid = self.kids[self._end - 1] if self._end else None
        return kid if isinstance(kid, Element) else None

    @property
    def _end(self) -> int:
        """Where the element's own content ends: before inner lists, and before a caption that is drawn below."""
        at = len(self.kids)
        while at and isinstance(kid := self.kids[at - 1], Element) and self._stands_after(kid):
            at -= 1
        return at

    def _stands_after(self, kid: Element) -> bool:
        return (self.tag == "LBody" and kid.tag == "L") or (self.tag == "Figure" and kid.index < 0)

    def take(self, element: Element) -> None:
        """Take an element, the last one of its parent, as the first one here."""
        if element.parent is not None:
            element.parent.kids.pop()
        element.parent = self
        self.kids.insert(0, element)


class Structure:
    """The tree of one document; its first element is the document itself.

    ``records`` are its elements by number. ``owners`` are the elements that the content of the page at hand belongs to,
    ``areas`` are the links' areas.
    """

    def __init__(self) -> None:
        """Begin with a document without content."""
        self.records: list[Record] = [_ROOT]
        self.owners: list[int] = []
        self.areas: list[Area] = []
        self._names = 0
        self._page = -1
        self._root = Element(_ROOT.tag, index=0)
        self._open: frozenset[Element] = frozenset()
        self._around: set[Element] = set()
        self._elements: dict[Node, Element] = {}
        self._labels: dict[Node, Element] = {}
        self._sections = [(0, self._root)]
        self._lists: dict[Element, list[tuple[int, Element]]] = {}
        self._level = 0

    # -- pages

    def open_page(self, blocks: Iterable[Iterable[Node]], going_on: Iterable[Node]) -> None:
        """Begin a page with the nodes of the blocks that begin there, parents first; the last may go on after it, and
        so do others.
        """
        self._page += 1
        self.owners = []
        opened = self._open
        for nodes in blocks:
            made = {node: self._make(node) for node in nodes}
            self._open = frozenset([*made.values(), *(self._labels[node] for node in made if node in self._labels)])
        others = {self._elements[node] for node in going_on} - self._open
        if others:
            self._open |= others
        if self._open is not opened:  # a table of a hundred pages opens all its cells on the first of them
            self._around = _around(self._open)

    def close_page(self) -> None:
        """End a page: what ends on it is kept as records alone."""
        if self._finish(self._root):
            self._elements = {node: made for node, made in self._elements.items() if not made.is_finished}
            self._labels = {node: made for node, made in self._labels.items() if not made.is_finished}
            self._lists = {holder: lists for holder, lists in self._lists.items() if not holder.is_finished}

    def close(self) -> None:
        """End the document, and record its first element."""
        self.records[0] = _ROOT._replace(kids=tuple(self._kids(self._root)))

    def _finish(self, element: Element) -> bool:
        """Record the kids of an element that will not change, and return whether there are any.

        Whatever comes is added at the very end of the tree, or to the block that is open.
        """
        kids, finished = element.kids, element.finished
        while element.finished + 1 < len(kids):
            kid = kids[element.finished]
            if isinstance(kid, Element):
                if kid in self._open or kid in self._around:
                    return element.finished > finished
                kids[element.finished] = self._record(kid) or kid
            element.finished += 1
        last = element.last
        below = last is not None and last not in self._open and self._finish(last)
        return below or element.finished > finished

    def _record(self, element: Element) -> int | None:
        """Keep a finished element as its record, and return its number.

        One with nothing on paper has none, but an empty cell has its place.
        """
        element.is_finished = True
        if element.index < 0 and element.tag not in _KEPT:
            return None
        self._number(element)
        node = element.node
        self.records[element.index] = Record(
            tag="P" if _is_loose(element) else element.tag,
            attributes="" if node is None else tags.attributes(element.tag, node, element.area),
            alt=node.alt if node is not None and element.tag in _SPOKEN else "",
            language=element.language,
            name=element.name,
            headers=tuple(header.name for header in element.headers),
            parent=element.parent.index if element.parent else 0,
            page=next((kid.page for kid in element.kids if isinstance(kid, MarkedContent)), None),
            kids=tuple(self._kids(element)),
        )
        return element.index

    def _kids(self, element: Element) -> Iterator[Kid]:
        for kid in element.kids:
            if isinstance(kid, LinkArea):
                self.areas[kid.area].words = _words(element)
            if not isinstance(kid, Element):
                yield kid
            elif not kid.is_finished and (index := self._record(kid)) is not None:
                yield index

    def _number(self, element: Element) -> None:
        """Give an element and all around it their numbers, the outer ones first."""
        path: list[Element] = []
        inner: Element | None = element
        while inner is not None and inner.index < 0:
            path.append(inner)
            inner = inner.parent
        for each in reversed(path):
            each.index = len(self.records)
            self.records.append(_ROOT)

    def number(self, node: Node) -> int:
        """Return the number of a node's element on the page at hand, of what holds it where it has nothing on paper."""
        element: Element | None = self._elements.get(node)
        while element is not None and element.index < 0:
            element = element.parent
        return 0 if element is None else element.index

    # -- elements

    def _make(self, node: Node) -> Element:
        made = self._elements[node] = self._made(node)
        return made

    def _made(self, node: Node) -> Element:
        if node.kind == "heading":
            return self._heading(node)
        holder = self._holder(node)
        if node.kind == "item":
            return self._item(holder, node)
        if node.kind == "toc_item":
            contents = holder.last if holder.last and holder.last.tag == "TOC" else holder.add("TOC")
            return contents.add("TOCI").add("Reference", node)
        if node.kind == "caption":
            return self._caption(holder, node)
        return self._cell(holder, node) if node.kind == "cell" else self._other(holder, node)

    def _other(self, holder: Element, node: Node) -> Element:
        """Add an element; a table or figure takes the caption above it (14.8.4.3.4)."""
        above, tag = holder.last, _TAGS[node.kind]
        if above is None or tag not in _WITH_CAPTION or above.tag != "Caption" or not _is_loose(above):
            made = holder.add(tag, node)
            return self._named(made) if tag == "Note" else made
        made = Element(tag, holder, node)
        made.take(above)
        holder.kids.append(made)
        return made

    def _caption(self, holder: Element, node: Node) -> Element:
        """Add a caption: to the figure that it stands under, else it waits for what it stands over."""
        above = holder.last
        is_below = (
            above is not None and above.tag == "Figure" and not any(isinstance(kid, Element) for kid in above.kids)
        )
        return (above if above is not None and is_below else holder).add("Caption", node)

    def _cell(self, holder: Element, node: Node) -> Element:
        cell = holder.add("TH" if node.scope else "TD", node)
        cell.headers = tuple(self._elements[header] for header in node.headers)
        for header in cell.headers:
            self._named(header)
        return cell

    def _named(self, element: Element) -> Element:
        if element.name < 0:
            element.name, self._names = self._names, self._names + 1
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
        return level == node.level and element.node is not None and element.node.numbering != node.numbering

    def _list_holder(self, holder: Element, lists: list[tuple[int, Element]]) -> Element:
        """A deeper list stands in the body of the item above it."""
        item = lists[-1][1].last if lists else None
        body = item.last if item else None
        return body or holder

    # -- marks

    def mark(
        self, node: Node | None, link: Link | None = None, text: str = "", language: str = ""
    ) -> tuple[str, Element | None]:
        """Return the operator that opens a piece of content, and the element of its node or link, None for an artifact.

        Words in another ``language`` have an element of their own within it.
        """
        if node is None or node.kind in RUNNING:
            return _ARTIFACTS[node.kind] if node else "/Artifact BMC", None
        element = self._element(node)
        if link is not None:
            element = self._link(element, link)
            element.text = f"{element.text} {text}".strip()
        inner = self._foreign(element, language) if language else element
        self._number(inner)
        number = len(self.owners)
        inner.add_drawn(MarkedContent(self._page, number))
        self.owners.append(inner.index)
        return f"/{inner.tag} <</MCID {number}>> BDC", element

    def _element(self, node: Node) -> Element:
        """Return a node's element; those within a paragraph come into being with their first mark."""
        if node.parent is not None and node.kind == "label":
            return self._labels[node.parent]
        if node.parent is not None and node not in self._elements:
            parent = self._element(node.parent)
            self._elements[node] = made = Element(_TAGS[node.kind], parent, node)
            parent.add_drawn(made)
        return self._elements[node]

    def _link(self, element: Element, link: Link) -> Element:
        last = element.last_drawn
        if last is not None and last.link == link:
            return last
        made = Element("Link", element, link=link)
        element.add_drawn(made)
        return made

    def _foreign(self, element: Element, language: str) -> Element:
        last = element.last_drawn
        if last is not None and last.tag == "Span" and last.language == language:
            return last
        made = Element("Span", element, language=language)
        element.add_drawn(made)
        return made

    def annotate(self, element: Element | None, link: Link, text: str, rectangle: Rectangle) -> None:
        """Tie a link's area to its element; one in running matter has none yet."""
        if element is not None:
            element.add_drawn(LinkArea(self._page, len(self.areas)))
        words = f"{text} {link.address}".strip()
        index = _OUTSIDE if element is None else element.index
        self.areas.append(Area(page=self._page, rectangle=rectangle, link=link, element=index, words=words))


def _around(elements: Iterable[Element]) -> set[Element]:
    """Return all that elements are in."""
    around: set[Element] = set()
    for element in elements:
        outer = element.parent
        while outer is not None and outer not in around:
            around.add(outer)
            outer = outer.parent
    return around


def _is_loose(element: Element) -> bool:
    """Return whether a caption belongs to nothing: it neither is in what it describes, nor does it open a group."""
    parent = element.parent
    if element.tag != "Caption" or parent is None or parent.tag in _WITH_CAPTION:
        return False
    return parent.tag != "Div" or parent.kids[0] is not element


def _words(element: Element) -> str:
    address = element.link.address if element.link else ""
    return f"{element.text} {address}".strip()
