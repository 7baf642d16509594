"""What templates print, as a page has it: runs of Word become elements whose class is the name of their style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree
from markupsafe import Markup, escape
from msgspec import Struct

from pipeline.documents.docx.markup import VAL, W
from pipeline.documents.marked import Paragraphs
from pipeline.documents.template import unguarded
from pipeline.documents.template.looks import HIDDEN

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_BREAK = Markup("<br>")
_PX = 96 / 25.4
"""CSS pixels a millimetre."""


class Drawing(Struct, frozen=True):
    """A drawing beside the pages: its address, its size (mm), and the text read out in its place."""

    address: str
    width: float
    height: float
    alt: str

    @property
    def element(self) -> Markup:
        """The drawing in a page."""
        size = Markup(' width="{}" height="{}"').format(round(self.width * _PX), round(self.height * _PX))
        return Markup('<img src="{}" alt="{}"{}>').format(self.address, self.alt, size)


def in_html(value: object, drawings: Mapping[str, Drawing]) -> object:
    """Return a variable, with all in it, as a page prints it; ``drawings`` stand for the pictures of these names.

    What Word files leave out with its column is empty.
    """
    match value:
        case Markup():
            return _runs(value, drawings)
        case str():
            return _lines(value)
        case Paragraphs():
            return Paragraphs([_lines(one) for one in value])
        case Mapping():
            return {name: in_html(one, drawings) for name, one in value.items()}
        case list() | tuple():
            return [in_html(one, drawings) for one in value]
    return value


def _lines(text: str) -> str:
    if HIDDEN in text:
        return ""
    return _BREAK.join(text.split("\n")) if "\n" in text else text


def _runs(markup: Markup, drawings: Mapping[str, Drawing]) -> Markup:
    if HIDDEN in markup:
        return Markup()
    root = etree.fromstring(f"<w:body {_NAMESPACES}>{unguarded(markup)}</w:body>")
    return Markup().join(_pieces(root, drawings))


def _pieces(root: etree._Element, drawings: Mapping[str, Drawing]) -> Iterator[Markup]:
    for run in root.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        for element in run:
            if element.tag == f"{W}br":
                yield _BREAK
            elif element.tag == f"{W}t":
                text = escape(element.text or "")
                yield text if style is None else Markup('<span class="{}">{}</span>').format(style.get(VAL, ""), text)
            elif element.tag == f"{W}drawing":
                yield from (drawings[name].element for name in _names(element) if name in drawings)


def _names(drawing: etree._Element) -> Iterator[str]:
    return (one.get("name", "") for one in drawing.iter() if etree.QName(one).localname == "docPr")
