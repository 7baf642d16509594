"""The last step to an archive that anybody can read: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

In: the drawn PDF, its structure, its title and date. Out: the same pages with the structure tree, metadata, colour
profile and text mapping written in. Nothing depends on the clock.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, String
from PIL import ImageCms

from pipeline.fonts import NO_BREAK_SPACE, STAND_IN
from pipeline.pdf.boxes import Node
from pipeline.pdf.metadata import CONDITION, information, packet
from pipeline.pdf.parts import PdfInfo
from pipeline.pdf.structure import Annotation, Element, Mark, Structure, numbering

_PRINTED = 4
"""The flag of annotations that are printed (12.5.3)."""
_MAPPING = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_BLOCK = 100
"""How many characters one block of a text mapping may hold (5014.CIDFont_Spec)."""


def archive(data: bytes, structure: Structure, info: PdfInfo) -> bytes:
    """Make a drawn PDF an accessible archive; the same input gives the same bytes.

    It claims PDF/UA only where every figure has words in its place.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _mend_mappings(pdf)
        _write_metadata(pdf, info, structure.is_told)
        _Tree(pdf).write(structure)
        buffer = io.BytesIO()
        pdf.save(buffer, force_version="1.7", object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return buffer.getvalue()


# -- what the file says about itself


def _write_metadata(pdf: pikepdf.Pdf, info: PdfInfo, is_told: bool) -> None:
    root = pdf.Root
    root.Lang = String(info.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.Metadata = pdf.make_stream(packet(info, is_told), Type=Name.Metadata, Subtype=Name.XML)
    root.OutputIntents = Array([_output_intent(pdf)])
    del pdf.trailer["/ID"]  # the number of the drawing, always the same
    pdf.trailer.Info = pdf.make_indirect(Dictionary({f"/{k}": String(v) for k, v in information(info).items()}))


def _output_intent(pdf: pikepdf.Pdf) -> Dictionary:
    """Say which red, green and blue are meant (ISO 19005-2, 6.2.3)."""
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(CONDITION),
        Info=String(CONDITION),
        DestOutputProfile=pdf.make_stream(_profile(), N=3),
    )


@cache
def _profile() -> bytes:
    """Give the sRGB profile, free of rights, with a fixed date of making in its header (ICC.1, 7.2.8)."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes.fromhex("07d0 0001 0001 0000 0000 0000")
    return bytes(data)


# -- characters


def _mend_mappings(pdf: pikepdf.Pdf) -> None:
    """Rewrite the fonts' mappings to text (9.10.3).

    Characters beyond U+FFFF are two units, U+0000 is none, and what stands in for a no-break space is one.
    """
    fonts = [item for item in pdf.objects if isinstance(item, Dictionary) and "/ToUnicode" in item]
    for font in fonts:
        found = _MAPPING.findall(font.ToUnicode.read_bytes())
        font.ToUnicode = pdf.make_stream(_mapping([(code, int(value, 16)) for code, value in found[1:]]))


def _mapping(pairs: Sequence[tuple[bytes, int]]) -> bytes:
    named = [(code, _unicode(chr(value))) for code, value in pairs if value]
    blocks = [named[start : start + _BLOCK] for start in range(0, len(named), _BLOCK)]
    lines = [
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
        b"1 begincodespacerange\n<00> <FF>\nendcodespacerange",
        *(line for block in blocks for line in _block(block)),
        b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
    ]
    return b"\n".join(lines)


def _unicode(character: str) -> bytes:
    return character.replace(STAND_IN, NO_BREAK_SPACE).encode("utf-16-be").hex().upper().encode()


def _block(pairs: Sequence[tuple[bytes, bytes]]) -> Iterator[bytes]:
    yield b"%d beginbfchar" % len(pairs)
    yield from (b"<%s> <%s>" % pair for pair in pairs)
    yield b"endbfchar"


# -- structure


class _Tree:
    """Writes the structure tree."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._written: dict[Element, Object] = {}
        self._alike: dict[tuple[str, int, int], Object | None] = {}

    def write(self, structure: Structure) -> None:
        root = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = self._element(structure.root, root)
        root.IDTree = self._names(structure)
        root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(self._parents(structure))))
        root.ParentTreeNextKey = len(self._pages) + len(structure.annotations)
        self._pdf.Root.StructTreeRoot = root

    def _element(self, element: Element, parent: Object) -> Object:
        made = self._pdf.make_indirect(Dictionary(S=_name(element.tag), P=parent, **self._entries(element)))
        self._written[element] = made
        page = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
        if page is not None:
            made.Pg = self._pages[page]
        kids = [self._kid(kid, made, page) for kid in element.kids if not isinstance(kid, Element) or _stays(kid)]
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        return made

    def _entries(self, element: Element) -> dict[str, Any]:
        """Give an element's attributes, alternative text and name (table 323)."""
        entries: dict[str, Any] = {}
        attributes = self._shared(element)
        if attributes is not None:
            entries["A"] = attributes
        if element.tag == "Figure" and element.node is not None and element.node.alt:
            entries["Alt"] = String(element.node.alt)
        if element.name:
            entries["ID"] = String(element.name)
        return entries

    def _shared(self, element: Element) -> Object | None:
        """Give an element's attributes; cells that are alike share them, for there are many."""
        node = element.node
        if node is None or node.kind != "cell" or element.headers:
            attributes = _attributes(element)
            return Dictionary(**attributes) if attributes else None
        key = node.scope, node.columns, node.rows
        if key not in self._alike:
            attributes = _attributes(element)
            self._alike[key] = self._pdf.make_indirect(Dictionary(**attributes)) if attributes else None
        return self._alike[key]

    def _kid(self, kid: Element | Mark | Annotation, parent: Object, page: int | None) -> Object | int:
        if isinstance(kid, Element):
            return self._element(kid, parent)
        if isinstance(kid, Mark):
            if kid.page == page:
                return kid.number
            return Dictionary(Type=Name.MCR, Pg=self._pages[kid.page], MCID=kid.number)
        return Dictionary(Type=Name.OBJR, Pg=self._pages[kid.page], Obj=self._annotation(kid))

    def _annotation(self, place: Annotation) -> Object:
        return self._pages[place.page].Annots[place.index]

    def _names(self, structure: Structure) -> Object:
        """List the header cells that others name (table 322)."""
        pairs = ((String(header.name), self._written[header]) for header in structure.named)
        return Dictionary(Names=Array(chain.from_iterable(pairs)))

    def _parents(self, structure: Structure) -> Iterator[Object | int]:
        """Give the way back from marks and links to their elements (14.7.4.4)."""
        for index, (page, owners) in enumerate(zip(self._pages, structure.owners, strict=True)):
            page.Tabs = Name.S
            page.StructParents = index
            yield from (index, self._pdf.make_indirect(Array([self._written[owner] for owner in owners])))
        for key, (place, element) in enumerate(structure.annotations, len(self._pages)):
            annotation = self._annotation(place)
            annotation.StructParent = key
            annotation.Contents = String(_words(element))
            annotation.F = _PRINTED
            yield from (key, self._written[element])


@cache
def _name(tag: str) -> Name:
    return Name(f"/{tag}")


def _stays(element: Element) -> bool:
    """An element with nothing on paper is left out, but an empty cell has its place."""
    return element.used or element.tag in ("TR", "TH", "TD")


def _words(element: Element) -> str:
    address = element.link.address if element.link else ""
    return f"{element.text} {address}".strip()


def _attributes(element: Element) -> dict[str, Any]:
    """Give an element's attributes (14.8.5)."""
    node = element.node
    if node is None:
        return {}
    if element.tag == "L":
        return {"O": Name.List, "ListNumbering": _name(numbering(node))}
    if element.tag == "Figure" and element.area is not None:
        placement = Name.Block if node.parent is None or node.parent.kind in ("cell", "group") else Name.Inline
        return {"O": Name.Layout, "Placement": placement, "BBox": Array([round(edge, 2) for edge in element.area])}
    if element.tag == "Table" and node.alt:
        return {"O": Name.Table, "Summary": String(node.alt)}
    return _cell_attributes(element, node) if element.tag in ("TH", "TD") else {}


def _cell_attributes(element: Element, node: Node) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    if node.scope:
        attributes["Scope"] = _name(node.scope)
    if node.columns > 1:
        attributes["ColSpan"] = node.columns
    if node.rows > 1:
        attributes["RowSpan"] = node.rows
    if element.headers:
        attributes["Headers"] = Array([String(header.name) for header in element.headers])
    return {"O": Name.Table, **attributes} if attributes else {}
