"""What assistive technology sees of a PDF: its structure tree with the text of every element."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Name, Object


@dataclass
class Tag:
    """An element: its name, its alternative text, its attributes, and what is in it: texts and elements, in order.

    ``pages`` are those it has marks on, ``links`` the words of its link annotations.
    """

    name: str
    alt: str = ""
    attributes: dict[str, object] = field(default_factory=dict)
    inner: list[str | Tag] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text."""
        return "".join(part for part in self.inner if isinstance(part, str))

    @property
    def kids(self) -> list[Tag]:
        """The elements in it."""
        return [part for part in self.inner if isinstance(part, Tag)]

    def all(self, *names: str) -> list[Tag]:
        """List the elements of some names below this one, in reading order."""
        return [tag for tag in self.walk() if tag.name in names]

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def content(self) -> str:
        """All text in reading order; what a figure shows is read as its alternative text."""
        parts = self.inner if self.name != "Figure" else self.kids
        return "".join(part if isinstance(part, str) else part.content for part in parts)

    def outline(self) -> object:
        """Return names and texts as nested tuples, for comparison."""
        joined: list[object] = []
        for part in self.inner:
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] += part
            else:
                joined.append(part if isinstance(part, str) else part.outline())
        return (self.name, *filter(None, joined))


def tree(pdf: bytes) -> Tag:
    """Read the structure tree; texts come without white space."""
    texts = marked_texts(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        return _Reader(pages, texts).read(document.Root.StructTreeRoot.K, None)


@dataclass(frozen=True)
class _Reader:
    pages: Mapping[tuple[int, int], int]
    texts: Mapping[tuple[int, int], str]

    def read(self, element: Object, page: Object | None) -> Tag:
        tag = Tag(str(element.S)[1:], alt=str(element.get("/Alt", "")), attributes=_attributes(element))
        page = element.get("/Pg", page)
        for kid in _list(element.get("/K")):
            if isinstance(kid, int) or kid.get("/Type") == Name.MCR:
                self._add_text(tag, kid, page)
            elif kid.get("/Type") == Name.OBJR:
                tag.links.append(str(kid.Obj.Contents))
            else:
                assert kid.P.objgen == element.objgen
                tag.inner.append(self.read(kid, page))
        return tag

    def _add_text(self, tag: Tag, kid: Object | int, page: Object | None) -> None:
        number = kid if isinstance(kid, int) else int(kid.MCID)
        holder = page if isinstance(kid, int) else kid.Pg
        assert holder is not None
        tag.pages.append(self.pages[holder.objgen])
        tag.inner.append(self.texts.get((tag.pages[-1], number), ""))


def _list(value: Object | int | None) -> list[Object | int]:
    if value is None:
        return []
    return [int(kid) if isinstance(kid, int) else kid for kid in value] if isinstance(value, Array) else [value]


def _attributes(element: Object) -> dict[str, object]:
    found = element.get("/A")
    items = {} if found is None else dict(found.items())
    return {key[1:]: _plain(value) for key, value in items.items() if key != "/O"}


def _plain(value: object) -> object:
    if isinstance(value, Array):
        return [_plain(item) for item in value]
    if isinstance(value, Name):
        return str(value)[1:]
    return int(value) if isinstance(value, int) else str(value)


def marked_texts(pdf: bytes) -> dict[tuple[int, int], str]:
    """Return the text of every piece of marked content, by page and number; -1 is all that has no number."""
    texts: defaultdict[tuple[int, int], str] = defaultdict(str)
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            textpage = page.get_textpage()
            for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
                item = pdfium.FPDFPage_GetObject(page.raw, index)
                if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
                    key = number, pdfium.FPDFPageObj_GetMarkedContentID(item)
                    texts[key] += "".join(_object_text(item, textpage).split())
            textpage.close()
    return dict(texts)


def _object_text(item: object, textpage: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(item, textpage.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(item, textpage.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def headers_of(pdf: bytes) -> dict[str, list[str]]:
    """Return the texts of the header cells that each data cell names, by the data cell's text."""
    texts = marked_texts(pdf)
    found: dict[str, list[str]] = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        reader = _Reader({page.obj.objgen: number for number, page in enumerate(document.pages)}, texts)
        pairs = list(root.IDTree.Names)
        named = {str(name): reader.read(cell, None).content for name, cell in zip(pairs[::2], pairs[1::2], strict=True)}
        assert list(named) == sorted(named)
        for tag in reader.read(root.K, None).all("TD"):
            names = tag.attributes.get("Headers")
            if isinstance(names, list):
                found[tag.content] = [named[name] for name in names]
    return found
