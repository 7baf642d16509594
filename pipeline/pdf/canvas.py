"""The drawer: boxes onto a reportlab canvas. It places nothing and chooses nothing."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from pipeline.fonts import FILES, embeddable
from pipeline.ooxml.tree import Link
from pipeline.pdf.boxes import Box, FillBox, Heading, PictureBox, RuleBox, TextBox
from pipeline.pdf.faces import ASCENT, DESCENT
from pipeline.pdf.parts import PdfInfo
from pipeline.pdf.pictures import Embedded, embed
from pipeline.pdf.placing import rules_of_text

_FONT_NAMES = {bold: path.stem for bold, path in FILES.items()}

Resolve = Callable[[Link], str]
"""Gives the destination that a link within the PDF leads to."""


class PdfCanvas:
    """Draws pages into one PDF; the same calls give the same bytes."""

    def __init__(self, info: PdfInfo) -> None:
        """Open the PDF; the report's typeface is its only one."""
        _register_fonts()
        self._buffer = io.BytesIO()
        options: dict[str, Any] = {"initialFontName": _FONT_NAMES[False], "lang": info.language}
        self._canvas: Any = Canvas(self._buffer, invariant=1, pageCompression=1, **options)
        self._canvas.setTitle(info.title)
        self._canvas.setAuthor(info.author)
        self._canvas.setCreator("")
        self._canvas.setProducer("")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._height = 0.0
        self._pages = 0
        self._last_level = -1

    def begin_page(self, width: float, height: float, label: str, number: int) -> None:
        """Open a page of a size (pt); an empty label means the viewer shows its number."""
        self._canvas.setPageSize((width, height))
        self._height = height
        style = None if label else "D"
        self._canvas.addPageLabel(self._pages, style, None if label else number, _pdf_text(label) if label else None)

    def end_page(self) -> None:
        """Close the page."""
        self._canvas.showPage()
        self._pages += 1

    def save(self) -> bytes:
        """Close the PDF and give its bytes."""
        self._canvas.save()
        return self._buffer.getvalue()

    def draw(self, boxes: Iterable[Box], resolve: Resolve) -> None:
        """Draw boxes in their order, the links on top."""
        texts: list[TextBox] = []
        linked: list[TextBox] = []
        for box in boxes:
            if isinstance(box, TextBox):
                texts.append(box)
                if box.link is not None:
                    linked.append(box)
                continue
            self._draw_texts(texts)
            texts.clear()
            self._draw_shape(box)
        self._draw_texts(texts)
        self._draw_links(linked, resolve)

    def _draw_shape(self, box: FillBox | RuleBox | PictureBox) -> None:
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

    def _draw_texts(self, boxes: Sequence[TextBox]) -> None:
        if not boxes:
            return
        text = self._canvas.beginText()
        face: tuple[bool, float] | None = None
        color, spacing = "", 0.0
        for box in boxes:
            text.setTextOrigin(box.x, self._height - box.baseline)
            if face != (box.bold, box.size):
                face = (box.bold, box.size)
                text.setFont(_FONT_NAMES[box.bold], box.size)
            if color != box.color:
                color = box.color
                text.setFillColor(_color(color))
            if spacing != box.spacing:
                spacing = box.spacing
                text.setCharSpace(round(spacing, 4))
            text.textOut(box.text)
        if spacing:
            text.setCharSpace(0)
        self._canvas.drawText(text)
        for box in boxes:
            if box.underline or box.strike:
                for rule in rules_of_text(box):
                    self._draw_shape(rule)

    def _draw_picture(self, box: PictureBox) -> None:
        name = self._embed(box.data)
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(box.x, self._height - box.y - box.height)
        canvas.scale(box.width, box.height)
        canvas.doForm(name)
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

    def _draw_links(self, boxes: Sequence[TextBox], resolve: Resolve) -> None:
        for link, rectangle in _joined(boxes, self._height):
            if link.address:
                self._canvas.linkURL(link.address, rectangle, relative=0)
            else:
                self._canvas.linkAbsolute("", resolve(link), rectangle)

    def add_destination(self, key: str, y: float) -> None:
        """Name a height of this page as a place that links lead to."""
        self._canvas.bookmarkHorizontalAbsolute(key, self._height - y)

    def add_outline(self, heading: Heading, key: str) -> None:
        """Add an entry to the outline; a level goes at most one deeper than the entry before it."""
        level = min(heading.level, self._last_level + 1)
        self._canvas.addOutlineEntry(heading.text, key, level, closed=level > 0)
        self._last_level = level


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


def _register_fonts() -> None:
    rl_config.useA85 = 0
    rl_config.canvas_basefontname = _FONT_NAMES[False]
    for bold, name in _FONT_NAMES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(embeddable(bold))


def _pdf_text(text: str) -> pdfdoc.PDFString:
    return pdfdoc.PDFString(text)


def _joined(boxes: Sequence[TextBox], height: float) -> list[tuple[Link, tuple[float, float, float, float]]]:
    """Give one rectangle for each link and line: from its first to its last character there."""
    areas: dict[tuple[Link, float], tuple[float, float, float, float]] = {}
    for box in boxes:
        if box.link is None:
            continue
        key = (box.link, box.baseline)
        base = height - box.baseline
        own = (box.x, base - DESCENT * box.size, box.x + box.width, base + ASCENT * box.size)
        old = areas.get(key, own)
        areas[key] = (min(own[0], old[0]), min(own[1], old[1]), max(own[2], old[2]), max(own[3], old[3]))
    return [(link, area) for (link, _), area in areas.items()]
