"""The drawer: boxes onto a reportlab canvas. It places nothing and chooses nothing."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import Any, TypeAlias

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from pipeline.fonts import drawable, embeddable, has_bold
from pipeline.ooxml.tree import Link
from pipeline.pdf.boxes import Box, FillBox, Heading, Node, PictureBox, RuleBox, TextBox
from pipeline.pdf.faces import ASCENT, DESCENT
from pipeline.pdf.pictures import Embedded, embed
from pipeline.pdf.placing import rules_of_text
from pipeline.pdf.structure import Element, Structure
from pipeline.pdf.vector_canvas import draw_vectors
from pipeline.pdf.vectors import read_drawing

_THICKENED = 1 / 30
"""How wide (em) the lines around thickened letters are, as in LibreOffice."""
_SLANT = 0.268
"""How far letters lean that have no italics: by 15 degrees, as in LibreOffice."""
_APART = 0.5
"""The least space (em) that parts words of a link, such as a tab's."""

Resolve = Callable[[Link], str]
"""Gives the destination that a link within the PDF leads to."""


Shape: TypeAlias = FillBox | RuleBox | PictureBox
_Linked: TypeAlias = tuple[TextBox, Element | None]
_Area: TypeAlias = tuple[float, float, float, float]


class PdfCanvas:
    """Draws pages into one PDF, and tells its structure of every mark; the same calls give the same bytes."""

    def __init__(self, structure: Structure) -> None:
        """Open the PDF; only typefaces that it uses get into it."""
        rl_config.useA85 = 0
        rl_config.canvas_basefontname = embeddable()
        self._buffer = io.BytesIO()
        options: dict[str, Any] = {"initialFontName": rl_config.canvas_basefontname}
        self._canvas: Any = Canvas(self._buffer, invariant=1, pageCompression=1, **options)
        self._structure = structure
        self._height = 0.0
        self._pages = 0
        self._links = 0
        self._last_level = -1

    def begin_page(self, width: float, height: float, label: str, number: int) -> None:
        """Open a page of a size (pt); an empty label means the viewer shows its number."""
        self._canvas.setPageSize((width, height))
        self._structure.open_page()
        self._height = height
        style = None if label else "D"
        self._canvas.addPageLabel(self._pages, style, None if label else number, _pdf_text(label) if label else None)

    def end_page(self) -> None:
        """Close the page."""
        self._canvas.showPage()
        self._pages += 1
        self._links = 0

    def save(self) -> bytes:
        """Close the PDF and give its bytes."""
        self._canvas.save()
        return self._buffer.getvalue()

    def draw(self, boxes: Iterable[Box], resolve: Resolve) -> None:
        """Draw boxes in their order, the links on top."""
        linked: list[_Linked] = []
        for is_text, run in groupby(boxes, lambda box: isinstance(box, TextBox)):
            if is_text:
                linked += self._draw_texts([box for box in run if isinstance(box, TextBox)])
            else:
                self._draw_shapes(box for box in run if not isinstance(box, TextBox))
        self._draw_links(linked, resolve)

    def _draw_shapes(self, boxes: Iterable[Shape]) -> None:
        for node, run in groupby(boxes, _node):
            opening, element = self._structure.mark(node)
            self._canvas.addLiteral(opening)
            for box in run:
                self._draw_shape(box)
                if element is not None and isinstance(box, PictureBox):
                    top = self._height - box.y
                    element.area = box.x, top - box.height, box.x + box.width, top
            self._canvas.addLiteral("EMC")

    def _draw_shape(self, box: Shape) -> None:
        canvas = self._canvas
        if isinstance(box, FillBox):
            canvas.setFillColor(_color(box.color))
            canvas.rect(box.x, self._height - box.y - box.height, box.width, box.height, stroke=0, fill=1)
        elif isinstance(box, RuleBox):
            canvas.setStrokeColor(_color(box.color))
            canvas.setLineWidth(box.thickness)
            canvas.line(box.x1, self._height - box.y1, box.x2, self._height - box.y2)
        else:
            self._draw_picture(box)

    def _draw_texts(self, boxes: Sequence[TextBox]) -> list[_Linked]:
        """Draw boxes of text that follow each other; gives those that are links, with their elements."""
        text = _Text(self._canvas.beginText(), self._height)
        linked: list[_Linked] = []
        for (node, link), run in groupby(boxes, lambda box: (box.node, box.link)):
            own = list(run)
            opening, element = self._structure.mark(node, link, _words(own) if link else "")
            text.add(opening, own)
            linked += [(box, element) for box in own if link is not None]
        self._canvas.drawText(text.close())
        self._draw_shapes(rule for box in boxes if box.underline or box.strike for rule in rules_of_text(box))
        return linked

    def _draw_picture(self, box: PictureBox) -> None:
        canvas, drawing = self._canvas, read_drawing(box.svg)
        canvas.saveState()
        if drawing is None:
            canvas.translate(box.x, self._height - box.y - box.height)
            canvas.scale(box.width, box.height)
            canvas.doForm(self._embed(box.data))
        else:
            across, down = box.width / drawing.width, box.height / drawing.height
            canvas.transform(across, 0, 0, -down, box.x, self._height - box.y)
            draw_vectors(drawing, canvas)
        canvas.restoreState()

    def _embed(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()[:16]
        document = self._canvas._doc
        if not self._canvas.hasForm(name):
            image = embed(data)
            mask = None
            if image.mask is not None:
                mask = document.Reference(_ImageObject(image.mask, None), f"{name}.mask")
            document.addForm(name, _ImageObject(image, mask))
        return name

    def _draw_links(self, linked: Sequence[_Linked], resolve: Resolve) -> None:
        for (link, _, element), (rectangle, words) in _joined(linked, self._height).items():
            if link.address:
                self._canvas.linkURL(link.address, rectangle, relative=0)
            else:
                self._canvas.linkAbsolute("", resolve(link), rectangle)
            self._structure.annotate(element, link, words, self._links)
            self._links += 1

    def add_destination(self, key: str, y: float) -> None:
        """Name a height of this page as a place that links lead to."""
        self._canvas.bookmarkHorizontalAbsolute(key, self._height - y)

    def add_outline(self, heading: Heading, key: str) -> None:
        """Add an entry to the outline; a level goes at most one deeper than the entry before it."""
        level = min(heading.level, self._last_level + 1)
        self._canvas.addOutlineEntry(heading.text, key, level, closed=level > 0)
        self._last_level = level


class _Text:
    """A text object: pieces of content on one page, without needless changes of face, colour and spacing."""

    def __init__(self, text: PDFTextObject, height: float) -> None:
        self._text: Any = text
        self._height = height
        self._face: tuple[str, bool, float] | None = None
        self._color, self._spacing = "", 0.0
        self._outline: tuple[str, float] | None = None

    def add(self, opening: str, boxes: Iterable[TextBox]) -> None:
        """Add one piece of content: boxes in their order."""
        text = self._text
        text._code.append(opening)  # the library has no call for it here
        for box in boxes:
            if box.italic:
                text.setTextTransform(1, 0, _SLANT, 1, box.x, self._height - box.baseline)
            else:
                text.setTextOrigin(box.x, self._height - box.baseline)
            if self._face != (box.family, box.bold, box.size):
                self._face = (box.family, box.bold, box.size)
                text.setFont(embeddable(box.bold, box.family), box.size)
            self._thicken((box.color, box.size) if box.bold and not has_bold(box.family) else None)
            if self._color != box.color:
                self._color = box.color
                text.setFillColor(_color(box.color))
            self._space(box.spacing)
            text.textOut(drawable(box.text))
        text._code.append("EMC")

    def _space(self, spacing: float) -> None:
        if self._spacing != spacing:
            self._spacing = spacing
            self._text.setCharSpace(round(spacing, 4))

    def _thicken(self, outline: tuple[str, float] | None) -> None:
        """Draw the letters with lines around them (9.3.6), of a colour and for a size; without where there is none."""
        if self._outline == outline:
            return
        self._outline = outline
        self._text.setTextRenderMode(2 if outline else 0)
        if outline is not None:
            color, size = outline
            self._text.setStrokeColor(_color(color))
            self._text._code.append(f"{size * _THICKENED:.4g} w")  # the library has no call for it here

    def close(self) -> PDFTextObject:
        """Give the library's text object, to be drawn."""
        self._space(0.0)
        self._thicken(None)
        text: PDFTextObject = self._text
        return text


class _ImageObject(pdfdoc.PDFObject):  # type: ignore[misc, unused-ignore]
    """An image in the form that reportlab writes."""

    def __init__(self, image: Embedded, mask: object) -> None:
        self._image = image
        self._mask = mask

    def format(self, document: object) -> bytes:
        stream = pdfdoc.PDFStream(content=self._image.data)
        entries = stream.dictionary
        entries["Type"], entries["Subtype"] = pdfdoc.PDFName("XObject"), pdfdoc.PDFName("Image")
        entries["Width"], entries["Height"] = self._image.width, self._image.height
        for key, value in self._image.entries.items():
            entries[key] = value
        if self._mask is not None:
            entries["SMask"] = self._mask
        formatted: bytes = stream.format(document)
        return formatted


@cache
def _color(digits: str) -> Color:
    return HexColor(f"#{digits}")


def _pdf_text(text: str) -> pdfdoc.PDFString:
    return pdfdoc.PDFString(text)


def _words(boxes: Sequence[TextBox]) -> str:
    """Give what boxes read, with a space where there is one between them."""
    said = boxes[0].text
    for before, box in pairwise(boxes):
        is_apart = box.baseline == before.baseline and box.x - before.x - before.width > _APART * box.size
        said += f" {box.text}" if is_apart else box.text
    return said


def _node(box: Shape) -> Node | None:
    return box.node if isinstance(box, PictureBox) else None


def _joined(linked: Sequence[_Linked], height: float) -> dict[tuple[Link, float, Element | None], tuple[_Area, str]]:
    """Give one rectangle for each link and line, from its first to its last character there, with its words."""
    areas: dict[tuple[Link, float, Element | None], tuple[_Area, str]] = {}
    for box, element in linked:
        if box.link is None:
            continue
        key = (box.link, box.baseline, element)
        base = height - box.baseline
        own = (box.x, base - DESCENT * box.size, box.x + box.width, base + ASCENT * box.size)
        old, words = areas.get(key, (own, ""))
        area = (min(own[0], old[0]), min(own[1], old[1]), max(own[2], old[2]), max(own[3], old[3]))
        areas[key] = area, words + box.text
    return areas
